"""What always holds of requests; each law raises Refused, naming what breaks it."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import Refused
from db.models import Complaint, Counter, Request, RequestAttachment, RequestStep
from db.records.requests import RequestKind
from db.words import N_

MOST_SHOWN = 3


def check_requests(session: Session) -> None:
    """Every request stands where its last step took it, is numbered without a gap, its files are whole."""
    _refuse_any(
        session, _other_than_last_step(), N_("Requests that are not where their last step says: %(rows)s.")
    )
    _refuse_any(
        session, _without_complaint(), N_("Complaints that do not say what they are about: %(rows)s.")
    )
    _check_numbers(session)
    _check_files(session)


def _other_than_last_step() -> sa.Select[str]:
    """Return the requests whose state is not that of their last step, or that have no step."""
    last = (
        sa.select(col(RequestStep.state))
        .where(col(RequestStep.request_id) == col(Request.id))
        .order_by(col(RequestStep.id).desc())
        .limit(1)
        .correlate(Request)
        .scalar_subquery()
    )
    return sa.select(col(Request.number)).where(sa.or_(last.is_(None), col(Request.state) != last))


def _without_complaint() -> sa.Select[str]:
    """Return the complaints without their own row, and other requests with one."""
    there = col(Complaint.request_id).is_not(None)
    return (
        sa.select(col(Request.number))
        .outerjoin(Complaint, col(Complaint.request_id) == col(Request.id))
        .where((col(Request.kind) == RequestKind.COMPLAINT) != there)
    )


def _refuse_any(session: Session, broken: sa.Select[str], message: str) -> None:
    rows = session.scalars(broken.order_by(col(Request.id)).limit(MOST_SHOWN + 1)).all()
    if rows:
        shown = ", ".join(rows[:MOST_SHOWN]) + (" ..." if len(rows) > MOST_SHOWN else "")
        raise Refused(message, rows=shown)


def _check_numbers(session: Session) -> None:
    """The numbers of a year run from 1 to where its counter stands."""
    year = sa.func.substr(col(Request.number), 1, 6)
    serial = sa.cast(sa.func.substr(col(Request.number), 8), sa.Integer)
    found = sa.select(year, sa.func.count(), sa.func.min(serial), sa.func.max(serial)).group_by(year)
    counters = sa.select(col(Counter.series), col(Counter.value)).where(col(Counter.series).like("W/____"))
    given = {row.series: row.value for row in session.execute(counters)}
    there = {row[0]: tuple(row[1:]) for row in session.execute(found)}
    for series in sorted(given.keys() | there.keys()):
        count, first, last = there.get(series, (0, 1, 0))
        counter = given.get(series, 0)
        if (first, last, counter) != (1, count, count):
            raise Refused(
                N_("Requests %(series)s: %(count)s, numbered %(first)s to %(last)s, counter %(counter)s."),
                series=series,
                count=count,
                first=first,
                last=last,
                counter=counter,
            )


def _check_files(session: Session) -> None:
    statement = sa.select(
        col(RequestAttachment.id), col(RequestAttachment.content), col(RequestAttachment.sha256)
    ).execution_options(yield_per=20)
    with session.execute(statement) as files:
        for file in files:
            if hashlib.sha256(file.content).hexdigest() != file.sha256:
                raise Refused(
                    N_("The file %(file)s of a request is not the one that came."), file=str(file.id)
                )
