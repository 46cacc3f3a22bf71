"""Incoming mail: what a message says, what was understood of it, and what an agent is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.records.clients import MeterRole, NoticeView
from db.rules.levels import Finding, Level
from db.rules.reading_facts import Repair
from db.words import N_


class MailIntent(StrEnum):
    """What the writer wants first."""

    READING = "reading"
    DATA_CHANGE = "data_change"
    EINVOICE = "einvoice"
    COMPLAINT = "complaint"
    INVOICE_COPY = "invoice_copy"
    QUESTION = "question"
    OTHER = "other"


INTENT_WORDS: Mapping[MailIntent, str] = {
    MailIntent.READING: N_("reading"),
    MailIntent.DATA_CHANGE: N_("change of data"),
    MailIntent.EINVOICE: N_("e-invoice"),
    MailIntent.COMPLAINT: N_("complaint"),
    MailIntent.INVOICE_COPY: N_("invoice copy"),
    MailIntent.QUESTION: N_("question"),
    MailIntent.OTHER: N_("other"),
}


class IncomingState(StrEnum):
    """Where a message stands."""

    NEW = "new"
    """Nobody has decided about it yet."""
    ACCEPTED = "accepted"
    """Its readings were recorded."""
    REQUEST = "request"
    """It became a request or a complaint."""
    ANSWERED = "answered"
    """It was answered from a template and is done with."""
    CLOSED = "closed"
    """Nothing had to be done."""
    SPAM = "spam"


STATE_WORDS: Mapping[IncomingState, str] = {
    IncomingState.NEW: N_("new"),
    IncomingState.ACCEPTED: N_("accepted"),
    IncomingState.REQUEST: N_("became a request"),
    IncomingState.ANSWERED: N_("answered"),
    IncomingState.CLOSED: N_("closed"),
    IncomingState.SPAM: N_("spam"),
}


class MailSource(StrEnum):
    """Where messages are brought from."""

    IMPORT = "import"
    """Files."""
    IMAP = "imap"


class ClientClue(StrEnum):
    """How a message led to a client."""

    CLIENT_NUMBER = "client_number"
    METER = "meter"
    INVOICE = "invoice"
    SENDER = "sender"
    """The sender's address stands on the card."""
    CONFIRMED_SENDER = "confirmed_sender"
    """As `SENDER`, and the client has confirmed it."""
    PHONE = "phone"
    CHOSEN = "chosen"
    """An agent chose the client."""


class Certainty(StrEnum):
    """How sure it is whose message it is."""

    SURE = "sure"
    """Chosen by an agent, written from the client's confirmed address, or from another address on the card
    with a number of the client, of a meter or of an invoice that agrees."""
    LIKELY = "likely"
    """One clue, or clues that a stranger could know, lead to one client."""
    CONTRADICTION = "contradiction"
    """Clues lead to different clients: nothing is proposed until an agent chooses."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Where words stand in the text of a message: code points from `start` up to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with a message; listed, never opened."""

    name: str
    media_type: str
    size: int
    """Bytes, as decoded."""


@dataclass(frozen=True, slots=True)
class MessageText:
    """What a message says, taken apart but not yet understood. Everything in it is cleaned text."""

    message_id: str
    """With its angle brackets; empty when it has none."""
    in_reply_to: str
    references: tuple[str, ...]
    sender: str
    """Address, in lower case; empty when it cannot be told."""
    sender_name: str
    reply_to: str
    subject: str
    sent_at: datetime | None
    """As the Date header says, with its own offset: what "wczoraj" is counted from."""
    text: str
    """The writer's own words, without older mail below them and without a signature's small print."""
    quoted: str
    """Older mail, quoted or forwarded, that stood with it."""
    files: tuple[AttachedFile, ...] = ()
    automatic: bool = False
    """A program sent it: an out-of-office notice, a newsletter, a delivery report."""
    troubles: tuple[str, ...] = ()
    """What could not be read, as templates (N_) without values."""


