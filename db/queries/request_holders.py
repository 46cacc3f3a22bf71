"""Who has which of the requests that are to be decided: how many, how old, how late."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISOR_ONLY, query
from db.models import Request, Staff
from db.queries.request_rows import IS_OPEN
from db.records.board import Holder
from db.records.people import Role
from db.records.requests import RequestState
from db.work import Work

TO_DECIDE = (RequestState.SUBMITTED, RequestState.IN_REVIEW)


@query(roles=SUPERVISOR_ONLY)
def request_holders(work: Work) -> tuple[Holder, ...]:
    """Return who has what now; who has most comes first, what nobody has comes last."""
    return load_holders(work)


@query(roles=SUPERVISOR_ONLY)
def request_takers(work: Work) -> tuple[tuple[str, str], ...]:
    """Return login and name of everybody who may be given a request, by name."""
    statement = (
        sa.select(col(Staff.login), col(Staff.name))
        .where(col(Staff.active), col(Staff.role).in_((Role.AGENT, Role.SUPERVISOR)))
        .order_by(col(Staff.name), col(Staff.login))
    )
    return tuple((str(login), str(name)) for login, name in work.session.execute(statement))


def load_holders(work: Work) -> tuple[Holder, ...]:
    """Count the requests to decide by who has taken them; a lease that has run out counts for nobody."""
    taken = sa.and_(col(Request.leased_until) > work.now, col(Request.assignee_id).is_not(None))
    holder: Any = sa.case((taken, col(Request.assignee_id)), else_=None)
    statement = (
        sa.select(
            sa.func.coalesce(col(Staff.login), ""),
            sa.func.coalesce(col(Staff.name), ""),
            sa.func.count(),
            sa.func.sum(sa.case((col(Request.deadline) < work.today, 1), else_=0)),
            sa.func.min(col(Request.submitted_at)),
            sa.func.min(col(Request.deadline)),
        )
        .select_from(Request)
        .outerjoin(Staff, col(Staff.id) == holder)
        .where(IS_OPEN, col(Request.state).in_(TO_DECIDE))
        .group_by(col(Staff.id), col(Staff.login), col(Staff.name))
    )
    found = [Holder(*row) for row in work.session.execute(statement)]
    return tuple(sorted(found, key=lambda one: (not one.login, -one.requests, one.name)))
