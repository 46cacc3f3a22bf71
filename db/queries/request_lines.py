"""Requests as lines of a list, for the one who looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_day
from db.models import Client, Request, Staff
from db.queries.calendar import holidays_between
from db.queries.request_rows import entered_by
from db.queries.rows import Columns
from db.queries.supply import display_name, name_columns
from db.records.request_views import RequestLine
from db.records.requests import FOUR_EYES
from db.rules.request_life import deciding_refusal
from db.rules.working_days import working_days_since
from db.work import Work

OLDEST = timedelta(days=400)
"""Age beyond which nobody counts working days."""


def line_columns() -> Columns:
    """Return the columns that `lines_of` makes lines of; from Request, joined with `joined`."""
    return (
        col(Request.id),
        col(Request.number),
        col(Request.kind),
        col(Request.state),
        col(Client.number),
        *name_columns(),
        col(Request.channel),
        col(Request.submitted_at),
        col(Request.deadline),
        col(Request.assignee_id),
        col(Request.leased_until),
        col(Staff.name),
        col(Request.submitted_by),
        col(Request.effective_on),
        col(Request.verified_level),
        entered_by(),
    )


def joined(statement: sa.Select[Any]) -> sa.Select[Any]:
    """Return a statement of requests with what their lines need."""
    return (
        statement.select_from(Request)
        .join(Client, col(Client.id) == col(Request.client_id))
        .outerjoin(Staff, col(Staff.id) == col(Request.assignee_id))
    )


def lines_of(work: Work, rows: Sequence[Any]) -> tuple[RequestLine, ...]:
    """Return rows of `line_columns` as lines."""
    if not rows:
        return ()
    holidays = holidays_since(work, min(office_day(row[9]) for row in rows))
    return tuple(_line(work, row, holidays) for row in rows)


def _line(work: Work, row: Any, holidays: frozenset[date]) -> RequestLine:
    key, number, kind, state, client, last, first, company, channel, submitted_at, deadline = row[:11]
    assignee, leased_until, agent, submitted_by, effective_on, level, entered = row[11:]
    taken = leased_until is not None and leased_until > work.now
    refusal = deciding_refusal(
        kind,
        role=work.actor.role,
        actor_id=work.actor.id,
        submitted_by=submitted_by,
        entered_by=entered,
        verified_level=level,
    )
    return RequestLine(
        id=key,
        number=number,
        kind=kind,
        state=state,
        client_number=client,
        client_name=display_name(last, first, company),
        channel=channel,
        submitted_at=submitted_at,
        deadline=deadline,
        days_left=(deadline - work.today).days,
        working_days_old=_age(work, submitted_at, holidays),
        four_eyes=kind in FOUR_EYES,
        assignee=agent if taken else None,
        mine=taken and assignee == work.actor.id,
        submitted_by=submitted_by,
        effective_on=effective_on,
        can_decide=refusal is None,
    )


def _age(work: Work, submitted_at: datetime, holidays: frozenset[date]) -> int:
    since = max(office_day(submitted_at), work.today - OLDEST)
    return working_days_since(since, work.today, holidays)


def holidays_since(work: Work, day: date) -> frozenset[date]:
    """Return the holidays from `day`, or from as far back as anybody counts, to today."""
    return holidays_between(work.session, min(work.today, max(day, work.today - OLDEST)), work.today)
