"""Requests given to somebody by a supervisor, and taken away again."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.clock import day_begins
from db.doors import SUPERVISOR_ONLY, operation
from db.errors import NotFound, Refused
from db.models import Staff
from db.operations.request_steps import make_step
from db.queries.calendar import holidays_after
from db.queries.request_detail import view_of
from db.queries.request_rows import RequestRow, hold_request
from db.records.people import Role
from db.records.request_views import RequestView
from db.records.requests import ASSIGNED, KIND_WORDS, RequestEvent, RequestState
from db.rules.request_life import deciding_refusal
from db.rules.text import clean_line
from db.rules.working_days import next_working_day
from db.words import N_, Words
from db.work import Work

LONGEST_LOGIN = 64


@operation(roles=SUPERVISOR_ONLY)
def assign_request(work: Work, request_id: int, login: str) -> RequestView:
    """Give a request to the member of staff with this login, whoever had it.

    It is theirs until its deadline or the end of the next working day, whichever is later; signing out
    does not give it back. Raises NotFound, Refused for somebody who may not decide about it and for a
    request that cannot be taken.
    """
    row = hold_request(work, request_id)
    taker = _taker(work, row, clean_line(login, LONGEST_LOGIN).lower())
    tomorrow = next_working_day(work.today, holidays_after(work.session, work.today))
    until = day_begins(max(row.deadline, tomorrow) + timedelta(days=1))
    make_step(work, row, RequestEvent.TAKE, reason=ASSIGNED, assignee_id=taker, leased_until=until)
    work.changed(
        "request.assigned",
        f"request {row.number}",
        client_id=row.client_id,
        before={"assignee": row.holder(work.now)},
        after={"assignee": taker, "until": until},
    )
    return view_of(work, row.id)


@operation(roles=SUPERVISOR_ONLY)
def take_request_away(work: Work, request_id: int) -> RequestView:
    """Take a request away from whoever has it: it waits for somebody again.

    Raises NotFound, Refused when nobody had taken it.
    """
    row = hold_request(work, request_id)
    if row.state is not RequestState.IN_REVIEW:
        raise Refused(N_("Nobody has taken the request %(request)s."), request=row.number)
    make_step(work, row, RequestEvent.GIVE_BACK, reason=ASSIGNED)
    return view_of(work, row.id)


def _taker(work: Work, row: RequestRow, login: str) -> int:
    """Return the id of whoever is to have it; raises NotFound, Refused."""
    found = work.session.execute(
        sa.select(col(Staff.id), col(Staff.name), col(Staff.role)).where(
            col(Staff.login) == login,
            col(Staff.active),
            col(Staff.role).in_((Role.AGENT, Role.SUPERVISOR)),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(N_("Nobody with the login %(login)s decides about requests."), login=login)
    key, name, role = found[0] or 0, found[1], found[2]
    refusal = deciding_refusal(
        row.kind,
        role=role,
        actor_id=key,
        submitted_by=row.submitted_by,
        entered_by=row.entered_by,
        verified_level=row.verified_level,
    )
    if refusal is not None:
        raise Refused(
            N_("%(agent)s may not decide about %(request)s (%(kind)s); give it to somebody else."),
            agent=name,
            request=row.number,
            kind=Words(KIND_WORDS[row.kind]),
        )
    return key
