"""A meter with a past, to judge readings against."""

from __future__ import annotations

from datetime import date, timedelta

from db.rules.reading_checks import (
    Channel,
    MeterFacts,
    MeterRole,
    NoticeFacts,
    PastReading,
    ReadingContext,
    ReadingEntry,
)

TODAY = date(2026, 11, 22)
NOTICE = NoticeFacts(number="Z/2026/118", left_on=date(2026, 11, 18), deadline=date(2026, 11, 25))


def past(
    *states: tuple[date, int],
    meter: MeterFacts,
    channel: Channel = Channel.FIELD,
    real: bool = True,
) -> tuple[PastReading, ...]:
    """Return readings with these states, each use counted from the one before."""
    readings: list[PastReading] = []
    last = meter.installed_state
    for day, state in states:
        used = state - last if state >= last else state + 10**meter.digits - last
        readings.append(PastReading(day, state, used, real, channel, meter.number))
        last = state
    return tuple(readings)


def steady(last_state: int, per_period: int) -> ReadingContext:
    """Return a main meter of 5 digits that used `per_period` m³ in every 60 days, read 60 days ago."""
    meter = MeterFacts(
        number="81234567",
        role=MeterRole.MAIN,
        digits=5,
        installed_on=TODAY - timedelta(days=60 * 8),
        installed_state=last_state - per_period * 7,
        verified_until=date(2029, 12, 31),
    )
    states = [(TODAY - timedelta(days=60 * n), last_state - per_period * (n - 1)) for n in range(6, 0, -1)]
    return ReadingContext(meter=meter, today=TODAY, history=past(*states, meter=meter), notice=NOTICE)


CONTEXT = steady(487, 12)
"""12 m³ in 60 days, the last state 487 on 23 September 2026."""
METER = CONTEXT.meter
HISTORY = CONTEXT.history


def entry(state: int, day: date = TODAY, channel: Channel = Channel.PHONE) -> ReadingEntry:
    """Return a reading given by phone today, unless said otherwise."""
    return ReadingEntry(state, day, channel)
