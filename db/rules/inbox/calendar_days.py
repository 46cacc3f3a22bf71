"""Days of the calendar that a text leaves half said: without a year, without a month, at a month's end."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from db.rules.inbox.calendar_words import MONTH


def month_of(word: str) -> int | None:
    """Return the month that a bare word names, with one typing error in a long one; else None."""
    found = MONTH.get(word)
    if found is not None or len(word) < 6:
        return found
    for name, number in MONTH.items():
        if len(name) >= 6 and name[0] == word[0] and abs(len(name) - len(word)) <= 1 and _near(name, word):
            return number
    return None


def _near(name: str, word: str) -> bool:
    """Tell whether two words differ in one letter, or one lacks a letter of the other."""
    at = 0
    while at < min(len(name), len(word)) and name[at] == word[at]:
        at += 1
    rests = (name[at + 1 :], word[at + 1 :]), (name[at:], word[at + 1 :]), (name[at + 1 :], word[at:])
    return any(one == other for one, other in rests)


def day_in(day: int, month: int, year: str | None, today: date | None, *, ahead: bool = False) -> str | None:
    """Return a day in ISO form; without a year the latest, or one of the two weeks to come if `ahead`.

    Empty without `today`; None for what is no day.
    """
    if year:
        return whole(century(year), month, day)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if today is None:
        return ""
    to_come = whole(today.year, month, day) or ""
    if ahead and today.isoformat() < to_come <= (today + timedelta(days=14)).isoformat():
        return to_come
    for candidate in range(today.year, today.year - 9, -1):
        found = whole(candidate, month, day)
        if found and found <= today.isoformat():
            return found
    return None


def latest(make: Callable[[int, int], str | None], today: date) -> str | None:
    """Return the latest day, not after `today`, that `make` finds in a year and a month."""
    year, month = today.year, today.month
    for _ in range(4):
        found = make(year, month)
        if found and found <= today.isoformat():
            return found
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return None


def whole(year: int, month: int, day: int) -> str | None:
    """Return a day in ISO form; None where the calendar has none such."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def century(year: str) -> int:
    """Return the year of two digits or four."""
    return int(year) + (2000 if len(year) == 2 else 0)


def end_of(month: int, year: str | None, today: date | None) -> str | None:
    """Return the last day of a month, of the latest one past where no year is named."""
    if year is None and today is None:
        return ""
    years = [int(year)] if year else [today.year, today.year - 1] if today else []
    ends = [date(y, month, calendar.monthrange(y, month)[1]) for y in years]
    return next((end.isoformat() for end in ends if year or (today and end <= today)), None)
