"""One reading to judge, with everything that follows from its context worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from db.rules.dial import rollover_consumption
from db.rules.expected import expect, use_periods
from db.rules.levels import Finding, FindingCode, Level, Param
from db.rules.reading_facts import (
    Expectation,
    PastReading,
    PreviousState,
    ReadingContext,
    ReadingEntry,
)

ROLLOVER_ALWAYS = 200
"""m³ up to which a use over the dial's end is believed (GSAN)."""
ROLLOVER_TIMES = 2
"""... or up to this many times the expected use (GSAN)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One entry with everything that is derived from its context once."""

    entry: ReadingEntry
    context: ReadingContext
    own: tuple[PastReading, ...]
    """This meter's readings, by day."""
    previous: PreviousState
    """The last real state before the day of the entry."""
    days: int
    consumption: int
    """Whole m³ since `previous`."""
    rollover: bool
    expectation: Expectation


def build_case(entry: ReadingEntry, context: ReadingContext) -> Case:
    """Work out what `entry` is counted from, its use, and the use to expect."""
    meter = context.meter
    own = tuple(sorted((r for r in context.history if r.meter_number == meter.number), key=attrgetter("day")))
    # an estimate is no state of the dial: the use is counted from the last real one
    before = [reading for reading in own if reading.real and reading.day < entry.day]
    previous = (
        PreviousState(before[-1].day, before[-1].state, opening=False)
        if before
        else PreviousState(meter.installed_on, meter.installed_state, opening=True)
    )
    meters = (*context.earlier_meters, meter)
    periods = use_periods((r for r in context.history if r.day < entry.day), meters)
    expectation = expect(periods, since=previous.day, until=entry.day)
    consumption = entry.state - previous.state
    turned = rollover_consumption(previous.state, entry.state, meter.digits)
    rollover = consumption < 0 <= entry.state and _believable(turned, expectation)
    return Case(
        entry=entry,
        context=context,
        own=own,
        previous=previous,
        days=expectation.days,
        consumption=turned if rollover else consumption,
        rollover=rollover,
        expectation=expectation,
    )


def _believable(turned: int, expectation: Expectation) -> bool:
    """Tell whether a use over the dial's end is small enough to be one (GSAN)."""
    expected = expectation.expected or Decimal(0)
    return 0 < turned <= max(Decimal(ROLLOVER_ALWAYS), ROLLOVER_TIMES * expected)


def finding(code: FindingCode, level: Level, message: str, **params: Param) -> Finding:
    """Return a finding with its parameters by name."""
    return Finding(code, level, message, params)
