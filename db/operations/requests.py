"""Requests at the desk: taken in, taken for review, given back, completed with files."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import Refused, WrongInput
from db.models import Request, RequestStep
from db.operations.request_apply import apply_now
from db.operations.request_files import store_file
from db.operations.request_intake import Intake, find_external, take_in
from db.operations.request_steps import make_step, require_free
from db.queries.caller import level_for, require_disclosure
from db.queries.client_rows import find_client
from db.queries.contact_rows import contact_in_hand
from db.queries.request_detail import view_of
from db.queries.request_rows import IS_OPEN, hold_client, hold_request
from db.records.people import Channel, Role
from db.records.request_views import RequestView
from db.records.requests import (
    ASSIGNED,
    KIND_WORDS,
    Attachment,
    NewRequest,
    RequestEvent,
    RequestKind,
    RequestState,
)
from db.rules.request_life import may_apply_at_once
from db.rules.verification import VerificationLevel
from db.words import N_, Words
from db.work import Work

WITHOUT_CALLER = frozenset({Channel.LETTER, Channel.EMAIL, Channel.EBOK})
"""Channels on which nobody is there to be asked: such a request is only submitted."""
BY_LAW = frozenset({RequestKind.COMPLAINT})
"""Anybody may complain; nothing is disclosed by that."""


@operation(roles=CLERKS)
def submit_request(work: Work, new: NewRequest) -> RequestView:
    """Take a request in; somebody decides about it later.

    An agent needs a caller verified for changes of data (level 3) on the phone and at the desk; by
    letter and e-mail there is nobody to verify, and a complaint needs no proof. Under an
    `external_id` it is taken in once, and the first is returned after that. Older open requests
    about the same are superseded; a sensitive one is told to the old e-mail address.

    Raises NotFound, NotAllowed, WrongField beside the field, WrongInput, Refused when nothing would change.
    """
    client = find_client(work.session, new.client_number)
    hold_client(work, client.id)
    if (known := find_external(work, new)) is not None:
        return view_of(work, known.id)
    channel = _channel(work, client.id, new)
    if new.kind not in BY_LAW and channel not in WITHOUT_CALLER:
        exempt = () if work.actor.role is Role.AGENT else (work.actor.role,)
        require_disclosure(work, client.id, level=VerificationLevel.L3, exempt=exempt)
    # a caller verified meanwhile is not who wrote the letter
    level = VerificationLevel.L0 if channel in WITHOUT_CALLER else level_for(work, client.id)
    return view_of(work, take_in(work, new, Intake(channel, level, work.actor.id)).id)


@operation(roles=CLERKS)
def submit_and_apply(work: Work, new: NewRequest) -> RequestView:
    """Take a simple request in, approve it and apply it on its day: one person on a verified call.

    Whoever it is needs a caller verified for changes of data (level 3). Raises as `submit_request`,
    Refused for kinds that another person decides about: those are only submitted.
    """
    if not may_apply_at_once(new.kind):
        raise Refused(
            N_("This (%(kind)s) is not applied at once: take it in, and somebody decides about it."),
            kind=Words(KIND_WORDS[new.kind]),
        )
    client = find_client(work.session, new.client_number)
    hold_client(work, client.id)
    if (known := find_external(work, new)) is not None:
        return view_of(work, known.id)
    channel = _channel(work, client.id, new)
    require_disclosure(work, client.id, level=VerificationLevel.L3)
    row = take_in(work, new, Intake(channel, level_for(work, client.id), work.actor.id))
    row = make_step(work, row, RequestEvent.APPROVE, decided_by=work.actor.id)
    if row.effective_on is None or row.effective_on <= work.today:
        row = apply_now(work, row)
    return view_of(work, row.id)


def _channel(work: Work, client_id: int, new: NewRequest) -> Channel:
    """Return how the request came in; raises WrongInput when nobody says."""
    contact = contact_in_hand(work, client_id)
    channel = new.channel or (contact.channel if contact else None)
    if channel is None:
        raise WrongInput(N_("Say how the request came in: without a contact it is not known."))
    return channel


@operation(roles=CLERKS)
def take_request(work: Work, request_id: int) -> RequestView:
    """Take a request for review: it is kept for this person for a while (policy).

    Taking it again makes the time longer. Raises NotFound, Refused for one that cannot be taken, Stale
    while somebody else has it.
    """
    row = hold_request(work, request_id)
    if row.state is RequestState.IN_REVIEW:
        require_free(work, row)
    until = work.now + timedelta(minutes=work.policy.request_lease_minutes)
    if row.leased_until is not None and row.holder(work.now) == work.actor.id:
        until = max(until, row.leased_until)
    row = make_step(work, row, RequestEvent.TAKE, assignee_id=work.actor.id, leased_until=until)
    return view_of(work, row.id)


@operation(roles=CLERKS)
def give_back_request(work: Work, request_id: int) -> RequestView:
    """Give a request back that one had taken: it waits for somebody again.

    Raises NotFound, Refused when nobody had taken it, Stale when it is somebody else's now.
    """
    row = hold_request(work, request_id)
    if row.state is RequestState.APPROVED:
        raise Refused(N_("Nobody has taken the request %(request)s."), request=row.number)
    require_free(work, row)
    return view_of(work, make_step(work, row, RequestEvent.GIVE_BACK).id)


@operation(roles=CLERKS)
def release_taken(work: Work) -> int:
    """Give back everything that this person had taken and not decided, and return how many that were.

    What a supervisor gave them stays theirs.
    """
    mine = sa.select(col(Request.id)).where(
        IS_OPEN,
        col(Request.assignee_id) == work.actor.id,
        col(Request.state) == RequestState.IN_REVIEW,
        ~_was_assigned(),
    )
    released = 0
    for key in work.session.scalars(mine.order_by(col(Request.id))).all():
        row = hold_request(work, key or 0)
        if row.assignee_id == work.actor.id and row.state is RequestState.IN_REVIEW:
            make_step(work, row, RequestEvent.GIVE_BACK)
            released += 1
    return released


def _was_assigned() -> sa.ColumnElement[bool]:
    """Return the condition that the last step of a request gave it to somebody."""
    last = (
        sa.select(col(RequestStep.reason))
        .where(col(RequestStep.request_id) == col(Request.id))
        .order_by(col(RequestStep.id).desc())
        .limit(1)
        .correlate(Request)
        .scalar_subquery()
    )
    return sa.func.coalesce(last, "") == ASSIGNED


@operation(roles=CLERKS)
def attach_file(work: Work, request_id: int, file: Attachment) -> RequestView:
    """Keep a file with a request, whatever its state. Raises NotFound, WrongInput, Refused."""
    row = hold_request(work, request_id)
    store_file(work, row, file)
    return view_of(work, row.id)
