"""The days that the sample town knows: their ISO text, and how much water each one takes."""

from __future__ import annotations

from datetime import date

HISTORY = 9_500
"""Days before today that contracts reach back."""
AHEAD = 60
"""Days after today that deadlines reach."""

HOUSE_BY_MONTH = (930, 920, 940, 980, 1040, 1120, 1180, 1150, 1030, 960, 930, 910)
"""Use inside the house by month, in thousandths of the mean: a summer peak."""
GARDEN_BY_MONTH = (0, 0, 0, 400, 1500, 2700, 3100, 2600, 1200, 500, 0, 0)
_SLOTS = 420


class Days:
    """Look-ups by a day's ordinal number, counted from `first`."""

    def __init__(self, today: date, years: int) -> None:
        self.today = HISTORY
        """Today's place; every other day is counted from here."""
        self.start = HISTORY - years * 365
        """First day of the years that are told."""
        self.first = today.toordinal() - HISTORY
        days = [date.fromordinal(self.first + place) for place in range(HISTORY + AHEAD)]
        self.iso = [day.isoformat() for day in days]
        self.years = [day.year for day in days]
        self.house = _running(days, HOUSE_BY_MONTH)
        self.garden = _running(days, GARDEN_BY_MONTH)
        self._calls = [_call(7 * 3600 + slot * 59, 90 + slot * 37 % 400) for slot in range(_SLOTS)]

    def instant(self, day: int, chance: float) -> str:
        """Return an instant in the working hours of a day, UTC."""
        return f"{self.iso[day]} {self._calls[int(chance * _SLOTS)][0]}"

    def call(self, day: int, chance: float) -> tuple[str, str]:
        """Return the beginning and the end of a call in the working hours of a day, UTC."""
        start, end = self._calls[int(chance * _SLOTS)]
        return f"{self.iso[day]} {start}", f"{self.iso[day]} {end}"


def _call(start: int, seconds: int) -> tuple[str, str]:
    return _time(start), _time(start + seconds)


def _time(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000000"


def _running(days: list[date], by_month: tuple[int, ...]) -> list[int]:
    """Return for each day the sum of the weights of all days up to it."""
    total, sums = 0, []
    for day in days:
        total += by_month[day.month - 1]
        sums.append(total)
    return sums
