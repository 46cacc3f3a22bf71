"""Clients who are always there, whatever the seed: what demos and tests may count on.

Each shows one thing and is otherwise unremarkable. The cast is complete in a town of
`WHOLE_CAST` clients or more; the first of them, 123456, lives in every town.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.rules.text import fold, polish_key
from db.sample.plans import AddressPlan, ClientPlan, PointPlan, Slip

HERO = "123456"
WHOLE_CAST = 40
LONG_NAME = ("Bardzodługienazwisko" * 6)[:120]


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast."""

    number: str
    name: tuple[str, str]
    """Last and first name; the company's name and nothing for a business."""
    shows: str
    client: Mapping[str, Any] = field(default_factory=dict)
    """What differs from an ordinary `ClientPlan`."""
    points: tuple[Mapping[str, Any], ...] = ({},)
    """What differs from an ordinary `PointPlan`, a point each."""
    female: bool = False

    @property
    def company(self) -> bool:
        """Tell whether this is a business."""
        return len(self.number) == 4


def _at(street: str, house: str, flat: str | None = None) -> AddressPlan:
    key = fold(street.split(" ", 1)[1])
    return AddressPlan(street, key, house, flat, "99-801", "Przykładowo", "przykladowo")


_OPEN = {"slip": Slip.OPEN, "phase": 4}

PERSONS = (
    Member(
        HERO,
        ("Żółw", "Łukasz"),
        "an ordinary client: one main meter, read every second month, an open notice; 487 is plausible",
        {"spouse": ("Żółw", "Żaneta"), "calls": 2},
        (
            {
                **_OPEN,
                "meter": "81234567",
                "address": _at("ul. Lipowa", "4", "12"),
                "litres": 400,
                "moods": 80,
                "contract_age": 2_900,
                "installed_age": 1_200,
            },
        ),
    ),
    Member(
        "123457",
        ("Gżegżółka", "Anna Maria"),
        "two main meters, the second under a contract of its own; the first has an open notice",
        points=(
            {**_OPEN, "meter": "81234570"},
            {"meter": "81234571", "own_contract": True, "address": _at("ul. Łódzka", "1")},
        ),
        female=True,
    ),
    Member(
        "123458",
        ("Śliwińska", "Bożena"),
        "a garden sub-meter, read together with the main meter; an open notice for both",
        points=(
            {
                **_OPEN,
                "meter": "81234572",
                "garden_meter": "81234573",
                "garden_litres": 180,
                "address": _at("ul. Ogrodowa", "17"),
            },
        ),
        female=True,
    ),
    Member(
        "123459",
        ("Ożóg", "Zdzisław"),
        "the dial rolled over",
        points=({"rollover": True, "meter": "81234574"},),
    ),
    Member(
        "123460",
        ("Źrebiec", "Grażyna"),
        "the main meter was exchanged 150 days ago",
        points=({"exchanged": True, "installed_age": 150, "contract_age": 4_000, "meter": "81234575"},),
        female=True,
    ),
    Member(
        "123461",
        ("Pędziwiatr", "Józef"),
        "the main meter's verification has expired",
        points=({"installed_age": 2_300, "contract_age": 4_000, "meter": "81234576", **_OPEN},),
    ),
    Member("123462", ("Ćwik", "Władysława"), "no PESEL", {"pesel": False}, female=True),
    Member(
        "123463", ("Mżyk", "Stefania"), "no phone and no e-mail", {"phones": [], "emails": []}, female=True
    ),
    Member(
        "123464",
        ("Kępa", "Czesław"),
        "the contract ended 40 days ago, the meter still hangs",
        points=({"ended_age": 40, "installed_age": 700, "contract_age": 3_000, "meter": "81234577"},),
    ),
    Member(
        "123465",
        ("Dębska", "Katarzyna"),
        "the spouse is the second party: only the first one's PESEL verifies",
        {"spouse": ("Dębski", "Andrzej")},
        female=True,
    ),
    Member("123466", ("Kowalski", "Jan"), "a namesake of 123467"),
    Member("123467", ("Kowalski", "Jan"), "a namesake of 123466"),
    Member(
        "123468",
        ("Wąs", "Mirosława"),
        "a reading waits for a supervisor",
        points=({"pending": True, "phase": 20, "meter": "81234578"},),
        female=True,
    ),
    Member(
        "123469",
        ("Strąk", "Rafał"),
        "a mistyped reading was voided and replaced (where there is staff)",
        points=({"voided": True, "meter": "81234579"},),
    ),
    Member(
        "123470",
        ("Nędza", "Paweł"),
        "three readings in a row were given by the client; an open notice for the next",
        points=({**_OPEN, "streak": 3, "meter": "81234580", "contract_age": 3_000, "installed_age": 900},),
    ),
    Member(
        "123471",
        ("Turoń", "Halina"),
        "no notice: a reading by phone needs a reason",
        points=({"phase": 25, "meter": "81234581"},),
        female=True,
    ),
    Member(
        "123472",
        ("Sęk", "Ryszard"),
        "the notice was not answered in time",
        points=({"slip": Slip.OVERDUE, "phase": 24, "meter": "81234582"},),
    ),
    Member("123473", ("Węgrzyn", "Ewa"), "many calls (where there is staff)", {"calls": 8}, female=True),
    Member(
        "123474",
        ("Ślusarczyk", "Genowefa"),
        "the garden sub-meter's verification has expired",
        points=({"garden_litres": 150, "garden_expired": True, "contract_age": 3_000, "meter": "81234583"},),
        female=True,
    ),
    Member(
        "123475",
        ("Łuczak", "Felicja"),
        "lives in a village without street names",
        points=({"address": AddressPlan(None, "nibylas", "7", None, "99-813", "Nibylas", "nibylas")},),
        female=True,
    ),
    Member(
        "123476",
        ("Gołąb", "Świętosława"),
        "letters go to another address",
        {"mailing": _at("al. Trzydziestego Lutego", "30A", "2")},
        female=True,
    ),
    Member("123480", ("[/x]", "[bold]Ą[/bold]"), "a name that looks like markup", points=({**_OPEN},)),
    Member("123481", ("=1+1", "@SUM(A1)"), "a name that looks like a formula", points=({**_OPEN},)),
    Member(
        "123482",
        ("\x1b[31mCzerwony\x1b[0m", "\x1b]0;tytuł\x07Wróg\u202egorw"),
        "a name with escape sequences, stored raw as an old import would have left it",
        points=({**_OPEN},),
    ),
    Member("123483", (LONG_NAME, "Anna"), "a name of 120 characters", points=({**_OPEN},), female=True),
    Member("000042", ("Zerowska", "Oliwia"), "a client number with leading zeros", female=True),
)

