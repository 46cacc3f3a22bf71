"""The till: what an agent took at the desk on a day, what they counted, who signed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from db.words import N_


class CashEvent(StrEnum):
    """What happens to a day's cash; each is a row that stays."""

    CLOSED = "closed"
    """The agent counted it, or a supervisor for one who is away."""
    SIGNED = "signed"
    """A supervisor, another person, signed for it."""
    REOPENED = "reopened"
    """A supervisor opened the day again: it is counted and signed anew."""


class CashState(StrEnum):
    """Where a day's cash stands."""

    OPEN = "open"
    CLOSED = "closed"
    SIGNED = "signed"


STATE_WORDS: Mapping[CashState, str] = {
    CashState.OPEN: N_("not counted"),
    CashState.CLOSED: N_("counted, not signed"),
    CashState.SIGNED: N_("signed"),
}
"""What people read for each state."""


@dataclass(frozen=True, slots=True)
class CashCount:
    """What somebody counted at the end of a day, in zlotys; money that was there in the morning left out."""

    day: date
    cash: Decimal
    """Notes and coins."""
    card: Decimal
    """What the card terminal reports for the day."""
    reason: str = ""
    """Why it is not what the ledger says; of another's till, why somebody else counts than took it."""
    apart: str = ""
    """Of another's till: why it is not what the ledger says."""


@dataclass(frozen=True, slots=True)
class CashDay:
    """One till on one day."""

    login: str
    name: str
    day: date
    state: CashState
    payments: int
    """Desk payments of the ledger, those taken back included."""
    cash_expected: Decimal
    card_expected: Decimal
    """What the ledger says now."""
    cash_counted: Decimal | None = None
    card_counted: Decimal | None = None
    """None before it was counted."""
    moved: bool = False
    """The ledger says something else than when it was counted: it is to be counted again."""
    reason: str = ""
    closed_at: datetime | None = None
    counted_by: str | None = None
    """Name of who counted it; None before."""
    counted_by_login: str | None = None
    signed_by: str | None = None
    """Name of the supervisor."""
    signed_by_login: str | None = None
    version: int = 0
    """Of what was seen: grows with every step."""

    @property
    def counted_by_another(self) -> bool:
        """Whether a supervisor counted it for whoever took the money."""
        return self.counted_by_login not in (None, self.login)

    @property
    def expected(self) -> Decimal:
        """Cash and card of the ledger."""
        return self.cash_expected + self.card_expected

    @property
    def counted(self) -> Decimal | None:
        """Cash and card as counted; None before."""
        if self.cash_counted is None or self.card_counted is None:
            return None
        return self.cash_counted + self.card_counted

    @property
    def difference(self) -> Decimal | None:
        """What there is more (+) or less (-) than the ledger says; None before it was counted."""
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class TillPayment:
    """A desk payment of a till's day."""

    id: int
    client_number: str
    client_name: str
    amount: Decimal
    """Below 0 for one that was taken back."""
    method: str
    receipt: str | None
    recorded_at: datetime
