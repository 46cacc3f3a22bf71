"""Batches of readings while they are typed, their protocol, and the columns of other people's files."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.people import Channel
from db.records.reading_batch import (
    DAY_LENGTH,
    KEY_LENGTH,
    NOTE_LENGTH,
    PLACE_LENGTH,
    STATE_LENGTH,
    RowStanding,
)

OPEN = "closed_at IS NULL"
"""Batches that are offered back."""


class ReadingBatch(Table, table=True):
    """Readings typed one below the other by one person."""

    __tablename__ = "reading_batch"
    __table_args__ = (
        sa.Index(
            "ix_reading_batch_open",
            "staff_id",
            "id",
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(max_length=KEY_LENGTH, unique=True)
    """Made by the screen that began it."""
    desk: str = Field(max_length=KEY_LENGTH)
    """The screen that types it now."""
    staff_id: int = Field(foreign_key="staff.id")
    channel: Channel = Field(sa_type=choice(Channel, "channel"))
    day: date
    begun_at: datetime = Field(sa_type=Instant)
    kept_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class ReadingBatchRow(Table, table=True):
    """A row as it was typed, until it is saved or dropped."""

    __tablename__ = "reading_batch_row"

    batch_id: int = Field(primary_key=True, foreign_key="reading_batch.id")
    line: int = Field(primary_key=True)
    place: str = Field(max_length=PLACE_LENGTH)
    state: str = Field(max_length=STATE_LENGTH)
    day: str = Field(max_length=DAY_LENGTH)
    reason: str = Field(default="", max_length=24)
    note: str = Field(default="", max_length=NOTE_LENGTH)
    hold: bool = False
    done: bool = True
    point_id: int | None = Field(default=None, foreign_key="supply_point.id")
    """Where its meter is: the rows of one supply point are judged together."""


class ReadingBatchEntry(Table, table=True):
    """The protocol: what became of a row. Append-only."""

    __tablename__ = "reading_batch_entry"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "line"),
        sa.Index(
            "ix_reading_batch_entry_reading_id",
            "reading_id",
            sqlite_where=sa.text("reading_id IS NOT NULL"),
            postgresql_where=sa.text("reading_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="reading_batch.id")
    line: int
    standing: RowStanding = Field(sa_type=choice(RowStanding, "standing"))
    place: str = Field(max_length=PLACE_LENGTH)
    meter: str = Field(max_length=20)
    """The meter that was meant; empty where that was not clear."""
    state: str = Field(max_length=STATE_LENGTH)
    day: str = Field(max_length=DAY_LENGTH)
    reason: str = Field(default="", max_length=24)
    findings: str = Field(default="[]", sa_type=sa.Text)
    """What stood against it, as JSON."""
    reading_id: int | None = Field(default=None, foreign_key="reading.id")
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Instant)


class ReadingMapping(Table, table=True):
    """Which column of somebody's file of readings is which of ours."""

    __tablename__ = "reading_mapping"

    name: str = Field(primary_key=True, max_length=60)
    columns: str = Field(sa_type=sa.Text)
    """JSON: our column to the words above theirs."""
    header: str = Field(max_length=64, unique=True)
    """SHA-256 of the names of all its columns, folded: a file that has them is recognised."""
    staff_id: int = Field(foreign_key="staff.id")
    made_at: datetime = Field(sa_type=Instant)
