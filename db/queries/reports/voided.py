"""Readings that were taken back: who had entered them, who took them back, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Meter, Reading, ReadingDecision, Staff
from db.queries.reports.common import decided_by, ends, within
from db.queries.reports.long_lists import LongList, read_list
from db.queries.reports.readings import NEWEST_FIRST, SORTABLE, of_meters
from db.records.reports import Found, Line, Question, Take
from db.work import Work

_COLUMNS = ("at", "client", "meter", "day", "state", "use", "channel", "agent", "voided_at", "by", "reason")


@report(roles=OVERSEERS)
def listed(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return the readings entered within the days and taken back by the day of the report, newest first."""
    voider = aliased(Staff)
    decision = sa.and_(
        col(ReadingDecision.reading_id) == col(Reading.id),
        col(ReadingDecision.kind) == "voided",
        col(ReadingDecision.decided_at) < ends(question.as_of),
    )
    statement = (
        sa.select(
            *(col(Reading.recorded_at), col(Client.number), col(Meter.number), col(Reading.day)),
            *(col(Reading.state), col(Reading.consumption), sa.cast(col(Reading.channel), sa.String)),
            *(sa.func.coalesce(col(Staff.login), ""), col(ReadingDecision.decided_at)),
            *(col(voider.login), col(ReadingDecision.reason)),
        )
        .select_from(Reading)
        .join(ReadingDecision, decision)
        .join(voider, col(voider.id) == col(ReadingDecision.staff_id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .outerjoin(Staff, col(Staff.id) == col(Reading.staff_id))
    )
    entered = within(col(Reading.recorded_at), question.since, question.until)
    listing = LongList(
        col(Reading.id),
        (entered, decided_by(question.as_of, "voided")),
        of_meters(statement),
        NEWEST_FIRST,
        _line,
        SORTABLE,
    )
    return read_list(work.session, listing, question, take)


def _line(row: Sequence[Any]) -> Line:
    return dict(zip(_COLUMNS, row, strict=True))
