"""A step in the life of a request: its new state, its log, its journal entry."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from db.errors import NotAllowed, Refused, Stale
from db.models import Request, RequestStep, Staff
from db.queries.contact_rows import seen_contact
from db.queries.request_rows import RequestRow, find_request
from db.queries.rows import insert_row
from db.records.requests import KIND_WORDS, OPEN_STATES, RequestEvent, RequestState
from db.rules.request_life import EVENT_WORDS, No, deciding_refusal, outcome
from db.rules.text import clean
from db.words import N_, Words
from db.work import Work

NOTE_LENGTH = 2_000


def next_state(work: Work, row: RequestRow, event: RequestEvent) -> RequestState:
    """Return the state after `event`; raises Refused, or Stale when somebody else was first."""
    found = outcome(row.state, event, row.kind)
    if not isinstance(found, No):
        return found
    last = _last_step(work, row.id)
    decided = row.state not in OPEN_STATES or row.state is RequestState.APPROVED
    if last is not None and last[2] not in (None, work.actor.id) and decided:
        raise _dealt_with(row, last)
    raise Refused(found.message, request=row.number)


def require_version(work: Work, row: RequestRow, version: int | None) -> None:
    """Raise Stale when the request moved on since somebody looked at it, saying who did what."""
    if version is None or version == row.version:
        return
    last = _last_step(work, row.id)
    if last is None:
        raise AssertionError("a request begins with a step")
    raise _dealt_with(row, last)


def _last_step(work: Work, request_id: int) -> tuple[RequestEvent, datetime, int | None, str | None] | None:
    row = work.session.execute(
        sa.select(col(RequestStep.event), col(RequestStep.at), col(RequestStep.staff_id), col(Staff.name))
        .outerjoin(Staff, col(Staff.id) == col(RequestStep.staff_id))
        .where(col(RequestStep.request_id) == request_id)
        .order_by(col(RequestStep.id).desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


def _dealt_with(row: RequestRow, last: tuple[RequestEvent, datetime, int | None, str | None]) -> Stale:
    event, at, _, agent = last
    return Stale(
        N_("%(agent)s dealt with the request %(request)s first (%(at)s): %(what)s."),
        agent=agent or Words(N_("The program")),
        request=row.number,
        at=at,
        what=Words(EVENT_WORDS[event]),
    )


def require_may_decide(work: Work, row: RequestRow, *, approve: bool) -> None:
    """Raise NotAllowed unless this person may decide about the request.

    Who only brought it with a batch of the portal may reject it, not approve it.
    """
    refusal = deciding_refusal(
        row.kind,
        role=work.actor.role,
        actor_id=work.actor.id,
        submitted_by=row.submitted_by,
        entered_by=row.entered_by if approve else None,
        verified_level=row.verified_level,
    )
    if refusal is not None:
        raise NotAllowed(refusal, kind=Words(KIND_WORDS[row.kind]))


def require_free(work: Work, row: RequestRow) -> None:
    """Raise Stale when somebody else has taken the request and their lease still runs."""
    holder = row.holder(work.now)
    if holder is not None and holder != work.actor.id:
        name = work.session.scalar(sa.select(col(Staff.name)).where(col(Staff.id) == holder))
        raise Stale(
            N_("%(agent)s has taken the request %(request)s, until %(until)s."),
            agent=name or "",
            request=row.number,
            until=row.leased_until,
        )


def make_step(
    work: Work,
    row: RequestRow,
    event: RequestEvent,
    *,
    reason: str | None = None,
    note: str = "",
    **columns: object,
) -> RequestRow:
    """Take a request a step on and return it as it stands then.

    Only a lease that `columns` name outlives the step. Raises Refused, Stale and WrongInput for the note.
    """
    state = next_state(work, row, event)
    lease: dict[str, object] = {"assignee_id": None, "leased_until": None}
    work.session.execute(
        sa.update(Request)
        .where(col(Request.id) == row.id)
        .values(state=state, version=row.version + 1, **(lease | columns))
        .execution_options(synchronize_session=False)
    )
    log_step(work, row, event, state, reason=reason, note=note)
    return find_request(work.session, row.id)


def log_step(
    work: Work,
    row: RequestRow,
    event: RequestEvent,
    state: RequestState,
    *,
    reason: str | None = None,
    note: str = "",
) -> None:
    """Write down that a request came to `state`, by whom and why; the journal is told no values."""
    contact = seen_contact(work, row.client_id)
    values = {
        "request_id": row.id,
        "at": work.now,
        "event": event,
        "state": state,
        "staff_id": work.actor.id or None,
        "contact_id": contact.id if contact else None,
        "reason": reason,
        "note": clean(note, NOTE_LENGTH),
    }
    insert_row(work.session, RequestStep, values)
    work.changed(
        f"request.{event.value}",
        f"request {row.number}",
        client_id=row.client_id,
        before=None if event is RequestEvent.SUBMIT else {"state": row.state.value},
        after={"state": state.value, "kind": row.kind.value, "reason": reason},
    )
