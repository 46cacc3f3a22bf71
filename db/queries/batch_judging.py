"""Rows of a batch judged together: by what is true now and by the rows before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.queries.batch_places import Meant, meant_by
from db.queries.import_points import CHUNK, MeterPlace, Point, chunks, judged_reading, load_points
from db.records.clients import MeterRole
from db.records.people import Channel
from db.records.reading_batch import BatchRow, JudgedRow, RowStanding
from db.records.reading_import import FileReading, JudgedReading, LineFault, LineFinding
from db.records.readings import ReadingStatus
from db.rules.batch_row import ReadRow, read_row
from db.rules.company_channels import company_channel_refusal
from db.rules.diagnosis import repairs_for
from db.rules.levels import Finding, Level, Param
from db.rules.reading_checks import may_save
from db.rules.reading_facts import ReadingCheck, ReadingEntry, ReasonCode
from db.rules.reading_table import examine
from db.words import N_
from db.work import Work

TOO_FAR_BACK = N_("Too far back: a batch adds readings after %(day)s only. Record it on the card.")
ALREADY_WAITING = N_("Another reading of this day waits for a supervisor already.")


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """A row with what is to be said of it, and what is saved when it is good."""

    row: BatchRow
    said: JudgedRow
    place: MeterPlace | None
    good: JudgedReading | None
    """None while it is not to be saved."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that was understood: the checks look at it."""

    row: BatchRow
    meter: str
    place: MeterPlace
    state: int
    day: date
    reason: ReasonCode | None


def judge_rows(work: Work, channel: Channel, rows: Sequence[BatchRow]) -> tuple[RowVerdict, ...]:
    """Judge `rows` of one batch, those of one supply point in the order of their days.

    A handful of statements for all of them. A row that is still typed counts for no other.
    """
    reads = [read_row(row, today=work.today) for row in rows]
    meant = meant_by(work.session, (read.place for read in reads if read.place))
    judge = _Judge(work, channel)
    by_point: dict[int, list[_Line]] = defaultdict(list)
    found: dict[int, RowVerdict] = {}
    for row, read in zip(rows, reads, strict=True):
        line = _understood(row, read, meant.get(read.place, Meant()))
        if isinstance(line, RowVerdict):
            found[row.line] = line
        else:
            by_point[line.place.point_id].append(line)
    for point_ids in chunks(sorted(by_point), CHUNK):
        points = load_points(work.session, point_ids, today=work.today, policy=work.policy)
        for point_id in point_ids:
            for verdict in judge.point(points[point_id], by_point[point_id]):
                found[verdict.row.line] = verdict
    return tuple(found[row.line] for row in rows)


def points_of(verdicts: Iterable[RowVerdict]) -> set[int]:
    """Return the supply points of these rows' meters."""
    return {verdict.place.point_id for verdict in verdicts if verdict.place is not None}


def _understood(row: BatchRow, read: ReadRow, meant: Meant) -> _Line | RowVerdict:
    """Return a row for the checks, or the verdict of one that is half-typed or was not understood."""
    if not row.done and not (row.place.strip() and row.state.strip()):
        return RowVerdict(row, JudgedRow(row.line, RowStanding.BEGUN, meant.meter), meant.place, None)
    wrong = list(read.wrong)
    if meant.wrong is not None:
        wrong.insert(0, replace(meant.wrong, line=row.line, meter=row.place))
    if not wrong and meant.place is not None and read.state is not None and read.day is not None:
        return _Line(row, meant.meter, meant.place, read.state, read.day, read.reason)
    standing = RowStanding.DOUBTFUL if row.done else RowStanding.BEGUN
    said = JudgedRow(row.line, standing, meant.meter, findings=tuple(wrong))
    return RowVerdict(row, said, meant.place, None)


class _Judge:
    """Judges the rows of supply points."""

    def __init__(self, work: Work, channel: Channel) -> None:
        self.work = work
        self.channel = channel
        self.refusal = company_channel_refusal(work.actor.role, channel)

    def point(self, point: Point, lines: list[_Line]) -> list[RowVerdict]:
        """Judge the rows of one supply point, the earlier days first and each with those before it."""
        waiting = {
            (row.meter_id, row.day)
            for history in point.histories.values()
            for row in history.rows
            if row.status == ReadingStatus.PENDING
        }

        def in_order(line: _Line) -> tuple[object, ...]:
            garden = point.meters[line.place.meter_id].role is MeterRole.GARDEN
            return (not line.row.done, line.day, garden, line.row.line)

        return [self._line(point, line, waiting) for line in sorted(lines, key=in_order)]

    def _line(self, point: Point, line: _Line, waiting: set[tuple[int, date]]) -> RowVerdict:
        row, place = line.row, line.place
        if self.refusal is not None:
            return _refused(line, LineFault.WRONG_CHANNEL, self.refusal)
        history = point.histories[place.meter_id]
        if history.cut and line.day <= (oldest := history.rows[-1].day):
            return _refused(line, LineFault.TOO_FAR_BACK, TOO_FAR_BACK, day=oldest)
        work = self.work
        context = point.context(place.meter_id, line.day, today=work.today, policy=work.policy)
        entry = ReadingEntry(line.state, line.day, self.channel)
        check = examine(entry, context)
        counts = may_save(check.level, reason=line.reason, signed_off=False)
        held = not counts and check.level is Level.BLOCK and row.hold
        if held and (place.meter_id, line.day) in waiting:
            return _refused(line, LineFault.ALREADY_WAITING, ALREADY_WAITING)
        repair = None
        if not counts and not held:
            repairs = repairs_for(entry, context, check)
            repair = next((found.state for found in repairs if found.meter_number is None), None)
        reading = _reading(line, self.channel)
        saved = row.done and (counts or held)
        good = judged_reading(point, place, reading, check, held=held) if saved else None
        if row.done and counts:
            point.take(place.meter_id, reading, check, work.now)
        elif row.done and held:
            waiting.add((place.meter_id, line.day))
        return RowVerdict(row, _said(line, check, repair, good=good is not None), place, good)


def _reading(line: _Line, channel: Channel) -> FileReading:
    row, reason = line.row, line.reason.value if line.reason else None
    return FileReading(row.line, line.meter, line.state, line.day, channel, reason, row.note)


def _said(line: _Line, check: ReadingCheck, repair: int | None, *, good: bool) -> JudgedRow:
    standing = RowStanding.GOOD if good else RowStanding.DOUBTFUL
    against = [finding for finding in check.findings if finding.level is not Level.OK]
    return JudgedRow(
        line=line.row.line,
        standing=standing if line.row.done else RowStanding.BEGUN,
        meter=line.meter,
        use=check.consumption,
        findings=tuple(
            _as_finding(line, finding) for finding in sorted(against, key=lambda found: -found.level.rank)
        ),
        repair=repair,
    )


def _refused(line: _Line, fault: LineFault, message: str, **params: Param) -> RowVerdict:
    row = line.row
    finding = LineFinding(row.line, line.meter, fault, Level.REFUSE, message, params)
    standing = RowStanding.DOUBTFUL if row.done else RowStanding.BEGUN
    return RowVerdict(row, JudgedRow(row.line, standing, line.meter, findings=(finding,)), line.place, None)


def _as_finding(line: _Line, finding: Finding) -> LineFinding:
    row = line.row
    return LineFinding(row.line, line.meter, finding.code, finding.level, finding.message, finding.params)
