"""A report on paper: letterhead, what is counted, bars, the table with its totals, page numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db.records.paper import Letterhead
from db.words import N_
from reports.columns import Translate, for_people
from reports.documents.blocks import Bars, Block, Column, Paper, Paragraph, Row, Table, Title
from reports.supervision.definition import Figure, Report
from reports.supervision.wording import parts, title_of, total_cells

WIDTH = 165.0
"""mm that a table may take."""
MOST_BARS = 16
_SIDES = 2.4
"""mm of a cell that no text uses."""
_LETTER = 1.62
"""mm of an average letter in a table."""
_FEWEST, _MOST = 6, 34
"""Letters of a column on paper; what is longer is broken into lines."""
MORE = N_("These are the first %(count)s; %(more)s more were left out.")


def paper(
    report: Report, translate: Translate, *, letterhead: Letterhead, created: datetime, language: str
) -> Paper:
    """Return the report as a document of blocks."""
    title = title_of(report, translate)
    blocks: list[Block] = [Title(title), Paragraph(translate(report.definition.counted), quiet=True)]
    if report.rows:
        blocks += [*_chart(report, translate), _table(report, translate)]
    else:
        blocks.append(Paragraph(translate(report.definition.empty)))
    if report.more:
        blocks.append(
            Paragraph(translate(MORE) % {"count": len(report.rows), "more": report.more}, quiet=True)
        )
    return Paper(
        title=title,
        number=f"bok report {report.definition.name} {report.as_of:%Y-%m-%d}",
        client_number="",
        letterhead=letterhead,
        created=created,
        language=language,
        blocks=tuple(blocks),
    )


def _chart(report: Report, translate: Translate) -> tuple[Bars, ...]:
    column = next((column for column in report.columns if column.bar), None)
    if column is None or not 2 <= len(report.rows) <= MOST_BARS:
        return ()
    first = report.columns[0]
    bars = tuple(
        (for_people(row[first.key], first, translate), for_people(row[column.key], column, translate), part)
        for row, part in zip(report.rows, parts(report, column), strict=True)
    )
    return (Bars(translate(column.label), bars),)


def _table(report: Report, translate: Translate) -> Table:
    rows = [
        Row(tuple(for_people(row[column.key], column, translate) for column in report.columns))
        for row in report.rows
    ]
    if totals := total_cells(report, translate):
        rows.append(Row(tuple(totals), strong=True))
    letters = [_letters(column, place, rows, translate) for place, column in enumerate(report.columns)]
    free = WIDTH - _SIDES * len(letters)
    scale = free / sum(letters)
    widths = [_SIDES + count * min(scale, 2 * _LETTER) for count in letters]
    columns = tuple(
        Column(translate(column.label), width, "R" if column.align == "right" else "L")
        for column, width in zip(report.columns, widths, strict=True)
    )
    return Table(columns, tuple(rows))


def _letters(column: Figure, place: int, rows: list[Row], translate: Translate) -> int:
    word = max(map(len, translate(column.label).split()), default=0)
    longest = max((len(row.cells[place]) for row in rows), default=0)
    return min(max(_FEWEST, word, longest), _MOST)


def as_pdf(report: Report, translate: Translate, snapshot: str, **about: Any) -> bytes:
    """Return the PDF; `snapshot` is the report's JSON, whose seal stands in the foot."""
    from reports.documents.printed import printed

    return printed(paper(report, translate, **about), snapshot)
