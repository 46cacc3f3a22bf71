"""Exact figures for charges: whole litres, grosze and ten-thousandths, rounded once where a rule says so.

A quotient that is rounded before it is multiplied loses a grosz now and then, and a context of 28
digits rounds unasked; whole numbers do neither. Decimals stand at the edges only.
"""

from __future__ import annotations

from decimal import Context, Decimal

LITRES = 3
"""Decimals of a volume in m³."""
GROSZE = 2
"""Decimals of an amount in PLN."""
FINE = 4
"""Decimals of prices, VAT rates and months."""

_scaled = Context(prec=1000).scaleb
"""Moves the decimal point; wide enough that nothing is ever rounded, whatever context the caller has."""


def to_units(value: Decimal, places: int) -> int:
    """Return `value` in units of 10^-`places`; raises ValueError when it has more decimals."""
    over, under = value.as_integer_ratio()
    units: int
    units, rest = divmod(over * 10**places, under)
    if rest:
        raise ValueError(f"{value} has more than {places} decimals")
    return units


def from_units(units: int, places: int) -> Decimal:
    """Return `units` of 10^-`places` as a Decimal that shows all its `places`."""
    return _scaled(units, -places)


def divided(numerator: int, denominator: int) -> int:
    """Return the quotient as a whole number, rounded half away from zero; `denominator` is above 0.

    For what is not negative this is half up; what is negative mirrors it, as a correction has to.
    """
    if numerator < 0:
        return -divided(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)
