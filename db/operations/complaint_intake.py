"""What a complaint is about: the bill, the reading or the meter it names, each the client's own."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.errors import WrongInput
from db.models import Contract, Invoice, Meter, Reading, SupplyPoint
from db.operations.request_steps import NOTE_LENGTH
from db.queries.client_rows import ClientRow
from db.records.requests import ComplaintAbout, NewRequest, RequestKind
from db.rules.text import clean, clean_line
from db.words import N_
from db.work import Work


def complaint_about(work: Work, client: ClientRow, new: NewRequest) -> dict[str, object] | None:
    """Return what a complaint is about, as it is filed; None for other requests.

    Raises WrongInput for what is not this client's, without a note, and for a complaint about nothing.
    """
    if (new.complaint is not None) is not (new.kind is RequestKind.COMPLAINT):
        raise WrongInput(N_("A complaint says what it is about; no other request does."))
    if new.complaint is None:
        return None
    if not clean(new.note, NOTE_LENGTH):
        raise WrongInput(N_("Write into the note what the client complains about."))
    about = new.complaint
    return {
        "subject": about.subject,
        "invoice_id": _invoice(work, client, about),
        "reading_id": _reading(work, client, about),
        "meter_id": _meter(work, client, about),
    }


def _invoice(work: Work, client: ClientRow, about: ComplaintAbout) -> int | None:
    if not about.invoice:
        return None
    number = clean_line(about.invoice, NOTE_LENGTH).upper()[:40]
    statement = sa.select(col(Invoice.id)).where(
        col(Invoice.number) == number, col(Invoice.client_id) == client.id
    )
    if (found := work.session.scalar(statement)) is None:
        raise WrongInput(N_("This client has no invoice %(invoice)s."), invoice=number)
    return found


def _of_client(work: Work, client: ClientRow, which: sa.ColumnElement[bool]) -> sa.Select[int | None]:
    return (
        sa.select(col(Meter.id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Contract.client_id) == client.id, which)
        .order_by(col(Meter.removed_on).is_(None).desc(), col(Meter.id).desc())
        .limit(1)
    )


def _reading(work: Work, client: ClientRow, about: ComplaintAbout) -> int | None:
    if about.reading_id is None:
        return None
    meter = sa.select(col(Reading.meter_id)).where(col(Reading.id) == about.reading_id).scalar_subquery()
    if work.session.scalar(_of_client(work, client, col(Meter.id) == meter)) is None:
        raise WrongInput(N_("This client has no such reading (%(reading)s)."), reading=str(about.reading_id))
    return about.reading_id


def _meter(work: Work, client: ClientRow, about: ComplaintAbout) -> int | None:
    if not about.meter:
        return None
    number = "".join(clean_line(about.meter, NOTE_LENGTH).split())[:20]
    found = work.session.scalar(_of_client(work, client, col(Meter.number) == number))
    if found is None:
        raise WrongInput(N_("This client has no such meter (%(meter)s)."), meter=number)
    return found
