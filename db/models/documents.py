"""Issued documents: what they said, for ever."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.issued import DeliveryKind


class IssuedDocument(Table, table=True):
    """The snapshot a document was made from. Append-only."""

    __tablename__ = "issued_document"
    __table_args__ = (
        sa.UniqueConstraint("kind", "serial"),
        sa.Index("ix_issued_document_client_id", "client_id", "id"),
        sa.Index("ix_issued_document_reading_id", "reading_id"),
        sa.Index("ix_issued_document_about_id", "about_id"),
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
    """An e-mail with a document that waits to be sent."""

    __tablename__ = "outgoing_message"
    __table_args__ = (sa.Index("ix_outgoing_message_client_id", "client_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    document_id: int = Field(foreign_key="issued_document.id")
    address: str = Field(max_length=160)
    queued_at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")


class Counter(Table, table=True):
    """The last number given in a series; one row a series."""

    series: str = Field(primary_key=True, max_length=40)
    value: int = 0
