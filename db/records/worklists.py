"""Work lists: what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.levels import Finding


class WorkListKind(StrEnum):
    """The lists that exist."""

    PENDING_READINGS = "pending_readings"
    OPEN_NOTICES = "open_notices"
    WITHOUT_PESEL = "without_pesel"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do; which fields are filled depends on the list."""

    key: int
    """Reading id, notice id or client id: stable, used to go on after it."""
    client_number: str
    client_name: str
    meter: str | None = None
    day: date | None = None
    """Day of the reading, or deadline of the notice."""
    state: int | None = None
    previous_state: int | None = None
    consumption: int | None = None
    reason: str | None = None
    agent: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkList:
    """A bounded page of a work list."""

    kind: WorkListKind
    items: tuple[WorkItem, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How much waits; bounded counts, `limit` means that many or more."""

    pending_readings: int
    open_notices: int
    urgent_notices: int
    without_pesel: int
    limit: int
