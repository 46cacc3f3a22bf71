"""What the history lets us expect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.expected import (
    Period,
    YearUse,
    average_per_day,
    expect,
    expected_states,
    monthly_consumption,
    use_between,
    use_periods,
    yearly_use,
)
from tests.rules.town import CONTEXT, METER, TODAY, past

SINCE = TODAY - timedelta(days=60)


def last_period(used: int, days: int = 60) -> list[Period]:
    return [Period(SINCE - timedelta(days=days), SINCE, used)]


@pytest.mark.parametrize(
    ("used", "low", "high"),
    [
        pytest.param(0, 0, 10, id="nothing: 10 m3 of room"),
        pytest.param(10, 0, 20, id="up to 10: from 0 to 10 above"),
        pytest.param(11, 4, 21, id="11 to 20: 0.4, but 10 of room"),
        pytest.param(20, 8, 32, id="20: 0.4 to 1.6"),
        pytest.param(21, 10, 32, id="21 to 45: 0.5 to 1.5"),
        pytest.param(45, 22, 68, id="45: 0.5 to 1.5"),
        pytest.param(46, 27, 65, id="46 to 100: 0.6 to 1.4"),
        pytest.param(100, 60, 140, id="100: 0.6 to 1.4"),
        pytest.param(101, 70, 132, id="above 100: 0.7 to 1.3"),
    ],
)
def test_bands_of_gsan(used: int, low: int, high: int) -> None:
    expectation = expect(last_period(used), since=SINCE, until=TODAY)
    assert (expectation.low, expectation.high) == (low, high)
    assert expectation.expected == used


def test_the_average_is_of_the_last_three_periods_by_days() -> None:
    starts = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 7, 1), date(2026, 8, 1)]
    uses = [900, 10, 30, 8]
    periods = [Period(a, b, used) for a, b, used in zip(starts[:-1], starts[1:], uses, strict=True)]
    assert average_per_day(periods) == Decimal(48) / (28 + 122 + 31)
    assert average_per_day([]) is None


def test_without_history_there_is_room_for_a_household() -> None:
    expectation = expect([], since=SINCE, until=TODAY)
    assert (expectation.low, expectation.high) == (0, 40)
    assert expectation.expected is None
    assert expectation.average_per_month is None


def test_the_same_days_last_year_widen_the_range() -> None:
    """A garden's summer is not unusual because its spring was dry."""
    year = timedelta(days=365)
    summer = Period(SINCE - year, TODAY - year, 40)
    spring = Period(SINCE - timedelta(days=180), SINCE, 0)
    expectation = expect([summer, spring], since=SINCE, until=TODAY)
    assert expectation.low == 0
    assert expectation.high == 60


def test_last_year_counts_only_when_most_of_it_is_known() -> None:
    year = timedelta(days=365)
    piece = Period(SINCE - year, SINCE - year + timedelta(days=20), 600)
    recent = [
        Period(SINCE - timedelta(days=30 * (n + 1)), SINCE - timedelta(days=30 * n), 6) for n in range(3)
    ]
    assert expect([piece, *recent], since=SINCE, until=TODAY).expected == 12


def test_the_average_per_month_is_a_twelfth_of_a_year() -> None:
    assert expect(last_period(60), since=SINCE, until=TODAY).average_per_month == Decimal("30.4")


def test_expected_states_go_around_the_end_of_the_dial() -> None:
    expectation = expect(last_period(20), since=SINCE, until=TODAY)
    assert expected_states(487, expectation, 5) == (495, 519)
    assert expected_states(99_990, expectation, 5) == (99_998, 22)


def test_periods_of_one_meter_begin_at_its_opening_state() -> None:
    periods = use_periods(CONTEXT.history, [METER])
    assert len(periods) == len(CONTEXT.history)
    assert periods[0].start == METER.installed_on
    assert [period.consumption for period in periods] == [24, 12, 12, 12, 12, 12]


