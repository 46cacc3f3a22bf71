"""A contact: a session with a caller, from hello to outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.records.people import Channel


class Purpose(StrEnum):
    """Why the client got in touch."""

    READING = "reading"
    DOCUMENT = "document"
    BALANCE = "balance"
    DATA_CHANGE = "data_change"
    EINVOICE = "einvoice"
    COMPLAINT = "complaint"
    INFORMATION = "information"
    OTHER = "other"


class Outcome(StrEnum):
    """How the contact ended."""

    SOLVED = "solved"
    PASSED_ON = "passed_on"
    CALL_BACK = "call_back"
    REFUSED = "refused"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ContactState:
    """The contact under way and what the caller has proved so far."""

    id: int
    number: str
    """`K/2026/0008812`."""
    client_number: str
    channel: Channel
    started_at: datetime
    ended_at: datetime | None
    level: int
    """0 general information, 1 take a reading, 2 balance and documents, 3 change of data."""
    score: int
    failures: int
    locked: bool
    """True when too many answers were wrong today: nothing may be disclosed."""
    answered: tuple[tuple[str, bool], ...]
    """Questions answered in this contact and whether the answer was right."""
    pesel_positions: tuple[int, ...]
    """Which digits of the PESEL to ask for (1 is the first)."""
    suggested_purpose: Purpose | None
    """Derived from what was done in this contact."""
    available: tuple[str, ...] = ()
    """Questions that this client can be asked: those to which an answer is on file."""
    lock_message: str = ""
    """Template of what to tell the agent when locked."""


@dataclass(frozen=True, slots=True)
class ContactEnd:
    """What closes a contact."""

    contact_id: int
    outcome: Outcome
    purpose: Purpose | None = None
    """None takes the purpose derived from what was done."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One past contact in a list."""

    id: int
    number: str
    channel: Channel
    started_at: datetime
    seconds: int | None
    purpose: Purpose | None
    outcome: Outcome | None
    agent: str
    level: int
    note: str
