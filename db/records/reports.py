"""What reports are asked, and the shape that every one of their rows has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Line = dict[str, Any]
"""A row of a report by the keys of its columns: text, whole numbers, Decimals, days and instants."""

Take = Callable[[Iterable[Line]], Sequence[Line]]
"""What takes the rows of a long list while they are read, and returns those that it keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a report is asked; each report uses the parts that its options name."""

    as_of: date
    """What became known after this day is left out."""
    since: date
    until: date
    """First and last day of what is counted; never after `as_of`."""
    by: str = ""
    """The view."""
    periods: int = 2
    """Billing periods without a reading of the company's own."""
    street: str = ""
    client: str = ""
    """A client number."""
    agent: str = ""
    """A login."""
    bucket: str = ""
    """An age of debt, by its key."""
    period: str = ""
    """`YYYYMM`."""
    kind: str = ""
    sort: str = ""
    """Of a long list: a column's key, `-` before it for the greatest first; empty is its natural order."""
    limit: int = 0
    """Of a long list: rows at most; 0 is no limit."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a report, and totals over all of them, whatever was cut."""

    rows: Sequence[Line]
    """All in their natural order; of a long list those asked for, as asked for."""
    totals: Line
    """By column key; a column that is not here has no total."""
    count: int | None = None
    """Rows of a long list in all; None where `rows` are all."""
