"""Many supply points at once, loaded in a few statements, for judging a file of readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Contract, Meter, SupplyPoint
from db.policy import Policy
from db.queries.finding_text import dump_findings
from db.queries.notices import open_notices
from db.queries.reading_context import build_context
from db.queries.reading_rows import MeterHistory, ReadingRow, load_histories
from db.queries.rows import into
from db.queries.supply import MeterRow, Supply, in_use_first, meter_columns
from db.records.clients import NoticeView
from db.records.reading_import import FileReading, JudgedReading
from db.records.readings import ReadingStatus
from db.rules.reading_facts import PastReading, ReadingCheck, ReadingContext

CHUNK = 500
"""Meters, points or keys named in one statement."""
KEPT = 16
"""Newest readings of a meter that a line is judged by: the last periods, and last year's where a
meter is read once a month or less."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MeterPlace:
    """Where a meter is and whose."""

    meter_id: int
    point_id: int
    client_id: int


@dataclass(frozen=True, slots=True)
class _Remembered(MeterHistory):
    """A history that has made what the checks want of it: once, not for every line."""

    made: tuple[PastReading, ...] = ()

    def past(self) -> tuple[PastReading, ...]:
        """Return what counts as the checks want it."""
        return self.made

    def taking(self, row: ReadingRow) -> _Remembered:
        """Return the history with one more row, which counts; the oldest beyond `KEPT` are left out."""
        rows = (row, *self.rows)
        cut = self.cut or len(rows) > KEPT
        if self.rows and row.day < self.rows[0].day:
            return _remembered(MeterHistory(self.meter, _by_day(rows)[:KEPT], cut))
        made = (row.past(self.meter.number), *self.made)
        if len(rows) > KEPT and rows[KEPT].counts:
            made = made[:-1]
        return _Remembered(self.meter, rows[:KEPT], cut, made)


def _remembered(history: MeterHistory) -> _Remembered:
    return _Remembered(history.meter, history.rows, history.cut, history.past())


def _by_day(rows: tuple[ReadingRow, ...]) -> tuple[ReadingRow, ...]:
    return tuple(sorted(rows, key=attrgetter("day"), reverse=True))


class Point:
    """A supply point while the lines of its meters are judged one after another."""

    def __init__(self, meters: tuple[MeterRow, ...]) -> None:
        self.supply = Supply(meters, None, more=False)
        self.meters = {meter.id: meter for meter in meters}
        self.histories: dict[int, _Remembered] = {}
        self.notices: dict[int, NoticeView] = {}

    def context(self, meter_id: int, day: date, *, today: date, policy: Policy) -> ReadingContext:
        """Return what a reading of that day is judged by, the lines before it included."""
        meter, notice = self.meters[meter_id], self.notices.get(meter_id)
        return build_context(meter, self.supply, self.histories, notice, today=today, policy=policy, day=day)

    def take(self, meter_id: int, reading: FileReading, check: ReadingCheck, now: datetime) -> None:
        """Let a line that is to count be part of the history for those after it."""
        row = ReadingRow(
            id=0,
            meter_id=meter_id,
            day=reading.day,
            state=reading.state,
            consumption=check.consumption,
            rollover=check.rollover,
            channel=reading.channel,
            estimated=False,
            status=ReadingStatus.ACCEPTED.value,
            reason=reading.reason,
            agent=None,
            staff_id=None,
            recorded_at=now,
        )
        self.histories[meter_id] = self.histories[meter_id].taking(row)
        notice = self.notices.get(meter_id)
        if notice is not None and reading.day >= notice.left_on:
            del self.notices[meter_id]


def judged_reading(
    point: Point, place: MeterPlace, reading: FileReading, check: ReadingCheck, *, held: bool
) -> JudgedReading:
    """Return what is saved of a line that may be: `held` waits for a supervisor.

    Call it before the line is part of the history: it answers the notice that is open until then.
    """
    notice = point.notices.get(place.meter_id)
    return JudgedReading(
        reading=reading,
        meter_id=place.meter_id,
        point_id=place.point_id,
        client_id=place.client_id,
        notice_id=notice.id if notice and reading.day >= notice.left_on else None,
        consumption=check.consumption,
        rollover=check.rollover,
        findings=dump_findings(check.findings) if check.findings else "[]",
        held=held,
    )


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Return `items` in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def find_places(session: Session, numbers: Sequence[str]) -> dict[str, MeterPlace]:
    """Return where the meters of these numbers are; those that do not exist are left out."""
    found: dict[str, MeterPlace] = {}
    for some in chunks(numbers):
        statement = (
            sa.select(col(Meter.number), col(Meter.id), col(Meter.supply_point_id), col(Contract.client_id))
            .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
            .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
            .where(col(Meter.number).in_(some))
            .order_by(*in_use_first())
        )
        for row in session.execute(statement):
            found.setdefault(row[0], into(MeterPlace, row[1:]))
    return found


def load_points(
    session: Session, point_ids: Sequence[int], *, today: date, policy: Policy
) -> Mapping[int, Point]:
    """Return these supply points with everything that readings of their meters are judged by."""
    statement = (
        sa.select(*meter_columns())
        .select_from(Meter)
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Meter.supply_point_id).in_(point_ids))
        .order_by(col(Meter.id))
    )
    by_point: dict[int, list[MeterRow]] = defaultdict(list)
    for row in session.execute(statement):
        meter = into(MeterRow, row)
        by_point[meter.point_id].append(meter)
    points = {point_id: Point(tuple(meters)) for point_id, meters in by_point.items()}
    every = [meter for meters in by_point.values() for meter in meters]
    for meter_id, history in load_histories(session, every, per_meter=KEPT).items():
        points[history.meter.point_id].histories[meter_id] = _remembered(history)
    there = {meter.id: meter.point_id for meter in every if meter.removed_on is None}
    for meter_id, notice in open_notices(session, list(there), today=today, policy=policy).items():
        points[there[meter_id]].notices[meter_id] = notice
    return points