@dataclass(frozen=True, slots=True)
class StatedReading:
    """One state of one meter, as the text gives it."""

    meter: str | None
    """Number of the meter as written, without separators; None where the text names none."""
    role: MeterRole | None
    """Only where the text says main or garden."""
    state: str
    """m³ with a decimal point, without leading zeros or separators: `487`, `487.35`."""
    words: str
    """The words that it was taken from."""
    spans: tuple[TextSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What the text of a message was understood to say; nothing that was looked up elsewhere."""

    intent: MailIntent
    client_number: str | None = None
    invoice_number: str | None = None
    phone: str | None = None
    address: str | None = None
    """A street and number of the property, as written."""
    readings: tuple[StatedReading, ...] = ()
    meters: tuple[str, ...] = ()
    """Every meter number that is named, also one without a state."""
    taken_on: date | None = None
    """Day of the states; None where none is named."""
    sufficient: bool = False
    """A careful person would book at least one of the states."""
    used: tuple[TextSpan, ...] = ()
    """Every stretch of the text that something was taken from, in order, none overlapping."""


@dataclass(frozen=True, slots=True)
class ProposedReading:
    """A reading that could be booked, judged by the checks of the reading form."""

    meter: str | None
    """None while it is not known which meter is meant."""
    role: MeterRole | None
    state: int | None
    """m³, whole as the dial counts; None where the number cannot be a state of that meter."""
    stated: str
    """As the text gave it."""
    words: str
    day: date
    previous_state: int | None = None
    previous_day: date | None = None
    consumption: int | None = None
    level: Level | None = None
    """None when it cannot be checked, because the meter is not known."""
    findings: tuple[Finding, ...] = ()
    notice: NoticeView | None = None
    repairs: tuple[Repair, ...] = ()
    """What the state may have been meant to be; only in a message that is opened."""
    status: str = ""
    """Where it stands now that it is recorded (`ReadingStatus`); empty while it is only proposed."""
    digits: int = 0
    """Of the dial, once it is recorded."""
    answers: str = ""
    """Number of the notice that it answers, once it is recorded."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose message it is, and how that is known."""

    certainty: Certainty
    client_number: str | None = None
    client_name: str | None = None
    clues: tuple[tuple[ClientClue, str], ...] = ()
    """Each clue with a client number that it leads to; empty where a number belongs to nobody."""


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A message in the list."""

    id: int
    state: IncomingState
    received_at: datetime
    sender: str
    """Masked unless the client is disclosed."""
    sender_name: str
    subject: str
    intent: MailIntent
    whose: Whose
    readings: tuple[ProposedReading, ...]
    sure: bool
    """Enter books it: sender known, client sure, every finding OK."""
    automatic: bool
    assigned_to: str | None
    """Login of the agent it is assigned to."""
    unread: bool
    """True where something of it could not be read."""
    auto: bool = False
    """The program accepted it by itself."""
    version: int = 0
    """Of what is shown: a decision says which one it is about."""


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """A message opened: the text with the used words, and what is proposed."""

    line: InboxLine
    text: str
    quoted: str
    used: tuple[TextSpan, ...]
    files: tuple[AttachedFile, ...]
    troubles: tuple[str, ...]
    understood: Understood
    thread: tuple[InboxLine, ...]
    """Other messages of the same thread, newest first."""
    version: int
    request_number: str | None = None
    """The request that it became."""
    decided_at: datetime | None = None
    decided_by: str | None = None
    """Name; None for the program."""
    erased: bool = False
    """What it said is gone: its client was erased, or its term is over."""


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the list shows."""

    states: frozenset[IncomingState] = frozenset({IncomingState.NEW})
    intents: frozenset[MailIntent] = frozenset(MailIntent)
    assigned_to: str | None = None
    client_number: str = ""
    doubtful: bool | None = None
    """True: those that Enter does not book; False: those that it does; None: both."""
    auto: bool = False
    """Only those that the program accepted by itself."""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the list: what waits oldest first, what is done with newest first."""

    lines: tuple[InboxLine, ...]
    more: bool
    next_after: int | None = None
    """Where the next page goes on, when there is more: a page of doubtful or sure ones may be short."""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """What waits in the inbox."""

    new: int
    sure: int
    doubtful: int
    """Of the oldest new ones, `judged` at most."""
    mine: int
    limit: int = 1000
    """A count of new ones, or of mine, that is this means that many or more."""
    judged: int = 200


@dataclass(frozen=True, slots=True)
class AcceptedState:
    """A reading of a message as the agent books it."""

    meter: str
    state: int
    """m³."""
    day: date
    reason: str | None = None
    """Code of why a warning was overridden (`ReasonCode`)."""
    note: str = ""
    hold: bool = False
    """A blocked one waits for a supervisor."""


@dataclass(frozen=True, slots=True)
class AcceptedMail:
    """What accepting a message did."""

    id: int
    client_number: str
    reading_ids: tuple[int, ...]
    reply_id: int | None
    """Outgoing message that confirms it; None where there is no address to answer to."""
    repeated: bool = False
    """It had been accepted before."""
    held: int = 0
    """Readings that wait for a supervisor."""


class ReplyTemplate(StrEnum):
    """Answers that are written beforehand."""

    NEED_METER = "need_meter"
    NEED_CLIENT = "need_client"
    NEED_STATE = "need_state"
    CHECK_STATE = "check_state"
    """The state cannot be right; please read the black digits again."""
    NO_PHOTO = "no_photo"
    """The state came as a picture only; please write it."""
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """A message that is brought in: as it came, and what was made of it."""

    raw: bytes
    text: MessageText | None
    understood: Understood | None
    trouble: str | None = None
    """Why it could not be read, as a template (N_) without values."""
    source: MailSource = MailSource.IMPORT
    received_at: datetime | None = None
    """When the mail server took it in; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class MailboxMark:
    """How far a folder of a mail server was fetched."""

    mailbox: str
    """`imap.example.org:993/user/INBOX`."""
    uid_validity: int
    last_uid: int
    """Every message up to this one was brought in."""


@dataclass(frozen=True, slots=True)
class TakenMail:
    """What became of messages that were brought in."""

    new: int
    known: int
    """Had been kept before."""
    unreadable: int
    """Kept with their source, but not or not wholly read."""
