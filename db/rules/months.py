"""Calendar months and days, and how they are written; a year always has its four digits."""

from __future__ import annotations

from datetime import date


def month_after(day: date, months: int = 1) -> date:
    """Return the first day of the month that comes `months` after that of `day`; before it when negative.

    Raises ValueError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def dotted(day: date) -> str:
    """Write a day as people here do: `22.11.2026`."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"  # %Y leaves the year 1 at one digit


def month_name(day: date) -> str:
    """Write the month of a day as a period is named: `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"
