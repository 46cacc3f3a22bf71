"""Rows of a report as lines of a screen: whole columns as far as there is room, the others told apart."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from bok_tui.i18n import _
from bok_tui.safe_text import fit, visible
from reports.columns import Kind, for_people
from reports.supervision.definition import Figure, Report
from reports.supervision.wording import total_cells

WIDEST = 30
"""Cells of a column at most; a row under the cursor unfolds."""
NARROWEST = 14
"""Cells that a column of words keeps where there is little room."""
BETWEEN = "  "


@dataclass(frozen=True, slots=True)
class Fitted:
    """A report in the width of a screen."""

    heading: str
    lines: tuple[str, ...]
    totals: str
    left_out: tuple[str, ...]
    """Of each row what had no room: `Voided: 0 · By themselves: 0`; nothing where all had."""


def fitted(report: Report, width: int) -> Fitted:
    """Return the rows of a report in `width` cells."""
    columns = report.columns
    cells = [[for_people(row[column.key], column, _) for column in columns] for row in report.rows]
    totals = total_cells(report, _)
    labels = [_(column.label) for column in columns]
    lines = [labels, *cells, *([totals] if totals else [])]
    natural = [min(max(cell_len(visible(line[at])) for line in lines), WIDEST) for at in range(len(labels))]
    widths = _narrowed(natural, columns, width)
    right = [column.align == "right" for column in columns[: len(widths)]]
    return Fitted(
        _aligned(labels, widths, right),
        tuple(_aligned(line, widths, right) for line in cells),
        _aligned(totals, widths, right) if totals else "",
        tuple(_rest(labels, line, len(widths)) for line in cells) if len(widths) < len(labels) else (),
    )


def _narrowed(natural: list[int], columns: tuple[Figure, ...], width: int) -> list[int]:
    """Return the widths of the columns that fit, words made narrower first; the last ones are left out.

    Half a day or half a time would say nothing: those are whole or left out.
    """
    widths = list(natural)
    for at in sorted(range(len(widths)), key=lambda at: -natural[at]):
        over = sum(widths) + len(BETWEEN) * (len(widths) - 1) - width
        if over > 0 and columns[at].kind is Kind.TEXT:
            widths[at] = max(widths[at] - over, min(widths[at], NARROWEST))
    while len(widths) > 1 and sum(widths) + len(BETWEEN) * (len(widths) - 1) > width:
        widths.pop()
    # what was made narrower for columns that are left out all the same gets its room back
    for at in range(len(widths)):
        free = width - sum(widths) - len(BETWEEN) * (len(widths) - 1)
        widths[at] = min(natural[at], widths[at] + max(free, 0))
    return widths


def _rest(labels: list[str], cells: list[str], shown: int) -> str:
    return " · ".join(
        f"{label}: {cell}" for label, cell in zip(labels[shown:], cells[shown:], strict=True) if cell
    )


def _aligned(cells: list[str], widths: list[int], right: list[bool]) -> str:
    """Return cells as a line: figures to the right, words to the left; cells without a width are left out."""
    parts = [
        " " * (width - cell_len(visible(cell))) + cell
        if to_right and cell_len(visible(cell)) <= width
        else fit(cell, width)
        for cell, width, to_right in zip(cells, widths, right, strict=False)
    ]
    return BETWEEN.join(parts).rstrip()
