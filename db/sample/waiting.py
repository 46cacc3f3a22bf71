"""What the checks say about a reading that waits for a supervisor."""

from __future__ import annotations

from datetime import date

from db.queries.finding_text import dump_findings
from db.records.clients import MeterRole
from db.records.people import Channel
from db.rules.reading_checks import MeterFacts, PastReading, ReadingContext, ReadingEntry, check_reading
from db.sample.days import Days
from db.sample.water import Dial

Told = tuple[str, int, int, int, str]
"""Meter number, day, state, consumption and channel of a reading."""


def what_is_wrong(dial: Dial, days: Days, told: list[Told], state: int, day: int) -> str:
    """Return the findings about `state` as they are stored."""

    def on(place: int) -> date:
        return date.fromisoformat(days.iso[place])

    meter = MeterFacts(
        number=dial.number,
        role=MeterRole(dial.role),
        digits=dial.digits,
        installed_on=on(dial.installed),
        installed_state=dial.opening,
        verified_until=date.fromisoformat(dial.verified_until),
    )
    history = tuple(
        PastReading(on(when), shown, used, real=True, channel=Channel(channel), meter_number=number)
        for number, when, shown, used, channel in told
        if number == dial.number
    )
    context = ReadingContext(meter=meter, today=on(days.today), history=history)
    return dump_findings(check_reading(ReadingEntry(state, on(day), Channel.PHONE), context).findings)
