"""What a client's own history lets us expect of the next reading.

The average m³ a day of the last three real periods, and the use in the same days a year ago,
each with the band of GSAN (the Brazilian utilities' system, in use since 2007) for its size:
the larger the use, the narrower the band, and never less than 10 m³ of room upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import pairwise
from operator import attrgetter

from db.rules.dial import dial_size, rollover_consumption
from db.rules.months import month_after
from db.rules.reading_facts import Expectation, MeterFacts, PastReading

PERIODS_AVERAGED = 3
"""Real periods in the average; the number that local by-laws use for estimates too."""
FLOOR = Decimal(10)
"""m³ of room above the expected use, whatever the band (GSAN: `prev + m + 10`)."""
NO_HISTORY_PER_DAY = Decimal("0.5")
"""m³ a day allowed above the floor when there is no history: a household of five at 3 m³ a person
and month, the upper flat-rate norm of the regulation of 14 January 2002."""
COVERAGE = Decimal("0.5")
"""Share of last year's days that must be known before they are used."""

_day_of = attrgetter("day")
_end_of = attrgetter("end")
_ends_of = attrgetter("end", "start")
_BANDS = (
    (Decimal(10), Decimal(0), None),
    (Decimal(20), Decimal("0.4"), Decimal("1.6")),
    (Decimal(45), Decimal("0.5"), Decimal("1.5")),
    (Decimal(100), Decimal("0.6"), Decimal("1.4")),
    (None, Decimal("0.7"), Decimal("1.3")),
)
_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
_MONTH_DAYS = Decimal(365) / 12
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Period:
    """Water used after `start` up to and including `end`, spread evenly over its days."""

    start: date
    end: date
    consumption: int
    """Whole m³."""

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class MonthUse:
    """The use that falls into one calendar month."""

    month: date
    """Its first day."""
    consumption: Decimal
    """m³, three decimals."""
    days: int
    """Days of the month that the readings cover; 0 means that nothing is known."""


@dataclass(frozen=True, slots=True)
class YearUse:
    """The use of two years, each None when not all its days are known."""

    until: date
    """Day of the last reading: the last of the later year."""
    year: Decimal | None
    """m³, three decimals."""
    before: Decimal | None


def use_periods(history: Iterable[PastReading], meters: Iterable[MeterFacts]) -> tuple[Period, ...]:
    """Return the periods between real states, oldest first, over exchanges and rollovers.

    A meter's chain runs from its opening state over its real readings to its closing state, so an
    exchange never subtracts one meter's state from another's. Estimates and periods without a day
    or with a negative use (a correction that a supervisor let pass) are left out.
    """
    chains: dict[str, list[PastReading]] = {}
    for reading in history:
        if reading.real:
            chains.setdefault(reading.meter_number, []).append(reading)
    facts = {meter.number: meter for meter in meters}
    found: list[Period] = []
    numbers = chains.keys() | facts.keys()
    for number in numbers:
        found.extend(_chain(sorted(chains.get(number, []), key=_day_of), facts.get(number)))
    if len(numbers) > 1:  # the periods of one meter follow each other
        found.sort(key=_ends_of)
    return tuple(found)


def _chain(readings: Sequence[PastReading], meter: MeterFacts | None) -> list[Period]:
    """Return the periods of one meter, its opening and closing included when they are known."""
    steps = [(reading.day, reading.state, reading.consumption) for reading in readings]
    if meter is not None:
        steps.insert(0, (meter.installed_on, meter.installed_state, 0))
        if meter.removed_on is not None and meter.removed_state is not None:
            _, last, _ = steps[-1]
            used = meter.removed_state - last
            if used < 0:
                used = rollover_consumption(last, meter.removed_state, meter.digits)
            steps.append((meter.removed_on, meter.removed_state, used))
    return [
        Period(before[0], after[0], after[2])
        for before, after in pairwise(steps)
        if after[0] > before[0] and after[2] >= 0
    ]


