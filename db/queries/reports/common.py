"""What several reports need: instants of days, hours of instants, sums that stay exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from db.clock import day_begins, office_zone
from db.models import Contract, Meter, Reading, ReadingDecision
from db.records.reports import Line
from db.rules.grosze import GROSZ

T = TypeVar("T")
AT_ONCE = 500
AT_A_TIME = 1000
"""Rows of a long list that are in memory as rows of the database."""
KEYS = 5000
"""Keys that are said in a statement."""


def ends(day: date) -> datetime:
    """Return the instant at which `day` is over at the office: what is before it was known on the day."""
    return day_begins(day + timedelta(days=1))


def within(column: Any, since: date, until: date) -> sa.ColumnElement[bool]:
    """Return the condition that an instant lies in the days `since` to `until` of the office."""
    return sa.and_(column >= day_begins(since), column < ends(until))


def grosze(column: Any) -> sa.ColumnElement[int]:
    """Return the column as the whole grosze that the database keeps, to be summed there."""
    return sa.type_coerce(column, sa.BigInteger)


def zlotys(parts: int | Decimal | None) -> Decimal:
    """Return a sum of grosze as zlotys."""
    return int(parts or 0) * GROSZ


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield `keys` a few hundred at a time."""
    return batched(keys, AT_ONCE)


def batched(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield `keys` so many at a time."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def streamed(session: Session, statement: Any) -> Iterator[Sequence[Any]]:
    """Yield the rows of a long list, so many at a time.

    They come as the driver gives them: the session would go over each of them twice more.
    """
    return session.connection().execute(statement.execution_options(yield_per=AT_A_TIME)).partitions()


def rows_with(session: Session, statement: Any, key: Any, keys: Iterable[int]) -> Iterator[Any]:
    """Yield the rows of `statement` in which `key` is one of `keys`, as the driver gives them.

    Some thousands of keys are said in a statement. For a few hundred PostgreSQL reads whole tables each time;
    of parameters SQLite takes no more than a thousand in some builds, and for the same words again and again
    PostgreSQL plans for days that it does not know.
    """
    one = sa.bindparam("keys", expanding=True, literal_execute=True, type_=sa.Integer)
    asked = statement.where(key.in_(one))
    for some in batched(list(keys), KEYS):
        yield from session.connection().execute(asked, {"keys": some})


def counted(*conditions: Any) -> sa.ColumnElement[int]:
    """Return the number of rows for which all of `conditions` hold; 0 for none."""
    return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), 1), else_=0)), 0)


def decided_by(
    day: date, kind: str, reading: type[Reading] = Reading, *more: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Return the condition that a reading had been decided about so by the end of `day`; "" is any way."""
    of_kind = [col(ReadingDecision.kind) == kind] if kind else []
    return (
        sa.select(sa.literal(1))
        .select_from(ReadingDecision)
        .where(
            col(ReadingDecision.reading_id) == col(reading.id),
            col(ReadingDecision.decided_at) < ends(day),
            *of_kind,
            *more,
        )
        .correlate(reading)
        .exists()
    )


def counts_by(day: date, reading: type[Reading] = Reading) -> sa.ColumnElement[bool]:
    """Return the condition that a reading was on file and counted at the end of `day`."""
    approved = sa.or_(~col(reading.needs_approval), decided_by(day, "approved", reading))
    known = sa.and_(col(reading.recorded_at) < ends(day), col(reading.day) <= day)
    return sa.and_(known, ~decided_by(day, "voided", reading), approved)


def in_use(day: date) -> sa.ColumnElement[bool]:
    """Return the condition that a meter was installed at the end of `day`."""
    stays = sa.or_(col(Meter.removed_on).is_(None), col(Meter.removed_on) > day)
    return sa.and_(col(Meter.installed_on) <= day, stays)


def running(day: date) -> sa.ColumnElement[bool]:
    """Return the condition that a contract ran on `day`."""
    stays = sa.or_(col(Contract.ends_on).is_(None), col(Contract.ends_on) >= day)
    return sa.and_(col(Contract.starts_on) <= day, stays)


class _InOwnWords(FunctionElement[T]):
    """A function that each database says in its own words; `{0}` and `{1}` are its arguments."""

    sqlite: ClassVar[str]
    postgresql: ClassVar[str]


@compiles(_InOwnWords)
def _said(element: _InOwnWords[Any], compiler: Any, **kw: Any) -> str:
    words: str = getattr(element, compiler.dialect.name)
    return words.format(*(compiler.process(clause, **kw) for clause in element.clauses))


class utc_hour(_InOwnWords[str]):  # noqa: N801 - reads as a function of SQL
    """The hour of an instant in UTC: `2026-11-22 09`.

    Every offset of the office's zone is a whole hour, so an hour of UTC lies in one hour of the office,
    and `office_hour` gives that back: SQLite knows no time zones.
    """

    inherit_cache = True
    type = sa.String()
    sqlite = "substr({0}, 1, 13)"
    postgresql = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"


def office_hour(hour: str) -> datetime:
    """Return the office's own hour of what `utc_hour` gave."""
    return datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC).astimezone(office_zone())


class seconds_between(_InOwnWords[int]):  # noqa: N801 - reads as a function of SQL
    """Whole seconds from the first instant to the second, cut off."""

    inherit_cache = True
    type = sa.Integer()
    sqlite = "(CAST(strftime('%s', {1}) AS INTEGER) - CAST(strftime('%s', {0}) AS INTEGER))"
    postgresql = "CAST(floor(extract(epoch FROM {1})) - floor(extract(epoch FROM {0})) AS INTEGER)"


class days_between(_InOwnWords[int]):  # noqa: N801 - reads as a function of SQL
    """Days from the first day to the second."""

    inherit_cache = True
    type = sa.Integer()
    sqlite = "CAST(julianday({1}) - julianday({0}) AS INTEGER)"
    postgresql = "({1} - {0})"


def slot(by: str, hour: str) -> Any:
    """Return the day, week, month, hour or weekday of the office in which an hour of UTC lies."""
    at = office_hour(hour)
    return {
        "day": at.date(),
        "week": f"{at:%G-W%V}",
        "month": f"{at:%Y-%m}",
        "hour": at.hour,
        "weekday": at.isoweekday(),
    }[by]


def month_of(day: date) -> str:
    """Return `2026-11`."""
    return f"{day:%Y-%m}"


def folded(rows: Iterable[Sequence[Any]], key: Callable[[Any], Any]) -> dict[Any, list[int]]:
    """Return the sums of all columns but the first, by what `key` makes of the first, in its order."""
    found: dict[Any, list[int]] = {}
    for first, *figures in rows:
        sums = found.setdefault(key(first), [0] * len(figures))
        for place, figure in enumerate(figures):
            sums[place] += int(figure or 0)
    return dict(sorted(found.items()))


def summed(rows: Sequence[Line], keys: Iterable[str]) -> Line:
    """Return the sums of some columns."""
    return {key: sum((row[key] for row in rows), start=type(rows[0][key])(0)) for key in keys} if rows else {}


def percentile(times: Counter[int], percent: int) -> int | None:
    """Return the least value that so many percent did not exceed (nearest rank); None of nothing."""
    rank = -(-sum(times.values()) * percent // 100)
    passed = 0
    for seconds in sorted(times):
        passed += times[seconds]
        if passed >= rank:
            return seconds
    return None


def percent(part: int, whole: int) -> Decimal | None:
    """Return `part` of `whole` in percent to one place; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
