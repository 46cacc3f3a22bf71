"""The order of a report's rows, and the first of them without holding the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nlargest, nsmallest
from itertools import islice
from typing import Any

from db.records.reports import Line
from db.rules.text import polish_key


def first_rows(rows: Iterable[Line], sort: str, limit: int) -> Iterable[Line]:
    """Return the first `limit` of `rows`, all of them for 0, in the order that `sort` asks for.

    `sort` is a key of the rows, with `-` before it for the greatest first; empty leaves the order as it
    is. Rows without a value come last, texts in the order of the Polish alphabet, equal rows as they came.
    Limited, no more than so many are held at a time; every row is read all the same.
    """
    key = sort.removeprefix("-")
    if not key:
        return _first(rows, limit) if limit else rows
    without: list[Line] = []

    def known() -> Iterator[Line]:
        for row in rows:
            if row[key] is not None:
                yield row
            elif not limit or len(without) < limit:
                without.append(row)

    def order(row: Line) -> Any:
        value = row[key]
        return polish_key(value) if isinstance(value, str) else value

    backwards = sort.startswith("-")
    if limit:
        found = (nlargest if backwards else nsmallest)(limit, known(), key=order)
    else:
        found = sorted(known(), key=order, reverse=backwards)
    return [*found, *without][: limit or None]


def _first(rows: Iterable[Line], limit: int) -> list[Line]:
    """Return the first rows; the others are read too, for whoever counts them on their way."""
    passing = iter(rows)
    found = list(islice(passing, limit))
    for _ in passing:
        pass
    return found
