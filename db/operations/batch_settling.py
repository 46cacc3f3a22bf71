"""The rows of a batch in the database: kept while they are typed, settled once, with their protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from db.errors import WrongInput
from db.models import ReadingBatchEntry, ReadingBatchRow
from db.operations.reading_import import save_judged
from db.queries.batch_judging import RowVerdict
from db.queries.batch_rows import FoundBatch
from db.queries.finding_text import dump_findings
from db.records.reading_batch import (
    DAY_LENGTH,
    MOST_ROWS,
    NOTE_LENGTH,
    PLACE_LENGTH,
    STATE_LENGTH,
    BatchRow,
    JudgedRow,
    RowStanding,
)
from db.rules.reading_line import parse_reason
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

SAVED = "readings.batch_saved"

Outcome = tuple[RowVerdict, RowStanding, int | None]
"""A row, what it became, and the number of its reading."""


def submission_of(token: str, line: int) -> str:
    """Return the key under which a row is saved once."""
    return f"{token}-{line}"


def cleaned(row: BatchRow) -> BatchRow:
    """Return the row fit to be kept. Raises WrongInput for what no field holds."""
    if not 0 < row.line <= MOST_ROWS:
        raise WrongInput(
            N_("A batch has at most %(limit)s rows: save it and begin a new one."), limit=MOST_ROWS
        )
    return replace(
        row,
        place=clean_line(row.place, PLACE_LENGTH),
        state=clean_line(row.state, STATE_LENGTH),
        day=clean_line(row.day, DAY_LENGTH),
        reason=parse_reason(row.reason).value if row.reason else "",
        note=clean_line(row.note, NOTE_LENGTH),
    )


def keep(work: Work, batch_id: int, verdicts: Sequence[RowVerdict]) -> None:
    """Keep these rows instead of what was kept of them before."""
    if not verdicts:
        return
    _forget(work, batch_id, [verdict.row.line for verdict in verdicts])
    values = [
        {
            "batch_id": batch_id,
            "line": verdict.row.line,
            "place": verdict.row.place,
            "state": verdict.row.state,
            "day": verdict.row.day,
            "reason": verdict.row.reason,
            "note": verdict.row.note,
            "hold": verdict.row.hold,
            "done": verdict.row.done,
            "point_id": verdict.place.point_id if verdict.place else None,
        }
        for verdict in verdicts
    ]
    work.session.execute(sa.insert(ReadingBatchRow), values)


def save_good(work: Work, batch: FoundBatch, verdicts: Sequence[RowVerdict]) -> dict[int, JudgedRow]:
    """Save the good ones of these rows; return what is to be said of them now, by line."""
    keyed = {
        submission_of(batch.token, found.row.line): (found, found.good) for found in verdicts if found.good
    }
    if not keyed:
        return {}
    ids = save_judged(work, [(key, good) for key, (_found, good) in keyed.items()])
    outcomes: list[Outcome] = [
        (found, RowStanding.HELD if good.held else RowStanding.RECORDED, ids[key])
        for key, (found, good) in keyed.items()
    ]
    settle(work, batch, outcomes)
    held = sum(standing is RowStanding.HELD for _found, standing, _id in outcomes)
    after = {"recorded": len(outcomes) - held, "held": held, "channel": batch.channel.value}
    work.changed(SAVED, f"batch {batch.id}", after=after)
    return {found.row.line: replace(found.said, standing=standing) for found, standing, _id in outcomes}


def settle(work: Work, batch: FoundBatch, outcomes: Sequence[Outcome]) -> None:
    """Write into the protocol what became of rows, and keep them no more."""
    if not outcomes:
        return
    values = [
        {
            "batch_id": batch.id,
            "line": found.row.line,
            "standing": standing,
            "place": found.row.place,
            "meter": found.said.meter,
            "state": found.row.state,
            "day": found.row.day,
            "reason": found.row.reason,
            "findings": dump_findings(found.said.findings),
            "reading_id": reading_id,
            "staff_id": work.actor.id,
            "at": work.now,
        }
        for found, standing, reading_id in outcomes
    ]
    work.session.execute(sa.insert(ReadingBatchEntry), values)
    _forget(work, batch.id, [found.row.line for found, _standing, _id in outcomes])


def _forget(work: Work, batch_id: int, lines: Sequence[int]) -> None:
    work.session.execute(
        sa.delete(ReadingBatchRow).where(
            col(ReadingBatchRow.batch_id) == batch_id, col(ReadingBatchRow.line).in_(lines)
        )
    )
