"""Saving a file of readings: all of it or, on request, its good lines, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.bulk import Row, stored_instant, write_rows
from db.doors import CLERKS, operation
from db.errors import Refused
from db.models import Meter, Reading
from db.models.types import LITRES
from db.queries.finding_text import load_findings
from db.queries.import_changes import brought_up_to_date
from db.queries.import_points import chunks, find_places
from db.queries.reading_import import Progress, judge_lines, note_judged, submission_of
from db.records.reading_import import ImportReport, JudgedFile, JudgedReading, ReadingFile
from db.records.readings import ReadingStatus
from db.words import N_
from db.work import Work

IMPORTED = "readings.imported"
ROWS_AT_ONCE = 5_000
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
def import_readings(
    work: Work,
    file: ReadingFile,
    *,
    hold: bool = False,
    skip_bad: bool = False,
    judged: JudgedFile | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Judge the readings of a file by what is true now and save them, in one transaction.

    With `judged`, the answer of `judge_file` about this very file, nobody has to wait while the
    whole file is judged: only what changed since is judged again.

    All of the file or nothing, unless `skip_bad` leaves its bad lines out; `hold` saves what
    blocks to wait for a supervisor. What is recorded already is never recorded twice. Leaves the
    access entry that `judge_file` leaves to its caller. Raises ImportRefused.
    """
    places = find_places(work.session, sorted({reading.meter for reading in file.readings}))
    hold_points(work, {place.point_id for place in places.values()})
    if judged is None or judged.file != file:
        judged = judge_lines(work, file, hold=hold, progress=progress)
    else:
        judged = brought_up_to_date(work, judged, places, hold=hold, progress=progress)
    if judged.findings and not skip_bad:
        raise ImportRefused(judged)
    if judged.good:
        for some in chunks(judged.good, ROWS_AT_ONCE):
            save_judged(work, [(submission_of(good.reading), good) for good in some])
        _note_file(work, judged)
    note_judged(work, judged)
    return ImportReport(judged, len(judged.good))


def hold_points(work: Work, point_ids: Iterable[int]) -> None:
    """Hold the meters of these supply points until the transaction ends."""
    for some in chunks(sorted(point_ids)):
        statement = (
            sa.select(col(Meter.id))
            .where(col(Meter.supply_point_id).in_(some))
            .order_by(col(Meter.id))
            .with_for_update(key_share=True)
        )
        work.session.execute(statement).all()


def save_judged(work: Work, keyed: Sequence[tuple[str, JudgedReading]]) -> dict[str, int]:
    """Write these readings, each under its submission and with its audit entry; return their ids."""
    rows = [_row(work, good, submission) for submission, good in keyed]
    write_rows(work.session.connection(), "reading", COLUMNS, rows)
    ids = _ids_of(work, [submission for submission, _good in keyed])
    for submission, good in keyed:
        _note_reading(work, ids[submission], good)
    return ids


def _ids_of(work: Work, submissions: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for keys in chunks(submissions):
        statement = sa.select(col(Reading.submission), col(Reading.id))
        for key, reading_id in work.session.execute(statement.where(col(Reading.submission).in_(keys))):
            found[key or ""] = reading_id or 0
    return found


def _row(work: Work, good: JudgedReading, submission: str) -> Row:
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
        submission,
        stored_instant(work.now),
    )


def _note_reading(work: Work, reading_id: int, good: JudgedReading) -> None:
    """Write down who recorded what, as for a reading that was typed."""
    reading = good.reading
    findings = [] if good.findings == "[]" else load_findings(good.findings)
    work.changed(
        "reading.recorded",
        f"reading {reading_id}",
        client_id=good.client_id,
        after={
            "meter": reading.meter,
            "day": reading.day,
            "state": reading.state,
            "consumption": good.consumption,
            "status": (ReadingStatus.PENDING if good.held else ReadingStatus.ACCEPTED).value,
            "reason": reading.reason,
            "findings": [finding.code.value for finding in findings],
            "approved_by": None,
        },
    )


def _note_file(work: Work, judged: JudgedFile) -> None:
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
