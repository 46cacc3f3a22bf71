"""Readings as rows: where each stands, and the use that follows from those that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Meter, Reading, ReadingDecision, Staff
from db.queries.rows import Columns, Statement, into
from db.queries.supply import MeterRow
from db.records.clients import ReadingLine
from db.records.people import Channel
from db.records.readings import ReadingStatus
from db.rules.dial import rollover_consumption
from db.rules.reading_facts import PastReading

FOLLOWING = 60
"""Readings of a meter looked at after a day; the first of them alone bounds what lies before."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading with where it stands now."""

    id: int
    meter_id: int
    day: date
    state: int
    consumption: int
    rollover: bool
    channel: Channel
    estimated: bool
    status: str
    reason: str | None
    agent: str | None
    staff_id: int | None
    recorded_at: datetime

    @property
    def counts(self) -> bool:
        """Whether it is part of the meter's history."""
        return self.status == ReadingStatus.ACCEPTED

    def past(self, meter: str) -> PastReading:
        """Return it as the checks want it."""
        return PastReading(self.day, self.state, self.consumption, not self.estimated, self.channel, meter)

    def line(self, meter: str) -> ReadingLine:
        """Return it as lists show it."""
        return ReadingLine(
            id=self.id,
            meter=meter,
            day=self.day,
            state=self.state,
            consumption=self.consumption,
            channel=self.channel,
            estimated=self.estimated,
            status=self.status,
            reason=self.reason,
            agent=self.agent,
            recorded_at=self.recorded_at,
        )


@dataclass(frozen=True, slots=True)
class MeterHistory:
    """A meter and its readings, newest first."""

    meter: MeterRow
    rows: tuple[ReadingRow, ...]
    cut: bool
    """True when older readings were left out."""

    @property
    def accepted(self) -> tuple[ReadingRow, ...]:
        """The readings that count, newest first."""
        return tuple(row for row in self.rows if row.counts)

    @property
    def last_real(self) -> ReadingRow | None:
        """The newest reading of the dial itself that counts."""
        return next((row for row in self.rows if row.counts and not row.estimated), None)

    def past(self) -> tuple[PastReading, ...]:
        """Return what counts as the checks want it."""
        return tuple(
            PastReading(
                row.day, row.state, row.consumption, not row.estimated, row.channel, self.meter.number
            )
            for row in self.accepted
        )


def decided(kind: str, reading: type[Reading] = Reading) -> sa.ColumnElement[bool]:
    """Return the condition that the reading of the enclosing statement was decided so."""
    return (
        sa.select(sa.literal(1))
        .select_from(ReadingDecision)
        .where(col(ReadingDecision.reading_id) == col(reading.id), col(ReadingDecision.kind) == kind)
        .correlate(reading)
        .exists()
    )


def is_pending() -> sa.ColumnElement[bool]:
    """Return the condition that a reading waits for a supervisor."""
    undecided = (
        sa.select(sa.literal(1))
        .select_from(ReadingDecision)
        .where(col(ReadingDecision.reading_id) == col(Reading.id))
        .correlate(Reading)
        .exists()
    )
    return sa.and_(col(Reading.needs_approval), ~undecided)


def is_accepted(reading: type[Reading] = Reading) -> sa.ColumnElement[bool]:
    """Return the condition that a reading counts: approved where that was needed, and not voided."""
    approved = sa.or_(~col(reading.needs_approval), decided("approved", reading))
    return sa.and_(~decided("voided", reading), approved)


def status_column() -> sa.ColumnElement[str]:
    """Return where a reading stands, as a `ReadingStatus` value."""
    return sa.case(
        (decided("voided"), ReadingStatus.VOIDED.value),
        (~col(Reading.needs_approval), ReadingStatus.ACCEPTED.value),
        (decided("rejected"), ReadingStatus.REJECTED.value),
        (decided("approved"), ReadingStatus.ACCEPTED.value),
        else_=ReadingStatus.PENDING.value,
    )


def row_columns() -> Columns:
    """Return the columns of a `ReadingRow`, in its order; `Staff` is to be outer-joined."""
    return (
        col(Reading.id),
        col(Reading.meter_id),
        col(Reading.day),
        col(Reading.state),
        col(Reading.consumption),
        col(Reading.rollover),
        col(Reading.channel),
        col(Reading.estimated),
        status_column().label("status"),
        col(Reading.reason),
        col(Staff.name),
        col(Reading.staff_id),
        col(Reading.recorded_at),
    )


class _Part(Enum):
    """Which readings of a meter are taken: the newest, or those on either side of a day."""

    NEWEST = "newest"
    UP_TO = "up to a day"
    AFTER = "after a day"


