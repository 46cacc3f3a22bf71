"""One request with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from db.errors import BokError, NotFound
from db.models import (
    Complaint,
    Invoice,
    IssuedDocument,
    Meter,
    Reading,
    Request,
    RequestAttachment,
    RequestStep,
    Staff,
)
from db.queries.caller import level_for
from db.queries.contact_rows import find_contact
from db.queries.documents import UNVERIFIED
from db.queries.invoices import invoice_settling
from db.queries.request_lines import joined, line_columns, lines_of
from db.queries.request_rows import RequestRow, find_request, load_items, new_values, was_told
from db.queries.request_values import current_values
from db.queries.rows import into
from db.records.request_views import ComplaintView, RequestItemView, RequestStepView, RequestView
from db.records.requests import OPEN_STATES, ComplaintSubject, RequestEvent, RequestField, RequestKind
from db.rules.masking import mask_email, mask_pesel, mask_phone
from db.rules.request_fields import SENSITIVE, Change
from db.rules.verification import LEVEL_LABELS, VerificationLevel
from db.work import Work

MOST_STEPS = 200
MOST_FILES = 50


def view_of(work: Work, wanted: int | str) -> RequestView:
    """Return a request as this person may see it; raises NotFound."""
    row = find_request(work.session, wanted)
    (found,) = work.session.execute(joined(sa.select(*line_columns())).where(col(Request.id) == row.id)).all()
    (line,) = lines_of(work, [found])
    steps, documents = _steps(work, row.id), _documents(work, row.id)
    return RequestView(
        line=line,
        items=shown_items(work, row, items_of(work, row)),
        steps=steps,
        note=row.note,
        contact=_contact(work, row.contact_id),
        verification=LEVEL_LABELS[VerificationLevel(row.verified_level)] if row.contact_id else None,
        attachments=_attachments(work, row.id),
        documents=tuple(paper for paper, _at in documents),
        letters=_since_last_step(steps, documents),
        complaint=_complaint(work, row) if row.kind is RequestKind.COMPLAINT else None,
        inverse_of=_number(work, row.inverse_of_id),
        superseded_by=_number(work, row.superseded_by_id),
        version=row.version,
        notice_sent=was_told(work.session, row.id),
    )


def items_of(work: Work, row: RequestRow) -> tuple[RequestItemView, ...]:
    """Return the fields side by side, in clear; `current` is told for an open request only."""
    changes = load_items(work.session, row.id)
    current = _current(work, row, changes) if row.state in OPEN_STATES else None
    return tuple(
        RequestItemView(
            change.field,
            change.old,
            change.new,
            change.old if current is None else current.get(change.field),
        )
        for change in changes
    )


def _current(
    work: Work, row: RequestRow, changes: tuple[Change, ...]
) -> Mapping[RequestField, str | None] | None:
    try:
        return current_values(
            work, row.client_id, row.kind, point_id=row.point_id, wanted=new_values(changes)
        )
    except BokError:
        return {}  # what it was about is gone: everything is another


def shown_items(
    work: Work, row: RequestRow, items: tuple[RequestItemView, ...]
) -> tuple[RequestItemView, ...]:
    """Return the fields as they may be shown: what the card holds is masked as it is on the card.

    What was asked for stays in clear: it is to be compared with the paper, the mail, the caller's words.
    """
    if work.actor.role in UNVERIFIED:
        return items
    level = level_for(work, row.client_id)
    return tuple(_masked(item) if _hidden(item.field, level) else item for item in items)


def _hidden(field: RequestField, level: int) -> bool:
    of_points = field in (RequestField.PHONE, RequestField.EMAIL)
    needed = VerificationLevel.L2 if of_points else VerificationLevel.L3
    return field in SENSITIVE and level < needed


def _masked(item: RequestItemView) -> RequestItemView:
    old, current = _mask(item.field, item.old), _mask(item.field, item.current)
    if item.moved and old == current:
        current = "***"  # different, and told to be
    new = old if item.new == item.old else item.new
    return RequestItemView(item.field, old, new, current, masked=True)


def _mask(field: RequestField, value: str | None) -> str | None:
    if value is None:
        return None
    match field:
        case RequestField.PHONE:
            return mask_phone(value)
        case RequestField.EMAIL:
            return mask_email(value)
        case RequestField.PESEL | RequestField.PARTY_PESEL:
            return mask_pesel(value)
        case RequestField.REFUND_ACCOUNT:
            return f"*** {value[-4:]}"
        case _:
            return "***"


def _steps(work: Work, request_id: int) -> tuple[RequestStepView, ...]:
    statement = (
        sa.select(
            col(RequestStep.at),
            col(RequestStep.event),
            col(RequestStep.state),
            col(Staff.name),
            col(RequestStep.reason),
            col(RequestStep.note),
        )
        .outerjoin(Staff, col(Staff.id) == col(RequestStep.staff_id))
        .where(col(RequestStep.request_id) == request_id)
        .order_by(col(RequestStep.id))
        .limit(MOST_STEPS)
    )
    return tuple(into(RequestStepView, row) for row in work.session.execute(statement))


def _contact(work: Work, contact_id: int | None) -> str | None:
    if contact_id is None:
        return None
    try:
        return find_contact(work, contact_id).number
    except NotFound:
        return None


def _attachments(work: Work, request_id: int) -> tuple[tuple[int, str, int, str], ...]:
    statement = (
        sa.select(
            col(RequestAttachment.id),
            col(RequestAttachment.name),
            sa.func.length(col(RequestAttachment.content)),
            col(RequestAttachment.sha256),
        )
        .where(col(RequestAttachment.request_id) == request_id)
        .order_by(col(RequestAttachment.id))
        .limit(MOST_FILES)
    )
    return tuple((row[0], row[1], int(row[2]), row[3]) for row in work.session.execute(statement))


_Paper = tuple[int, str, str]


def _documents(work: Work, request_id: int) -> tuple[tuple[_Paper, datetime], ...]:
    """Return id, kind and number of each letter about the request, and when it was issued."""
    statement = (
        sa.select(
            col(IssuedDocument.id),
            col(IssuedDocument.kind),
            col(IssuedDocument.number),
            col(IssuedDocument.issued_at),
        )
        .where(col(IssuedDocument.request_id) == request_id)
        .order_by(col(IssuedDocument.id))
        .limit(MOST_FILES)
    )
    return tuple(((row[0] or 0, row[1], row[2]), row[3]) for row in work.session.execute(statement))


def _since_last_step(
    steps: tuple[RequestStepView, ...], documents: tuple[tuple[_Paper, datetime], ...]
) -> tuple[_Paper, ...]:
    """Return the letters issued since the last step that a client is told of."""
    told = [step.at for step in steps if step.event not in (RequestEvent.TAKE, RequestEvent.GIVE_BACK)]
    return tuple(paper for paper, at in documents if not told or at >= told[-1])


def _complaint(work: Work, row: RequestRow) -> ComplaintView:
    found = work.session.execute(
        sa.select(
            col(Complaint.subject),
            col(Invoice.number),
            col(Complaint.reading_id),
            col(Meter.number),
            col(Complaint.deemed_on),
            col(Complaint.answered_on),
            col(Reading.day),
            col(Reading.state),
        )
        .outerjoin(Invoice, col(Invoice.id) == col(Complaint.invoice_id))
        .outerjoin(Reading, col(Reading.id) == col(Complaint.reading_id))
        .outerjoin(Meter, col(Meter.id) == sa.func.coalesce(col(Complaint.meter_id), col(Reading.meter_id)))
        .where(col(Complaint.request_id) == row.id)
    ).one()
    subject, invoice, reading_id, meter, deemed_on, answered_on, day, state = found
    if invoice is None and reading_id is not None:
        invoice = invoice_settling(work.session, reading_id)
    repeats = _repeats(work, row, subject)
    return ComplaintView(subject, invoice, reading_id, meter, repeats, deemed_on, answered_on, day, state)


def _repeats(work: Work, row: RequestRow, subject: ComplaintSubject) -> int:
    """Return how many complaints about the same subject the client made before this one."""
    earlier = (
        sa.select(col(Request.id))
        .join(Complaint, col(Complaint.request_id) == col(Request.id))
        .where(
            col(Request.client_id) == row.client_id,
            col(Request.id) < row.id,
            col(Complaint.subject) == subject,
        )
        .limit(MOST_STEPS)
        .subquery()
    )
    return work.session.scalar(sa.select(sa.func.count()).select_from(earlier)) or 0


def _number(work: Work, request_id: int | None) -> str | None:
    if request_id is None:
        return None
    return work.session.scalar(sa.select(col(Request.number)).where(col(Request.id) == request_id))
