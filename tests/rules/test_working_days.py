"""Working days of the office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.working_days import (
    WorkingDays,
    is_working_day,
    next_working_day,
    polish_holidays,
    working_days_since,
)

HOLIDAYS = {day for year in (2024, 2025, 2026, 2027) for day in polish_holidays(year)}


@pytest.mark.parametrize(
    ("day", "following"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 24), id="Monday"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 23), id="Friday"),
        pytest.param(date(2026, 11, 22), date(2026, 11, 23), id="Sunday"),
        pytest.param(date(2026, 11, 10), date(2026, 11, 12), id="before Independence Day"),
        pytest.param(date(2026, 12, 23), date(2026, 12, 28), id="Christmas and a weekend"),
        pytest.param(date(2024, 12, 23), date(2024, 12, 24), id="Christmas Eve worked until 2024"),
        pytest.param(date(2026, 6, 3), date(2026, 6, 5), id="Corpus Christi"),
    ],
)
def test_next_working_day(day: date, following: date) -> None:
    assert next_working_day(day, HOLIDAYS) == following


def test_holidays_have_polish_names() -> None:
    assert polish_holidays(2026)[date(2026, 11, 11)] == "Narodowe Święto Niepodległości"
    assert len(polish_holidays(2024)) + 1 == len(polish_holidays(2025))


@given(st.dates(date(2024, 1, 1), date(2027, 11, 1)))
def test_the_next_is_the_first(day: date) -> None:
    found = next_working_day(day, HOLIDAYS)
    assert found > day
    assert is_working_day(found, HOLIDAYS)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days)]
    assert not any(is_working_day(other, HOLIDAYS) for other in between)


@given(*[st.dates(date(2024, 1, 1), date(2027, 11, 1))] * 4)
def test_many_stretches_are_counted_as_each_of_them(a: date, b: date, c: date, d: date) -> None:
    first, *_, last = days = sorted((a, b, c, d))
    counted = WorkingDays(first, last, HOLIDAYS)
    for day in days:
        assert [counted.since(day, other) for other in days] == [
            working_days_since(day, other, HOLIDAYS) for other in days
        ]