@lru_cache(maxsize=len(_Part))
def _readings_of_meters(part: _Part) -> Statement:
    order = (col(Reading.day), col(Reading.id))
    nearest = order if part is _Part.AFTER else tuple(column.desc() for column in order)
    rank = sa.func.row_number().over(partition_by=col(Reading.meter_id), order_by=nearest)
    inner = sa.select(col(Reading.id).label("id"), rank.label("rank")).where(
        col(Reading.meter_id).in_(sa.bindparam("meters", expanding=True))
    )
    if part is not _Part.NEWEST:
        day = sa.bindparam("day", type_=sa.Date)
        inner = inner.where(col(Reading.day) > day if part is _Part.AFTER else col(Reading.day) <= day)
    newest = inner.subquery()
    return (
        sa.select(*row_columns())
        .select_from(newest)
        .join(Reading, col(Reading.id) == newest.c.id)
        .outerjoin(Staff, col(Staff.id) == col(Reading.staff_id))
        .where(newest.c.rank <= sa.bindparam("most", type_=sa.Integer))
        .order_by(col(Reading.meter_id), newest.c.rank)
    )


def load_histories(
    session: Session, meters: Sequence[MeterRow], *, per_meter: int, around: date | None = None
) -> Mapping[int, MeterHistory]:
    """Return the newest `per_meter` readings of each of `meters`, in one statement.

    With a day to look `around`, the newest up to that day and the first few after it.
    """
    if not meters:
        return {}
    ids = [meter.id for meter in meters]
    if around is None:
        before, after = _load(session, _Part.NEWEST, ids, per_meter, None), {}
    else:
        before = _load(session, _Part.UP_TO, ids, per_meter, around)
        after = _load(session, _Part.AFTER, ids, FOLLOWING, around)
    histories = {}
    for meter in meters:
        older = before.get(meter.id, [])
        cut = len(older) >= per_meter
        rows = [*reversed(after.get(meter.id, [])), *older]
        histories[meter.id] = MeterHistory(meter, tuple(derive_use(meter, rows, cut=cut)), cut)
    return histories


def _load(
    session: Session, part: _Part, meter_ids: list[int], most: int, day: date | None
) -> dict[int, list[ReadingRow]]:
    """Return `most` readings a meter, the nearest first for `AFTER`, else the newest first."""
    wanted: dict[str, object] = {"meters": meter_ids, "most": most}
    if day is not None:
        wanted["day"] = day
    rows: dict[int, list[ReadingRow]] = defaultdict(list)
    for row in session.execute(_readings_of_meters(part), wanted):
        found = into(ReadingRow, row)
        rows[found.meter_id].append(found)
    return rows


def derive_use(meter: MeterRow, rows: Iterable[ReadingRow], *, cut: bool) -> list[ReadingRow]:
    """Return `rows` (newest first) with the use that follows from those that count today.

    What is stored is the use as it was judged when the reading was taken; a void or an inserted
    reading changes what lies before a later one, so that a later one may be the first past the end
    of the dial. Derived use always adds up to what the dial counted. Readings that do not count
    keep what they said.
    """
    derived: list[ReadingRow] = []
    before: int | None = None if cut else meter.installed_state
    for row in reversed(list(rows)):
        if row.counts:
            if before is not None and (used := _derived(before, row, meter.digits)) != row.consumption:
                row = replace(row, consumption=used)
            if not row.estimated:
                before = row.state
        derived.append(row)
    derived.reverse()
    return derived


def use_since(before: int, state: int, digits: int) -> int:
    """Return the whole m³ between two states that count: a dial only goes back past its end."""
    used = state - before
    return rollover_consumption(before, state, digits) if used < 0 else used


def _derived(before: int, row: ReadingRow, digits: int) -> int:
    if row.estimated and row.state < before and not row.rollover:
        return 0  # the dial had passed the estimate already
    return use_since(before, row.state, digits)


def find_row(session: Session, condition: sa.ColumnElement[bool]) -> tuple[ReadingRow, str] | None:
    """Return one reading and its meter's number."""
    return _one(session.execute(_with_its_meter().where(condition)))


def find_reading(session: Session, reading_id: int) -> tuple[ReadingRow, str] | None:
    """Return the reading with this id and its meter's number."""
    return _one(session.execute(_by_id(), {"wanted": reading_id}))


def find_submitted(session: Session, submission: str) -> tuple[ReadingRow, str] | None:
    """Return the reading that this submission saved, and its meter's number."""
    return _one(session.execute(_by_submission(), {"wanted": submission}))


@lru_cache(maxsize=1)
def _with_its_meter() -> Statement:
    return (
        sa.select(*row_columns(), col(Meter.number))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .outerjoin(Staff, col(Staff.id) == col(Reading.staff_id))
        .limit(1)
    )


@lru_cache(maxsize=1)
def _by_id() -> Statement:
    return _with_its_meter().where(col(Reading.id) == sa.bindparam("wanted"))


@lru_cache(maxsize=1)
def _by_submission() -> Statement:
    return _with_its_meter().where(col(Reading.submission) == sa.bindparam("wanted"))


def _one(found: sa.Result[*tuple[Any, ...]]) -> tuple[ReadingRow, str] | None:
    row = found.one_or_none()
    return None if row is None else (into(ReadingRow, row[:13]), row[13])
