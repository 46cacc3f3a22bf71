"""One report, five forms, the same numbers in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TextIO

from db.records.paper import Letterhead
from reports.columns import Translate, for_programs
from reports.output import STDOUT, csv_text, json_text, screen_of, write_bytes, write_text
from reports.supervision.definition import Report
from reports.supervision.wording import title_of


class ReportForm(StrEnum):
    """The forms a report comes in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


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
    kinds = {column.key: column.kind for column in report.columns}
    return json_text(
        {
            "report": report.definition.name,
            "view": report.view.key,
            "schema_version": report.definition.schema_version,
            "title": title_of(report, translate),
            "as_of": report.as_of.isoformat(),
            "columns": [
                {
                    "key": column.key,
                    "kind": column.kind.value,
                    "label": translate(column.label),
                    "meaning": translate(column.meaning),
                }
                for column in report.columns
            ],
            "rows": [
                {key: for_programs(row[key], kind) for key, kind in kinds.items()} for row in report.rows
            ],
            "totals": {key: for_programs(value, kinds[key]) for key, value in report.totals.items()},
            "more": report.more,
        }
    )


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
