"""Many readings typed one below the other: the rows, what is to be said of each, and the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.records.people import Channel
from db.records.reading_import import LineFinding
from db.words import N_

MOST_ROWS = 2_000
"""Rows of one batch: it is saved in one transaction."""
PLACE_LENGTH, STATE_LENGTH, DAY_LENGTH, NOTE_LENGTH = 40, 40, 20, 500
"""Characters that are kept of what is typed into each field."""
KEY_LENGTH = 32
"""Characters of a batch's token, and of a desk's."""


class RowStanding(StrEnum):
    """Where a row stands; the last three are final and stand in the protocol."""

    BEGUN = "begun"
    GOOD = "good"
    DOUBTFUL = "doubtful"
    RECORDED = "recorded"
    HELD = "held"
    DROPPED = "dropped"


STANDING_WORDS: Mapping[str, str] = {
    RowStanding.BEGUN: N_("begun"),
    RowStanding.GOOD: N_("good"),
    RowStanding.DOUBTFUL: N_("doubtful"),
    RowStanding.RECORDED: N_("recorded"),
    RowStanding.HELD: N_("held for a supervisor"),
    RowStanding.DROPPED: N_("dropped"),
}
"""What people read for each standing."""
FINAL = frozenset({RowStanding.RECORDED, RowStanding.HELD, RowStanding.DROPPED})
"""Rows that are done with."""


class BatchState(StrEnum):
    """Whether a batch still has rows to be dealt with."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A row as it was typed."""

    line: int
    """Its place in the batch, from 1; with the batch it names the row for ever."""
    place: str
    """Number of a meter, or of a client who has just one."""
    state: str
    day: str
    """ISO where it could be read when it was typed, else as typed."""
    reason: str = ""
    """Code of why a warning is overridden (`ReasonCode`)."""
    note: str = ""
    hold: bool = False
    """Let what blocks wait for a supervisor."""
    done: bool = True
    """False while it is being typed: it is kept, and neither good nor doubtful."""


@dataclass(frozen=True, slots=True)
class BatchHead:
    """The batch as the screen that types it knows it."""

    token: str
    """Made once by the screen: the same one twice makes no second batch."""
    desk: str
    """Names the screen: a batch is typed on one at a time."""
    channel: Channel
    day: date
    """Of the first row; the others go on from the row above."""


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What is to be said of a row now."""

    line: int
    standing: RowStanding
    meter: str = ""
    """The meter that is meant; empty where that is not clear."""
    use: int | None = None
    """Whole m³ since the reading before."""
    findings: tuple[LineFinding, ...] = ()
    """What asks for something, the hardest first."""
    repair: int | None = None
    """A state that makes sense where the typed one does not."""


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The answer to rows that were kept."""

    number: int
    judged: tuple[JudgedRow, ...]
    """These rows and those whose verdict hangs on them."""


@dataclass(frozen=True, slots=True)
class SavedBatch:
    """What became of a batch that was saved."""

    number: int
    recorded: int
    held: int
    already: int
    """Rows that an earlier try had saved."""
    closed: bool
    """True when no row is left."""
    judged: tuple[JudgedRow, ...]
    """Every row of it."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as lists show it."""

    number: int
    agent: str
    begun_at: datetime
    kept_at: datetime
    """When something was last typed, saved or dropped."""
    channel: Channel
    state: BatchState
    recorded: int
    held: int
    dropped: int
    waiting: int
    """Rows that are still to be saved."""


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """A batch that is offered back, with every row that is not done with."""

    line: BatchLine
    token: str
    day: date
    rows: tuple[BatchRow, ...]
    judged: tuple[JudgedRow, ...]
    last: int
    """The highest line ever used in it."""


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """A row of the protocol; one that is not done with says what stands against it now."""

    line: int
    standing: RowStanding
    place: str
    meter: str
    state: str
    day: str
    use: int | None
    reason: str
    findings: tuple[LineFinding, ...]
    reading: int | None
    """The reading's number."""
    agent: str
    at: datetime | None
    """When it was saved or dropped."""


@dataclass(frozen=True, slots=True)
class BatchProtocol:
    """A batch row by row: who typed it, when, how many, which ones, which are doubtful."""

    line: BatchLine
    rows: tuple[ProtocolRow, ...]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of somebody's file is which of ours, remembered under a name."""

    name: str
    columns: Mapping[str, str]
    """Our column to the words above theirs."""
    agent: str
    made_at: datetime
    header: str
    """Fingerprint of the first line of files that are recognised by it."""
