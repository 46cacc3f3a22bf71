"""Listings as people read them on a terminal, in a file or through a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from db.rules.text import safe_terminal
from reports.columns import Column, Kind, Row, Translate, for_people

WIDEST = 500
"""Width of what goes to a file or a pipe: nothing is cut at the edge of a screen that is not there."""


def table(columns: Sequence[Column], rows: Iterable[Row], translate: Translate, screen: TextIO | None) -> str:
    """Return a table with one row a line; ruled and as wide as `screen` when there is one."""
    grid = _grid(screen, headed=True)
    for column in columns:
        label = _text(translate(column.label))
        wraps = column.kind is Kind.TEXT
        grid.add_column(label, justify=column.align, overflow="fold", no_wrap=not wraps)
    for row in rows:
        grid.add_row(*(_cell(row, column, translate) for column in columns))
    return _rendered(grid, screen)


def fields(columns: Sequence[Column], row: Row, translate: Translate, screen: TextIO | None) -> str:
    """Return one thing with its labels on the left and its values on the right."""
    grid = _grid(screen, headed=False)
    grid.add_column(overflow="fold", style="bold" if screen else "")
    grid.add_column(overflow="fold")
    for column in columns:
        grid.add_row(_text(translate(column.label)), _cell(row, column, translate))
    return _rendered(grid, screen)


def _grid(screen: TextIO | None, *, headed: bool) -> Table:
    ruled = box.SIMPLE_HEAD if screen and headed else None
    gap = 1 if ruled else 2  # a ruled table has a blank between its columns already
    return Table(box=ruled, show_header=headed, show_edge=False, pad_edge=False, padding=(0, gap, 0, 0))


def _cell(row: Row, column: Column, translate: Translate) -> Text:
    return _text(for_people(row.get(column.key), column, translate))


def _text(text: str) -> Text:
    """Return `text` as text: no markup, no escape sequence, one line."""
    return Text(safe_terminal(text).replace("\n", " ").replace("\t", " "))


def _rendered(grid: Table, screen: TextIO | None) -> str:
    """Return what Rich would print, without blanks at the ends of lines."""
    if screen:
        console = Console(file=screen, highlight=False, markup=False, emoji=False)
        with console.capture() as capture:
            console.print(grid)
        return capture.get()
    page = io.StringIO()
    console = Console(file=page, width=WIDEST, color_system=None, highlight=False, markup=False, emoji=False)
    console.print(grid)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())
