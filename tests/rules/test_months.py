"""Months of the calendar, one by one and many at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.months import dotted, month_after, month_name

DAYS = st.dates(date(1000, 1, 1), date(3000, 12, 31))


@given(DAYS)
def test_the_next_month_begins_on_the_first_first_day_after(day: date) -> None:
    later = day + timedelta(days=1)
    while later.day != 1:
        later += timedelta(days=1)
    assert month_after(day) == later


@given(DAYS, st.integers(-500, 500))
def test_steps_add_up_and_lead_back(day: date, months: int) -> None:
    there = month_after(day, months)
    assert month_after(there, -months) == day.replace(day=1)
    assert month_after(there) == month_after(day, months + 1)


def test_the_calendar_ends() -> None:
    assert month_after(date(9999, 11, 30)) == date(9999, 12, 1)
    with pytest.raises(ValueError, match="year"):
        month_after(date(9999, 12, 1))


def test_a_year_is_written_with_four_digits() -> None:
    assert [dotted(date(1, 1, 1)), dotted(date(2026, 11, 2))] == ["01.01.0001", "02.11.2026"]
    assert [month_name(date(1, 1, 1)), month_name(date(2026, 11, 2))] == ["0001-01", "2026-11"]
