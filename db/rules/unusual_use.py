"""Which use of a settled period is out of the ordinary for the meter itself. Pure."""

from __future__ import annotations

from enum import StrEnum

TIMES = 3
"""Times the usual use from which a leak is suspected, and part of it from which use is low."""
ROOM = 10
"""m³ by which use has to differ from the usual: three times little is still little."""
LEAST_DAYS = 28
"""Days of history without which nothing is usual."""


class UnusualUse(StrEnum):
    """What is out of the ordinary, the most urgent first."""

    NEGATIVE = "negative"
    """An estimate was too high: less was settled than had been charged."""
    LEAK = "leak"
    LOW = "low"
    ZERO = "zero"


def usual_use(days: int, past_volume: int, past_days: int) -> int | None:
    """Return the m³ that `days` would take at the pace of the past, rounded half up; None without a past."""
    if past_days < LEAST_DAYS:
        return None
    return max((2 * past_volume * days + past_days) // (2 * past_days), 0)


def unusual_use(volume: int, usual: int | None, *, told: bool = False) -> UnusualUse | None:
    """Return what is out of the ordinary in a use of `volume` m³; None when nothing is.

    `told`: the reading was saved with a leak as its reason.
    """
    if volume < 0:
        return UnusualUse.NEGATIVE
    if told or (usual is not None and volume >= TIMES * usual and volume - usual >= ROOM):
        return UnusualUse.LEAK
    if volume == 0:
        return UnusualUse.ZERO
    if usual is not None and TIMES * volume <= usual and usual - volume >= ROOM:
        return UnusualUse.LOW
    return None
