"""Tables on paper: the head again on every page, rows whole, long cells broken into lines."""

from __future__ import annotations

from reports.documents.blocks import Row, Table
from reports.documents.page import (
    BOTTOM,
    HAIRLINE,
    LOWEST,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    Letter,
    Style,
)

_USABLE = PAGE_HEIGHT - TOP - BOTTOM
_SIDE = 1.2
"""Free mm at either side of a cell."""
_ROOMY = (Style.BODY, Style.STRONG, Style.HEADING)
_USUAL = (Style.CELL, Style.CELL_STRONG, Style.CELL_HEAD)
_TIGHT = (Style.CELL_TIGHT, Style.CELL_TIGHT_STRONG, Style.CELL_TIGHT_HEAD)
"""Types of cells, of strong ones and of the head."""


def draw_table(letter: Letter, table: Table) -> None:
    """Draw `table` from here on, over as many pages as it takes."""
    _Grid(letter, table).draw()


class _Grid:
    """A table being drawn."""

    def __init__(self, letter: Letter, table: Table) -> None:
        self.letter, self.table = letter, table
        self.plain, self.strong, self.head_style = (
            _ROOMY if table.roomy else _TIGHT if table.tight else _USUAL
        )
        self.pad = 1.05 if table.roomy else 0.6
        self.width = sum(column.width for column in table.columns)
        self.left = PAGE_WIDTH - RIGHT - self.width
        titles = [column.title for column in table.columns]
        self.head = self._broken(titles, self.head_style)

    def draw(self) -> None:
        """Draw heading, head and rows."""
        letter, table = self.letter, self.table
        rows = [(row, self._broken(row.cells, self._style(row))) for row in table.rows]
        heading = Style.HEADING.value.line + 1 if table.heading else 0
        letter.keep_together(
            heading
            + self._height(self.head, self.head_style)
            + sum(self._height(lines, self._style(row)) for row, lines in rows[:2])
        )
        if table.heading:
            letter.say(table.heading, Style.HEADING)
            letter.gap(0.6)
        self._draw_head()
        following = [*rows[1:], None][: len(rows)]  # the bill of what was taken back whole has no row
        for (row, lines), after in zip(rows, following, strict=True):
            needed = self._height(lines, self._style(row))
            if after is not None and after[0].strong:  # no total alone at the top of a page
                needed += self._height(after[1], self._style(after[0]))
            self._draw_row(row, lines, needed)

    def _style(self, row: Row) -> Style:
        return self.strong if row.strong else self.plain

    def _broken(self, cells: list[str] | tuple[str, ...], style: Style) -> list[list[str]]:
        return [
            self.letter.lines(text, style, column.width - 2 * _SIDE) if text else []
            for text, column in zip(cells, self.table.columns, strict=True)
        ]

    def _height(self, lines: list[list[str]], style: Style) -> float:
        return max(map(len, lines), default=1) * style.value.line + 2 * self.pad

    def _draw_head(self) -> None:
        self._band(self.head, self.head_style, tinted=True, low=True)

    def _draw_row(self, row: Row, lines: list[list[str]], needed: float) -> None:
        """Draw a row; one that is taller than a page goes on overleaf."""
        letter, style = self.letter, self._style(row)
        head = self._height(self.head, self.head_style)
        if letter.get_y() + needed > LOWEST and needed + head <= _USABLE:
            self._turn()
        count = max(map(len, lines), default=0)
        fits = int((LOWEST - letter.get_y() - 2 * self.pad) / style.value.line)
        while count > max(fits, 1):
            self._band([cell[:fits] for cell in lines], style, tinted=row.strong)
            lines, count = [cell[fits:] for cell in lines], count - fits
            self._turn()
            fits = int((LOWEST - letter.get_y() - 2 * self.pad) / style.value.line)
        self._band(lines, style, tinted=row.strong)

    def _turn(self) -> None:
        self.letter.add_page()
        self._draw_head()

    def _band(self, lines: list[list[str]], style: Style, *, tinted: bool, low: bool = False) -> None:
        """Draw cells side by side, each from the top, or with their last lines level when `low`."""
        letter, height, line = self.letter, self._height(lines, style), style.value.line
        top = letter.get_y()
        if tinted:
            letter.fill(self.left, top, self.width, height)
        x = self.left
        deepest = max(map(len, lines), default=0)
        for cell, column in zip(lines, self.table.columns, strict=True):
            y = top + self.pad + ((deepest - len(cell)) * line if low else 0)
            for text in cell:
                letter.put(text, style, x=x + _SIDE, y=y, width=column.width - 2 * _SIDE, align=column.align)
                y += line
            x += column.width
        letter.rule(top + height, HAIRLINE, x=self.left, width=self.width)
        letter.set_y(top + height)
