"""What a client's time line is made of, one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import (
    Contact,
    IssuedDocument,
    Meter,
    Payment,
    Reading,
    ReadingDecision,
    ReadingNotice,
    Request,
    RequestStep,
    Staff,
)
from db.queries.rows import Statement, into
from db.records.contacts import Outcome, Purpose
from db.records.money import PaymentMethod
from db.records.people import Channel
from db.records.requests import RequestEvent, RequestKind

MOST_EVENTS = 100
"""Events of each kind that a time line is made of, and events on it."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided about a reading."""

    kind: str
    decided_at: datetime
    meter: str
    state: int
    day: date
    agent: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice that a meter reader left."""

    number: str
    meter: str
    left_on: date
    deadline: date


@dataclass(frozen=True, slots=True)
class PastContact:
    """A contact on the time line."""

    id: int
    started_at: datetime
    ended_at: datetime | None
    channel: Channel
    purpose: Purpose | None
    outcome: Outcome | None
    agent: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An issued document on the time line."""

    number: str
    kind: str
    issued_at: datetime
    agent: str | None
    """None for what a billing run of the program issued."""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money on the time line."""

    day: date
    amount: Decimal
    method: PaymentMethod


@dataclass(frozen=True, slots=True)
class RequestEventRow:
    """A step of a request on the time line."""

    number: str
    kind: RequestKind
    channel: Channel
    event: RequestEvent
    at: datetime
    agent: str | None
    """None for the program and the portal."""


@lru_cache(maxsize=1)
def _decisions_of_meters() -> Statement:
    return (
        sa.select(
            col(ReadingDecision.kind),
            col(ReadingDecision.decided_at),
            col(Meter.number),
            col(Reading.state),
            col(Reading.day),
            col(Staff.name),
        )
        .join(Reading, col(Reading.id) == col(ReadingDecision.reading_id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .join(Staff, col(Staff.id) == col(ReadingDecision.staff_id))
        .where(col(Reading.meter_id).in_(sa.bindparam("meters", expanding=True)))
        .order_by(col(ReadingDecision.decided_at).desc())
        .limit(MOST_EVENTS)
    )


def load_decisions(session: Session, meter_ids: Sequence[int]) -> list[DecisionRow]:
    """Return what was decided about readings of these meters, newest first."""
    return [into(DecisionRow, row) for row in session.execute(_decisions_of_meters(), {"meters": meter_ids})]


@lru_cache(maxsize=1)
def _notices_of_meters() -> Statement:
    return (
        sa.select(
            col(ReadingNotice.number),
            col(Meter.number),
            col(ReadingNotice.left_on),
            col(ReadingNotice.deadline),
        )
        .join(Meter, col(Meter.id) == col(ReadingNotice.meter_id))
        .where(col(ReadingNotice.meter_id).in_(sa.bindparam("meters", expanding=True)))
        .order_by(col(ReadingNotice.left_on).desc())
        .limit(MOST_EVENTS)
    )


def load_notices(session: Session, meter_ids: Sequence[int]) -> list[NoticeRow]:
    """Return the notices left for these meters, newest first."""
    return [into(NoticeRow, row) for row in session.execute(_notices_of_meters(), {"meters": meter_ids})]


@lru_cache(maxsize=1)
def _contacts_of_client() -> Statement:
    return (
        sa.select(
            col(Contact.id),
            col(Contact.started_at),
            col(Contact.ended_at),
            col(Contact.channel),
            col(Contact.purpose),
            col(Contact.outcome),
            col(Staff.name),
        )
        .join(Staff, col(Staff.id) == col(Contact.staff_id))
        .where(col(Contact.client_id) == sa.bindparam("client"))
        .order_by(col(Contact.started_at).desc())
        .limit(MOST_EVENTS)
    )


def load_contacts(session: Session, client_id: int) -> list[PastContact]:
    """Return the client's contacts, newest first."""
    return [into(PastContact, row) for row in session.execute(_contacts_of_client(), {"client": client_id})]


@lru_cache(maxsize=1)
def _documents_of_client() -> Statement:
    return (
        sa.select(
            col(IssuedDocument.number),
            col(IssuedDocument.kind),
            col(IssuedDocument.issued_at),
            col(Staff.name),
        )
        .outerjoin(Staff, col(Staff.id) == col(IssuedDocument.staff_id))
        .where(col(IssuedDocument.client_id) == sa.bindparam("client"))
        .order_by(col(IssuedDocument.id).desc())
        .limit(MOST_EVENTS)
    )


def load_documents(session: Session, client_id: int) -> list[DocumentRow]:
    """Return the documents issued to the client, newest first."""
    return [into(DocumentRow, row) for row in session.execute(_documents_of_client(), {"client": client_id})]


@lru_cache(maxsize=1)
def _payments_of_client() -> Statement:
    return (
        sa.select(col(Payment.day), col(Payment.amount), col(Payment.method))
        .where(col(Payment.client_id) == sa.bindparam("client"))
        .order_by(col(Payment.day).desc(), col(Payment.id).desc())
        .limit(MOST_EVENTS)
    )


def load_payments(session: Session, client_id: int) -> list[PaymentRow]:
    """Return the client's payments and what went back, newest first."""
    return [into(PaymentRow, row) for row in session.execute(_payments_of_client(), {"client": client_id})]


_QUIET = (RequestEvent.TAKE, RequestEvent.GIVE_BACK)
"""Steps that are the office's own affair."""


@lru_cache(maxsize=1)
def _requests_of_client() -> Statement:
    return (
        sa.select(
            col(Request.number),
            col(Request.kind),
            col(Request.channel),
            col(RequestStep.event),
            col(RequestStep.at),
            col(Staff.name),
        )
        .select_from(Request)
        .join(RequestStep, col(RequestStep.request_id) == col(Request.id))
        .outerjoin(Staff, col(Staff.id) == col(RequestStep.staff_id))
        .where(col(Request.client_id) == sa.bindparam("client"), col(RequestStep.event).not_in(_QUIET))
        .order_by(col(Request.id).desc(), col(RequestStep.id).desc())
        .limit(MOST_EVENTS)
    )


def load_requests(session: Session, client_id: int) -> list[RequestEventRow]:
    """Return what happened to the client's requests, the newest request first."""
    return [
        into(RequestEventRow, row) for row in session.execute(_requests_of_client(), {"client": client_id})
    ]
