"""The meters of a client card: last reading, average, what to expect, the plot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from db.queries.reading_context import last_state, meter_periods
from db.queries.reading_rows import MeterHistory
from db.queries.supply import MeterRow, Supply
from db.records.clients import MeterCard, NoticeView
from db.rules.expected import expect, expected_states, monthly_consumption, yearly_use

RECENT = 12
"""Readings listed under a meter."""
PLOT_MONTHS = 24
MOST_ROWS = 4000
"""Readings loaded for one card, shared among its meters."""
FEWEST_ROWS = 60


def rows_per_meter(meters: int) -> int:
    """Return how many readings of each meter a card looks at: three years of daily ones for a few."""
    return max(FEWEST_ROWS, min(1200, MOST_ROWS // max(meters, 1)))


def meter_card(
    meter: MeterRow,
    supply: Supply,
    histories: Mapping[int, MeterHistory],
    notice: NoticeView | None,
    today: date,
) -> MeterCard:
    """Return the card of one meter; its average and its plot go on over exchanges."""
    history = histories[meter.id]
    chain = supply.chain(meter)
    periods = meter_periods([history, *(histories[before.id] for before in chain)])
    since, state = last_state(history)
    expectation = expect(periods, since=since, until=today)
    installed = meter.removed_on is None
    low, high = expected_states(state, expectation, meter.digits)
    last = history.last_real
    used = yearly_use(periods)
    return MeterCard(
        id=meter.id,
        number=meter.number,
        role=meter.role,
        digits=meter.digits,
        location=meter.location,
        verified_until=meter.verified_until,
        installed_on=meter.installed_on,
        installed_state=meter.installed_state,
        removed_on=meter.removed_on,
        removed_state=meter.removed_state,
        replaces=chain[0].number if chain else None,
        last=None if last is None else last.line(meter.number),
        average_per_month=expectation.average_per_month,
        expected_low=low if installed else None,
        expected_high=high if installed else None,
        monthly=tuple(
            month.consumption if month.days else None
            for month in monthly_consumption(periods, months=PLOT_MONTHS, upto=today)
        ),
        used_until=used.until if used else None,
        used_year=used.year if used else None,
        used_year_before=used.before if used else None,
        recent=tuple(row.line(meter.number) for row in history.rows[:RECENT]),
        notice=notice,
    )
