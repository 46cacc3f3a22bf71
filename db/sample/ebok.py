"""Accounts in e-BOK and e-invoices of the sample town, in every state that they can have; wrong NIPs.

Who has what follows from the client's number alone: nothing else of the town is drawn otherwise
because of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b, sha256

from db.records.consents import consent_text
from db.records.ebok import EInvoiceState, PortalState
from db.rules.working_days import next_working_day, polish_holidays
from db.sample.batch import Batch
from db.sample.cast import HERO, NUMBERS
from db.sample.days import Days
from db.sample.plans import ClientPlan

WITH_ACCOUNT = 0.52
"""Of those who have an e-mail address: a third of all clients."""
PENDING, LOCKED = 0.10, 0.05
"""Shares of accounts whose link was not opened, and that were locked."""
WITH_EINVOICE = 0.70
"""Of the accounts that were confirmed."""
WAITING, STARTING, WITHDRAWN = 0.05, 0.03, 0.06
"""Shares of e-invoices whose link waits, that begin with the next working day, and that were withdrawn."""
UNCHECKED = 0.08
"""Share of those who never looked at their address at the first login."""
WITHOUT_NIP, WRONG_NIP = 0.015, 0.015
"""Shares of businesses."""
QUESTIONS = (
    *("account", "day", "state", "moment", "channel", "login", "checked", "einvoice", "invoices", "nip"),
)
OLDEST, NEWEST = 900, 20
"""Days ago between which people registered."""


class Subscriptions:
    """Writes accounts and e-invoices of clients into a batch."""

    def __init__(self, batch: Batch, days: Days, staff: tuple[int, ...]) -> None:
        self._batch, self._days, self._staff = batch, days, staff
        today = date.fromisoformat(days.iso[days.today])
        years = range(today.year - 3, today.year + 2)
        self._holidays = {day for year in years for day in polish_holidays(year)}

    def registered_on(self, plan: ClientPlan) -> int | None:
        """Return the day on which a client registered in e-BOK; None for whoever did not."""
        if not plan.emails or (plan.number in NUMBERS and plan.number != HERO):
            return None
        if plan.number != HERO and chance(plan, "account") >= WITH_ACCOUNT:
            return None
        age = max(point.contract_age for point in plan.points)
        ago = NEWEST + int(chance(plan, "day") * (min(age, OLDEST) - NEWEST))
        return self._days.today - max(ago, NEWEST)

    def confirmed_on(self, plan: ClientPlan, day: int | None, known: str | None) -> str | None:
        """Return when the address of whoever registered on `day` was confirmed; without a day, `known`.

        The link confirms it, and a client who finds it wrong at the first login takes that back.
        """
        if day is None or self.state(plan) is PortalState.PENDING:
            return known
        return known or self._days.iso[day] if self._looked(plan) else None

    def _looked(self, plan: ClientPlan) -> bool:
        return plan.number == HERO or chance(plan, "checked") >= UNCHECKED

    def state(self, plan: ClientPlan) -> PortalState:
        """Return how the account of a client stands."""
        drawn = 1.0 if plan.number == HERO else chance(plan, "state")
        if drawn < PENDING:
            return PortalState.PENDING
        return PortalState.LOCKED if drawn < PENDING + LOCKED else PortalState.ACTIVE

    def file(self, plan: ClientPlan, client_id: int, point_id: int, day: int) -> None:
        """Write the account of a client who registered on `day`, and their e-invoices."""
        state, moment = self.state(plan), chance(plan, "moment")
        if state is PortalState.PENDING:
            day = self._days.today - int(moment * 5)
        at = self._days.instant(day, moment)
        by_phone = bool(self._staff) and chance(plan, "channel") < 0.3
        staff = self._staff[int(moment * len(self._staff))] if by_phone else None
        confirmed = None if state is PortalState.PENDING else self._days.instant(day, (moment + 1) / 2)
        last = self._days.today - 1 - int(chance(plan, "login") * min(NEWEST, self._days.today - day - 1))
        checked = confirmed is not None and self._looked(plan)
        login = f"{plan.emails[0].partition('@')[0][:50]}.{plan.number}"
        account_id = self._batch.add(
            "portal_account",
            *(client_id, login, login, point_id, state.value, "phone" if by_phone else "ebok", at, staff),
            *(confirmed, confirmed and self._days.instant(last, moment), confirmed if checked else None),
            *(0, None, 1),
        )
        if state is PortalState.PENDING:
            self._link(account_id, point_id, at)
        elif plan.number == HERO or chance(plan, "einvoice") < WITH_EINVOICE:
            self._einvoice(plan, client_id, point_id, day)

    def _link(self, account_id: int, point_id: int, at: str) -> None:
        secret = sha256(f"sample link {account_id}".encode()).hexdigest()
        until = date.fromisoformat(at[:10]) + timedelta(days=2)
        self._batch.add(
            "email_token", secret, point_id, account_id, at, f"{until.isoformat()}{at[10:]}", None, None
        )

    def _einvoice(self, plan: ClientPlan, client_id: int, point_id: int, day: int) -> None:
        """Write e-invoices that were asked for on `day`, or just now where they wait."""
        drawn, moment = 1.0 if plan.number == HERO else chance(plan, "invoices"), chance(plan, "moment")
        state, ended = EInvoiceState.ACTIVE, None
        if drawn < WAITING:
            state, day = EInvoiceState.REQUESTED, self._days.today - int(moment * 9)
        elif drawn < WAITING + STARTING:
            state, day = EInvoiceState.CONFIRMED, self._days.today
        elif drawn < WAITING + STARTING + WITHDRAWN:
            state, ended = EInvoiceState.WITHDRAWN, self._days.today - int(moment * (NEWEST - 8))
        at = self._days.instant(day, moment)
        waits = state is EInvoiceState.REQUESTED
        starts = None if waits else next_working_day(date.fromisoformat(self._days.iso[day]), self._holidays)
        einvoice_id = self._batch.add(
            "einvoice",
            *(client_id, state.value, point_id, at, None if waits else at),
            *(starts and starts.isoformat(), None if ended is None else self._days.iso[ended], None, 1),
        )
        self._consent(einvoice_id, point_id, at, given=True)
        if ended is not None:
            self._consent(einvoice_id, point_id, self._days.instant(ended, moment), given=False)

    def _consent(self, einvoice_id: int, point_id: int, at: str, *, given: bool) -> None:
        version = consent_text(date.fromisoformat(at[:10])).version
        self._batch.add(
            "einvoice_consent", einvoice_id, int(given), at, "ebok", None, None, point_id, version
        )


def wrong_nip(plan: ClientPlan, nip: str) -> str | None:
    """Return the NIP as it is filed of a business: of a few it is missing, or a digit is wrong."""
    drawn = 1.0 if plan.number in NUMBERS else chance(plan, "nip")
    if drawn < WITHOUT_NIP:
        return None
    return f"{nip[:9]}{(int(nip[9]) + 1) % 10}" if drawn < WITHOUT_NIP + WRONG_NIP else nip


@lru_cache(maxsize=2)
def _dice(number: str) -> bytes:
    return blake2b(number.encode()).digest()


def chance(plan: ClientPlan, what: str) -> float:
    """Return a number from 0 to 1 that belongs to a client and one of QUESTIONS, each of its own."""
    place = 4 * QUESTIONS.index(what)
    return int.from_bytes(_dice(plan.number)[place : place + 4], "big") / 2**32
