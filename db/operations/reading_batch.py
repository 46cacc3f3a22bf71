"""Batches of readings: rows are kept as they are typed, and the good ones saved in one transaction.

Nothing that was kept is lost with the line or the program, and nothing is saved twice: what a row
became stands in the protocol under the batch and its line, written in the same commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import NotAllowed, Refused, Stale
from db.models import ReadingBatch, ReadingBatchRow
from db.operations.batch_settling import cleaned, keep, save_good, settle
from db.operations.reading_import import hold_points
from db.queries.batch_judging import RowVerdict, judge_rows, points_of
from db.queries.batch_rows import (
    FoundBatch,
    batch_lines,
    entries_of,
    find_batch,
    kept_points,
    kept_rows,
    refuse_unknown,
    said_of,
)
from db.queries.rows import insert_row
from db.records.people import Role
from db.records.reading_batch import (
    KEY_LENGTH,
    BatchDraft,
    BatchHead,
    BatchRow,
    KeptRows,
    RowStanding,
    SavedBatch,
)
from db.rules.company_channels import company_channel_refusal
from db.words import N_
from db.work import Work

CHANGED = "readings.batch_changed"


@operation(roles=CLERKS)
def keep_rows(work: Work, head: BatchHead, rows: Sequence[BatchRow]) -> KeptRows:
    """Keep rows as they are typed, beginning the batch with its first ones, and judge them.

    Answers for these rows and for those of the same supply points. A row that is done with stays
    as it is and is answered so. The same rows twice are kept once.

    Raises NotAllowed for somebody else's batch or channel, Stale when another screen has taken the batch
    over or it is closed (its end may have been told to nobody), Refused when it is full.
    """
    typed = [cleaned(row) for row in rows]
    batch = _begun(work, head)
    settled = entries_of(work.session, batch.id, [row.line for row in typed])
    done = {row.line for row in settled}
    fresh = [row for row in typed if row.line not in done]
    if batch.closed and fresh:
        raise Stale(N_("The batch %(number)s is closed: begin a new one."), number=batch.id)
    points = kept_points(work.session, batch.id, [row.line for row in fresh])
    verdicts = judge_rows(work, batch.channel, fresh)
    keep(work, batch.id, verdicts)
    touched = points | points_of(verdicts)
    beside = _beside(work, batch, touched, verdicts)
    work.looked("VIEW", f"batch of readings {batch.id}: {len(fresh)} rows judged")
    said = [verdict.said for verdict in beside or verdicts]
    return KeptRows(batch.id, (*said, *(said_of(row) for row in settled)))


@operation(roles=CLERKS)
def save_rows(work: Work, token: str, desk: str) -> SavedBatch:
    """Save the good rows of a batch, judged by what is true now, in one transaction.

    Doubtful rows, and those still typed, stay. A batch without any is closed. Saving again saves
    nothing twice. Raises NotAllowed, Stale and NotFound as `keep_rows` does.
    """
    batch = _held(work, token, desk)
    rows = kept_rows(work.session, batch.id)
    hold_points(work, points_of(judge_rows(work, batch.channel, rows)))
    verdicts = judge_rows(work, batch.channel, rows)  # again: the meters are ours now
    settled = entries_of(work.session, batch.id)
    saved = save_good(work, batch, verdicts)
    _end_if_empty(work, batch)
    work.looked("VIEW", f"batch of readings {batch.id}: {len(rows)} rows saved or judged")
    held = sum(said.standing is RowStanding.HELD for said in saved.values())
    judged = [saved.get(verdict.row.line, verdict.said) for verdict in verdicts]
    return SavedBatch(
        number=batch.id,
        recorded=len(saved) - held,
        held=held,
        already=sum(row.standing is not RowStanding.DROPPED for row in settled),
        closed=len(saved) == len(rows),
        judged=tuple(judged),
    )


@operation(roles=CLERKS)
def drop_rows(work: Work, token: str, desk: str, lines: Sequence[int]) -> KeptRows:
    """Take rows out of a batch; the protocol keeps what was typed. Dropping twice drops once.

    Answers for them and for the rows of the same supply points. Raises as `save_rows` does.
    """
    batch = _held(work, token, desk)
    rows = [row for row in kept_rows(work.session, batch.id) if row.line in set(lines)]
    verdicts = judge_rows(work, batch.channel, rows)
    settle(work, batch, [(verdict, RowStanding.DROPPED, None) for verdict in verdicts])
    beside = _beside(work, batch, points_of(verdicts), ())
    _end_if_empty(work, batch)
    if rows:
        work.changed(CHANGED, f"batch {batch.id}", after={"dropped": [row.line for row in rows]})
    dropped = (said_of(row) for row in entries_of(work.session, batch.id, list(lines)))
    return KeptRows(batch.id, (*(verdict.said for verdict in beside), *dropped))


@operation(roles=CLERKS)
def resume_batch(work: Work, desk: str, number: int | None = None) -> BatchDraft | None:
    """Take over a batch that is still open, for the screen `desk`: this one, or one's own newest.

    None when there is no such batch of one's own. Another screen that had it may add no more to it.
    Raises NotFound for an unknown number, NotAllowed for an agent's taking somebody else's, Refused
    when it is closed.
    """
    if number is None:
        own = col(ReadingBatch.staff_id) == work.actor.id
        newest = batch_lines(work.session, own, col(ReadingBatch.closed_at).is_(None), limit=1)
        if not newest:
            return None
        number = newest[0].number
    batch = find_batch(work.session, number=number, held=True)
    if batch is None:
        raise refuse_unknown(number)
    _refuse_stranger(work, batch)
    if batch.closed:
        raise Refused(N_("The batch %(number)s is closed: begin a new one."), number=batch.id)
    row = work.session.get_one(ReadingBatch, batch.id)
    row.desk = _key(desk)
    rows = kept_rows(work.session, batch.id)
    verdicts = judge_rows(work, batch.channel, rows)
    settled = entries_of(work.session, batch.id)
    work.looked("VIEW", f"batch of readings {batch.id}: {len(rows)} rows offered back")
    (line,) = batch_lines(work.session, col(ReadingBatch.id) == batch.id)
    return BatchDraft(
        line=line,
        token=batch.token,
        day=row.day,
        rows=rows,
        judged=tuple(verdict.said for verdict in verdicts),
        last=max((*(row.line for row in rows), *(row.line for row in settled)), default=0),
    )


# -- the batch


def _begun(work: Work, head: BatchHead) -> FoundBatch:
    """Return the batch of `head`, held until the transaction ends; its first rows begin it."""
    found = find_batch(work.session, token=_key(head.token), held=True)
    if found is None:
        if (refusal := company_channel_refusal(work.actor.role, head.channel)) is not None:
            raise NotAllowed(refusal)
        values = {
            "token": head.token,
            "desk": _key(head.desk),
            "staff_id": work.actor.id,
            "channel": head.channel,
            "day": head.day,
            "begun_at": work.now,
            "kept_at": work.now,
        }
        key = insert_row(work.session, ReadingBatch, values)
        return FoundBatch(key, head.token, head.desk, work.actor.id, head.channel, closed=False)
    _refuse_other_desk(work, found, head.desk)
    row = work.session.get_one(ReadingBatch, found.id)
    row.kept_at = work.now
    if row.channel is not head.channel:
        if (refusal := company_channel_refusal(work.actor.role, head.channel)) is not None:
            raise NotAllowed(refusal)
        row.channel = head.channel
    return replace(found, channel=head.channel)


def _held(work: Work, token: str, desk: str) -> FoundBatch:
    found = find_batch(work.session, token=_key(token), held=True)
    if found is None:
        raise refuse_unknown(0)
    _refuse_other_desk(work, found, desk)
    work.session.get_one(ReadingBatch, found.id).kept_at = work.now
    return found


def _refuse_other_desk(work: Work, batch: FoundBatch, desk: str) -> None:
    _refuse_stranger(work, batch)
    if batch.desk != desk:
        raise Stale(
            N_("The batch %(number)s was opened at another screen: go on there, or open it here again."),
            number=batch.id,
        )


def _refuse_stranger(work: Work, batch: FoundBatch) -> None:
    if batch.staff_id != work.actor.id and work.actor.role is not Role.SUPERVISOR:
        raise NotAllowed(N_("The batch %(number)s is somebody else's."), number=batch.id)


def _end_if_empty(work: Work, batch: FoundBatch) -> None:
    left = sa.select(sa.literal(1)).where(col(ReadingBatchRow.batch_id) == batch.id).limit(1)
    if work.session.scalar(left) is None:
        row = work.session.get_one(ReadingBatch, batch.id)
        row.closed_at = row.closed_at or work.now


def _key(text: str) -> str:
    if not 0 < len(text) <= KEY_LENGTH:
        raise ValueError(f"a token has 1 to {KEY_LENGTH} characters")
    return text


def _beside(
    work: Work, batch: FoundBatch, points: Iterable[int], known: Sequence[RowVerdict]
) -> tuple[RowVerdict, ...]:
    """Return the verdicts of all rows of these supply points, and of the `known` ones that have none.

    Empty when the known ones are all there are.
    """
    rows = kept_rows(work.session, batch.id, points=points)
    lines = {verdict.row.line for verdict in known}
    if all(row.line in lines for row in rows):
        return ()
    apart = tuple(verdict for verdict in known if verdict.place is None)
    return (*judge_rows(work, batch.channel, rows), *apart)
