"""Lists of a report that are too long to be read whole where only their first rows are wanted.

The database sorts and cuts them, by any column that it orders as people are shown it: numbers, amounts,
days and instants. How many rows there are and what they come to is asked apart, so that totals hold
whatever is cut. Rows are handed on as they are read: whoever writes them to a file holds none. By
any other column, such as a name, the rows are sorted here, and all of them held where the list is not cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.queries.reports.common import streamed
from db.records.reports import Found, Line, Question, Take
from db.rules.first_rows import first_rows

Parts = Sequence[Any]
MANY = 200_000
"""Rows of a list that are worth making a table for first."""


@dataclass(frozen=True, slots=True)
class LongList:
    """How a list is read."""

    key: Any
    """Of the model that each row is about one of: its primary key."""
    conditions: tuple[sa.ColumnElement[bool], ...]
    """On that table alone: which of its rows are listed."""
    statement: Any
    """The cells, of that table and of what each of its rows has exactly one of, or one at most."""
    order: tuple[Any, ...]
    """The natural one; no two rows are alike in it."""
    line: Callable[[Parts], Line]
    sortable: Mapping[str, Any] = field(default_factory=dict)
    """Columns of that table, by key, that the database orders as Python does."""
    totals: Mapping[str, tuple[Any, Callable[[Any], Any]]] = field(default_factory=dict)
    """By key: what the database sums, and what makes the total of it."""
    crowded: Any = None
    """The same cells as those of `statement`, read in less time where there are very many rows."""


def read_list(session: Session, listing: LongList, question: Question, take: Take) -> Found:
    """Return the list, sorted and cut as `question` asks, its rows as `take` took them."""
    count, totals = _in_all(session, listing)
    key = question.sort.removeprefix("-")
    if key and key not in listing.sortable:
        statement = listing.statement.where(*listing.conditions).order_by(*listing.order)
        rows = first_rows(_lines(session, listing, statement), question.sort, question.limit)
    else:
        rows = _lines(session, listing, _sorted(listing, question, count))
    return Found(take(rows), totals, count)


def _in_all(session: Session, listing: LongList) -> tuple[int, Line]:
    sums = (part for part, _ in listing.totals.values())
    asked = sa.select(sa.func.count(), *sums).select_from(listing.key.class_).where(*listing.conditions)
    count, *found = session.execute(asked).one()
    totals = zip(listing.totals.items(), found, strict=True)
    return count, {key: make(part) for (key, (_, make)), part in totals} if count else {}


def _sorted(listing: LongList, question: Question, count: int) -> Any:
    """Select the cells in the order asked for; of a list that is cut, only of the rows that stay."""
    order = listing.order
    if question.sort:
        column = listing.sortable[question.sort.removeprefix("-")]
        directed = column.desc() if question.sort.startswith("-") else column.asc()
        order = (directed.nulls_last() if column.nullable else directed, *order)
    if not question.limit:
        crowded = listing.crowded is not None and count > MANY
        cells = listing.crowded if crowded else listing.statement
        return cells.where(*listing.conditions).order_by(*order)
    first = sa.select(listing.key).where(*listing.conditions).order_by(*order).limit(question.limit)
    return listing.statement.where(listing.key.in_(first)).order_by(*order)


def _lines(session: Session, listing: LongList, statement: Any) -> Iterator[Line]:
    for some in streamed(session, statement):
        yield from map(listing.line, some)
