"""A report as a spreadsheet: typed cells, a head that stays, a row of totals, and what each column means."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from db.clock import office_zone
from db.rules.text import safe_terminal
from db.words import N_
from reports.columns import Kind, Translate, for_people
from reports.supervision.definition import Figure, Report
from reports.supervision.wording import TOTAL, left_out, title_of

REPORT_SHEET, MEANING_SHEET = N_("Report"), N_("Meaning")
_FORMATS = {
    Kind.AMOUNT: "#,##0.00",
    Kind.COUNT: "#,##0",
    Kind.VOLUME: "#,##0.####",
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
}
_WIDEST = 50
"""Characters of a column."""


def sheet(report: Report, translate: Translate, *, created: datetime) -> bytes:
    """Return the XLSX; the same report gives the same bytes."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    title = title_of(report, translate)
    book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
    _write_rows(book, report, translate)
    _write_meanings(book, report, translate, title)
    book.close()
    return buffer.getvalue()


def _write_rows(book: Any, report: Report, translate: Translate) -> None:
    page = book.add_worksheet(translate(REPORT_SHEET))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    plain = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
    strong = {
        kind: book.add_format({"bold": True, "top": 1, "num_format": form}) for kind, form in _FORMATS.items()
    }
    bold = book.add_format({"bold": True, "top": 1})
    for place, column in enumerate(report.columns):
        page.write_string(0, place, translate(column.label), head)
        page.set_column(place, place, _width(report, column, translate))
        for line, row in enumerate(report.rows, 1):
            _write(page, line, place, row[column.key], column, translate, plain.get(column.kind))
        if column.key in report.totals:
            total = report.totals[column.key]
            _write(page, len(report.rows) + 1, place, total, column, translate, strong.get(column.kind, bold))
    if report.totals:
        page.write_string(len(report.rows) + 1, 0, translate(TOTAL), bold)
    if report.more:
        page.write_string(len(report.rows) + 2, 0, left_out(report, translate))
    page.freeze_panes(1, 0)
    if report.rows:
        page.autofilter(0, 0, len(report.rows), len(report.columns) - 1)


def _write(
    page: Any, line: int, place: int, value: Any, column: Figure, translate: Translate, form: Any
) -> None:
    """Write one cell as what it is; text stays text, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, datetime):
        page.write_datetime(line, place, value.astimezone(office_zone()).replace(tzinfo=None), form)
    elif isinstance(value, date):
        page.write_datetime(line, place, value, form)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and not column.words:
        page.write_number(line, place, value, form)
    else:
        page.write_string(line, place, safe_terminal(for_people(value, column, translate)), form)


def _write_meanings(book: Any, report: Report, translate: Translate, title: str) -> None:
    page = book.add_worksheet(translate(MEANING_SHEET))
    bold = book.add_format({"bold": True})
    page.write_string(0, 0, title, bold)
    page.write_string(1, 0, translate(report.definition.counted))
    if report.more:
        page.write_string(2, 0, left_out(report, translate))
    for line, column in enumerate(report.columns, 4):
        page.write_string(line, 0, translate(column.label), bold)
        page.write_string(line, 1, translate(column.meaning))
    page.set_column(0, 0, 30)


def _width(report: Report, column: Figure, translate: Translate) -> int:
    words = max(map(len, translate(column.label).split()), default=0)
    cells = [len(for_people(row[column.key], column, translate)) for row in report.rows[:500]]
    total = len(for_people(report.totals.get(column.key), column, translate))
    return min(max([words, total, *cells]) + 2, _WIDEST)
