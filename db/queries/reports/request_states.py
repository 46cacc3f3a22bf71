"""Where every request stood at the end of a day: its last step by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.clock import day_begins
from db.models import Request, RequestStep, Staff
from db.queries.reports.common import ends, within
from db.queries.request_rows import IS_OPEN
from db.queries.rows import into
from db.records.reports import Question
from db.records.requests import OPEN_STATES, RequestEvent, RequestKind, RequestState
from db.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A request with where it stood."""

    id: int
    kind: RequestKind
    received_on: date
    deadline: date
    state: RequestState
    at: datetime
    """Of the last step."""
    agent: str
    """Who took it; empty for the program and the portal."""
    reopened: bool


def last_steps(day: date, since: date | None = None) -> Any:
    """Return the last step by the end of `day` of the requests open then, and of those moved from `since` on.

    What was open then is open now or has moved on since: of other requests nothing is read. Some that
    are returned were closed; whoever asks looks at the state.
    """
    over = ends(day)
    moved = sa.select(col(RequestStep.request_id)).where(
        col(RequestStep.at) >= (over if since is None else min(over, day_begins(since)))
    )
    asked = sa.select(col(Request.id)).where(IS_OPEN).union_all(moved)
    place = sa.func.row_number().over(
        partition_by=col(RequestStep.request_id), order_by=col(RequestStep.id).desc()
    )
    steps = (
        sa.select(
            *(
                col(RequestStep.request_id),
                col(RequestStep.state),
                col(RequestStep.at),
                col(RequestStep.staff_id),
            ),
            place.label("place"),
        )
        .where(col(RequestStep.request_id).in_(asked), col(RequestStep.at) < over)
        .subquery("steps")
    )
    return sa.select(*steps.c).where(steps.c.place == 1).subquery("last")


def load_standings(work: Work, question: Question, *, closed: bool) -> list[Standing]:
    """Return the requests that were closed within the days; or else those that were open on the day."""
    last = last_steps(question.as_of, question.since if closed else None)
    is_open = last.c.state.in_(sorted(OPEN_STATES))
    statement = (
        sa.select(
            *(col(Request.id), col(Request.kind), col(Request.received_on), col(Request.deadline)),
            *(last.c.state, last.c.at, sa.func.coalesce(col(Staff.login), ""), _reopened(question.as_of)),
        )
        .join(last, last.c.request_id == col(Request.id))
        .outerjoin(Staff, col(Staff.id) == last.c.staff_id)
        .where(sa.and_(~is_open, within(last.c.at, question.since, question.until)) if closed else is_open)
        .order_by(col(Request.id))
    )
    # rows as the driver gives them: the session would go over each of them twice more
    return [into(Standing, row) for row in work.session.connection().execute(statement)]


def _reopened(day: date) -> Any:
    """Return the condition that an approved request had to be looked at again."""
    approved = aliased(RequestStep)
    return (
        sa.select(sa.literal(1))
        .select_from(RequestStep)
        .join(approved, col(approved.request_id) == col(RequestStep.request_id))
        .where(
            col(RequestStep.request_id) == col(Request.id),
            col(RequestStep.event) == RequestEvent.GIVE_BACK,
            col(approved.event) == RequestEvent.APPROVE,
            col(approved.id) < col(RequestStep.id),
            col(RequestStep.at) < ends(day),
        )
        .correlate(Request)
        .exists()
    )
