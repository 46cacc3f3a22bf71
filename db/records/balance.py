"""The balance of a client. Amounts are PLN; above zero the client owes, below zero too much is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BalanceView:
    """The balance of a client on a day, as the portal shows it."""

    client_number: str
    as_of: date
    total: Decimal
    """The sum of the ledger: due and not yet due less overpaid."""
    due: Decimal
    overdue: Decimal
    """The part of `due` whose last day is past."""
    not_yet_due: Decimal
    overpaid: Decimal
    interest: Decimal
    """For delay up to the day, not charged yet."""
    possibly_time_barred: Decimal
    overdue_since: date | None
    """The last day to pay the oldest overdue item."""
