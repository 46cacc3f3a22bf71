"""Complaints: answered in time, deemed accepted when not, and set right with the bill."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, SUPERVISOR_ONLY, SUPERVISORS, operation
from db.errors import NotAllowed, Refused, WrongInput
from db.models import Client, Complaint, Reading, ReadingDecision, Request
from db.operations.corrections import correct_invoice
from db.operations.reading_decisions import decide_reading, void_reading
from db.operations.request_steps import NOTE_LENGTH, make_step, require_free
from db.queries.invoices import find_root, invoice_settling, load_standing
from db.queries.reading_rows import is_pending
from db.queries.request_detail import view_of
from db.queries.request_rows import IS_OPEN, RequestRow, hold_request
from db.records.clients import ClientKind
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.readings import ReadingStatus
from db.records.request_views import RequestView
from db.records.requests import RejectReason, RequestEvent, RequestKind, RequestState
from db.refusals import ReadingRefused
from db.rules.complaints import deemed_on, is_deemed_accepted
from db.rules.text import clean
from db.words import N_
from db.work import Work


@operation(roles=CLERKS)
def answer_complaint(work: Work, request_id: int, *, accept: bool, answer: str) -> RequestView:
    """Answer a complaint: accepted or not, with the words that the letter carries.

    One that was not answered in time counts as accepted and can only be answered so. Raises NotFound,
    WrongInput without an answer, Refused for another request or one that was answered, Stale.
    """
    row = _held_complaint(work, request_id)
    words = clean(answer, NOTE_LENGTH)
    if not words:
        raise WrongInput(N_("Write the answer to the complaint."))
    return view_of(work, _answered(work, row, accept=accept, answer=words).id)


@operation(roles=SUPERVISOR_ONLY)
def accept_reading_complaint(work: Work, request_id: int, answer: str = "") -> RequestView:
    """Accept a complaint about a reading: void the reading, correct the invoice that settled it, answer.

    A reading of the meter that waited for this is approved with it; where no reading closes the days
    of the invoice any more, they are estimated. All in one transaction, or nothing of it: where the
    days cannot be billed anew even so, the refusal says what to record first. Raises NotFound,
    NotAllowed for who recorded the waiting reading themselves, Refused, Stale.
    """
    row = _held_complaint(work, request_id)
    reading_id = work.session.scalar(
        sa.select(col(Complaint.reading_id)).where(col(Complaint.request_id) == row.id)
    )
    if reading_id is None:
        raise Refused(N_("The complaint %(request)s names no reading; answer it."), request=row.number)
    words = clean(answer, NOTE_LENGTH) or "Reklamacja uznana: odczyt anulowano."
    row = _answered(work, row, accept=True, answer=words)
    why = f"reklamacja {row.number}"
    if not _is_voided(work, reading_id):
        void_reading(work, reading_id, why)
    invoice = invoice_settling(work.session, reading_id)
    if invoice is not None:
        _approve_what_waited(work, reading_id, invoice, why)
        order = CorrectionOrder(CorrectionKind.READING, why, may_estimate=True)
        correct_invoice(work, invoice, order)
    return view_of(work, row.id)


def _approve_what_waited(work: Work, reading_id: int, invoice: str, why: str) -> None:
    """Approve the first waiting reading of the meter that the wrong one alone stood against.

    Only those of the invoice's days or later ones are looked at; one that still fails goes on waiting,
    and so does a later one that the actor recorded: the bill can do without it.
    """
    standing = load_standing(work.session, find_root(work.session, invoice)[0])
    meter = sa.select(col(Reading.meter_id)).where(col(Reading.id) == reading_id).scalar_subquery()
    waiting = (
        sa.select(col(Reading.id), col(Reading.day), col(Reading.state), col(Reading.staff_id))
        .where(col(Reading.meter_id) == meter, col(Reading.day) >= standing.starts_on, is_pending())
        .order_by(col(Reading.day), col(Reading.id))
    )
    for key, day, state, recorder in work.session.execute(waiting).all():
        if recorder == work.actor.id:
            if day > standing.ends_on:
                continue
            raise NotAllowed(
                N_(
                    "You recorded the reading %(state)s of %(day)s that waits beside it; another supervisor"
                    " has to accept the complaint."
                ),
                state=state,
                day=day,
            )
        try:
            decide_reading(work, key or 0, approve=True, reason=why)
        except ReadingRefused:
            continue
        return


def _is_voided(work: Work, reading_id: int) -> bool:
    statement = sa.select(col(ReadingDecision.id)).where(
        col(ReadingDecision.reading_id) == reading_id,
        col(ReadingDecision.kind) == ReadingStatus.VOIDED.value,
    )
    return work.session.scalar(statement) is not None


def _held_complaint(work: Work, request_id: int) -> RequestRow:
    row = hold_request(work, request_id)
    if row.kind is not RequestKind.COMPLAINT:
        raise Refused(N_("%(request)s is no complaint: it is decided, not answered."), request=row.number)
    require_free(work, row)
    return row


def _answered(work: Work, row: RequestRow, *, accept: bool, answer: str) -> RequestRow:
    """Take a complaint to its end; one that is deemed accepted is approved already."""
    if not accept and row.state is RequestState.APPROVED:
        raise Refused(
            N_("The complaint %(request)s was not answered in time and counts as accepted."),
            request=row.number,
        )
    by = work.actor.id
    if not accept:
        reason = RejectReason.UNFOUNDED.value
        row = make_step(work, row, RequestEvent.REJECT, reason=reason, note=answer, decided_by=by)
    else:
        if row.state is not RequestState.APPROVED:
            row = make_step(work, row, RequestEvent.APPROVE, note=answer, decided_by=by)
            answer = ""
        row = make_step(work, row, RequestEvent.APPLY, note=answer, decided_by=by)
    _note(work, row.id, answered_on=work.today)
    return row


def _note(work: Work, request_id: int, **columns: object) -> None:
    work.session.execute(
        sa.update(Complaint)
        .where(col(Complaint.request_id) == request_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )


@operation(roles=SUPERVISORS)
def deem_complaints(work: Work, limit: int = 500) -> int:
    """Note which consumers' complaints count as accepted because nobody answered in time.

    A business's only stays overdue. Returns how many there were; asked again, it finds none.
    """
    late = (
        sa.select(col(Request.id))
        .join(Client, col(Client.id) == col(Request.client_id))
        .where(
            IS_OPEN,
            col(Request.kind) == RequestKind.COMPLAINT,
            col(Request.state) != RequestState.APPROVED,
            col(Request.deadline) <= work.today - timedelta(days=1),
            col(Client.kind) == ClientKind.PERSON,
        )
        .order_by(col(Request.deadline), col(Request.id))
        .limit(limit)
    )
    return sum(_deem(work, key or 0) for key in work.session.scalars(late).all())


def _deem(work: Work, request_id: int) -> bool:
    row = hold_request(work, request_id)
    waits = row.state is not RequestState.APPROVED and row.kind is RequestKind.COMPLAINT
    if not waits or not is_deemed_accepted(row.client_kind, row.deadline, work.today):
        return False
    make_step(work, row, RequestEvent.DEEM_ACCEPTED)
    _note(work, row.id, deemed_on=deemed_on(row.deadline))
    return True
