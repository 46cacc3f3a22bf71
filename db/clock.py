"""Time is handed in, never taken: tests and reports choose their own now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present instant as an aware UTC datetime."""


def system_clock() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=1)
def office_zone() -> ZoneInfo:
    """Return the zone in which the office lives and days begin."""
    from zoneinfo import ZoneInfo  # not needed by `bok --help`

    return ZoneInfo("Europe/Warsaw")


def office_day(instant: datetime) -> date:
    """Return the calendar day of `instant` at the office."""
    return instant.astimezone(office_zone()).date()


def day_begins(day: date) -> datetime:
    """Return the instant at which `day` begins at the office, in UTC."""
    return datetime.combine(day, time.min, office_zone()).astimezone(UTC)
