"""Saving a file of readings: all of it or, on request, its good lines, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from db.bulk import Row, stored_instant, write_rows
from db.doors import CLERKS, operation
from db.errors import Refused
from db.models import AuditEntry, Meter
from db.models.types import LITRES
from db.queries.import_points import chunks
from db.queries.reading_import import judge_lines, submission_of
from db.records.reading_import import ImportReport, JudgedFile, JudgedReading
from db.words import N_
from db.work import Work

IMPORTED = "readings.imported"
COLUMNS = (
    "meter_id",
    "day",
    "state",
    "consumption",
    "rollover",
    "channel",
    "estimated",
    "needs_approval",
    "notice_id",
    "reason",
    "note",
    "findings",
    "staff_id",
    "submission",
    "recorded_at",
)


class ImportRefused(Refused):
    """Lines of the file are not taken, so none is; `judged` says which and why."""

    def __init__(self, judged: JudgedFile) -> None:
        super().__init__(
            N_("Lines that are not taken: %(bad)s. Nothing was imported; correct them or use --skip-bad."),
            bad=judged.bad,
        )
        self.judged = judged


@operation(roles=CLERKS)
def import_readings(work: Work, judged: JudgedFile, *, skip_bad: bool = False) -> ImportReport:
    """Save the readings of a judged file; what changed since it was judged is judged again.

    All of the file or nothing, unless `skip_bad` leaves its bad lines out. What is recorded
    already is never recorded twice. Raises ImportRefused.
    """
    _hold_points(work, sorted({good.point_id for good in judged.good}))
    judged = _up_to_date(work, judged)
    if judged.findings and not skip_bad:
        raise ImportRefused(judged)
    if judged.good:
        for some in chunks(judged.good, 5_000):
            write_rows(work.session.connection(), "reading", COLUMNS, [_row(work, good) for good in some])
        _note(work, judged)
    return ImportReport(judged, len(judged.good))


def _hold_points(work: Work, point_ids: Sequence[int]) -> None:
    """Hold the meters of these supply points until the transaction ends."""
    for some in chunks(point_ids):
        statement = (
            sa.select(col(Meter.id))
            .where(col(Meter.supply_point_id).in_(some))
            .order_by(col(Meter.id))
            .with_for_update(key_share=True)
        )
        work.session.execute(statement).all()


def _up_to_date(work: Work, judged: JudgedFile) -> JudgedFile:
    """Judge again what others changed meanwhile: every change of theirs has its audit entry."""
    statement = (
        sa.select(col(AuditEntry.client_id), col(AuditEntry.action))
        .where(col(AuditEntry.seq) > judged.seen)
        .distinct()
    )
    changes = work.session.execute(statement).all()
    if any(change.action == IMPORTED for change in changes):
        return _judged_again(work, judged, None)
    changed = {change.client_id for change in changes}
    points = {good.point_id for good in judged.good if good.client_id in changed}
    return _judged_again(work, judged, points) if points else judged


def _judged_again(work: Work, judged: JudgedFile, points: set[int] | None) -> JudgedFile:
    """Return the file with the good lines of these supply points, or of all, judged anew."""
    stale = [good for good in judged.good if points is None or good.point_id in points]
    lines = (good.reading for good in stale)
    anew = judge_lines(work, judged.file, lines, hold=judged.hold, seen=judged.seen)
    kept = () if points is None else tuple(good for good in judged.good if good.point_id not in points)
    told = {(finding.line, finding.code) for finding in judged.findings}
    fresh = (finding for finding in anew.findings if (finding.line, finding.code) not in told)
    return replace(
        judged,
        good=(*kept, *anew.good),
        already=judged.already + anew.already,
        findings=tuple(sorted((*judged.findings, *fresh), key=lambda finding: finding.line)),
    )


def _row(work: Work, good: JudgedReading) -> Row:
    reading = good.reading
    return (
        good.meter_id,
        reading.day.isoformat(),
        reading.state * LITRES,
        good.consumption * LITRES,
        int(good.rollover),
        reading.channel.value,
        0,
        int(good.held),
        good.notice_id,
        reading.reason,
        reading.note,
        good.findings,
        work.actor.id or None,
        submission_of(reading),
        stored_instant(work.now),
    )


def _note(work: Work, judged: JudgedFile) -> None:
    work.changed(
        IMPORTED,
        f"file {judged.file.digest[:32]}",
        after={
            "sha256": judged.file.digest,
            "lines": judged.file.lines,
            "recorded": len(judged.good),
            "held": judged.held,
            "already": judged.already,
            "bad": judged.bad,
        },
    )
