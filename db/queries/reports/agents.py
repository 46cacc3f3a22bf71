"""What each member of staff did."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import (
    AccessEntry,
    Contact,
    IssuedDocument,
    Payment,
    Reading,
    ReadingDecision,
    Request,
    RequestStep,
    Staff,
)
from db.queries.reports.common import summed, within
from db.records.reports import Found, Question
from db.records.requests import RequestEvent
from db.work import Work

FIGURES = (
    *("contacts", "readings", "own_corrections", "decisions", "requests", "decided"),
    *("documents", "payments", "looks"),
)


@report(roles=OVERSEERS)
def agents(work: Work, question: Question) -> Found:
    """Return everybody who works here or did anything within the days, by login."""
    logins = sa.select(col(Staff.id), col(Staff.login), col(Staff.role)).order_by(col(Staff.login))
    done = {figure: _by_staff(work, question, figure) for figure in FIGURES}
    rows = [
        {"agent": login, "role": role.value, **{figure: done[figure].get(key or 0, 0) for figure in FIGURES}}
        for key, login, role in work.session.execute(logins)
    ]
    return Found(tuple(rows), summed(rows, FIGURES))


def _by_staff(work: Work, question: Question, figure: str) -> dict[int, int]:
    staff, instant, *conditions = _FIGURES[figure]
    statement = (
        sa.select(staff, sa.func.count())
        .where(within(instant, question.since, question.until), staff.is_not(None), *conditions)
        .group_by(staff)
    )
    return {int(row[0]): int(row[1]) for row in work.session.execute(statement)}


_OWN = (
    sa.select(sa.literal(1))
    .select_from(Reading)
    .where(
        col(Reading.id) == col(ReadingDecision.reading_id),
        col(Reading.staff_id) == col(ReadingDecision.staff_id),
    )
    .correlate(ReadingDecision)
    .exists()
)
_FIGURES: dict[str, tuple[Any, ...]] = {
    "contacts": (col(Contact.staff_id), col(Contact.started_at)),
    "readings": (col(Reading.staff_id), col(Reading.recorded_at)),
    "own_corrections": (
        *(col(ReadingDecision.staff_id), col(ReadingDecision.decided_at)),
        *(col(ReadingDecision.kind) == "voided", _OWN),
    ),
    "decisions": (
        *(col(ReadingDecision.staff_id), col(ReadingDecision.decided_at)),
        col(ReadingDecision.kind).in_(("approved", "rejected")),
    ),
    "requests": (col(Request.submitted_by), col(Request.submitted_at)),
    "decided": (
        *(col(RequestStep.staff_id), col(RequestStep.at)),
        col(RequestStep.event).in_((RequestEvent.APPROVE, RequestEvent.REJECT)),
    ),
    "documents": (col(IssuedDocument.staff_id), col(IssuedDocument.issued_at)),
    "payments": (col(Payment.staff_id), col(Payment.recorded_at)),
    "looks": (col(AccessEntry.staff_id), col(AccessEntry.at)),
}
"""Who, when, and which."""
