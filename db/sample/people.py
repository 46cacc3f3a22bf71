"""Draws ordinary clients: who they are, where they live, how they are reached.

What a client is called depends on the seed and on their place in the town alone, never on how
many clients the town has.
"""

from __future__ import annotations

from random import Random

from db.rules.text import fold, polish_key
from db.sample import names, places
from db.sample.plans import AddressPlan, ClientPlan, PointPlan
from db.sample.surnames import Surname, built_surnames, common_surnames, surname

MEANS_BY_EMAIL = (".", "_", "")


class Census:
    """The pools of names and streets, and the drawing from them."""

    def __init__(self) -> None:
        self._common = common_surnames()
        self._built = built_surnames()
        self._women = tuple((name, fold(name)) for name in names.weighted(names.WOMEN))
        self._men = tuple((name, fold(name)) for name in names.weighted(names.MEN))
        self._first_streets, self._later_streets = places.streets_with_keys()
        self._place_keys = tuple(place.key for place in places.PLACES)

    def person(self, who: Random, *, number: str, serial: int, place: int) -> ClientPlan:
        """Draw an unremarkable person with one main meter; `place` counts all clients."""
        female = who.random() < 0.52
        last, last_key = self._last_name(who, female=female)
        first, first_key = self._first_name(who, female=female)
        plan = ClientPlan(number, serial, female, last, first, polish_key(f"{last} {first}"))
        plan.phones.append(_phone(who))
        plan.emails.append(_email(who, first_key, last_key))
        plan.points.append(self.point(who, place, business=False))
        return plan

    def business(self, who: Random, *, number: str, serial: int, place: int) -> ClientPlan:
        """Draw an unremarkable business with one main meter."""
        trade, word, form = (_one(who, pool) for pool in (names.TRADES, names.WORDS, names.FORMS))
        company = f"{trade} „{word}” {form}"
        plan = ClientPlan(number, serial, False, "", "", polish_key(company), company=company)
        plan.phones.append(_phone(who))
        plan.emails.append(_email(who, fold(trade), fold(word)))
        plan.points.append(self.point(who, place, business=True))
        return plan

    def point(self, who: Random, place: int, *, business: bool) -> PointPlan:
        """Draw a supply point with one main meter, read when it was due."""
        chance = who.random
        contract_age = 400 + int(chance() * 8_000)
        months = 1 if business else (1, 2, 2, 2, 2, 3, 3, 3, 3, 3)[int(chance() * 10)]
        litres = int(300 / (0.04 + chance())) if business else 90 + int(chance() * 260) + int(chance() * 180)
        return PointPlan(
            address=self.address(who, place),
            contract_age=contract_age,
            period_months=months,
            litres=litres,
            installed_age=min(contract_age, 30 + int(chance() * 1_500)),
            phase=1 + int(chance() * months * 30),
            digits=6 if litres > 5_000 else 5,
        )

    def address(self, who: Random, place: int) -> AddressPlan:
        """Draw an address in the district that client no. `place` belongs to."""
        chance = who.random
        district = place // places.DISTRICT
        where = places.PLACE_OF_PERCENT[int(chance() * 100)]
        town, town_key = places.PLACES[where], self._place_keys[where]
        code = town.postal_codes[int(chance() * len(town.postal_codes))]
        if not town.streets:
            house = str(1 + int(chance() * 300 * (district + 1)))
            return AddressPlan(None, town_key, house, None, code, town.name, town_key)
        street, key = self._street(who, where, district)
        house = str(1 + int(chance() * 120))
        if chance() < 0.08:
            house += "ABC"[int(chance() * 3)]
        flat = str(1 + int(chance() * 40)) if where == 0 and chance() < 0.5 else None
        return AddressPlan(street, key, house, flat, code, town.name, town_key)

    def partner(self, who: Random, plan: ClientPlan) -> tuple[str, str]:
        """Draw the spouse's last and first name; the last name is shared in its other form."""
        first, _ = self._first_name(who, female=not plan.female)
        last = plan.last
        if plan.female and last.endswith(("ska", "cka")):
            last = f"{last[:-1]}i"
        elif not plan.female:
            last = surname(last).female
        return last, first

    def _last_name(self, who: Random, *, female: bool) -> tuple[str, str]:
        chance = who.random
        form = self._surname(chance())
        if not female:
            return form.male, form.male_key
        if chance() < 0.06:
            other = self._surname(chance())
            return f"{form.female}-{other.female}", f"{form.female_key} {other.female_key}"
        return form.female, form.female_key

    def _surname(self, chance: float) -> Surname:
        if chance < 0.45:
            return self._common[int(chance / 0.45 * len(self._common))]
        # the built ones thin out: the plain forms at the front are met often, the long ones seldom
        return surname(self._built[int(((chance - 0.45) / 0.55) ** 2.5 * len(self._built))])

    def _first_name(self, who: Random, *, female: bool) -> tuple[str, str]:
        chance = who.random
        pool = self._women if female else self._men
        first, key = pool[int(chance() * len(pool))]
        if chance() < 0.04:
            second, second_key = pool[int(chance() * len(pool))]
            if second != first:
                return f"{first} {second}", f"{key} {second_key}"
        return first, key

    def _street(self, who: Random, where: int, district: int) -> tuple[str, str]:
        chance = who.random
        if where:  # a village has few streets
            return self._first_streets[10 + int(chance() * 30)]
        if district == 0 or chance() < 0.25:
            return self._first_streets[int(chance() ** 1.4 * len(self._first_streets))]
        start = (district - 1) * places.DISTRICT_STREETS
        return self._later_streets[
            (start + int(chance() * places.DISTRICT_STREETS)) % len(self._later_streets)
        ]


def _one(who: Random, pool: tuple[str, ...]) -> str:
    return pool[int(who.random() * len(pool))]


def _phone(who: Random) -> str:
    chance = who.random
    pool = names.MOBILE_PREFIXES if chance() < 0.88 else names.LANDLINE_PREFIXES
    prefix = _one(who, pool)
    return f"+48{prefix}{int(chance() * 1_000_000):06d}"


def _email(who: Random, first_key: str, last_key: str) -> str:
    chance = who.random
    sign = MEANS_BY_EMAIL[int(chance() * 3)]
    name = f"{first_key}{sign}{last_key}".replace(" ", "-")[:56]
    return f"{name}{int(chance() * 10_000)}@{_one(who, names.DOMAINS)}"
