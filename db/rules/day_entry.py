"""Days as an agent types them: `d-1`, `wczoraj`, `22.11`, `2211`, `22.11.2026`, ISO."""

from __future__ import annotations

import re
from datetime import date, timedelta

from db.errors import WrongInput
from db.words import N_

_WORDS = {
    "": 0,
    "d": 0,
    "dzis": 0,
    "dziś": 0,
    "dzisiaj": 0,
    "today": 0,
    "wczoraj": 1,
    "yesterday": 1,
    "przedwczoraj": 2,
}
_BACK = re.compile(r"d?\s*[-−–]\s*([0-9]{1,3})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_PARTS = re.compile(r"([0-9]{1,2})[.\-/ ]([0-9]{1,2})(?:[.\-/ ](?:([0-9]{4}|[0-9]{2}))?)?")
_SOLID = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})?")
_LEAP_GAP = 8
"""Years back within which every day of the calendar occurs (1896 to 1904 is the longest gap)."""


def parse_day(text: str, *, today: date) -> date:
    """Return the day that `text` names, seen from `today`; an empty text is `today`.

    A day without a year is the last such day not after `today`; a year of two digits is in this
    century. A future day is returned as typed: whether it may be is another rule's question.
    Raises WrongInput for a day that does not exist and for anything else.
    """
    typed = " ".join(text.split()).casefold()
    if typed in _WORDS:
        return today - timedelta(days=_WORDS[typed])
    if back := _BACK.fullmatch(typed):
        return today - timedelta(days=int(back[1]))
    if iso := _ISO.fullmatch(typed):
        return _existing(int(iso[3]), int(iso[2]), int(iso[1]))
    found = _PARTS.fullmatch(typed) or _SOLID.fullmatch(typed)
    if found is None:
        raise WrongInput(N_("Type the day as 22.11, 22.11.2026 or d-1 (yesterday)."))
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year is None:
        return _last_such_day(day, month, today)
    return _existing(day, month, int(year) + (2000 if len(year) == 2 else 0))


def _last_such_day(day: int, month: int, today: date) -> date:
    """Return the nearest `day.month` that is not after `today`."""
    for year in range(today.year, today.year - _LEAP_GAP - 1, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise WrongInput(
        N_("There is no day %(day)s in any year. Check the day and the month."), day=_dm(day, month)
    )


def _existing(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise WrongInput(
            N_("There is no day %(day)s. Check the day and the month."), day=f"{_dm(day, month)}.{year:04d}"
        ) from None


def _dm(day: int, month: int) -> str:
    return f"{day:02d}.{month:02d}"
