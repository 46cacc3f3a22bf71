"""Outgoing mail as the screens and the shell see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """Handed to the server by a process that has not reported yet."""
    SENT = "sent"
    DOUBTFUL = "doubtful"
    """The process died, or the line broke, when the server may have taken it: never sent again by itself."""
    FAILED = "failed"
    """Given up: refused for good, or too many tries."""
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


class MailKind(StrEnum):
    """What a message is for."""

    DOCUMENT = "document"
    INVOICE = "invoice"
    REQUEST = "request"
    """About a request: its confirmation, decision, a question."""
    NOTICE = "notice"
    """A notice to the old contact channel that something sensitive is being changed."""
    ACTIVATION = "activation"
    """The link that confirms an account in e-BOK."""
    CONFIRM_EMAIL = "confirm_email"
    REPLY = "reply"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class NewMail:
    """A message to be queued. Texts are plain; HTML is made of them when it is sent."""

    kind: MailKind
    address: str
    subject: str
    body: str
    client_id: int | None = None
    document_id: int | None = None
    request_id: int | None = None
    in_reply_to: str | None = None
    """Message-ID of the mail that it answers."""


@dataclass(frozen=True, slots=True)
class MailLine:
    """A message in a list."""

    id: int
    kind: MailKind
    state: MailState
    address: str
    subject: str
    client_number: str | None
    document: str | None
    queued_at: datetime
    attempts: int
    sent_at: datetime | None
    error: str | None
