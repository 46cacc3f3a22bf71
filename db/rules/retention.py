"""How long what an erasure leaves has to stay."""

from __future__ import annotations

from datetime import date

_TAX_YEARS = 5
_CLAIM_YEARS = 6


def tax_records_until(tax_point: date) -> date:
    """Return the last day on which what proves a tax may be asked for (Art. 86 with Art. 70 § 1 of the
    Tax Ordinance): five years from the end of the year in which the tax was to be paid.

    VAT of a month is paid in the next one (Art. 103 VAT act), that of December in the next year.
    """
    return date(tax_point.year + (tax_point.month == 12) + _TAX_YEARS, 12, 31)


def claims_until(day: date) -> date:
    """Return the last day of the six years in which claims expire (KC 118): the end of that year."""
    return date(day.year + _CLAIM_YEARS, 12, 31)
