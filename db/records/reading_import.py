"""Files of readings: what a line says, what is wrong with it, and what became of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from db.records.people import Channel, Role
from db.rules.levels import Level, Param


class LineFault(StrEnum):
    """What can be wrong with a line before its reading is judged at all."""

    UNREADABLE = "unreadable_line"
    NO_METER = "no_meter"
    UNKNOWN_METER = "unknown_meter"
    SEVERAL_METERS = "several_meters"
    """A client's number that stands for no one meter."""
    TWO_MEANINGS = "two_meanings"
    """A number that is both a meter's and another client's."""
    WRONG_STATE = "wrong_state"
    WRONG_DAY = "wrong_day"
    WRONG_CHANNEL = "wrong_channel"
    WRONG_REASON = "wrong_reason"
    WRONG_NOTE = "wrong_note"
    TOO_FAR_BACK = "too_far_back"
    ALREADY_WAITING = "already_waiting"


@dataclass(frozen=True, slots=True)
class LineFinding:
    """Why a line is not taken, as an English template and its typed parameters."""

    line: int
    """As a text editor counts: the header is line 1."""
    meter: str
    code: str
    """A `LineFault` or a `FindingCode`."""
    level: Level
    message: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileReading:
    """A line that reads as a reading; nobody has judged it yet."""

    line: int
    meter: str
    state: int
    """m³ on the dial."""
    day: date
    channel: Channel
    reason: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """What a file of readings says."""

    digest: str
    """SHA-256 of its bytes, hexadecimal."""
    encoding: str
    """As Python names it."""
    lines: int
    """Lines below the header that are not empty."""
    readings: tuple[FileReading, ...]
    findings: tuple[LineFinding, ...]
    """Of the lines that do not read as a reading."""
    has_channel: bool
    """False when the file does not say how its readings came in."""
    ignored: tuple[str, ...]
    """Columns that mean nothing here."""
    header: str = ""
    """Fingerprint of its first line (`db.rules.reading_columns`)."""


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """A reading of a file that may be saved, with everything its row needs."""

    reading: FileReading
    meter_id: int
    point_id: int
    client_id: int
    notice_id: int | None
    consumption: int
    """Whole m³ since the reading before."""
    rollover: bool
    findings: str
    """What the checks said, as it is stored."""
    held: bool
    """It blocks and is saved to wait for a supervisor."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a file was judged by, beside the records of its meters."""

    entry: int
    """The newest entry of the audit log then: later ones tell what changed."""
    today: date
    role: Role
    """Whose file it is: some readings only supervisors may bring."""
    hold: bool
    """What blocks may wait for a supervisor."""


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """What would become of a file's lines now."""

    file: ReadingFile
    good: tuple[JudgedReading, ...]
    already: int
    """Lines whose reading is recorded: the file, or a part of it, was imported before."""
    findings: tuple[LineFinding, ...]
    """By line."""
    basis: Basis | None = None
    """None where it was judged and saved at once."""

    @property
    def bad(self) -> int:
        """Lines that are not taken."""
        return len({finding.line for finding in self.findings})

    @property
    def held(self) -> int:
        """Lines that are to wait for a supervisor."""
        return sum(judged.held for judged in self.good)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file."""

    judged: JudgedFile
    recorded: int
    """Readings saved, held ones included."""