BUSINESSES = (
    Member(
        "1234",
        ("Piekarnia „Źródełko” sp. z o.o.", ""),
        "an ordinary business with an open notice",
        points=(_OPEN,),
    ),
    Member("1235", ("Hotel „Łoś” S.A.", ""), "three supply points under one contract", points=({}, {}, {})),
    Member("0007", ("Gospodarstwo „Żniwo” s.c.", ""), "a business number with leading zeros"),
)

NUMBERS = frozenset(member.number for member in PERSONS + BUSINESSES)


def cast_as(plan: ClientPlan, member: Member, points: list[PointPlan]) -> None:
    """Make an ordinary client into `member`; `points` are ordinary ones, as many as the member has."""
    if member.company:
        plan.company = member.name[0]
        plan.name_key = polish_key(plan.company)
    else:
        plan.last, plan.first = member.name
        plan.female = member.female
        plan.name_key = polish_key(" ".join(member.name))
        local = fold(" ".join(reversed(member.name))).replace(" ", ".")[:40]
        plan.emails = [f"{local}@example.com"]
    for name, value in member.client.items():
        setattr(plan, name, list(value) if isinstance(value, list) else value)
    plan.points = points
    first = points[0]
    for point, wish in zip(points, member.points, strict=True):
        point.digits, point.period_months = (5, 2) if not member.company else (6, 1)
        point.contract_age, point.installed_age = first.contract_age, min(first.contract_age, 1_000)
        point.phase = 10 + point.phase % 20
        for name, value in wish.items():
            setattr(point, name, value)
