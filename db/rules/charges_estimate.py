"""Estimates where nobody read the meter (regulation of 27 Feb 2018 and local rules)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from db.records.charges import SettledInterval, Taken
from db.refusals import ChargeRefused
from db.rules.charges_exact import LITRES, divided, to_units
from db.words import N_

INTERVALS = 3
"""Settled real intervals that an estimate looks back on."""


def estimate_taken(history: Sequence[SettledInterval], *, previous: date, until: date) -> Taken:
    """Return what the days after `previous` up to `until` are estimated to take, in whole m³.

    The average m³ a day over the last three of `history` (settled intervals between real readings,
    oldest first), or over those there are, times the days; rounded half up. No garden meter was
    read, so that all of it counts as sewage. Raises ChargeRefused without history or days.
    """
    days = (until - previous).days
    recent = history[-INTERVALS:]
    behind = sum(interval.days for interval in recent)
    if days < 1:
        raise ChargeRefused("until", _NO_DAYS, until=until.isoformat(), previous=previous.isoformat())
    if behind < 1:
        raise ChargeRefused("history", _NO_HISTORY)
    litres = sum(to_units(interval.consumption, LITRES) for interval in recent)
    water = divided(litres * days, behind * 10**LITRES) * 10**LITRES
    return Taken(previous + timedelta(days=1), until, days, water, water, estimated=True)


_NO_DAYS = N_("%(field)s: the estimate ends on %(until)s, not after the reading of %(previous)s.")
_NO_HISTORY = N_("%(field)s: there is no settled interval between two real readings to estimate from.")
