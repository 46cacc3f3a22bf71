"""What the meters of a point took in one interval: the water, and the sewage after the deduction.

The main meters' readings make the interval, from the day after the first to the day of the last
(Art. 27: water by the main meter, sewage less what garden meters show).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from db.records.charges import MeterReadings, Taken
from db.records.clients import MeterRole
from db.refusals import ChargeRefused
from db.rules.charges_exact import LITRES, from_units, to_units
from db.words import N_

MOST_DIGITS = 20
"""Figures of a dial that are believed; real ones have four to eight."""

_DAY = timedelta(days=1)


def measure(meters: Sequence[MeterReadings]) -> Taken:
    """Return the interval that `meters` show, its water, and its sewage: water less the garden meters.

    Raises ChargeRefused for readings that contradict each other, the dial or the interval, and for
    a point without a main meter read twice.
    """
    water = garden = 0
    mains = []
    for at, meter in enumerate(meters):
        used = _used(meter, at)
        if meter.role is MeterRole.MAIN:
            water += used
            mains.append(at)
        elif meter.readings and meter.verified_until >= meter.readings[-1].day:
            garden += used
    first, last = _interval(meters, mains)
    if len(mains) < len(meters):
        _require_inside(meters, first, last)
    return Taken(
        first=first + _DAY,
        last=last,
        days=(last - first).days,
        water=water,
        sewage=max(0, water - garden),
    )


def _used(meter: MeterReadings, at: int) -> int:
    """Return the litres between the first and the last reading of `meter`, its pieces added up."""
    digits = meter.digits
    if not 1 <= digits <= MOST_DIGITS:
        raise ChargeRefused(f"meters[{at}].digits", _DIGITS, limit=str(MOST_DIGITS))
    full = 10 ** (digits + LITRES)
    used = previous = 0
    day = None
    for place, reading in enumerate(meter.readings):
        state = to_units(reading.state, LITRES)
        if day is not None and reading.day <= day:
            raise _refused(at, place, "day", _NOT_LATER, day=reading.day.isoformat())
        if state >= full:
            raise _refused(at, place, "state", _BEYOND_DIAL, state=f"{reading.state:f}", digits=str(digits))
        if reading.rollover:
            if day is None:
                raise _refused(at, place, "rollover", _FIRST_ROLLS)
            if state >= previous:
                raise _refused(at, place, "rollover", _ROLLS_UPWARDS)
            used += full
        elif day is not None and state < previous:
            before = f"{from_units(previous, LITRES).normalize():f}"
            raise _refused(at, place, "state", _BELOW, state=f"{reading.state:f}", previous=before)
        if day is not None:
            used += state - previous
        day, previous = reading.day, state
    return used


def _interval(meters: Sequence[MeterReadings], mains: Sequence[int]) -> tuple[date, date]:
    """Return the days of the first and the last reading of the main meters."""
    if not mains:
        raise ChargeRefused("meters", _NO_MAIN)
    readings = meters[mains[0]].readings
    if len(mains) == 1 and len(readings) > 1:
        return readings[0].day, readings[-1].day
    return _joint_interval(meters, mains)


def _joint_interval(meters: Sequence[MeterReadings], mains: Sequence[int]) -> tuple[date, date]:
    """Return the interval that several main meters share, side by side or one after the other.

    Every meter that ends inside the interval hands over to one that begins on that day. A new
    meter with its opening state alone stands where another was closed.
    """
    read = [(at, meters[at].readings) for at in mains if len(meters[at].readings) > 1]
    if not read:
        raise ChargeRefused(f"meters[{mains[0]}].readings", _NOT_TWO)
    first = min(readings[0].day for _, readings in read)
    last = max(readings[-1].day for _, readings in read)
    begun = Counter(readings[0].day for _, readings in read)
    closed = Counter(readings[-1].day for _, readings in read)
    for at in mains:
        readings = meters[at].readings
        if len(readings) < 2 and not (readings and readings[0].day in closed):
            raise ChargeRefused(f"meters[{at}].readings", _NOT_TWO)
        begins, ends = readings[0].day, readings[-1].day
        if first < begins < last and begun[begins] > closed[begins]:
            raise _refused(at, 0, "day", _NO_HANDOVER, day=begins.isoformat())
        if first < ends < last and closed[ends] > begun[ends]:
            raise _refused(at, len(readings) - 1, "day", _NO_SUCCESSOR, day=ends.isoformat())
    return first, last


def _require_inside(meters: Sequence[MeterReadings], first: date, last: date) -> None:
    """Raise ChargeRefused for a garden meter's reading outside the main interval."""
    for at, meter in enumerate(meters):
        for place, reading in enumerate(meter.readings):
            if not first <= reading.day <= last:
                raise _refused(at, place, "day", _OUTSIDE, first=first.isoformat(), last=last.isoformat())


def _refused(at: int, place: int, key: str, message: str, **params: str) -> ChargeRefused:
    return ChargeRefused(f"meters[{at}].readings[{place}].{key}", message, **params)


_DIGITS = N_("%(field)s: a dial has 1 to %(limit)s digits.")
_NOT_LATER = N_("%(field)s: the day %(day)s is not after that of the reading before it.")
_BEYOND_DIAL = N_("%(field)s: a dial of %(digits)s digits cannot show %(state)s.")
_FIRST_ROLLS = N_("%(field)s: a meter's first reading has nothing before it that the dial could have passed.")
_ROLLS_UPWARDS = N_("%(field)s: the state is not below the previous one, so the dial has not rolled over.")
_BELOW = N_(
    "%(field)s: the state %(state)s is below the previous one, %(previous)s, and not marked as a rollover."
)
_NO_MAIN = N_("%(field)s: without a main meter a bill is not computed here.")
_NOT_TWO = N_("%(field)s: the main meter needs two readings, one at each end of the interval.")
_NO_HANDOVER = N_(
    "%(field)s: this main meter begins on %(day)s, inside the interval, and no other was closed that day."
)
_NO_SUCCESSOR = N_(
    "%(field)s: this main meter ends on %(day)s, inside the interval, and no other begins that day."
)
_OUTSIDE = N_("%(field)s: the day lies outside the main meter's readings, %(first)s to %(last)s.")
