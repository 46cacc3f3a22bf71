"""Tills: the days that wait to be counted or signed for, one of them, and its payments."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import CLERKS, query
from db.errors import NotAllowed, NotFound
from db.models import Client, IssuedDocument, Payment, Staff
from db.queries.cash_rows import Taken, day_of, desk_money, load_days, load_last, load_taken, till_of
from db.queries.supply import display_name, name_columns
from db.records.cash_day import CashDay, TillPayment
from db.records.people import Role
from db.rules.cash_day import LOOKED_BACK, waits
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

MOST_DAYS = 500
MOST_PAYMENTS = 1000


@query(roles=CLERKS)
def cash_days(work: Work, *, every: bool = False, limit: int = 100) -> tuple[CashDay, ...]:
    """Return the days that are to be counted or signed for, the newest first; with `every` the others too.

    A supervisor sees all tills, an agent their own with the day that runs. At most 500, of the last year.
    """
    oversees = work.actor.role is Role.SUPERVISOR
    only = None if oversees else work.actor.id
    found = list(load_days(work.session, work.today - LOOKED_BACK, work.today, staff_id=only))
    own = (work.actor.login, work.today)
    if not oversees and own not in {(one.login, one.day) for one in found}:
        found.insert(0, day_of(work.actor.login, work.actor.name, work.today, Taken(), None))
    wanted = [
        one
        for one in found
        if every or waits(one.state, day=one.day, today=work.today) or (one.login, one.day) == own
    ]
    return tuple(wanted[: max(1, min(limit, MOST_DAYS))])


@query(roles=CLERKS)
def cash_day(work: Work, day: date, login: str = "") -> CashDay:
    """Return one till's day, one's own without a login. Raises NotFound, NotAllowed for another's."""
    staff_id, login, name = _till(work, login)
    at = (staff_id, day)
    taken = load_taken(work.session, day, day, staff_id=staff_id).get(at, Taken())
    step = load_last(work.session, day, day, staff_id=staff_id).get(at)
    return day_of(login, name, day, taken, step)


@query(roles=CLERKS, discloses=True)
def till_payments(work: Work, day: date, login: str = "") -> tuple[TillPayment, ...]:
    """Return the desk payments of a till's day in their order, at most 1000. Leaves an access entry.

    Raises NotFound, NotAllowed for another's till.
    """
    staff_id, login, _name = _till(work, login)
    reversed_ = aliased(Payment)
    statement = (
        sa.select(
            *(col(Payment.id), col(Client.number), col(Payment.amount), col(Payment.method)),
            *(col(IssuedDocument.number), col(Payment.recorded_at), *name_columns()),
        )
        .select_from(Payment)
        .join(Client, col(Client.id) == col(Payment.client_id))
        .outerjoin(reversed_, col(reversed_.id) == col(Payment.reverses_id))
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == col(Payment.document_id))
        .where(desk_money(), col(Payment.day) == day, till_of(reversed_) == staff_id)
        .order_by(col(Payment.id))
        .limit(MOST_PAYMENTS)
    )
    found = tuple(
        TillPayment(key or 0, number, display_name(*names), amount, method.value, receipt, at)
        for key, number, amount, method, receipt, at, *names in work.session.execute(statement)
    )
    if found:
        work.looked("VIEW", f"till {login} {day.isoformat()}, {len(found)} payments")
    return found


def _till(work: Work, login: str) -> tuple[int, str, str]:
    key = clean_line(login, 64).lower() or work.actor.login
    if key != work.actor.login and work.actor.role is not Role.SUPERVISOR:
        raise NotAllowed(N_("You see your own till; a supervisor sees all of them."))
    found = work.session.execute(
        sa.select(col(Staff.id), col(Staff.login), col(Staff.name)).where(col(Staff.login) == key)
    ).one_or_none()
    if found is None:
        raise NotFound(N_("There is nobody with the login %(login)s."), login=key)
    return found[0] or 0, found[1], found[2]
