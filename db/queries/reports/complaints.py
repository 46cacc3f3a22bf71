"""The clock of complaints: what is late, what comes due, what was answered in time."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Complaint, Request
from db.queries.reports.common import summed
from db.queries.reports.request_states import last_steps
from db.queries.supply import display_name, name_columns
from db.records.reports import Found, Line, Question
from db.records.requests import OPEN_STATES
from db.work import Work

SOON = 3
"""Days before its deadline at which a complaint comes due."""
CLOCKS = ("overdue", "soon", "later", "in_time", "late", "deemed")


@report(roles=OVERSEERS)
def clock(work: Work, question: Question) -> Found:
    """Return how many complaints there are of each kind, also of those of which there is none."""
    counts = Counter(_running(row, question) for row in _open(work, question))
    since, until = question.since, question.until
    statement = sa.select(col(Complaint.answered_on), col(Complaint.deemed_on), col(Request.deadline)).join(
        Request, col(Request.id) == col(Complaint.request_id)
    )
    within = (
        sa.and_(col(Complaint.answered_on) >= since, col(Complaint.answered_on) <= until),
        sa.and_(col(Complaint.deemed_on) >= since, col(Complaint.deemed_on) <= until),
    )
    for answered, deemed, deadline in work.session.execute(statement.where(sa.or_(*within))):
        if answered is not None and since <= answered <= until:
            counts["in_time" if answered <= deadline else "late"] += 1
        if deemed is not None and since <= deemed <= until:
            counts["deemed"] += 1
    rows = [{"clock": key, "complaints": counts[key]} for key in CLOCKS]
    return Found(tuple(rows), {})


@report(roles=OVERSEERS)
def listed(work: Work, question: Question) -> Found:
    """Return the open complaints, the nearest deadline first."""
    rows = [{**row, "clock": _running(row, question)} for row in _open(work, question)]
    return Found(tuple(rows), summed(rows, ()))


def _running(row: Line, question: Question) -> str:
    if row["days"] < 0:
        return "overdue"
    return "soon" if row["days"] <= SOON else "later"


def _open(work: Work, question: Question) -> list[Line]:
    last = last_steps(question.as_of)
    statement = (
        sa.select(
            *(col(Request.number), col(Client.number), col(Complaint.subject)),
            *(col(Request.received_on), col(Request.deadline), *name_columns()),
        )
        .select_from(Complaint)
        .join(Request, col(Request.id) == col(Complaint.request_id))
        .join(Client, col(Client.id) == col(Request.client_id))
        .join(last, last.c.request_id == col(Request.id))
        .where(
            last.c.state.in_(sorted(OPEN_STATES)),
            sa.or_(col(Complaint.answered_on).is_(None), col(Complaint.answered_on) > question.as_of),
        )
        .order_by(col(Request.deadline), col(Request.id))
    )
    return [
        {
            "request": number,
            "client": client,
            "name": display_name(*names),
            "subject": subject,
            "received_on": received,
            "deadline": deadline,
            "days": (deadline - question.as_of).days,
        }
        for number, client, subject, received, deadline, *names in work.session.execute(statement)
    ]
