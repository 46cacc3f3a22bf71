"""The day's cash: counted by whoever took it, or a supervisor for them; signed for, opened again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, SUPERVISOR_ONLY, operation
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.models import CashDayRow, Staff
from db.operations.cash_guard import hold_till
from db.queries.cash_rows import Counter, LastStep, Taken, day_of, load_last, load_taken
from db.queries.rows import insert_row
from db.records.cash_day import CashCount, CashDay, CashEvent, CashState
from db.records.people import Role
from db.rules.cash_day import (
    MOST,
    closing_refusal,
    counted_refusal,
    counting_refusal,
    reopening_refusal,
    signing_refusal,
)
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

REASON_LENGTH = 300
BETWEEN = "; "
"""Between why somebody else's till is counted and why it differs."""


class _Till(NamedTuple):
    """A till's day, held."""

    staff_id: int
    login: str
    name: str
    day: date
    taken: Taken
    step: LastStep | None

    @property
    def state(self) -> CashState:
        return self.step.state if self.step else CashState.OPEN

    @property
    def counted_by(self) -> int | None:
        """Who counted it; None before, and once it was opened again."""
        counter = self.step.counter if self.step and self.state is not CashState.OPEN else None
        return counter.id if counter else None

    @property
    def moved(self) -> bool:
        """Whether the ledger says something else than when it was counted."""
        return self.step is not None and self.step.expected != (self.taken.cash, self.taken.card)


@operation(roles=CLERKS)
def close_cash_day(work: Work, count: CashCount, login: str = "", version: int | None = None) -> CashDay:
    """Write down what was counted of one's own till; counting again adds a row until it is signed.

    With a `login` a supervisor counts the till of somebody who is away, and says why. `version` is that
    of what was seen. Raises NotFound, NotAllowed for another's till without a supervisor, WrongInput for
    an amount that cannot be, for a day ahead or without desk payments, and for a difference or another's
    till without a reason (of its own), Refused for a day that is signed for, Stale when somebody has
    counted it meanwhile.
    """
    for amount in (count.cash, count.card):
        _require_countable(amount)
    # two reasons share one column where somebody else's till is counted
    longest = (REASON_LENGTH - len(BETWEEN)) // 2 if login else REASON_LENGTH
    reason = clean_line(count.reason, longest)
    till = _hold_to_count(work, login, count.day, reason)
    own = till.staff_id == work.actor.id
    if version is not None and version != (till.step.version if till.step else 0):
        raise Stale(
            N_("The till of %(agent)s, %(day)s, was changed meanwhile: look at it, and count it again."),
            agent=till.name,
            day=count.day,
        )
    why_apart = clean_line(count.apart, longest)
    _require_explained(work, till, count, own=own, why=reason if own else why_apart)
    said = BETWEEN.join(filter(None, (reason, why_apart)))
    return _step(work, till, CashEvent.CLOSED, (count.cash, count.card), said)


def _require_explained(work: Work, till: _Till, count: CashCount, *, own: bool, why: str) -> None:
    """Raise Refused or WrongInput for a day that cannot be counted so; `why` explains a difference."""
    counted, expected = (count.cash, count.card), (till.taken.cash, till.taken.card)
    for typed, ledger in zip(counted, expected, strict=True):
        if (refusal := counted_refusal(typed, ledger)) is not None:
            raise WrongInput(refusal, counted=typed, expected=ledger)
    difference = sum(counted, -sum(expected, Decimal(0)))
    refusal = closing_refusal(
        till.state,
        day=count.day,
        today=work.today,
        apart=counted != expected,
        difference=difference,
        reason=why,
        own=own,
        empty=till.step is None and not till.taken.payments,
    )
    if refusal is not None:
        kind = Refused if till.state is CashState.SIGNED else WrongInput
        said = {"day": count.day, "difference": difference, "agent": till.name}
        apart = {"cash": count.cash - till.taken.cash, "card": count.card - till.taken.card}
        raise kind(refusal, **said, **apart)


