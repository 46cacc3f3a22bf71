"""The supervisor's board: the morning's figures, and who has which requests in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.records.reports import Line


@dataclass(frozen=True, slots=True)
class Holder:
    """What one member of staff has taken of the queue; without a login, what nobody has."""

    login: str
    name: str
    requests: int
    late: int
    """Those whose own deadline is past."""
    oldest: datetime
    """When the one that waits the longest came in."""
    deadline: date
    """The nearest one."""


@dataclass(frozen=True, slots=True)
class Board:
    """All figures of the board; they belong to one moment."""

    at: datetime
    figures: tuple[Line, ...]
    """The rows of the report `daily`."""
    holders: tuple[Holder, ...]
    """Who has most comes first; what nobody has comes last."""

    @property
    def taken(self) -> int:
        """Requests that somebody has in hand."""
        return sum(holder.requests for holder in self.holders if holder.login)
