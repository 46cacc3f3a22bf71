"""The rows of batches as they are kept, and what the protocol says became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound
from db.models import Reading, ReadingBatch, ReadingBatchEntry, ReadingBatchRow, Staff
from db.queries.finding_text import load_line_findings
from db.queries.rows import Columns, into
from db.records.people import Channel
from db.records.reading_batch import BatchLine, BatchRow, BatchState, JudgedRow, ProtocolRow, RowStanding
from db.words import N_


@dataclass(frozen=True, slots=True)
class FoundBatch:
    """A batch as operations need it."""

    id: int
    token: str
    desk: str
    staff_id: int
    channel: Channel
    closed: bool


def find_batch(
    session: Session, *, token: str = "", number: int = 0, held: bool = False
) -> FoundBatch | None:
    """Return the batch of this token or number; `held` keeps it until the transaction ends."""
    which = col(ReadingBatch.token) == token if token else col(ReadingBatch.id) == number
    statement = sa.select(
        col(ReadingBatch.id),
        col(ReadingBatch.token),
        col(ReadingBatch.desk),
        col(ReadingBatch.staff_id),
        col(ReadingBatch.channel),
        col(ReadingBatch.closed_at).is_not(None),
    ).where(which)
    row = session.execute(statement.with_for_update() if held else statement).one_or_none()
    return None if row is None else into(FoundBatch, row)


def refuse_unknown(number: int) -> NotFound:
    """Return the refusal of a batch that does not exist."""
    return NotFound(N_("There is no batch %(number)s. bok reading batch list shows them."), number=number)


def kept_rows(
    session: Session, batch_id: int, *, points: Iterable[int] | None = None
) -> tuple[BatchRow, ...]:
    """Return the rows that are not done with, by line; of these supply points alone where they are named."""
    statement = sa.select(*_row_columns()).where(col(ReadingBatchRow.batch_id) == batch_id)
    if points is not None:
        statement = statement.where(col(ReadingBatchRow.point_id).in_(sorted(points)))
    found = session.execute(statement.order_by(col(ReadingBatchRow.line)))
    return tuple(into(BatchRow, row) for row in found)


def kept_points(session: Session, batch_id: int, lines: Sequence[int]) -> set[int]:
    """Return the supply points that these rows were of when they were kept."""
    statement = sa.select(col(ReadingBatchRow.point_id)).where(
        col(ReadingBatchRow.batch_id) == batch_id, col(ReadingBatchRow.line).in_(lines)
    )
    return {point for point in session.scalars(statement) if point is not None}


def entries_of(
    session: Session, batch_id: int, lines: Sequence[int] | None = None
) -> tuple[ProtocolRow, ...]:
    """Return the rows that are done with, by line; those of `lines` alone where they are named."""
    statement = (
        sa.select(
            ReadingBatchEntry,
            col(Staff.name),
            col(Reading.consumption),
        )
        .join(Staff, col(Staff.id) == col(ReadingBatchEntry.staff_id))
        .outerjoin(Reading, col(Reading.id) == col(ReadingBatchEntry.reading_id))
        .where(col(ReadingBatchEntry.batch_id) == batch_id)
        .order_by(col(ReadingBatchEntry.line))
    )
    if lines is not None:
        statement = statement.where(col(ReadingBatchEntry.line).in_(lines))
    return tuple(_protocol_row(entry, agent, use) for entry, agent, use in session.execute(statement))


def said_of(row: ProtocolRow) -> JudgedRow:
    """Return a row that is done with as the screen shows it."""
    return JudgedRow(row.line, row.standing, row.meter, row.use, row.findings)


def batch_lines(
    session: Session, *conditions: sa.ColumnElement[bool], limit: int | None = None
) -> tuple[BatchLine, ...]:
    """Return batches with the number of their rows in each standing, the newest first."""
    statement = (
        sa.select(*_line_columns())
        .join(Staff, col(Staff.id) == col(ReadingBatch.staff_id))
        .where(*conditions)
        .order_by(col(ReadingBatch.id).desc())
        .limit(limit)
    )
    return tuple(_line(row) for row in session.execute(statement))


def _line_columns() -> Columns:
    return (
        col(ReadingBatch.id),
        col(Staff.name),
        col(ReadingBatch.begun_at),
        col(ReadingBatch.kept_at),
        col(ReadingBatch.channel),
        col(ReadingBatch.closed_at),
        *(_counted(standing) for standing in (RowStanding.RECORDED, RowStanding.HELD, RowStanding.DROPPED)),
        sa.select(sa.func.count())
        .where(col(ReadingBatchRow.batch_id) == col(ReadingBatch.id))
        .correlate(ReadingBatch)
        .scalar_subquery(),
    )


def _counted(standing: RowStanding) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .where(
            col(ReadingBatchEntry.batch_id) == col(ReadingBatch.id),
            col(ReadingBatchEntry.standing) == standing,
        )
        .correlate(ReadingBatch)
        .scalar_subquery()
    )


def _line(row: sa.Row[*tuple[object, ...]]) -> BatchLine:
    number, agent, begun, kept, channel, closed, *counts = row
    state = BatchState.OPEN if closed is None else BatchState.CLOSED
    return into(BatchLine, (number, agent, begun, kept, channel, state, *counts))


def _row_columns() -> Columns:
    names = ("line", "place", "state", "day", "reason", "note", "hold", "done")
    return tuple(col(getattr(ReadingBatchRow, name)) for name in names)


def _protocol_row(entry: ReadingBatchEntry, agent: str, use: int | None) -> ProtocolRow:
    return ProtocolRow(
        line=entry.line,
        standing=entry.standing,
        place=entry.place,
        meter=entry.meter,
        state=entry.state,
        day=entry.day,
        use=use,
        reason=entry.reason,
        findings=load_line_findings(entry.findings, line=entry.line, meter=entry.meter),
        reading=entry.reading_id,
        agent=agent,
        at=entry.at,
    )
