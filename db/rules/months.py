"""Calendar months."""

from __future__ import annotations

from datetime import date


def month_after(day: date, months: int = 1) -> date:
    """Return the first day of the month that comes `months` after that of `day`; before it when negative.

    Raises ValueError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
