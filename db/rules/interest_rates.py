"""Statutory interest for delay (Art. 481 par. 2 KC): NBP reference rate plus 5.5 percentage points.

They seed the table of rates of a new installation; an administrator adds those that follow.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

MARGIN = Decimal("5.5")
"""Percentage points over the reference rate."""
_REFERENCE = {
    "2015-03-05": "1.50",
    "2020-03-18": "1.00",
    "2020-04-09": "0.50",
    "2020-05-29": "0.10",
    "2021-10-07": "0.50",
    "2021-11-04": "1.25",
    "2021-12-09": "1.75",
    "2022-01-05": "2.25",
    "2022-02-09": "2.75",
    "2022-03-09": "3.50",
    "2022-04-07": "4.50",
    "2022-05-06": "5.25",
    "2022-06-09": "6.00",
    "2022-07-08": "6.50",
    "2022-09-08": "6.75",
    "2023-09-07": "6.00",
    "2023-10-05": "5.75",
    "2025-05-08": "5.25",
    "2025-07-03": "5.00",
    "2025-09-04": "4.75",
    "2025-10-09": "4.50",
    "2025-11-06": "4.25",
    "2025-12-04": "4.00",
}


def known_rates() -> dict[date, Decimal]:
    """Return the rates, percent a year, by the first day of each."""
    return {date.fromisoformat(day): Decimal(rate) + MARGIN for day, rate in _REFERENCE.items()}
