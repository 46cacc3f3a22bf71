"""Issued documents: what they said, for ever."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.issued import DeliveryKind
from db.records.mail import MailKind, MailState

WAITING = "state IN ('queued', 'sending')"
"""What the sender looks through."""


class IssuedDocument(Table, table=True):
    """The snapshot a document was made from. Append-only."""

    __tablename__ = "issued_document"
    __table_args__ = (
        sa.UniqueConstraint("kind", "serial"),
        sa.Index("ix_issued_document_client_id", "client_id", "id"),
        sa.Index("ix_issued_document_reading_id", "reading_id"),
        sa.Index("ix_issued_document_about_id", "about_id"),
        sa.Index("ix_issued_document_request_id", "request_id"),
        sa.Index("ix_issued_document_issued_at", "issued_at", "staff_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=24)
    serial: int
    """Counts within its kind, without a gap."""
    number: str = Field(max_length=40, unique=True)
    client_id: int = Field(foreign_key="client.id")
    reading_id: int | None = Field(default=None, foreign_key="reading.id")
    about_id: int | None = Field(default=None, foreign_key="issued_document.id")
    """The document that this one is a duplicate of."""
    request_id: int | None = Field(default=None, foreign_key="request.id")
    """The request that a letter is about."""
    snapshot: str = Field(sa_type=sa.Text)
    """Canonical JSON of everything the document says."""
    snapshot_sha256: str = Field(max_length=64)
    issued_at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """None for what the program issued by itself."""
    contact_id: int | None = Field(default=None, foreign_key="contact.id")


class DocumentRendering(Table, table=True):
    """The first PDF made from a snapshot, handed out ever after. Append-only.

    A later version of a library could make other bytes of the same snapshot.
    """

    __tablename__ = "document_rendering"

    document_id: int = Field(primary_key=True, foreign_key="issued_document.id")
    pdf: bytes = Field(sa_type=sa.LargeBinary)
    pdf_sha256: str = Field(max_length=64)
    rendered_at: datetime = Field(sa_type=Instant)


class DocumentDelivery(Table, table=True):
    """That a document left the office, and how. Append-only."""

    __tablename__ = "document_delivery"
    __table_args__ = (sa.Index("ix_document_delivery_document_id", "document_id"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="issued_document.id")
    how: DeliveryKind = Field(sa_type=choice(DeliveryKind, "how"))
    at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")


class OutgoingMessage(Table, table=True):
    """An e-mail to be sent, and what became of it."""

    __tablename__ = "outgoing_message"
    __table_args__ = (
        sa.Index("ix_outgoing_message_client_id", "client_id", "id"),
        sa.Index("ix_outgoing_message_request_id", "request_id"),
        sa.Index(
            "ix_outgoing_message_waiting",
            "next_try_at",
            "id",
            sqlite_where=sa.text(WAITING),
            postgresql_where=sa.text(WAITING),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int | None = Field(default=None, foreign_key="client.id")
    document_id: int | None = Field(default=None, foreign_key="issued_document.id")
    """Its PDF is attached."""
    request_id: int | None = Field(default=None, foreign_key="request.id")
    kind: MailKind = Field(default=MailKind.DOCUMENT, sa_type=choice(MailKind, "kind"))
    state: MailState = Field(default=MailState.QUEUED, sa_type=choice(MailState, "state"))
    address: str = Field(max_length=160)
    subject: str = Field(default="", max_length=200)
    """Empty takes the document's own."""
    body: str = Field(default="", sa_type=sa.Text)
    """Plain text; empty takes the document's own. A secret link stands in it until it is sent."""
    message_id: str = Field(max_length=120, unique=True)
    """RFC 5322 Message-ID, the same at every try."""
    in_reply_to: str | None = Field(default=None, max_length=250)
    queued_at: datetime = Field(sa_type=Instant)
    next_try_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    claimed_until: datetime | None = Field(default=None, sa_type=Instant)
    """While a process works on it."""
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = Field(default=None, max_length=300)
    """What the server said last."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")


class OutgoingAttachment(Table, table=True):
    """A file that goes with a message and is no issued document: a report. Append-only.

    It stays when the message is out: proof of what left the office.
    """

    __tablename__ = "outgoing_attachment"

    message_id: int = Field(primary_key=True, foreign_key="outgoing_message.id")
    name: str = Field(max_length=80)
    pdf: bytes = Field(sa_type=sa.LargeBinary)
    pdf_sha256: str = Field(max_length=64)


class Counter(Table, table=True):
    """The last number given in a series; one row a series."""

    series: str = Field(primary_key=True, max_length=40)
    value: int = 0
