"""Readings: what is taken in, and what is handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.records.clients import NoticeView, ReadingLine
from db.records.people import Channel
from db.rules.levels import Finding
from db.rules.reading_checks import ReadingContext
from db.words import N_


class ReadingStatus(StrEnum):
    """Where a reading stands; only accepted ones count."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"
    VOIDED = "voided"


STATUS_WORDS: Mapping[str, str] = {
    ReadingStatus.ACCEPTED: N_("counts"),
    ReadingStatus.PENDING: N_("waits for a supervisor"),
    ReadingStatus.REJECTED: N_("rejected"),
    ReadingStatus.VOIDED: N_("voided"),
}
"""What people read for each status."""


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """Everything the reading form needs to check while the agent types, without the database."""

    client_number: str
    client_name: str
    meter: str
    context: ReadingContext
    notice: NoticeView | None
    verification_level: int


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """A reading as the agent took it."""

    meter: str
    state: int
    """m³ on the dial."""
    day: date
    channel: Channel
    submission: str
    """Made once when the form opens: the same one twice records nothing twice."""
    reason: str | None = None
    """Code of why a warning was overridden (`ReasonCode`)."""
    note: str = ""
    hold: bool = False
    """Save a blocked reading to wait for a supervisor instead of refusing it."""


@dataclass(frozen=True, slots=True)
class RecordedReading:
    """A reading that was saved."""

    id: int
    line: ReadingLine
    client_number: str
    findings: tuple[Finding, ...]
    status: ReadingStatus
    repeated: bool = False
    """True when this very submission had been saved before."""
