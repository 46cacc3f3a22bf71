"""Water put into the network: which months and volumes can be. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from db.errors import WrongInput
from db.rules.months import month_name
from db.words import N_

MOST = 100_000_000
"""m³ of one town and month; all the water of Warsaw is a tenth of it."""
FIRST_MONTH = date(1990, 1, 1)
"""Reports look no further back."""
SHOWN = 40
"""Characters of what was typed that a message repeats."""

USUAL_MONTHS = 12
"""Months that are over whose figures say what a town usually takes."""
FAR = 3
"""So many times more or less than usual is asked about: a figure of ten times is a slip of the keyboard."""

_MONTH = re.compile(r"([0-9]{4})-?([0-9]{2})")
_UNIT = re.compile(r"\s*m\s*[3³]\.?$", re.I)
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?: [0-9]{3})+")
_BROKEN = re.compile(r"[0-9][0-9 ]*(?:[.,][0-9 ]*)+")
_NEGATIVE = re.compile(r"[-−–]\s*[0-9]")


def parse_volume(text: str) -> int:
    """Return whole m³ from `12500`, `12 500` or `12500 m3`; raises WrongInput for anything else.

    A comma or a dot is never read as thousands: `12.500` may be either.
    """
    typed = _UNIT.sub("", " ".join(text.split()))
    if not typed:
        raise WrongInput(N_("The volume is empty. Type whole m³, such as 12500; 0 when nothing was put in."))
    if _NEGATIVE.match(typed):
        raise WrongInput(N_("Water put in is never below zero: not %(typed)s."), typed=typed[:SHOWN])
    if _BROKEN.fullmatch(typed):
        raise WrongInput(
            N_("Whole m³ are kept: type 12500 or 12 500, without a comma or a dot, not %(typed)s."),
            typed=typed[:SHOWN],
        )
    if not _WHOLE.fullmatch(typed):
        raise WrongInput(
            N_("Type the volume in whole m³, such as 12500, not %(typed)s."), typed=typed[:SHOWN]
        )
    digits = typed.replace(" ", "").lstrip("0")[: len(str(MOST)) + 1]
    return require_possible(int(digits or "0"))


def require_possible(volume: int) -> int:
    """Return m³ that a town can take in a month; raises WrongInput."""
    if volume < 0:
        raise WrongInput(N_("Water put in is never below zero: not %(typed)s."), typed=volume)
    if volume > MOST:
        raise WrongInput(N_("More than %(most)s m³ in one month cannot be. Check the figure."), most=MOST)
    return volume


def usual_volume(volumes: Sequence[int]) -> int | None:
    """Return the median of a town's monthly m³, rounded down; None of none."""
    ordered, half = sorted(volumes), len(volumes) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


def far_from_usual(volume: int, usual: int | None) -> bool:
    """Tell whether m³ are more than three times the usual, or less than a third of it."""
    return usual is not None and (volume > usual * FAR or volume * FAR < usual)


def parse_month(text: str) -> date:
    """Return the first day of the month `2026-10`; raises WrongInput."""
    if not text.strip():
        raise WrongInput(N_("The month is empty. Type it as 2026-10."))
    found = _MONTH.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), 1) if found else date.fromisoformat("")
    except ValueError:
        raise WrongInput(
            N_("Type the month as 2026-10, not %(typed)s."), typed=text.strip()[:SHOWN]
        ) from None


def require_over(month: date, today: date) -> None:
    """Raise WrongInput for a month that is not over, or lies further back than reports look."""
    if month >= today.replace(day=1):
        raise WrongInput(
            N_("The month %(month)s is not over: what was put in is known from the first day of the next."),
            month=month_name(month),
        )
    if month < FIRST_MONTH:
        raise WrongInput(
            N_("%(month)s is too long ago: reports begin in %(first)s."),
            month=month_name(month),
            first=month_name(FIRST_MONTH),
        )
