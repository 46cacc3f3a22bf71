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
    FAILING_NIP = "failing_nip"
    """Businesses whose NIP is missing or fails its check digit."""
    UNCONFIRMED_EMAILS = "unconfirmed_emails"
    """Addresses of e-invoices that nobody has confirmed, or from which mail came back."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do; which fields are filled depends on the list."""

    key: int
    """Id of the reading, notice, client, line of a bank file or contact point: used to go on after it."""
    client_number: str
    """Of a payment, the client whose it most likely is; empty when nothing points at anybody."""
    client_name: str
    meter: str | None = None
    day: date | None = None
    """Day of the reading, of the payment, on which mail came back, or deadline of the notice."""
    state: int | None = None
    previous_state: int | None = None
    consumption: int | None = None
    reason: str | None = None
    """Of a reading or payment; of a NIP or an address, what is wrong: `missing` or `failing`, `bounced` or
    `unconfirmed`."""
    agent: str | None = None
    findings: tuple[Finding, ...] = ()
    amount: Decimal | None = None
    """Zlotys that came in."""
    payer: str | None = None
    """As the bank names them."""
    title: str | None = None
    email: str | None = None
    """The address, masked."""
    nip: str | None = None
    """As filed; None where it is missing."""


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
    failing_nip: int = 0
    unconfirmed_emails: int = 0
