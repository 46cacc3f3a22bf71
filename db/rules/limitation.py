"""When a claim may be time-barred: told to people as information, never a decision.

Water is a sale: two years (KC 554, 555). Sewage and the standing charge are periodic: three years
(KC 118). A term of two years or more ends with the calendar year (KC 118). Which one holds for an
invoice over both is disputed, and what interrupts a term (an action in court, an acknowledgement)
is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WATER_YEARS = 2
PERIODIC_YEARS = 3


@dataclass(frozen=True, slots=True)
class Limitation:
    """Last days on which the parts of a claim could still be demanded."""

    water: date
    other: date
    """Of sewage and the standing charge."""

    def possibly_barred(self, day: date) -> bool:
        """Tell whether at least the water of the claim may be time-barred on `day`."""
        return day > self.water


def limitation(due_on: date) -> Limitation:
    """Return when a claim due on `due_on` may become time-barred."""
    return Limitation(date(due_on.year + WATER_YEARS, 12, 31), date(due_on.year + PERIODIC_YEARS, 12, 31))
