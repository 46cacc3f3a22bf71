"""The meters of a supply point: how water runs through them, and their rows.

One law holds: a reading's consumption is what ran through its meter since the last real reading
that counts, or since its opening state, across the dial's end as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from db.sample import names
from db.sample.batch import Batch
from db.sample.days import Days
from db.sample.plans import PointPlan

LITRES = 1000
LIFE = 1_826
"""Days that a meter serves before it is exchanged."""
LEAST_HOUSE_LITRES = 1_100
"""A house with a garden uses more than a whole m³ between two readings, so that two dials which
cut off their decimals never show more for the garden than for the main meter."""


@dataclass(slots=True)
class Dial:
    """A meter that water runs through. Days are places in `Days`."""

    id: int
    number: str
    role: str
    digits: int
    installed: int
    litres: int
    """Opening state and everything used since; the dial's turns are not taken off."""
    verified_until: str
    replaces: int | None = None
    removed: int = 0
    opening: int = 0
    """m³."""
    counted: int = 0
    """m³ up to the last real reading that counts."""
    shown: int = 0
    """What the dial showed then."""

    def __post_init__(self) -> None:
        self.opening = self.shown = self.state()
        self.counted = self.litres // LITRES

    def state(self) -> int:
        """Return what the dial shows now, m³."""
        return int(self.litres // LITRES % 10**self.digits)


class Pipes:
    """The meters of one supply point, one day after the other."""

    def __init__(
        self, batch: Batch, days: Days, numbers: Iterator[str], use: Random, point: PointPlan, point_id: int
    ) -> None:
        self._batch, self._days, self._numbers = batch, days, numbers
        self._use, self._point, self._point_id = use, point, point_id
        present = days.today - point.installed_age
        self.contract_start = days.today - point.contract_age
        self.exchange = present if point.exchanged else 0
        """Day of an exchange to come; 0 when there is none."""
        self.today = max(self.contract_start, present - LIFE) if point.exchanged else present
        self.garden: Dial | None = None
        number = None if point.exchanged else point.meter
        self.main = self._dial("main", point.digits, number)
        if point.garden_litres and not self.exchange:
            self._add_garden()

    def turn_over(self, day: int) -> None:
        """Choose the opening state so that the dial passes its highest number on `day`."""
        main, point = self.main, self._point
        point.moods = 0
        used = point.litres * (self._days.house[day] - self._days.house[main.installed])
        used += point.garden_litres * (self._days.garden[day] - self._days.garden[main.installed])
        main.litres = 10**main.digits * LITRES - used // 1000
        main.__post_init__()

    def run_to(self, day: int) -> None:
        """Let water run until `day`, the exchange on the way included."""
        if self.exchange and day >= self.exchange:
            self._run(self.exchange)
            self._change_meter()
        self._run(day)

    def remove(self) -> None:
        """Take the main meter out, today."""
        self.main.removed = self.today

    def write(self) -> None:
        """Write the rows of the meters that are in place."""
        self._write(self.main)
        if self.garden:
            self._write(self.garden)

    def _run(self, day: int) -> None:
        days, point = self._days, self._point
        # over a long time habits even out
        spread = point.moods if day - self.today < 100 else point.moods // 8
        noise = 1000 - spread // 2 + int(self._use.random() * spread)
        house = point.litres * (days.house[day] - days.house[self.today]) // 1000 * noise // 1000
        if self.garden:
            garden = point.garden_litres * (days.garden[day] - days.garden[self.today]) // 1000
            garden = garden * noise // 1000
            self.garden.litres += garden
            house = max(house, LEAST_HOUSE_LITRES) + garden
        self.main.litres += house
        self.today = day

    def _change_meter(self) -> None:
        old = self.main
        old.removed, self.exchange = self.today, 0
        self._write(old)
        self.main = self._dial("main", self._point.digits, self._point.meter)
        self.main.replaces = old.id
        if self._point.garden_litres:
            self._add_garden()

    def _add_garden(self) -> None:
        self.garden = self._dial("garden", 5, self._point.garden_meter)
        if self._point.garden_expired:
            self.garden.verified_until = self._days.iso[self._days.today - 120]

    def _dial(self, role: str, digits: int, number: str | None) -> Dial:
        return Dial(
            id=self._batch.new_id("meter"),
            number=number or next(self._numbers),
            role=role,
            digits=digits,
            installed=self.today,
            litres=int(self._use.random() * 4_000),
            verified_until=f"{self._days.years[self.today] + 5}-12-31",
        )

    def _write(self, dial: Dial) -> None:
        chance = self._use.random()
        iso = self._days.iso
        location = "ogród" if dial.role == "garden" else names.LOCATIONS[int(chance * len(names.LOCATIONS))]
        removed = (iso[dial.removed], dial.state() * LITRES) if dial.removed else (None, None)
        self._batch.add_with_id(
            "meter",
            (
                *(dial.id, dial.number, self._point_id, dial.role, dial.digits, location),
                *(f"PL{dial.id % 1_000_000:06d}", dial.verified_until, iso[dial.installed]),
                *(dial.opening * LITRES, *removed, dial.replaces, 1),
            ),
        )
