"""Tills as rows: what the ledger says a till took on a day, and the last step of that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.models import CashDayRow, Payment, Staff
from db.models.cash import DESK_MONEY
from db.records.cash_day import CashDay, CashEvent, CashState
from db.records.money import PaymentMethod
from db.rules.cash_day import state_after

_ZERO = Decimal("0.00")
TillDay = tuple[int, date]
"""Staff id and day."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the ledger says of a till's day."""

    payments: int = 0
    cash: Decimal = _ZERO
    card: Decimal = _ZERO


class Counter(NamedTuple):
    """Who counted a till."""

    id: int
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class LastStep:
    """The last step of a till's day."""

    version: int
    kind: CashEvent
    expected: tuple[Decimal, Decimal]
    counted: tuple[Decimal, Decimal]
    """Cash and card."""
    reason: str
    at: datetime
    by: Counter
    counter: Counter | None
    """Who counted it last; None only for rows that nobody wrote through the door."""

    @property
    def state(self) -> CashState:
        """Where the day stands."""
        return state_after((self.kind,))


def till_of(reversed_: Any) -> Any:
    """Return whose till a payment belongs to: what is taken back leaves the till that had taken it."""
    return sa.case(
        (col(Payment.reverses_id).is_not(None), col(reversed_.staff_id)), else_=col(Payment.staff_id)
    )


def desk_money() -> sa.TextClause:
    """Return the condition that a payment went through a till, in the words of its index."""
    return sa.text(f"payment.{DESK_MONEY}")


def load_taken(
    session: Session, since: date, until: date, *, staff_id: int | None = None, known: datetime | None = None
) -> dict[TillDay, Taken]:
    """Return what each till took on each of the days; `known` leaves out what was entered later."""
    return {
        (int(key), day): taken
        for key, day, taken in _taken(session, since, until, staff_id=staff_id, known=known)
        if key is not None
    }


def load_without_till(
    session: Session, since: date, until: date, *, known: datetime | None = None
) -> dict[date, Taken]:
    """Return the cash and card payments of each day that nobody took at a desk, such as a sample's."""
    return {day: taken for key, day, taken in _taken(session, since, until, known=known) if key is None}


def _taken(
    session: Session, since: date, until: date, *, staff_id: int | None = None, known: datetime | None = None
) -> Iterator[tuple[int | None, date, Taken]]:
    reversed_ = aliased(Payment)
    till = till_of(reversed_)
    statement = (
        sa.select(
            till.label("till"),
            col(Payment.day),
            sa.func.count(),
            _sum_of(PaymentMethod.CASH),
            _sum_of(PaymentMethod.CARD),
        )
        .select_from(Payment)
        .outerjoin(reversed_, col(reversed_.id) == col(Payment.reverses_id))
        .where(desk_money(), col(Payment.day) >= since, col(Payment.day) <= until)
        .group_by(till, col(Payment.day))
    )
    if staff_id is not None:
        statement = statement.where(till == staff_id)
    if known is not None:
        statement = statement.where(col(Payment.recorded_at) < known)
    for key, day, count, cash, card in session.execute(statement):
        yield key, day, Taken(int(count), _zlotys(cash), _zlotys(card))


def _sum_of(method: PaymentMethod) -> Any:
    grosze = sa.type_coerce(col(Payment.amount), sa.BigInteger)
    return sa.func.sum(sa.case((col(Payment.method) == method, grosze), else_=0))


def _zlotys(grosze: Any) -> Decimal:
    return Decimal(int(grosze or 0)).scaleb(-2)


def load_last(
    session: Session, since: date, until: date, *, staff_id: int | None = None, known: datetime | None = None
) -> dict[TillDay, LastStep]:
    """Return the last step of each till's day by `known`."""
    by = aliased(Staff)
    row = CashDayRow
    statement = (
        sa.select(
            *(col(row.staff_id), col(row.day), col(row.version), col(row.kind)),
            *(col(row.cash_expected), col(row.card_expected), col(row.cash_counted), col(row.card_counted)),
            *(col(row.reason), col(row.at), col(by.id), col(by.login), col(by.name)),
        )
        .join(by, col(by.id) == col(row.by_id))
        .where(col(row.day) >= since, col(row.day) <= until)
        .order_by(col(row.id))
    )
    if staff_id is not None:
        statement = statement.where(col(row.staff_id) == staff_id)
    if known is not None:
        statement = statement.where(col(row.at) < known)
    found: dict[TillDay, LastStep] = {}
    for key, day, version, kind, *amounts, reason, at, by_id, login, name in session.execute(statement):
        who, before = Counter(by_id, login, name), found.get((key, day))
        counter = who if kind is CashEvent.CLOSED else before.counter if before else None
        expected, counted = (amounts[0], amounts[1]), (amounts[2], amounts[3])
        found[key, day] = LastStep(version, kind, expected, counted, reason, at, who, counter)
    return found


def load_days(
    session: Session, since: date, until: date, *, staff_id: int | None = None, known: datetime | None = None
) -> Iterator[CashDay]:
    """Yield each till's day on which money was taken or counted, the newest first, then by login."""
    taken = load_taken(session, since, until, staff_id=staff_id, known=known)
    last = load_last(session, since, until, staff_id=staff_id, known=known)
    names = _names(session)
    keys = sorted(taken.keys() | last.keys(), key=lambda key: (-key[1].toordinal(), names[key[0]]))
    for key in keys:
        yield day_of(*names[key[0]], key[1], taken.get(key, Taken()), last.get(key))


def day_of(login: str, name: str, day: date, taken: Taken, step: LastStep | None) -> CashDay:
    """Return a till's day from what the ledger says and its last step."""
    state = step.state if step else CashState.OPEN
    counted = step.counted if step and state is not CashState.OPEN else (None, None)
    counter = step.counter if step and state is not CashState.OPEN else None
    moved = step is not None and state is not CashState.OPEN and step.expected != (taken.cash, taken.card)
    return CashDay(
        login=login,
        name=name,
        day=day,
        state=state,
        payments=taken.payments,
        cash_expected=taken.cash,
        card_expected=taken.card,
        cash_counted=counted[0],
        card_counted=counted[1],
        moved=moved,
        reason=step.reason if step else "",
        closed_at=step.at if step and step.kind is CashEvent.CLOSED else None,
        counted_by=counter.name if counter else None,
        counted_by_login=counter.login if counter else None,
        signed_by=step.by.name if step and state is CashState.SIGNED else None,
        signed_by_login=step.by.login if step and state is CashState.SIGNED else None,
        version=step.version if step else 0,
    )


def _names(session: Session) -> dict[int, tuple[str, str]]:
    statement = sa.select(col(Staff.id), col(Staff.login), col(Staff.name))
    return {int(key or 0): (login, name) for key, login, name in session.execute(statement)}
