"""The queue of requests, one request, how much waits, and the files that came with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.clock import day_begins
from db.doors import DESK, query
from db.errors import NotFound
from db.models import Request, RequestAttachment, Staff
from db.queries.client_rows import find_client
from db.queries.request_detail import view_of
from db.queries.request_lines import OLDEST, holidays_since, joined, line_columns, lines_of
from db.queries.request_rows import IS_OPEN, find_request
from db.records.request_views import RequestCounts, RequestFilter, RequestLine, RequestPage, RequestView
from db.records.requests import OPEN_STATES, Attachment, RequestKind, RequestState
from db.rules.working_days import is_working_day
from db.words import N_
from db.work import Work

MOST_LINES = 200
COUNTED = 1000
"""Counting stops here: that many or more."""
_TO_DECIDE = (RequestState.SUBMITTED, RequestState.IN_REVIEW)


@query(roles=DESK, discloses=True)
def request_page(
    work: Work, wanted: RequestFilter, *, after: int | None = None, limit: int = 50
) -> RequestPage:
    """Return a page of the queue behind the request with the id `after`, at most 200.

    Open requests come with the nearest deadline first; where closed ones are wanted, too, the newest
    come first. One that was closed meanwhile still serves as `after`. Leaves one access entry a page.
    Raises NotFound for the client of the filter.
    """
    limit = max(1, min(limit, MOST_LINES))
    statement = joined(sa.select(*line_columns())).where(*_conditions(work, wanted))
    rows = work.session.execute(_ordered(statement, wanted, after).limit(limit + 1)).all()
    lines = lines_of(work, rows[:limit])
    if lines:
        work.looked("VIEW", f"requests, {len(lines)} lines")
    return RequestPage(lines, more=len(rows) > limit)


def _only_open(wanted: RequestFilter) -> bool:
    return wanted.states <= OPEN_STATES


def _ordered(statement: sa.Select[Any], wanted: RequestFilter, after: int | None) -> sa.Select[Any]:
    if not _only_open(wanted):
        statement = statement.order_by(col(Request.id).desc())
        return statement if after is None else statement.where(col(Request.id) < after)
    statement = statement.order_by(col(Request.deadline), col(Request.id))
    if after is None:
        return statement
    last = sa.select(col(Request.deadline)).where(col(Request.id) == after).scalar_subquery()
    return statement.where(
        sa.tuple_(col(Request.deadline), col(Request.id)) > sa.tuple_(last, sa.literal(after))
    )


def _conditions(work: Work, wanted: RequestFilter) -> list[sa.ColumnElement[bool]]:
    found: list[Any] = [IS_OPEN] if _only_open(wanted) else []
    if wanted.states:
        found.append(col(Request.state).in_(wanted.states))
    if wanted.kinds:
        found.append(col(Request.kind).in_(wanted.kinds))
    if wanted.mine:
        found.append(_is_mine(work))
    if wanted.overdue:
        found.append(sa.and_(col(Request.deadline) < work.today, IS_OPEN))
    if wanted.due_within is not None:
        last = work.today + timedelta(days=wanted.due_within)
        found.append(sa.and_(col(Request.deadline).between(work.today, last), IS_OPEN))
    if wanted.holder is not None:
        found += _held_by(work, wanted.holder)
    if wanted.client_number is not None:
        found.append(col(Request.client_id) == find_client(work.session, wanted.client_number).id)
    if wanted.older_than is not None:
        found.append(col(Request.submitted_at) < _so_long_ago(work, wanted.older_than))
    return found


def _held_by(work: Work, login: str) -> list[sa.ColumnElement[bool]]:
    taken = sa.and_(col(Request.leased_until) > work.now, col(Request.assignee_id).is_not(None))
    to_decide = col(Request.state).in_(_TO_DECIDE)
    if not login:
        return [to_decide, sa.not_(sa.func.coalesce(taken, sa.false()))]
    holder = sa.select(col(Staff.id)).where(col(Staff.login) == login).scalar_subquery()
    return [to_decide, taken, col(Request.assignee_id) == holder]


def _is_mine(work: Work) -> sa.ColumnElement[bool]:
    return sa.and_(col(Request.assignee_id) == work.actor.id, col(Request.leased_until) > work.now)


def _so_long_ago(work: Work, working_days: int) -> datetime:
    """Return the instant before which a request is more than `working_days` working days old."""
    holidays = holidays_since(work, work.today - OLDEST)
    day, left = work.today, max(0, working_days) + 1
    while left and day > work.today - OLDEST:
        left -= is_working_day(day, holidays)
        day -= timedelta(days=1)
    return day_begins(day + timedelta(days=1))


@query(roles=DESK, discloses=True)
def request_view(work: Work, wanted: int | str) -> RequestView:
    """Return a request by its id or number, with everything that belongs to it.

    What the card holds is masked as it is on the card. Leaves an access entry. Raises NotFound.
    """
    row = find_request(work.session, wanted)
    work.looked("VIEW", f"request {row.number}", client_id=row.client_id)
    return view_of(work, row.id)


@query(roles=DESK, discloses=True)
def requests_of_client(work: Work, number: str, limit: int = 50) -> tuple[RequestLine, ...]:
    """Return the requests of a client, newest first, at most 200. Leaves an access entry. Raises NotFound."""
    client = find_client(work.session, number)
    statement = (
        joined(sa.select(*line_columns()))
        .where(col(Request.client_id) == client.id)
        .order_by(col(Request.id).desc())
        .limit(max(1, min(limit, MOST_LINES)))
    )
    work.looked("VIEW", "requests", client_id=client.id)
    return lines_of(work, work.session.execute(statement).all())


@query(roles=DESK)
def request_counts(work: Work) -> RequestCounts:
    """Return how much waits; a count of `limit` means that many or more."""
    soon = work.today + timedelta(days=work.policy.complaint_warning_days)
    due = sa.and_(col(Request.kind) == RequestKind.COMPLAINT, col(Request.deadline) <= soon)
    return RequestCounts(
        to_decide=_count(work, col(Request.state).in_(_TO_DECIDE)),
        mine=_count(work, _is_mine(work)),
        overdue=_count(work, col(Request.deadline) < work.today),
        complaints_due=_count(work, due),
        limit=COUNTED,
    )


def _count(work: Work, which: sa.ColumnElement[bool]) -> int:
    bounded = sa.select(col(Request.id)).where(IS_OPEN, which).limit(COUNTED).subquery()
    return work.session.scalar(sa.select(sa.func.count()).select_from(bounded)) or 0


@query(roles=DESK, discloses=True)
def attachment(work: Work, attachment_id: int) -> Attachment:
    """Return a file that came with a request. Leaves an access entry. Raises NotFound."""
    row = work.session.execute(
        sa.select(
            col(RequestAttachment.name),
            col(RequestAttachment.media_type),
            col(RequestAttachment.content),
            col(Request.client_id),
            col(Request.number),
        )
        .join(Request, col(Request.id) == col(RequestAttachment.request_id))
        .where(col(RequestAttachment.id) == attachment_id)
    ).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such file."))
    work.looked("VIEW", f"file {attachment_id} of request {row[4]}", client_id=row[3])
    return Attachment(row[0], row[1], bytes(row[2]))
