"""A report as people read it on a terminal: fitted to its width, with bars where they find room."""

from __future__ import annotations

import io
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from db.records.reports import Line
from db.rules.text import safe_terminal
from reports.columns import Kind, Translate, for_people
from reports.supervision.definition import Figure, Report
from reports.supervision.wording import parts, title_of, total_cells
from reports.tables import WIDEST

BAR = 16
"""Columns of the longest bar."""
_BLOCKS = " ▏▎▍▌▋▊▉█"
_NARROWEST_TEXT = 10
"""Columns that a text keeps before the table gives way to one field a line."""


def grid(report: Report, translate: Translate, screen: TextIO | None) -> str:
    """Return title, table and totals; on a screen as wide as it is, else as wide as it takes."""
    width = Console(file=screen).width if screen else WIDEST
    page = io.StringIO()
    console = Console(
        file=page, width=width, color_system=None, highlight=False, markup=False, emoji=False,
        legacy_windows=False,
    )  # fmt: skip
    console.print(_text(title_of(report, translate)))
    console.print()
    if not report.rows:
        console.print(_text(translate(report.empty)))
    else:
        _print_rows(console, report, translate, screen, width)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


def _print_rows(
    console: Console, report: Report, translate: Translate, screen: TextIO | None, width: int
) -> None:
    rows = [[_shown(row, column, translate) for column in report.columns] for row in report.rows]
    totals = [_plain(cell) for cell in total_cells(report, translate)]
    labels = [_plain(translate(column.label)) for column in report.columns]
    needed = [
        _needed(column, labels[place], [*(row[place] for row in rows), *(totals[place : place + 1])])
        for place, column in enumerate(report.columns)
    ]
    if screen and sum(needed) + 2 * len(needed) > width:
        _print_turned(console, labels, [*rows, *([totals] if totals else [])], width)
        return
    natural = [max(least, *(len(row[place]) for row in rows)) for place, least in enumerate(needed)]
    barred = next((column for column in report.columns if column.bar), None)
    with_bar = (
        screen is not None and barred is not None and sum(natural) + 2 * len(natural) + BAR + 4 <= width
    )
    table = _table(ruled=screen is not None, foot=bool(totals))
    for place, column in enumerate(report.columns):
        table.add_column(
            Text(labels[place]), Text(totals[place] if totals else ""), justify=column.align,
            overflow="fold", min_width=needed[place], width=natural[place] if with_bar else None,
        )  # fmt: skip
    if with_bar:
        table.add_column("", min_width=BAR, no_wrap=True)
    bars = _bars(report, barred) if with_bar and barred else [""] * len(rows)
    for cells, bar in zip(rows, bars, strict=True):
        table.add_row(*(Text(cell) for cell in cells), *([Text(bar)] if with_bar else []))
    console.print(table)


def _table(*, ruled: bool, foot: bool = False) -> Table:
    drawn = box.SIMPLE_HEAD if ruled else None
    return Table(box=drawn, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_footer=foot)


def _print_turned(console: Console, labels: list[str], rows: list[list[str]], width: int) -> None:
    """Many figures of few things: each thing becomes a column; where there are too many, one field a line."""
    longest = [max(map(len, row)) for row in rows]
    if max(map(len, labels)) + sum(longest) + 2 * (len(rows) + 1) > width:
        _print_fields(console, labels, rows)
        return
    table = _table(ruled=True)
    table.add_column(Text(labels[0]), no_wrap=True)
    for row, most in zip(rows, longest, strict=True):
        table.add_column(Text(row[0]), justify="right", no_wrap=True, min_width=most)
    for place, label in enumerate(labels[1:], 1):
        table.add_row(Text(label), *(Text(row[place]) for row in rows))
    console.print(table)


def _print_fields(console: Console, labels: list[str], rows: list[list[str]]) -> None:
    """One field a line: what a terminal too narrow for the table can show."""
    for cells in rows:
        for label, cell in zip(labels, cells, strict=True):
            if cell:
                console.print(Text(f"{label}: {cell}"), overflow="fold")
        console.print()


def _needed(column: Figure, label: str, cells: list[str]) -> int:
    """Return the columns below which a column cannot be read."""
    word = max(map(len, label.split()), default=0)
    longest = max(map(len, cells), default=0)
    if column.kind is Kind.TEXT:
        return max(min(longest, _NARROWEST_TEXT), min(word, _NARROWEST_TEXT))
    return max(longest, word)


def _bars(report: Report, column: Figure) -> list[str]:
    return [_bar(part) for part in parts(report, column)]


def _bar(part: float) -> str:
    eighths = round(part * BAR * 8)
    return "█" * (eighths // 8) + _BLOCKS[eighths % 8].strip()


def _shown(row: Line, column: Figure, translate: Translate) -> str:
    return _plain(for_people(row[column.key], column, translate))


def _plain(text: str) -> str:
    return safe_terminal(text).replace("\n", " ").replace("\t", " ")


def _text(text: str) -> Text:
    return Text(_plain(text))
