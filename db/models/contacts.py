"""Contacts with callers and the answers they gave."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.contacts import Outcome, Purpose
from db.records.people import Channel


class Contact(Table, table=True):
    """A session with a caller about one client."""

    __table_args__ = (
        sa.Index("ix_contact_client_id_started_at", "client_id", "started_at"),
        sa.Index("ix_contact_started_at", "started_at", "staff_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    staff_id: int = Field(foreign_key="staff.id", index=True)
    channel: Channel = Field(sa_type=choice(Channel, "channel"))
    started_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    purpose: Purpose | None = Field(default=None, sa_type=choice(Purpose, "purpose"))
    outcome: Outcome | None = Field(default=None, sa_type=choice(Outcome, "outcome"))
    note: str = Field(default="", max_length=2000)


class VerificationAnswer(Table, table=True):
    """Whether the caller answered a question rightly; never what was said. Append-only."""

    __tablename__ = "verification_answer"
    __table_args__ = (
        sa.Index("ix_verification_answer_client_id_at", "client_id", "at"),
        sa.Index("ix_verification_answer_staff_id_at", "staff_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    client_id: int = Field(foreign_key="client.id")
    staff_id: int = Field(foreign_key="staff.id")
    question: str = Field(max_length=24)
    correct: bool
    at: datetime = Field(sa_type=Instant)
