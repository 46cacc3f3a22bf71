"""The five forms of every report and view, read back and compared: they hold the same."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from db.operations.confirmation import letterhead_of
from db.queries.utility import utility
from db.records.reports import Question
from reports.columns import Kind
from reports.supervision.definition import Definition, Option, Report, View
from reports.supervision.forms import ReportForm, Sender, write_report
from reports.supervision.registry import REPORTS, definition_of
from tests.db.builders import TODAY
from tests.reports.pdfs import pages_of
from tests.reports.supervision.counting import ZONE
from tests.reports.supervision.test_recounts import ask as ask_door
from tests.reports.supervision.town import Town

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROWS = 60
"""Rows at most, so that a PDF has a few pages."""
VIEWS = [(name, view.key) for name in REPORTS for view in definition_of(name).views]
Cells = list[Any]


@pytest.mark.parametrize(("name", "key"), VIEWS)
def test_five_forms_hold_the_same(town: Town, name: str, key: str, tmp_path: Path) -> None:
    report = ask(town, definition_of(name), key)
    assert report.rows
    files = {form: tmp_path / f"report.{form.value}" for form in ReportForm}
    office = town.house.office(town.supervisor)
    sender = Sender(letterhead_of(office.read(utility)), town.house.clock(), "en")
    for form, path in files.items():
        write_report(report, form, sender, translate=str, output=str(path))
    told = json.loads(files[ReportForm.JSON].read_text())
    rows = [parsed(row, report.view) for row in told["rows"]]
    totals = parsed(told["totals"], report.view) if told["totals"] else None
    assert rows == [[row[column.key] for column in report.columns] for row in report.rows]
    assert from_csv(files[ReportForm.CSV], report.view) == [
        [None if cell == "" else cell for cell in row] for row in rows
    ]
    assert from_sheet(files[ReportForm.XLSX], report) == (spelled(rows, report.view), totals)
    shown = [for_eyes(row, report.view) for row in [*rows, *([totals] if totals else [])]]
    if totals:
        shown[-1] = f"Total{''.join(map(str, shown[-1:]))}"
    lines = [squeezed(line) for line in files[ReportForm.TABLE].read_text().splitlines()]
    assert lines[-len(shown) :] == shown
    pages = pages_of(files[ReportForm.PDF].read_bytes())
    paper = squeezed(" ".join(pages))
    assert [line for line in shown if line not in paper] == []
    assert [f"page {place} of {len(pages)}" in page for place, page in enumerate(pages, 1)] == [True] * len(
        pages
    )


def ask(town: Town, definition: Definition, key: str) -> Report:
    ahead = timedelta(days=200) if Option.UNTIL in definition.options else timedelta(0)
    question = Question(as_of=TODAY, since=date(2025, 1, 1), until=TODAY + ahead, by=key, periods=1)
    view = definition.view(key)
    assert view is not None
    found = ask_door(town.house.office(town.supervisor), view, question)
    params = {"as_of": "22.11.2026", "since": "01.01.2025", "until": "22.11.2026", "periods": 1, "period": ""}
    return Report(definition, view, TODAY, params, found.rows[:ROWS], found.totals, len(found.rows[ROWS:]))


def parsed(row: dict[str, Any], view: View) -> Cells:
    """Return the cells of a row of JSON as what they are; nothing where a row of totals has none."""
    return [read(row.get(column.key), column.kind) for column in view.columns]


def read(value: Any, kind: Kind) -> Any:
    if value in (None, ""):
        return value
    if kind in (Kind.VOLUME, Kind.AMOUNT, Kind.COUNT):
        return Decimal(value)
    if kind is Kind.DAY:
        return date.fromisoformat(value)
    if kind is Kind.INSTANT:
        return datetime.fromisoformat(value)
    if kind is Kind.FLAG:
        return value in (True, "true")
    return value


def from_csv(path: Path, view: View) -> list[Cells]:
    keys, *lines = csv.reader(io.StringIO(path.read_text()))
    assert keys == list(view.keys)
    columns = view.columns
    rows = [[read(cell.removeprefix("'"), column.kind) for cell, column in zip(line, columns, strict=True)]
            for line in lines]  # fmt: skip
    return [[None if cell == "" else cell for cell in row] for row in rows]


def from_sheet(path: Path, report: Report) -> tuple[list[Cells], Cells | None]:
    """Return the rows of the first sheet and its row of totals; what it tells of rows left out is right."""
    view = report.view
    heads, *lines = sheet_of(path)
    if report.more:
        assert lines.pop()[0] == f"These are the first {ROWS}; {report.more} more were left out."
    assert heads == [column.label for column in view.columns]
    rows = [[typed(cell, column.kind) for cell, column in zip(line, view.columns, strict=True)]
            for line in lines]  # fmt: skip
    if not rows or rows[-1][0] != "Total":
        return rows, None
    return rows[:-1], [None, *rows[-1][1:]]


def typed(cell: Any, kind: Kind) -> Any:
    """Return what a stored cell stands for: days and instants are numbers there."""
    if cell is None or isinstance(cell, str):
        return cell or None
    if kind is Kind.DAY:
        return date(1899, 12, 30) + timedelta(days=int(cell))
    if kind is Kind.INSTANT:
        seconds = int((cell * 86400).to_integral_value())
        local = datetime(1899, 12, 30) + timedelta(seconds=seconds)  # noqa: DTZ001 - a sheet knows no zones
        return local.replace(tzinfo=ZONE).astimezone(UTC)
    return cell


def sheet_of(path: Path) -> list[list[Any]]:
    """Return the cells of the first sheet: texts, numbers, and None where there is none."""
    with zipfile.ZipFile(path) as book:
        strings = ["".join(node.text or "" for node in entry.iter(f"{MAIN}t"))
                   for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]  # fmt: skip
        page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows: list[list[Any]] = []
    for row in page.iter(f"{MAIN}row"):
        cells: dict[int, Any] = {}
        for cell in row.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if value is not None:
                place = ord(re.sub(r"\d", "", cell.get("r", ""))) - ord("A")
                cells[place] = strings[int(value)] if cell.get("t") == "s" else Decimal(value)
        rows.append([cells.get(place) for place in range(max(cells, default=0) + 1)])
    width = len(rows[0])
    return [row + [None] * (width - len(row)) for row in rows]


def spelled(rows: list[Cells], view: View) -> list[Cells]:
    """Return the rows as a sheet has them: codes and flags in words, instants to the second, no "" at all."""
    return [[in_sheet(cell, column) for cell, column in zip(row, view.columns, strict=True)] for row in rows]


def in_sheet(cell: Any, column: Any) -> Any:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
    if cell == "":
        return None
    return column.words.get(str(cell), cell) if column.words else cell


def for_eyes(row: Cells, view: View) -> str:
    """Return a row as people read it, blanks left out."""
    return squeezed("".join(written(cell, column) for cell, column in zip(row, view.columns, strict=True)))


def written(cell: Any, column: Any) -> str:
    if cell is None:
        return ""
    if column.words and str(cell) in column.words:
        return str(column.words[str(cell)])
    if isinstance(cell, Decimal):
        text = f"{cell:.2f}" if column.kind is Kind.AMOUNT else f"{cell:f}"
        return text.replace(".", ",").replace("-", "−")
    if isinstance(cell, datetime):
        return f"{cell.astimezone(ZONE):%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return str(in_sheet(cell, column) or "")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0]", "", text)
