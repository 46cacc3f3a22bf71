"""Work lists: what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.rules.levels import Finding


class WorkListKind(StrEnum):
    """The lists that exist."""

    PENDING_READINGS = "pending_readings"
    OPEN_NOTICES = "open_notices"
    WITHOUT_PESEL = "without_pesel"
    UNMATCHED_PAYMENTS = "unmatched_payments"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do; which fields are filled depends on the list."""

    key: int
    """Id of the reading, notice, client or line of a bank file: stable, used to go on after it."""
    client_number: str
    """Of a payment, the client whose it most likely is; empty when nothing points at anybody."""
    client_name: str
    meter: str | None = None
    day: date | None = None
    """Day of the reading or of the payment, or deadline of the notice."""
    state: int | None = None
    previous_state: int | None = None
    consumption: int | None = None
    reason: str | None = None
    agent: str | None = None
    findings: tuple[Finding, ...] = ()
    amount: Decimal | None = None
    """Zlotys that came in."""
    payer: str | None = None
    """As the bank names them."""
    title: str | None = None


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
    unmatched_payments: int = 0