def use_between(periods: Iterable[Period], start: date, end: date) -> tuple[Decimal, int]:
    """Return the m³ used after `start` up to `end`, and how many of these days are covered."""
    used, covered = Decimal(0), 0
    for period in periods:
        if period.end > start and period.start < end:
            days = (min(period.end, end) - max(period.start, start)).days
            used += Decimal(period.consumption) * days / period.days
            covered += days
    return used, covered


def average_per_day(periods: Sequence[Period]) -> Decimal | None:
    """Return m³ a day over the last three `periods` (sum by sum); None when there are none."""
    last = sorted(periods, key=_end_of)[-PERIODS_AVERAGED:]
    days = sum(period.days for period in last)
    return Decimal(sum(period.consumption for period in last)) / days if days else None


def expect(periods: Sequence[Period], *, since: date, until: date) -> Expectation:
    """Return the use to expect after `since` up to `until`, from the `periods` that end by then.

    With both sources the range spans both, so that neither a garden's summer nor a household
    that has grown is called unusual. Without any, 0 to 10 m³ and 0.5 m³ a day.
    """
    days = max((until - since).days, 0)
    known = [period for period in periods if period.end <= since]
    per_day = average_per_day(known)
    sources = [] if per_day is None else [per_day * days]
    used, covered = use_between(known, since - _YEAR, until - _YEAR)
    if covered and Decimal(covered) >= COVERAGE * days:
        sources.append(used * days / covered)
    if not sources:
        high = FLOOR + NO_HISTORY_PER_DAY * days
        return Expectation(0, _up(high), None, None, days)
    bands = [_band(source) for source in sources]
    return Expectation(
        low=_down(min(low for low, _ in bands)),
        high=_up(max(high for _, high in bands)),
        expected=_tenths(sum(sources, Decimal(0)) / len(sources)),
        average_per_month=None if per_day is None else _tenths(per_day * _MONTH_DAYS),
        days=days,
    )


def _band(expected: Decimal) -> tuple[Decimal, Decimal]:
    """Return the least and the most m³ that are usual where `expected` m³ are expected."""
    for limit, low, high in _BANDS:
        if limit is None or expected <= limit:
            top = expected + FLOOR
            return expected * low, top if high is None else max(expected * high, top)
    raise AssertionError("the last band has no limit")


def expected_states(previous: int, expectation: Expectation, digits: int) -> tuple[int, int]:
    """Return the states between which the dial is expected to stand, around its highest number."""
    turn = dial_size(digits)
    return (previous + expectation.low) % turn, (previous + expectation.high) % turn


def monthly_consumption(periods: Sequence[Period], *, months: int, upto: date) -> tuple[MonthUse, ...]:
    """Return the use of the last `months` calendar months, oldest first, that of `upto` the last.

    Each period's use is spread evenly over its days.
    """
    first = month_after(upto, 1 - months)
    uses = [Decimal(0)] * months
    covered = [0] * months
    for period in periods:
        day = max(period.start + _DAY, first)
        while day <= period.end:
            place = (day.year - first.year) * 12 + day.month - first.month
            if place >= months:
                break
            following = month_after(day)
            days = (min(period.end, following - _DAY) - day).days + 1
            uses[place] += Decimal(period.consumption) * days / period.days
            covered[place] += days
            day = following
    return tuple(
        MonthUse(month_after(first, place), used.quantize(Decimal("0.001"), ROUND_HALF_UP), covered[place])
        for place, used in enumerate(uses)
    )


def yearly_use(periods: Sequence[Period]) -> YearUse | None:
    """Return the use of the year up to the last reading and of the year before; None without any.

    Up to the last reading, since the days after it would count as days without use.
    """
    if not periods:
        return None
    until = max(period.end for period in periods)
    return YearUse(
        until, _whole(periods, until - _YEAR, until), _whole(periods, until - 2 * _YEAR, until - _YEAR)
    )


def _whole(periods: Sequence[Period], start: date, end: date) -> Decimal | None:
    used, covered = use_between(periods, start, end)
    return used.quantize(Decimal("0.001"), ROUND_HALF_UP) if covered >= (end - start).days else None


def _down(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))


def _up(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
