"""Holds a till's day while something is booked into it, counted or signed: one after the other."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from db.errors import Refused
from db.models import Staff
from db.queries.cash_rows import load_last
from db.records.cash_day import CashState
from db.rules.cash_day import booking_refusal
from db.work import Work


def hold_till(work: Work, staff_id: int) -> None:
    """Hold a till until the transaction ends; a client is always held before."""
    held = sa.select(col(Staff.id)).where(col(Staff.id) == staff_id)
    work.session.execute(held.with_for_update(key_share=True))


def require_open_till(work: Work, staff_id: int | None, day: date) -> None:
    """Raise Refused when the till's day is signed for; money that no till took is let through."""
    if not staff_id:
        return
    hold_till(work, staff_id)
    step = load_last(work.session, day, day, staff_id=staff_id).get((staff_id, day))
    refusal = booking_refusal(step.state if step else CashState.OPEN)
    if refusal is not None:
        name = work.session.scalar(sa.select(col(Staff.name)).where(col(Staff.id) == staff_id))
        raise Refused(refusal, day=day, agent=name or "")