@operation(roles=CLERKS)
def sign_cash_day(work: Work, login: str, day: date, version: int) -> CashDay:
    """Sign for what somebody else counted: a supervisor, at their own desk or at the agent's.

    `version` is that of what was seen. Raises NotFound, NotAllowed for one's own till, for one that
    they counted themselves and without a supervisor, Stale when it was counted again meanwhile, Refused.
    """
    till = _hold(work, login, day)
    signer = work.approver or work.actor
    supervisor = signer.role is Role.SUPERVISOR
    own = signer.id in (till.staff_id, till.counted_by)
    refusal = signing_refusal(till.state, supervisor=supervisor, own=own, moved=till.moved)
    if refusal is not None:
        kind = NotAllowed if own or not supervisor else Refused
        raise kind(refusal, day=day, agent=till.name)
    if till.step is None or till.step.version != version:
        raise Stale(N_("%(agent)s has counted again; look at it before you sign."), agent=till.name)
    return _step(work, till, CashEvent.SIGNED, till.step.counted, till.step.reason)


@operation(roles=SUPERVISOR_ONLY)
def reopen_cash_day(work: Work, login: str, day: date, reason: str) -> CashDay:
    """Open somebody's day again, with a reason: it takes entries, is counted and signed anew.

    Raises NotFound, NotAllowed for one's own till, WrongInput without a reason, Refused.
    """
    till = _hold(work, login, day)
    reason = clean_line(reason, REASON_LENGTH)
    own = work.actor.id == till.staff_id
    refusal = reopening_refusal(till.state, own=own, reason=reason)
    if refusal is not None:
        kind = NotAllowed if own else Refused if till.state is CashState.OPEN else WrongInput
        raise kind(refusal, day=day, agent=till.name)
    counted = till.step.counted if till.step else (Decimal(0), Decimal(0))
    return _step(work, till, CashEvent.REOPENED, counted, reason)


def _require_countable(amount: Decimal) -> None:
    if not amount.is_finite() or abs(amount) > MOST or amount != round(amount, 2):
        raise WrongInput(N_("What is counted is at most %(most)s zł, to the grosz."), most=MOST)


def _hold_to_count(work: Work, login: str, day: date, reason: str) -> _Till:
    """Return the till that is counted, held: one's own, or of somebody who is away."""
    own = clean_line(login, 64).lower() in ("", work.actor.login)
    supervisor = work.actor.role is Role.SUPERVISOR
    refusal = counting_refusal(own=own, supervisor=supervisor, reason=reason)
    if refusal is not None and not supervisor:
        raise NotAllowed(refusal)
    till = _hold(work, login or work.actor.login, day)
    if refusal is not None:
        raise WrongInput(refusal, agent=till.name)
    return till


def _hold(work: Work, login: str, day: date) -> _Till:
    """Return a till's day, held until the transaction ends; raises NotFound."""
    key = clean_line(login, 64).lower()
    found = work.session.execute(
        sa.select(col(Staff.id), col(Staff.login), col(Staff.name)).where(col(Staff.login) == key)
    ).one_or_none()
    if found is None:
        raise NotFound(N_("There is nobody with the login %(login)s."), login=key)
    staff_id = found[0] or 0
    hold_till(work, staff_id)
    at = (staff_id, day)
    taken = load_taken(work.session, day, day, staff_id=staff_id).get(at, Taken())
    step = load_last(work.session, day, day, staff_id=staff_id).get(at)
    return _Till(staff_id, found[1], found[2], day, taken, step)


def _step(work: Work, till: _Till, kind: CashEvent, counted: tuple[Decimal, Decimal], reason: str) -> CashDay:
    """Write the next row of a day with its audit entry, and return the day as it stands then."""
    signer = work.approver if kind is CashEvent.SIGNED and work.approver else work.actor
    amounts = {
        "cash_expected": till.taken.cash,
        "card_expected": till.taken.card,
        "cash_counted": counted[0],
        "card_counted": counted[1],
    }
    version = (till.step.version if till.step else 0) + 1
    row = {
        "staff_id": till.staff_id,
        "day": till.day,
        "version": version,
        "kind": kind,
        "reason": reason,
        "by_id": signer.id,
        "at": work.now,
    }
    key = insert_row(work.session, CashDayRow, row | amounts)
    after = {"agent": till.login, "day": till.day, "version": version, "kind": kind.value, "by": signer.login}
    told = {name: f"{amount:.2f}" for name, amount in amounts.items()}
    work.changed(f"cash.{kind.value}", f"cash day {key}", after=after | told)
    who = Counter(signer.id, signer.login, signer.name)
    counter = who if kind is CashEvent.CLOSED else till.step.counter if till.step else None
    expected = (till.taken.cash, till.taken.card)
    step = LastStep(version, kind, expected, counted, reason, work.now, who, counter)
    return day_of(till.login, till.name, till.day, till.taken, step)
