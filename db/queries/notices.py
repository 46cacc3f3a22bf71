"""The notices that meter readers leave: which are still to be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Meter, Reading, ReadingNotice
from db.policy import Policy
from db.queries.reading_rows import is_accepted
from db.queries.rows import Statement, into
from db.records.clients import NoticeView

MOST_NOTICES = 200
"""Open notices of one client that are looked at."""


def is_answered() -> sa.ColumnElement[bool]:
    """Return the condition that a reading which counts was given for the notice, or since it was left."""

    def some(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        return (
            sa.select(sa.literal(1))
            .select_from(Reading)
            .where(*conditions, is_accepted())
            .correlate(ReadingNotice)
            .exists()
        )

    linked = some(col(Reading.notice_id) == col(ReadingNotice.id))
    since = some(
        col(Reading.meter_id) == col(ReadingNotice.meter_id),
        col(Reading.day) >= col(ReadingNotice.left_on),
        ~col(Reading.estimated),
    )
    return sa.or_(linked, since)


def is_open() -> sa.ColumnElement[bool]:
    """Return the condition that a notice is still to be answered and not let go.

    Its parameters are those of `open_on`.
    """
    return sa.and_(
        col(ReadingNotice.deadline) >= sa.bindparam("oldest"),
        col(ReadingNotice.left_on) <= sa.bindparam("today"),
        ~is_answered(),
    )


def open_on(today: date, policy: Policy) -> dict[str, date]:
    """Return the parameters of `is_open`: the day, and the earliest deadline not yet let go."""
    return {"today": today, "oldest": today - timedelta(days=policy.notice_overdue_days)}


@lru_cache(maxsize=1)
def _of_meters() -> Statement:
    return (
        sa.select(
            col(ReadingNotice.meter_id),
            col(ReadingNotice.id),
            col(ReadingNotice.number),
            col(Meter.number),
            col(ReadingNotice.left_on),
            col(ReadingNotice.deadline),
            col(ReadingNotice.reader),
        )
        .join(Meter, col(Meter.id) == col(ReadingNotice.meter_id))
        .where(col(ReadingNotice.meter_id).in_(sa.bindparam("meters", expanding=True)), is_open())
        .order_by(col(ReadingNotice.left_on).desc(), col(ReadingNotice.id).desc())
        .limit(MOST_NOTICES)
    )


def open_notices(
    session: Session, meter_ids: Sequence[int], *, today: date, policy: Policy
) -> Mapping[int, NoticeView]:
    """Return the latest open notice of each of these meters, in one statement."""
    if not meter_ids:
        return {}
    found: dict[int, NoticeView] = {}
    for row in session.execute(_of_meters(), {"meters": meter_ids, **open_on(today, policy)}):
        found.setdefault(row[0], into(NoticeView, row[1:]))
    return found
