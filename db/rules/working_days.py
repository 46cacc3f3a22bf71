"""Working days of the office: Monday to Friday, public holidays off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from datetime import date, timedelta

_SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Tell whether `day` is a Monday to Friday and none of `holidays` (dated rows)."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """Return the first working day after `day`; `day` itself never counts."""
    found = day + timedelta(days=1)
    while not is_working_day(found, holidays):
        found += timedelta(days=1)
    return found


def working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """Return the `count`-th working day after `day`; `day` itself never counts."""
    for _ in range(count):
        day = next_working_day(day, holidays)
    return day


def working_days_since(day: date, today: date, holidays: Collection[date]) -> int:
    """Return how many working days there are after `day` up to `today`; 0 when there are none."""
    return sum(
        is_working_day(day + timedelta(days=past), holidays) for past in range(1, (today - day).days + 1)
    )


class WorkingDays:
    """Tells `working_days_since` of many stretches within some years, each at once."""

    def __init__(self, first: date, last: date, holidays: Collection[date]) -> None:
        """Stretches lie between the day after `first` and `last`."""
        days = (first + timedelta(days=past) for past in range(1, (last - first).days + 1))
        self._days = [day for day in days if is_working_day(day, holidays)]

    def since(self, day: date, today: date) -> int:
        """Return how many working days there are after `day` up to `today`; 0 when there are none."""
        return max(bisect_right(self._days, today) - bisect_right(self._days, day), 0)


def polish_holidays(year: int) -> Mapping[date, str]:
    """Return the public holidays of `year` in Poland with their Polish names.

    The law changes (24 December since 2025): this seeds the table of holidays, which rules read.
    """
    from holidays import country_holidays  # 50 ms

    return dict(sorted(country_holidays("PL", years=year, language="pl").items()))
