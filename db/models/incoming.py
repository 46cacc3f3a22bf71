"""Incoming mail: the messages, their sources, what came of them, and how far a mailbox was fetched."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.incoming import Certainty, ClientClue, IncomingState, MailIntent, MailSource


class IncomingMessage(Table, table=True):
    """A message that came in, what was understood of it, and where it stands."""

    __tablename__ = "incoming_message"
    __table_args__ = (
        sa.Index("ix_incoming_message_state", "state", "id"),
        sa.Index("ix_incoming_message_client_id", "client_id", "id"),
        sa.Index("ix_incoming_message_sender", "sender", "id"),
        sa.Index("ix_incoming_message_thread", "thread", "id"),
        sa.Index("ix_incoming_message_request_id", "request_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    content_sha256: str = Field(max_length=64, unique=True)
    """Of the message as its writer sent it, its Message-ID included; it outlives an erasure."""
    message_id: str = Field(default="", max_length=250)
    thread: str = Field(max_length=64)
    """Hash of the Message-ID that the thread began with."""
    source: MailSource = Field(sa_type=choice(MailSource, "source"))
    received_at: datetime = Field(sa_type=Instant)
    """When the office had it."""
    taken_at: datetime = Field(sa_type=Instant)
    """When it was brought in here."""
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    written_on: date
    """The day that it was written on, by its writer's clock."""
    sender: str = Field(default="", max_length=254)
    """Address, in lower case."""
    sender_name: str = Field(default="", max_length=200)
    subject: str = Field(default="", max_length=300)
    own_text: str = Field(default="", sa_type=sa.Text)
    quoted: str = Field(default="", sa_type=sa.Text)
    files: str = Field(default="[]", sa_type=sa.Text)
    """JSON: names, types and sizes; never the content."""
    troubles: str = Field(default="[]", sa_type=sa.Text)
    """JSON: what could not be read."""
    understood: str = Field(default="{}", sa_type=sa.Text)
    """JSON of what the text was understood to say."""
    intent: MailIntent = Field(sa_type=choice(MailIntent, "intent"))
    automatic: bool = False
    """A program sent it: it is never answered."""
    state: IncomingState = Field(default=IncomingState.NEW, sa_type=choice(IncomingState, "state"))
    client_id: int | None = Field(default=None, foreign_key="client.id")
    """Whose it was found to be when it came, or whose an agent says it is."""
    how: ClientClue | None = Field(default=None, sa_type=choice(ClientClue, "how"))
    certainty: Certainty = Field(default=Certainty.UNKNOWN, sa_type=choice(Certainty, "certainty"))
    assigned_id: int | None = Field(default=None, foreign_key="staff.id")
    auto: bool = False
    """The program accepted it by itself."""
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: int | None = Field(default=None, foreign_key="staff.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
    reply_id: int | None = Field(default=None, foreign_key="outgoing_message.id")
    note: str = Field(default="", max_length=2000)
    version: int = 1


class IncomingSource(Table, table=True):
    """The bytes of a message as they came. Append-only; an erasure empties `raw`."""

    __tablename__ = "incoming_source"

    message_id: int = Field(primary_key=True, foreign_key="incoming_message.id")
    raw: bytes = Field(sa_type=sa.LargeBinary)
    size: int
    sha256: str = Field(max_length=64)


class IncomingReading(Table, table=True):
    """A reading that was recorded from a message. Append-only."""

    __tablename__ = "incoming_reading"
    __table_args__ = (sa.Index("ix_incoming_reading_message_id", "message_id"),)

    reading_id: int = Field(primary_key=True, foreign_key="reading.id")
    message_id: int = Field(foreign_key="incoming_message.id")


class InboxSetting(Table, table=True):
    """What supervisors have set about the inbox; one row at most."""

    __tablename__ = "inbox_setting"
    __table_args__ = (sa.CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    auto_accept: bool = False
    changed_at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")


class MailboxPlace(Table, table=True):
    """How far a folder of a mail server was fetched."""

    __tablename__ = "mailbox_place"

    mailbox: str = Field(primary_key=True, max_length=300)
    uid_validity: int = Field(sa_type=sa.BigInteger)
    last_uid: int = Field(sa_type=sa.BigInteger)
    fetched_at: datetime = Field(sa_type=Instant)
