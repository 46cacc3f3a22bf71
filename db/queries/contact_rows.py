"""Contacts as rows, and the contact that a piece of work serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_zone
from db.errors import NotAllowed, NotFound, Refused
from db.models import (
    Client,
    Contact,
    ContactPoint,
    Contract,
    IssuedDocument,
    Meter,
    Reading,
    Request,
    SupplyPoint,
)
from db.queries.rows import Statement, into
from db.records.contacts import Outcome, Purpose
from db.records.people import Channel
from db.records.requests import RequestKind
from db.rules.verification import Question
from db.words import N_
from db.work import Work

PURPOSES: Mapping[RequestKind, Purpose] = {
    RequestKind.COMPLAINT: Purpose.COMPLAINT,
    RequestKind.EINVOICE_ON: Purpose.EINVOICE,
    RequestKind.EINVOICE_OFF: Purpose.EINVOICE,
    RequestKind.EINVOICE_EMAIL: Purpose.EINVOICE,
}
"""The purpose that follows from a request; every other kind changes data."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact and what its client can be asked."""

    id: int
    client_id: int
    client_number: str
    staff_id: int
    channel: Channel
    started_at: datetime
    ended_at: datetime | None
    purpose: Purpose | None
    outcome: Outcome | None
    has_pesel: bool
    has_contract: bool
    has_meter: bool
    has_phone: bool
    has_reading: bool
    has_document: bool
    request: RequestKind | None
    """What was asked for in it last."""

    @property
    def number(self) -> str:
        """`K/2026/0008812`."""
        return contact_number(self.id, self.started_at)

    @property
    def available(self) -> tuple[Question, ...]:
        """The questions to which an answer is on file."""
        missing = {
            Question.PESEL_DIGITS: not self.has_pesel,
            Question.CONTRACT_DATE: not self.has_contract,
            Question.ADDRESS: not self.has_contract,
            Question.METER_NUMBER: not self.has_meter,
            Question.CALL_BACK: not self.has_phone,
        }
        return tuple(question for question in Question if not missing.get(question, False))

    @property
    def done(self) -> Purpose | None:
        """The purpose that follows from what was done in it."""
        if self.has_reading:
            return Purpose.READING
        if self.request is not None:
            return PURPOSES.get(self.request, Purpose.DATA_CHANGE)
        return Purpose.DOCUMENT if self.has_document else None


def contact_number(contact_id: int, started_at: datetime) -> str:
    """Return the number by which people name a contact."""
    return f"K/{started_at.astimezone(office_zone()).year}/{contact_id:07d}"


@lru_cache(maxsize=1)
def _contact_of_id() -> Statement:
    return (
        sa.select(
            col(Contact.id),
            col(Contact.client_id),
            col(Client.number),
            col(Contact.staff_id),
            col(Contact.channel),
            col(Contact.started_at),
            col(Contact.ended_at),
            col(Contact.purpose),
            col(Contact.outcome),
            col(Client.pesel).is_not(None),
            *_on_file(),
            _asked_for(),
        )
        .join(Client, col(Client.id) == col(Contact.client_id))
        .where(col(Contact.id) == sa.bindparam("contact"))
    )


def find_contact(work: Work, contact_id: int, *, lock: bool = False) -> ContactRow:
    """Return a contact; raises NotFound. `lock` holds it until the transaction ends."""
    if lock:
        held = sa.select(col(Contact.id)).where(col(Contact.id) == contact_id).with_for_update(key_share=True)
        work.session.execute(held)
    row = work.session.execute(_contact_of_id(), {"contact": contact_id}).one_or_none()
    if row is None:
        raise NotFound(N_("There is no contact %(contact)s."), contact=str(contact_id))
    return into(ContactRow, row)


def _on_file() -> tuple[sa.ColumnElement[bool], ...]:
    """Return what the client of the enclosing statement has on file, and what the contact holds."""
    contract = sa.select(sa.literal(1)).where(col(Contract.client_id) == col(Contact.client_id))
    meter = (
        sa.select(sa.literal(1))
        .select_from(Contract)
        .join(SupplyPoint, col(SupplyPoint.contract_id) == col(Contract.id))
        .join(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
        .where(col(Contract.client_id) == col(Contact.client_id), col(Meter.removed_on).is_(None))
    )
    phone = sa.select(sa.literal(1)).where(
        col(ContactPoint.client_id) == col(Contact.client_id),
        col(ContactPoint.kind) == "phone",
        col(ContactPoint.removed_on).is_(None),
    )
    reading = sa.select(sa.literal(1)).where(col(Reading.contact_id) == col(Contact.id))
    document = sa.select(sa.literal(1)).where(
        col(IssuedDocument.client_id) == col(Contact.client_id),
        col(IssuedDocument.contact_id) == col(Contact.id),
    )
    return tuple(found.correlate(Contact).exists() for found in (contract, meter, phone, reading, document))


def _asked_for() -> sa.ColumnElement[RequestKind | None]:
    """Return the kind of the last request of the enclosing statement's contact."""
    return (
        sa.select(col(Request.kind))
        .where(col(Request.contact_id) == col(Contact.id))
        .order_by(col(Request.id).desc())
        .limit(1)
        .correlate(Contact)
        .scalar_subquery()
    )


def own_open_contact(work: Work, contact_id: int) -> ContactRow:
    """Return a contact that this person may go on with, held until the transaction ends.

    Raises NotFound, NotAllowed when it is somebody else's, Refused when it has ended.
    """
    row = find_contact(work, contact_id, lock=True)
    if row.staff_id != work.actor.id:
        raise NotAllowed(N_("The contact %(contact)s is somebody else's."), contact=row.number)
    if row.ended_at is not None:
        raise Refused(N_("The contact %(contact)s has ended. Start a new one."), contact=row.number)
    return row


def contact_in_hand(work: Work, client_id: int) -> ContactRow | None:
    """Return the contact that this work serves, checked; None when it serves none.

    Raises as `own_open_contact`, and Refused when the contact is about another client.
    """
    if work.contact_id is None:
        return None
    row = own_open_contact(work, work.contact_id)
    if row.client_id != client_id:
        raise Refused(
            N_("The contact %(contact)s is about the client %(client)s. Start one for this client."),
            contact=row.number,
            client=row.client_number,
        )
    return row


def seen_contact(work: Work, client_id: int) -> ContactRow | None:
    """Return the contact under way if it is about this client and this person's; never raises.

    For looking only: a look without a fitting contact is allowed, masked and logged.
    """
    if work.contact_id is None:
        return None
    try:
        row = find_contact(work, work.contact_id)
    except NotFound:
        return None
    return row if row.client_id == client_id and row.staff_id == work.actor.id else None
