"""What a letter about a request has to know of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound
from db.models import (
    Client,
    Complaint,
    ContactPoint,
    EInvoice,
    PortalAccount,
    Request,
    RequestItem,
    RequestStep,
)
from db.records.ebok import EInvoiceState
from db.records.requests import RequestEvent
from db.rules.request_letter_text import LetterMatter
from db.words import N_

_DECIDING = (RequestEvent.APPROVE, RequestEvent.REJECT, RequestEvent.DEEM_ACCEPTED, RequestEvent.APPLY)


def load_matter(session: Session, request_id: int) -> tuple[int, LetterMatter]:
    """Return the client's id and what a letter tells of a request; raises NotFound."""
    found = sa.select(
        col(Request.client_id),
        col(Request.number),
        col(Request.kind),
        col(Request.state),
        col(Client.number),
        col(Request.channel),
        col(Request.received_on),
        col(Request.deadline),
        col(Request.effective_on),
    ).join(Client, col(Client.id) == col(Request.client_id))
    row = session.execute(found.where(col(Request.id) == request_id)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no request %(request)s."), request=str(request_id))
    items = sa.select(col(RequestItem.field), col(RequestItem.new)).where(
        col(RequestItem.request_id) == request_id
    )
    reason, note, asked = _last_steps(session, request_id)
    complaint = session.execute(
        sa.select(col(Complaint.subject), col(Complaint.deemed_on)).where(
            col(Complaint.request_id) == request_id
        )
    ).one_or_none()
    client_id = int(row[0])
    return client_id, LetterMatter(
        *row[1:],
        items=tuple((each.field, each.new) for each in session.execute(items.order_by(col(RequestItem.id)))),
        reason=reason,
        decision_note=note,
        asked=asked and asked.reason,
        asked_note=asked.note if asked else "",
        subject=complaint and complaint.subject,
        deemed=bool(complaint and complaint.deemed_on),
        einvoice=_einvoice(session, client_id),
        login=session.scalar(
            sa.select(col(PortalAccount.login)).where(col(PortalAccount.client_id) == client_id)
        ),
    )


def _last_steps(session: Session, request_id: int) -> tuple[str | None, str, Any]:
    """Return why the request was rejected, what was written last with its decision, and the last question.

    A late answer to a complaint that is deemed accepted stands in the step that applies it.
    """
    steps = sa.select(col(RequestStep.event), col(RequestStep.reason), col(RequestStep.note)).where(
        col(RequestStep.request_id) == request_id,
        col(RequestStep.event).in_((*_DECIDING, RequestEvent.ASK_INFO)),
    )
    reason, note, asked = None, "", None
    for step in session.execute(steps.order_by(col(RequestStep.id))):
        if step.event is RequestEvent.ASK_INFO:
            asked = step
        else:
            reason, note = step.reason, step.note or note
    return reason, note, asked


def _einvoice(session: Session, client_id: int) -> Any:
    statement = (
        sa.select(col(EInvoice.state), col(ContactPoint.value), col(EInvoice.active_from))
        .join(ContactPoint, col(ContactPoint.id) == col(EInvoice.point_id))
        .where(col(EInvoice.client_id) == client_id, col(EInvoice.state) != EInvoiceState.WITHDRAWN)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else tuple(row)
