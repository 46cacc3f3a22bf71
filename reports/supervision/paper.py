"""A report on paper: letterhead, what is counted, bars, the table with its totals, page numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db.records.paper import Letterhead
from reports.columns import Translate, for_people
from reports.documents.blocks import Bars, Block, Column, Paper, Paragraph, Row, Table, Title
from reports.supervision.definition import Report
from reports.supervision.wording import left_out, parts, title_of, total_cells

WIDTH = 165.0
"""mm that a table may take."""
MOST_BARS = 16
_SIDES = 2.4
"""mm of a cell that no text uses."""
_LETTER = 1.82
"""mm of a figure in a table; most letters are no wider."""
_TIGHT_LETTER = 1.5
"""The same in a tight table."""
_NUMBER = 19
"""Letters of the longer line of an invoice's number, which is broken after a slash."""
_MOST = 34
"""Letters of a column on paper; what is longer is broken into lines."""


def paper(
    report: Report, translate: Translate, *, letterhead: Letterhead, created: datetime, language: str
) -> Paper:
    """Return the report as a document of blocks."""
    title = title_of(report, translate)
    blocks: list[Block] = [Title(title), Paragraph(translate(report.definition.counted), quiet=True)]
    if report.rows:
        blocks += [*_chart(report, translate), _table(report, translate)]
    else:
        blocks.append(Paragraph(translate(report.empty)))
    if report.more:
        blocks.append(Paragraph(left_out(report, translate), quiet=True))
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
    if column is None or not 2 <= len(report.rows) <= MOST_BARS or not any(parts(report, column)):
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
    labels, cells = [translate(column.label) for column in report.columns], [row.cells for row in rows]
    tight = _needed(labels, cells, _LETTER) > WIDTH
    widths = _widths(labels, cells, _TIGHT_LETTER if tight else _LETTER)
    columns = tuple(
        Column(label, width, "R" if column.align == "right" else "L")
        for column, label, width in zip(report.columns, labels, widths, strict=True)
    )
    return Table(columns, tuple(rows), tight=tight)


def _needed(labels: list[str], rows: list[tuple[str, ...]], letter: float) -> float:
    """Return mm in which no word is broken, and none but a document's number."""
    return _SIDES * len(labels) + letter * sum(_longest_words(labels, rows))


def _longest_words(labels: list[str], rows: list[tuple[str, ...]]) -> list[int]:
    """Return the letters of each column's longest word; a document's number is two, a heading is bold."""
    return [
        max(
            *(len(word) + 1 for word in label.split(" ")),
            *(
                min(len(word), _NUMBER) if "/" in word else len(word)
                for row in rows
                for word in row[place].split(" ")
            ),
        )
        for place, label in enumerate(labels)
    ]


def _widths(labels: list[str], rows: list[tuple[str, ...]], letter: float) -> list[float]:
    """Return mm of each column: what its longest word takes, and of the rest what its longest cell wants."""
    words = _longest_words(labels, rows)
    wanted = [min(max((len(row[place]) for row in rows), default=0), _MOST) for place in range(len(labels))]
    free = WIDTH - _SIDES * len(labels) - letter * sum(words)
    if free < 0:
        shrunk = (WIDTH - _SIDES * len(labels)) / sum(words)
        return [_SIDES + count * shrunk for count in words]
    more = [max(want - word, 0) for want, word in zip(wanted, words, strict=True)]
    scale = min(free / (sum(more) or 1), letter)
    rest = (free - scale * sum(more)) / len(labels)
    return [_SIDES + letter * word + scale * extra + rest for word, extra in zip(words, more, strict=True)]


def as_pdf(report: Report, translate: Translate, snapshot: str, **about: Any) -> bytes:
    """Return the PDF; `snapshot` is the report's JSON, whose seal stands in the foot."""
    from reports.documents.printed import printed

    return printed(paper(report, translate, **about), snapshot)
