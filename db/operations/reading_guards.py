"""What recording and deciding about readings have in common: locks and refusals."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_zone
from db.models import Meter, Reading
from db.queries.reading_rows import decided, find_row, is_accepted
from db.queries.rows import Statement
from db.queries.supply import FoundMeter
from db.refusals import ReadingRefused, ReadingTaken
from db.rules.reading_checks import ReadingCheck
from db.words import N_, Words
from db.work import Work


@lru_cache(maxsize=1)
def _held_meters() -> Statement:
    return (
        sa.select(col(Meter.id))
        .where(col(Meter.supply_point_id) == sa.bindparam("point"))
        .order_by(col(Meter.id))
        .with_for_update(key_share=True)
    )


def hold_point(work: Work, point_id: int) -> None:
    """Hold the meters of a supply point until the transaction ends: their readings depend on each other."""
    work.session.execute(_held_meters(), {"point": point_id}).all()


def refuse_backwards(check: ReadingCheck) -> None:
    """Raise ReadingRefused for a use below zero: no signature makes water flow back.

    The earlier state is wrong and has to be voided, or the meter was exchanged.
    """
    if check.consumption < 0:
        raise ReadingRefused(
            check.findings,
            message=N_(
                "Below the previous state %(previous)s nothing can be accepted: void the wrong"
                " earlier reading or record the exchange first. Held, it waits for that."
            ),
            previous=check.previous.state,
        )


def refuse_as_taken(work: Work, found: FoundMeter, day: date, check: ReadingCheck) -> None:
    """Raise ReadingTaken, saying who recorded what and when, if that day has a reading that counts."""
    _refuse_beside(work, found, day, check, is_accepted())


def refuse_second_waiting(work: Work, found: FoundMeter, day: date, check: ReadingCheck) -> None:
    """Raise ReadingTaken when a reading of that day waits for a supervisor already."""
    waiting = sa.and_(col(Reading.needs_approval), ~decided("voided"), ~decided("rejected"))
    _refuse_beside(work, found, day, check, waiting)


def _refuse_beside(
    work: Work, found: FoundMeter, day: date, check: ReadingCheck, condition: sa.ColumnElement[bool]
) -> None:
    same = sa.and_(col(Reading.meter_id) == found.meter_id, col(Reading.day) == day, condition)
    known = find_row(work.session, same)
    if known is None:
        return
    row = known[0]
    raise ReadingTaken(
        check.findings,
        N_("%(agent)s recorded the state %(state)s for this meter and day at %(time)s. Nothing was added."),
        agent=row.agent or Words(N_("the system")),
        state=row.state,
        time=f"{row.recorded_at.astimezone(office_zone()):%d.%m %H:%M}",
    )
