"""What would become of a file of readings now: judged line by line, loaded in batches."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, query
from db.journal import AUDIT
from db.models import ChainHead, Reading
from db.queries.import_points import (
    CHUNK,
    MeterPlace,
    Point,
    chunks,
    find_places,
    judged_reading,
    load_points,
)
from db.records.clients import MeterRole
from db.records.reading_import import (
    Basis,
    FileReading,
    JudgedFile,
    JudgedReading,
    LineFault,
    LineFinding,
    ReadingFile,
)
from db.records.readings import ReadingStatus
from db.rules.company_channels import company_channel_refusal
from db.rules.levels import Finding, Level, Param
from db.rules.reading_checks import may_save
from db.rules.reading_facts import ReadingCheck, ReadingEntry, ReasonCode
from db.rules.reading_table import examine
from db.words import N_
from db.work import Work

Progress = Callable[[int, int], None]
"""Told after each batch how many lines are judged, and of how many."""


@query(roles=DESK)
def judge_file(
    work: Work, file: ReadingFile, *, hold: bool = False, progress: Progress | None = None
) -> JudgedFile:
    """Return what would become of every line, judged by what is true now and by the lines before it.

    `hold` lets readings that block be saved to wait for a supervisor. Changes nothing and leaves
    no access entry: `note_judged` does.
    """
    by = basis_of(work, hold=hold)  # first: whatever comes after it is seen as a change
    return replace(judge_lines(work, file, hold=hold, progress=progress), basis=by)


@query(roles=DESK, discloses=True)
def note_judged(work: Work, judged: JudgedFile) -> None:
    """Leave the access entry of a look at what is wrong with the readings of a file."""
    scope = f"file of readings {judged.file.digest[:16]}: {judged.file.lines} lines, {judged.bad} bad"
    work.looked("VIEW", scope)


def judge_lines(
    work: Work,
    file: ReadingFile,
    *,
    hold: bool,
    progress: Progress | None = None,
) -> JudgedFile:
    """Judge the lines of `file` within `work`; see `judge_file`."""
    judge = _Judge(work, hold)
    readings = file.readings
    by_point: dict[int, list[tuple[FileReading, MeterPlace]]] = defaultdict(list)
    places = find_places(work.session, sorted({reading.meter for reading in readings}))
    for reading in readings:
        if (place := places.get(reading.meter)) is None:
            judge.refuse(reading, LineFault.UNKNOWN_METER, _UNKNOWN, meter=reading.meter)
        else:
            by_point[place.point_id].append((reading, place))
    done = len(readings) - sum(map(len, by_point.values()))
    for point_ids in chunks(sorted(by_point), CHUNK):
        batch = {point_id: by_point[point_id] for point_id in point_ids}
        judge.points(batch)
        done += sum(map(len, batch.values()))
        if progress is not None:
            progress(done, len(readings))
    return JudgedFile(
        file=file,
        good=tuple(judge.good),
        already=judge.already,
        findings=tuple(sorted((*file.findings, *judge.findings), key=lambda finding: finding.line)),
    )


def basis_of(work: Work, *, hold: bool) -> Basis:
    """Return what a file that is judged from now on is judged by, beside the records of its meters."""
    newest = work.session.scalar(sa.select(col(ChainHead.seq)).where(col(ChainHead.log) == AUDIT))
    return Basis(newest or 0, work.today, work.actor.role, hold)


def submission_of(reading: FileReading) -> str:
    """Return the key under which a line is saved once, whichever file brings it."""
    said = f"{reading.meter}\0{reading.day.isoformat()}\0{reading.state}"
    return f"file-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


class _Judge:
    """Judges lines in the order of their days, each with those before it in mind."""

    def __init__(self, work: Work, hold: bool) -> None:
        self.work = work
        self.hold = hold
        self.good: list[JudgedReading] = []
        self.findings: list[LineFinding] = []
        self.already = 0
        self.waiting: set[tuple[int, date]] = set()

    def points(self, batch: dict[int, list[tuple[FileReading, MeterPlace]]]) -> None:
        """Judge the lines of some supply points."""
        work = self.work
        points = load_points(work.session, list(batch), today=work.today, policy=work.policy)
        keys = {reading.line: submission_of(reading) for lines in batch.values() for reading, _ in lines}
        known = self._known(set(keys.values()))
        for point_id, lines in batch.items():
            point = points[point_id]

            def in_order(line: tuple[FileReading, MeterPlace], point: Point = point) -> tuple[object, ...]:
                reading, place = line
                garden = point.meters[place.meter_id].role is MeterRole.GARDEN
                return (reading.day, garden, reading.line)

            for reading, place in sorted(lines, key=in_order):
                key = keys[reading.line]
                if key in known or _is_recorded(point, place, reading):
                    self.already += 1
                elif self._line(point, place, reading):
                    known.add(key)

    def refuse(self, reading: FileReading, fault: LineFault, message: str, **params: Param) -> None:
        """Note why a line is not taken."""
        self.findings.append(LineFinding(reading.line, reading.meter, fault, Level.REFUSE, message, params))

    def _known(self, keys: set[str]) -> set[str]:
        """Return under which of these keys a line was saved before, whatever became of it."""
        found: set[str] = set()
        for some in chunks(sorted(keys)):
            statement = sa.select(col(Reading.submission)).where(col(Reading.submission).in_(some))
            found.update(key for key in self.work.session.scalars(statement) if key)
        return found

    def _line(self, point: Point, place: MeterPlace, reading: FileReading) -> bool:
        """Judge one line; tell whether it is taken."""
        if (refusal := company_channel_refusal(self.work.actor.role, reading.channel)) is not None:
            self.refuse(reading, LineFault.WRONG_CHANNEL, refusal)
            return False
        history = point.histories[place.meter_id]
        if history.cut and reading.day <= history.rows[-1].day:
            self.refuse(reading, LineFault.TOO_FAR_BACK, _TOO_FAR_BACK, day=history.rows[-1].day)
            return False
        work = self.work
        context = point.context(place.meter_id, reading.day, today=work.today, policy=work.policy)
        check = examine(ReadingEntry(reading.state, reading.day, reading.channel), context)
        reason = ReasonCode(reading.reason) if reading.reason else None
        counts = may_save(check.level, reason=reason, signed_off=False)
        if not counts and not self._may_wait(point, place, reading, check):
            return False
        self.good.append(judged_reading(point, place, reading, check, held=not counts))
        if counts:
            point.take(place.meter_id, reading, check, work.now)
        return True

    def _may_wait(self, point: Point, place: MeterPlace, reading: FileReading, check: ReadingCheck) -> bool:
        """Tell whether a line that does not count may be saved for a supervisor; if not, note why."""
        if check.level is not Level.BLOCK or not self.hold:
            hard = (finding for finding in check.findings if finding.level is not Level.OK)
            self.findings.extend(_as_finding(reading, finding) for finding in hard)
            return False
        rows = point.histories[place.meter_id].rows
        waiting = any(row.day == reading.day and row.status == ReadingStatus.PENDING for row in rows)
        if waiting or (place.meter_id, reading.day) in self.waiting:
            self.refuse(reading, LineFault.ALREADY_WAITING, _ALREADY_WAITING)
            return False
        self.waiting.add((place.meter_id, reading.day))
        return True


def _is_recorded(point: Point, place: MeterPlace, reading: FileReading) -> bool:
    """Tell whether this very state of this day counts or waits already."""
    standing = (ReadingStatus.ACCEPTED, ReadingStatus.PENDING)
    return any(
        row.day == reading.day and row.state == reading.state and row.status in standing
        for row in point.histories[place.meter_id].rows
    )


def _as_finding(reading: FileReading, finding: Finding) -> LineFinding:
    return LineFinding(
        reading.line, reading.meter, finding.code, finding.level, finding.message, finding.params
    )


_UNKNOWN = N_("There is no meter %(meter)s. Check its number.")
_TOO_FAR_BACK = N_("Too far back: a file adds readings after %(day)s only. Record it by hand.")
_ALREADY_WAITING = N_("Another reading of this day waits for a supervisor already.")
