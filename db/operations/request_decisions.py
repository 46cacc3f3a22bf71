"""Deciding about requests: approve, reject, ask, withdraw, undo; and what falls due by itself."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, SUPERVISORS, operation
from db.errors import BokError, Refused, WrongInput
from db.models import Request
from db.operations.complaints import accept_reading_complaint, answer_complaint, deem_complaints
from db.operations.request_apply import apply_now, require_unmoved
from db.operations.request_steps import (
    make_step,
    next_state,
    require_free,
    require_may_decide,
    require_version,
)
from db.operations.request_undo import undo_request
from db.queries.request_detail import view_of
from db.queries.request_rows import IS_OPEN, RequestRow, hold_request
from db.records.request_views import RequestView
from db.records.requests import RejectReason, RequestEvent, RequestKind, RequestState
from db.rules.mail_texts import INFORMATION_TEMPLATES, MailTemplate
from db.words import N_
from db.work import Work

__all__ = [
    "accept_reading_complaint",
    "answer_complaint",
    "apply_due",
    "ask_for_information",
    "decide_request",
    "deem_complaints",
    "information_came",
    "undo_request",
    "withdraw_request",
]

OVER_CHANGES = "over_changes"
"""The reason of an approval given although the card had been changed."""


@operation(roles=CLERKS)
def decide_request(
    work: Work,
    request_id: int,
    *,
    approve: bool,
    reason: RejectReason | None = None,
    note: str = "",
    version: int | None = None,
    over_changes: bool = False,
) -> RequestView:
    """Approve a request, and apply it when its day has come, or reject it with a reason.

    Kinds that fraud begins with are decided by a supervisor who did not take them in; what came
    without a verified caller is decided by another person. `version` is that of the view which was
    looked at: when the request moved on since, the refusal says who did what.

    Raises NotFound, NotAllowed, Stale, Refused for a complaint and from states in which nothing is
    decided, WrongInput without a reason, ChangedMeanwhile when the card was changed since the request
    came, unless `over_changes`.
    """
    row = hold_request(work, request_id)
    if row.kind is RequestKind.COMPLAINT:
        raise Refused(N_("%(request)s is a complaint: it is answered, not decided."), request=row.number)
    require_version(work, row, version)
    require_may_decide(work, row, approve=approve)
    require_free(work, row)
    if not approve:
        row = _reject(work, row, reason, note)
        return view_of(work, row.id)
    # the state first: who decided already is told before what changed
    made_over = row.state in _DECIDABLE and require_unmoved(work, row, over_changes=over_changes)
    row = make_step(
        work,
        row,
        RequestEvent.APPROVE,
        reason=OVER_CHANGES if made_over else None,
        note=note,
        decided_by=work.actor.id,
    )
    if row.effective_on is None or row.effective_on <= work.today:
        row = apply_now(work, row)
    return view_of(work, row.id)


_DECIDABLE = (RequestState.SUBMITTED, RequestState.IN_REVIEW)


def _reject(work: Work, row: RequestRow, reason: RejectReason | None, note: str) -> RequestRow:
    next_state(work, row, RequestEvent.REJECT)  # who was first is told before what is missing
    if reason is None:
        raise WrongInput(N_("Choose why the request is rejected."))
    if reason is RejectReason.OTHER and not note.strip():
        raise WrongInput(N_("Write into the note what the other reason is."))
    return make_step(work, row, RequestEvent.REJECT, reason=reason.value, note=note, decided_by=work.actor.id)


@operation(roles=CLERKS)
def ask_for_information(work: Work, request_id: int, template: str, note: str = "") -> RequestView:
    """Note that the client was asked for what is missing, with which text; the deadline runs on.

    Raises NotFound, WrongInput for a text that there is not or one's own words without any, Refused
    from states in which nothing is asked, Stale while somebody else has it.
    """
    if template not in {known.value for known in INFORMATION_TEMPLATES}:
        raise WrongInput(
            N_("There is no text %(template)s. Texts: %(known)s."),
            template=template[:40],
            known=", ".join(known.value for known in INFORMATION_TEMPLATES),
        )
    if template == MailTemplate.FREE and not note.strip():
        raise WrongInput(N_("Write into the note what the client is asked for."))
    row = hold_request(work, request_id)
    require_free(work, row)
    return view_of(work, make_step(work, row, RequestEvent.ASK_INFO, reason=template, note=note).id)


@operation(roles=CLERKS)
def information_came(work: Work, request_id: int, note: str = "") -> RequestView:
    """Note that what was asked for came: the request waits for a decision again.

    Raises NotFound, Refused when nothing was asked for.
    """
    row = hold_request(work, request_id)
    return view_of(work, make_step(work, row, RequestEvent.INFO_CAME, note=note).id)


@operation(roles=CLERKS)
def withdraw_request(work: Work, request_id: int, note: str = "") -> RequestView:
    """Note that the client takes a request back that was not applied yet.

    Raises NotFound, Refused for one that was closed, Stale while somebody else has it.
    """
    row = hold_request(work, request_id)
    require_free(work, row)
    return view_of(work, make_step(work, row, RequestEvent.WITHDRAW, note=note).id)


@operation(roles=SUPERVISORS)
def apply_due(work: Work, limit: int = 500) -> int:
    """Apply the approved requests whose day has come, and return how many there were.

    One that cannot be applied as it was approved, because the card was changed meanwhile, goes back
    to be decided anew, with the reason in its history: none is lost, and none stops the others.
    A part in which all went back is followed by the next, so that 0 means that none is left.
    """
    while due := _due(work, limit):
        if applied := sum(_apply_or_return(work, key) for key in due):
            return applied
    return 0


def _due(work: Work, limit: int) -> Sequence[int]:
    due = (
        sa.select(col(Request.id))
        .where(
            IS_OPEN,
            col(Request.state) == RequestState.APPROVED,
            col(Request.kind) != RequestKind.COMPLAINT,
            col(Request.effective_on) <= work.today,
        )
        .order_by(col(Request.effective_on), col(Request.id))
        .limit(limit)
    )
    return [key or 0 for key in work.session.scalars(due)]


def _apply_or_return(work: Work, request_id: int) -> bool:
    row = hold_request(work, request_id)
    if row.state is not RequestState.APPROVED:
        return False
    noted = len(work.audit), len(work.access)
    try:
        with work.session.begin_nested():
            apply_now(work, row)
    except BokError as error:
        del work.audit[noted[0] :], work.access[noted[1] :]
        make_step(work, row, RequestEvent.GIVE_BACK, note=str(error)[:500], decided_by=None)
        return False
    return True
