"""What reports are asked, and the shape that every one of their rows has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

Line = dict[str, Any]
"""A row of a report by the keys of its columns: text, whole numbers, Decimals, days and instants."""


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


@dataclass(frozen=True, slots=True)
class Found:
    """All rows of a report in their natural order, and totals that are no sums of them."""

    rows: tuple[Line, ...]
    totals: Line
    """By column key; a column that is not here has no total."""
