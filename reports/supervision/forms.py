"""One report, five forms, the same numbers in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TextIO

from db.records.paper import Letterhead
from reports.columns import Translate
from reports.csv_lines import csv_text
from reports.output import STDOUT, screen_of, write_bytes, write_text
from reports.supervision.definition import Report
from reports.supervision.json_pieces import json_end, json_head, json_rows


class ReportForm(StrEnum):
    """The forms a report comes in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


ROWS_HELD: Mapping[ReportForm, int] = {
    ReportForm.TABLE: 10_000,
    ReportForm.PDF: 10_000,
    ReportForm.XLSX: 100_000,
}
"""Rows of a form that is made in memory, unless more are asked for; json and csv hold all."""
SHEET_ROWS = 1_048_573
"""What a sheet has room for below its head, and above its totals and what tells of rows left out.

XlsxWriter passes over what comes after.
"""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands the report out, and when: for the forms that carry it."""

    letterhead: Letterhead
    created: datetime
    language: str


def write_report(
    report: Report,
    form: ReportForm,
    sender: Sender,
    *,
    translate: Translate,
    output: str = STDOUT,
    force: bool = False,
    stdout: TextIO | None = None,
) -> None:
    """Write the report to standard output (`-`) or whole to a file. Raises as `write_bytes` does."""
    if form in (ReportForm.XLSX, ReportForm.PDF):
        write_bytes(report_bytes(report, form, sender, translate), output=output, force=force, stdout=stdout)
        return
    if form is ReportForm.JSON:
        write_text(report_json(report, translate), output=output, force=force, stdout=stdout, to_people=False)
    elif form is ReportForm.CSV:
        text = csv_text(report.columns, report.rows)
        write_text(text, output=output, force=force, stdout=stdout, to_people=False)
    else:
        from reports.supervision.grid import grid  # Rich, for people only

        write_text(
            grid(report, translate, screen_of(output, stdout)), output=output, force=force, stdout=stdout
        )


def report_json(report: Report, translate: Translate) -> str:
    """Return the report for programs; labels and meanings are in the reader's language, keys never change."""
    rows = json_rows(report.rows, report.view)
    return "".join([json_head(report, translate), *rows, json_end(report)])


def report_bytes(report: Report, form: ReportForm, sender: Sender, translate: Translate) -> bytes:
    """Return the report as a spreadsheet or as a PDF."""
    if form is ReportForm.XLSX:
        from reports.supervision.sheet import sheet

        return sheet(report, translate, created=sender.created)
    from reports.supervision.paper import as_pdf

    return as_pdf(
        report,
        translate,
        report_json(report, translate),
        letterhead=sender.letterhead,
        created=sender.created,
        language=sender.language,
    )
