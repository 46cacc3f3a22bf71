"""Requests, what they change, what happened to them, complaints and their attachments."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.people import Channel
from db.records.requests import ComplaintSubject, RequestEvent, RequestField, RequestKind, RequestState

OPEN = "state IN ('submitted', 'in_review', 'needs_info', 'approved')"
"""What the queue is read from."""


class Request(Table, table=True):
    """What a client asks for, and where it stands now; `RequestStep` tells how it came there."""

    __table_args__ = (
        sa.Index("ix_request_client_id", "client_id", "id"),
        sa.Index("ix_request_contact_id", "contact_id"),
        sa.Index(
            "ix_request_open",
            "deadline",
            "id",
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        ),
        sa.Index("ix_request_submitted_at", "submitted_at"),
        sa.CheckConstraint("(state = 'superseded') = (superseded_by_id IS NOT NULL)", name="superseded"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    """`W/2026/00418`."""
    kind: RequestKind = Field(sa_type=choice(RequestKind, "kind"))
    state: RequestState = Field(sa_type=choice(RequestState, "state"))
    client_id: int = Field(foreign_key="client.id")
    channel: Channel = Field(sa_type=choice(Channel, "channel"))
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    submitted_at: datetime = Field(sa_type=Instant)
    submitted_by: int | None = Field(default=None, foreign_key="staff.id")
    """Who took it in; None for the portal."""
    verified_level: int = 0
    """What the caller had proved when it was taken in."""
    received_on: date
    deadline: date
    effective_on: date | None = None
    point_id: int | None = Field(default=None, foreign_key="contact_point.id")
    """Which phone or e-mail is changed."""
    note: str = Field(default="", max_length=2000)
    external_id: str | None = Field(default=None, max_length=80, unique=True)
    decided_by: int | None = Field(default=None, foreign_key="staff.id")
    assignee_id: int | None = Field(default=None, foreign_key="staff.id")
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    inverse_of_id: int | None = Field(default=None, foreign_key="request.id")
    """The request that this one takes back."""
    superseded_by_id: int | None = Field(default=None, foreign_key="request.id")
    version: int = 1


class RequestItem(Table, table=True):
    """One field that a request changes: as it was then, and as it is to be."""

    __tablename__ = "request_item"
    __table_args__ = (sa.UniqueConstraint("request_id", "field"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    field: RequestField = Field(sa_type=choice(RequestField, "field"))
    old: str | None = Field(default=None, max_length=200)
    new: str | None = Field(default=None, max_length=200)


class RequestStep(Table, table=True):
    """A step of a request's life. Rows are only added; an erasure empties `note`."""

    __tablename__ = "request_step"
    __table_args__ = (
        sa.Index("ix_request_step_request_id", "request_id", "id"),
        sa.Index("ix_request_step_at", "at", "request_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    at: datetime = Field(sa_type=Instant)
    event: RequestEvent = Field(sa_type=choice(RequestEvent, "event"))
    state: RequestState = Field(sa_type=choice(RequestState, "state"))
    """After the step."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """None for the program and the portal."""
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    reason: str | None = Field(default=None, max_length=24)
    note: str = Field(default="", max_length=2000)


class RequestAttachment(Table, table=True):
    """A file that came with a request."""

    __tablename__ = "request_attachment"
    __table_args__ = (sa.Index("ix_request_attachment_request_id", "request_id"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    name: str = Field(max_length=160)
    media_type: str = Field(max_length=80)
    content: bytes = Field(sa_type=sa.LargeBinary)
    sha256: str = Field(max_length=64)
    added_at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")


class Complaint(Table, table=True):
    """What belongs to a complaint beside its request."""

    __table_args__ = (
        sa.Index("ix_complaint_invoice_id", "invoice_id"),
        sa.Index("ix_complaint_reading_id", "reading_id"),
    )

    request_id: int = Field(primary_key=True, foreign_key="request.id")
    subject: ComplaintSubject = Field(sa_type=choice(ComplaintSubject, "subject"))
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    reading_id: int | None = Field(default=None, foreign_key="reading.id")
    meter_id: int | None = Field(default=None, foreign_key="meter.id")
    deemed_on: date | None = None
    answered_on: date | None = None


class TariffAssignment(Table, table=True):
    """From which day on a contract belongs to another tariff group than the one it began with."""

    __tablename__ = "tariff_assignment"
    __table_args__ = (sa.UniqueConstraint("contract_id", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contract.id")
    starts_on: date
    group_id: int = Field(foreign_key="tariff_group.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