def test_estimates_and_negative_uses_are_no_periods() -> None:
    *known, wrong, last = CONTEXT.history
    history = (*known, replace(wrong, consumption=-5), replace(last, real=False))
    assert len(use_periods(history, [METER])) == len(known)


def test_an_exchange_counts_both_meters() -> None:
    exchange = date(2026, 6, 10)
    old = replace(METER, installed_on=date(2026, 1, 1), removed_on=exchange, removed_state=520)
    new = replace(METER, number="2", installed_on=exchange, installed_state=3)
    history = (
        *past((date(2026, 4, 1), 500), meter=old),
        *past((date(2026, 8, 1), 21), meter=new),
    )
    after = [(p.start, p.end, p.consumption) for p in use_periods(history, [new, old])][1:]
    assert after == [(date(2026, 4, 1), exchange, 20), (exchange, date(2026, 8, 1), 18)]


def test_a_meter_removed_after_its_dial_turned() -> None:
    old = replace(METER, removed_on=TODAY, removed_state=4)
    (*_, last) = use_periods(past((SINCE, 99_990), meter=METER), [old])
    assert last.consumption == 14


def test_readings_of_an_unknown_meter_still_count() -> None:
    assert len(use_periods(CONTEXT.history, [])) == len(CONTEXT.history) - 1


def test_months_share_a_period_by_days() -> None:
    periods = [Period(date(2026, 8, 31), date(2026, 10, 31), 61)]
    months = monthly_consumption(periods, months=4, upto=TODAY)
    assert [(use.month, use.consumption, use.days) for use in months] == [
        (date(2026, 8, 1), Decimal(0), 0),
        (date(2026, 9, 1), Decimal(30), 30),
        (date(2026, 10, 1), Decimal(31), 31),
        (date(2026, 11, 1), Decimal(0), 0),
    ]


def test_months_go_over_the_turn_of_the_year() -> None:
    months = monthly_consumption([], months=24, upto=TODAY)
    assert (months[0].month, months[-1].month) == (date(2024, 12, 1), date(2026, 11, 1))


@given(
    st.lists(st.tuples(st.integers(1, 100), st.integers(0, 500)), min_size=1, max_size=8),
)
def test_months_add_up_to_the_periods(pieces: list[tuple[int, int]]) -> None:
    day = TODAY
    periods: list[Period] = []
    for days, used in pieces:
        periods.append(Period(day - timedelta(days=days), day, used))
        day -= timedelta(days=days)
    months = monthly_consumption(periods, months=30, upto=TODAY)
    total = sum((use.consumption for use in months), Decimal(0))
    assert abs(total - sum(used for _, used in pieces)) < Decimal("0.1")
    assert sum(use.days for use in months) == sum(days for days, _ in pieces)
    assert use_between(periods, day, TODAY)[1] == sum(days for days, _ in pieces)


@given(st.integers(0, 5000), st.integers(1, 400), st.integers(0, 400))
def test_the_range_holds_what_is_expected(used: int, days: int, ahead: int) -> None:
    expectation = expect(last_period(used, days), since=SINCE, until=SINCE + timedelta(days=ahead))
    assert expectation.expected is not None
    assert 0 <= expectation.low <= expectation.expected <= expectation.high
    assert expectation.high >= expectation.expected + 9


def test_years_end_with_the_last_reading_and_are_whole_or_nothing() -> None:
    end = date(2026, 5, 31)
    year, before = end - timedelta(days=365), end - timedelta(days=730)
    periods = [Period(before, year, 136), Period(year, end, 120)]
    assert yearly_use(periods) == YearUse(end, Decimal(120), Decimal(136))
    assert yearly_use(periods[1:]) == YearUse(end, Decimal(120), None)
    assert yearly_use([Period(end - timedelta(days=90), end, 30)]) == YearUse(end, None, None)
    assert yearly_use([]) is None
