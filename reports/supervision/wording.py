"""What every form of a report says: its title, its totals, and how long its bars are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from db.rules.text import clean_line
from db.words import N_
from reports.columns import Translate, for_people
from reports.supervision.definition import Figure, Report

TOTAL = N_("Total")
MORE = N_("These are the first %(count)s; %(more)s more were left out.")
DAYS, PERIOD = N_("%(since)s to %(until)s"), N_("billing period %(period)s")
FILTERS: Mapping[str, str] = {
    "client": N_("only client %(client)s"),
    "agent": N_("only agent %(agent)s"),
    "bucket": N_("only clients with a debt %(bucket)s days late"),
    "street": N_("only %(street)s"),
    "kind": N_("only: %(kind)s"),
}
"""What the title says of each part of a question that leaves rows out."""


def title_of(report: Report, translate: Translate) -> str:
    """Return what the report counts, as of when, and what of it alone, in words."""
    days = translate(PERIOD if report.params.get("period") else DAYS) % report.params
    title = translate(report.view.title) % {**report.params, "days": days}
    return "; ".join([title, *_filters(report, translate)])


def _filters(report: Report, translate: Translate) -> Iterator[str]:
    """Yield what was asked to be left out; codes as the column of that name spells them, all in one line."""
    columns = {column.key: column for column in report.columns}
    for name, said in FILTERS.items():
        if value := report.params.get(name):
            words = for_people(value, columns[name], translate) if name in columns else str(value)
            yield translate(said) % {name: clean_line(words, 4 * len(words))}


def left_out(report: Report, translate: Translate) -> str:
    """Return how many rows a limit left out, of a report with such."""
    return translate(MORE) % {"count": len(report.rows), "more": report.more}


def total_cells(report: Report, translate: Translate) -> list[str]:
    """Return the cells of the row of totals; the first says what it is. Empty without totals."""
    if not report.totals:
        return []
    cells = [
        for_people(report.totals[column.key], column, translate) if column.key in report.totals else ""
        for column in report.columns
    ]
    return [translate(TOTAL), *cells[1:]]


def parts(report: Report, column: Figure) -> list[float]:
    """Return each row's part of the longest bar, 0 to 1."""
    values = [_size(row[column.key]) for row in report.rows]
    longest = max(values, default=Decimal(0)) or Decimal(1)
    return [float(value / longest) for value in values]


def _size(value: Any) -> Decimal:
    return max(Decimal(value), Decimal(0)) if value is not None else Decimal(0)
