"""Outgoing mail as the screens and the shell see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from db.records.paper import DocumentKind
from db.words import N_


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


STATE_WORDS: Mapping[MailState, str] = {
    MailState.QUEUED: N_("waiting"),
    MailState.SENDING: N_("being sent"),
    MailState.SENT: N_("sent"),
    MailState.DOUBTFUL: N_("in doubt"),
    MailState.FAILED: N_("failed"),
    MailState.BOUNCED: N_("came back"),
    MailState.CANCELLED: N_("cancelled"),
}


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


KIND_WORDS: Mapping[MailKind, str] = {
    MailKind.DOCUMENT: N_("document"),
    MailKind.INVOICE: N_("invoice"),
    MailKind.REQUEST: N_("about a request"),
    MailKind.NOTICE: N_("security notice"),
    MailKind.ACTIVATION: N_("account activation"),
    MailKind.CONFIRM_EMAIL: N_("confirmation of the address"),
    MailKind.REPLY: N_("reply"),
    MailKind.REPORT: N_("report"),
}
SECRET_KINDS = frozenset({MailKind.ACTIVATION, MailKind.CONFIRM_EMAIL})
"""Their text holds a link that lets in whoever has it: it is not kept once they are sent."""
BY_HAND = frozenset({MailKind.REPLY})
"""Written by a person; everything else says of itself that a program sent it."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """A PDF that goes with a message and is no issued document."""

    name: str
    """Without its ending."""
    pdf: bytes = field(repr=False)


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
    file: MailFile | None = None


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
    next_try_at: datetime | None = None
    """When it is tried next; None unless it is queued."""


@dataclass(frozen=True, slots=True)
class MailDocument:
    """The paper that goes with a message."""

    id: int
    number: str
    kind: DocumentKind
    snapshot: str
    pdf: bytes | None
    """The paper that was made first, where one is kept."""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A message that one sender has for itself until `claimed_until`."""

    id: int
    kind: MailKind
    address: str
    subject: str
    body: str
    message_id: str
    in_reply_to: str | None
    attempts: int
    """This try included."""
    claimed_until: datetime
    """Also tells this claim from an earlier one that ran out: a later one ends later."""
    client_number: str | None
    document: MailDocument | None
    file: MailFile | None = None


class TryResult(StrEnum):
    """What came of handing a message to the server."""

    SENT = "sent"
    LATER = "later"
    """Certainly not taken; it is tried again."""
    FAILED = "failed"
    BOUNCED = "bounced"
    """The address was refused."""
    DOUBTFUL = "doubtful"
    """It may have been taken."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery status notification (RFC 3464) says of one message."""

    message_id: str
    """Of the message that it is about."""
    recipient: str
    status: str
    """`5.1.1`; empty when it names none."""
    reason: str
    """The server's own words, cleaned."""


class BounceFound(StrEnum):
    """What a notification came to."""

    NOTED = "noted"
    AGAIN = "again"
    """It had been noted before."""
    UNKNOWN = "unknown"
    """About no message of ours."""
