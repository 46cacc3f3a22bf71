"""Batches of readings: which there are, and the protocol of one."""

from __future__ import annotations

from sqlmodel import col

from db.doors import DESK, query
from db.errors import NotAllowed
from db.models import ReadingBatch
from db.queries.batch_judging import RowVerdict, judge_rows
from db.queries.batch_rows import batch_lines, entries_of, find_batch, kept_rows, refuse_unknown
from db.records.people import Role
from db.records.reading_batch import BatchLine, BatchProtocol, ProtocolRow
from db.words import N_
from db.work import Work


@query(roles=DESK)
def list_batches(work: Work, *, open_only: bool = False, limit: int = 50) -> tuple[BatchLine, ...]:
    """Return batches, the newest first: one's own, for supervisors everybody's."""
    conditions = [] if work.actor.role is not Role.AGENT else [col(ReadingBatch.staff_id) == work.actor.id]
    if open_only:
        conditions.append(col(ReadingBatch.closed_at).is_(None))
    return batch_lines(work.session, *conditions, limit=limit)


@query(roles=DESK, discloses=True)
def batch_protocol(work: Work, number: int) -> BatchProtocol:
    """Return a batch row by row: what was saved, held and dropped, and what is doubtful now and why.

    Raises NotFound, NotAllowed for an agent and somebody else's batch.
    """
    batch = find_batch(work.session, number=number)
    if batch is None:
        raise refuse_unknown(number)
    if work.actor.role is Role.AGENT and batch.staff_id != work.actor.id:
        raise NotAllowed(N_("The batch %(number)s is somebody else's."), number=number)
    (line,) = batch_lines(work.session, col(ReadingBatch.id) == batch.id)
    waiting = judge_rows(work, batch.channel, kept_rows(work.session, batch.id))
    rows = [*entries_of(work.session, batch.id), *(_waiting(verdict, line.agent) for verdict in waiting)]
    work.looked("VIEW", f"batch of readings {batch.id}: protocol of {len(rows)} rows")
    return BatchProtocol(line, tuple(sorted(rows, key=lambda row: row.line)))


def _waiting(verdict: RowVerdict, agent: str) -> ProtocolRow:
    row, said = verdict.row, verdict.said
    return ProtocolRow(
        line=row.line,
        standing=said.standing,
        place=row.place,
        meter=said.meter,
        state=row.state,
        day=row.day,
        use=said.use,
        reason=row.reason,
        findings=said.findings,
        reading=None,
        agent=agent,
        at=None,
    )
