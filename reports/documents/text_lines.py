"""Lines and tables of text for a screen of 80 columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from db.rules.text import safe_terminal
from reports.documents.blocks import Column, Table
from reports.documents.words import NBSP, tied

COLUMNS = 80
_NARROWEST = 2
"""Of a column that is made narrower: one letter of an alphabet of wide ones."""
_BLANKS = re.compile("[\n\t]")
_PIECES = re.compile(r"[^/–]*[/–]?")


def plain(text: str) -> str:
    """Return `text` as one line that a terminal shows as it stands."""
    return safe_terminal(_BLANKS.sub(" ", text)).replace(NBSP, " ")


def width_of(text: str) -> int:
    """Return how many columns a terminal gives `text`."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def broken(text: str, width: int = COLUMNS) -> list[str]:
    """Return `text` in lines of at most `width` columns, broken at spaces where there are any."""
    lines: list[str] = []
    line = ""
    for word in safe_terminal(_BLANKS.sub(" ", tied(text))).split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width)
        lines += whole
    return [each.replace(NBSP, " ") for each in (*lines, line)]


def table_lines(table: Table) -> Iterator[str]:
    """Yield the head, a rule and the rows; totals are marked with a rule of their own."""
    widths, gap = _fitted(table)
    rule = "─" * (sum(widths) + len(gap) * (len(widths) - 1))
    yield from _row([column.title for column in table.columns], table.columns, widths, gap)
    yield rule
    for place, row in enumerate(table.rows):
        if row.strong and place:
            yield "=" * len(rule)
        yield from _row(row.cells, table.columns, widths, gap)


def _row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: str) -> Iterator[str]:
    broken_cells = [broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*broken_cells, fillvalue=""):
        yield gap.join(
            " " * (width - width_of(part)) + part
            if column.align == "R"
            else part + " " * (width - width_of(part))
            for part, column, width in zip(parts, columns, widths, strict=True)
        )


def _fitted(table: Table) -> tuple[list[int], str]:
    """Return the widths of the columns and what stands between them.

    As wide as they need; if that is too much, the widest that can be broken well are made
    narrower, and if need be the widest of all.
    """
    widths, least = [], []
    for place, column in enumerate(table.columns):
        cells = [plain(row.cells[place]) for row in table.rows]
        words = [
            piece
            for text in (column.title, *(tied(row.cells[place]) for row in table.rows))
            for word in text.split(" ")
            for piece in _PIECES.findall(word)
        ]
        least.append(max(map(width_of, words), default=1))
        needed = max([1, *map(width_of, column.title.split(" ")), *map(width_of, cells)])
        widths.append(min(needed, COLUMNS))
    gaps = len(widths) - 1
    gap = "  " if sum(least) + 2 * gaps <= COLUMNS else " "
    while sum(widths) + len(gap) * gaps > COLUMNS:
        loose = [width if width > low else 0 for width, low in zip(widths, least, strict=True)]
        chosen = loose if any(loose) else widths
        most = max(chosen)
        place = chosen.index(most)
        floor = least[place] if any(loose) else _NARROWEST
        widths[place] = max(most - 1, floor)
    return widths, gap


def _pieces(word: str, width: int) -> list[str]:
    """Return a word that is too long in pieces, a number broken after a slash or a dash."""
    pieces: list[str] = []
    piece = ""
    for part in _PIECES.findall(word):
        if piece and width_of(piece + part) > width:
            pieces.append(piece)
            piece = ""
        piece += part
        while width_of(piece) > width:
            fits = _fitting(piece, width)
            pieces.append(piece[:fits])
            piece = piece[fits:]
    return [*pieces, piece]


def _fitting(text: str, width: int) -> int:
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return max(place, 1)
    return len(text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
