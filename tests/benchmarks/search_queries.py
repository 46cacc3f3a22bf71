"""What agents type, drawn from the clients of a database: the same draw for the same town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import sqlalchemy as sa

from db.engine import Database
from db.rules.text import fold

WORST = ("a", "ko", "1", "a k l", "anna maria", "ul lodz 1", "kowalksi jan")
"""The fixed list: short, common or disjoint words, and a typing error with a first name."""
LETTERS = "abcdefghijklmnoprstuwyz"

_PEOPLE = (
    "SELECT c.id, c.number, c.last_name, c.first_name, c.pesel, a.street, a.house, a.flat, a.town, m.number,"
    " (SELECT max(value) FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'),"
    " (SELECT max(value) FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'email')"
    " FROM client c JOIN contract t ON t.client_id = c.id JOIN supply_point s ON s.contract_id = t.id"
    " JOIN address a ON a.id = s.address_id JOIN meter m ON m.supply_point_id = s.id"
    " WHERE c.id = :id AND c.kind = 'person' AND m.removed_on IS NULL AND t.ends_on IS NULL LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A client as a caller would name themselves."""

    id: int
    number: str
    last: str
    first: str
    pesel: str | None
    street: str | None
    house: str
    flat: str | None
    town: str
    meter: str
    phone: str | None
    email: str | None

    @property
    def surname(self) -> str:
        """As typed in a hurry: no capitals, no diacritics."""
        return fold(self.last)

    @property
    def given(self) -> str:
        """The first name, typed likewise."""
        return fold(self.first)

    @property
    def place(self) -> str:
        """The street, or the village that has none."""
        return fold(self.street or self.town).removeprefix("ul ")

    @property
    def address(self) -> str:
        """`lipowa 4 12 przykladowo`."""
        return f"{self.place} {fold(self.house)} {fold(self.flat or '')} {fold(self.town)}".replace("  ", " ")


def draw_people(database: Database, count: int, seed: int = 1) -> list[Person]:
    """Draw `count` persons with an address and a meter."""
    chance = Random(seed)
    people: list[Person] = []
    with database.reader.connect() as connection:
        first, last = connection.execute(sa.text("SELECT min(id), max(id) FROM client")).one()
        while len(people) < count:
            row = connection.execute(sa.text(_PEOPLE), {"id": chance.randint(first, last)}).first()
            if row is not None and len(fold(str(row[2]))) > 2:
                people.append(Person(*row))
    return people


def queries(people: Sequence[Person], seed: int = 2) -> dict[str, list[str]]:
    """Return whole queries by kind."""
    chance = Random(seed)
    phones = [person.phone.removeprefix("+48") for person in people if person.phone]
    spoilt = [(p, spoil(p.surname, chance)) for p in people if is_long(p.surname)]
    return {
        "2 letters": [p.surname[:2] for p in people],
        "4 letters": [p.surname[:4] for p in people],
        "surname": [p.surname for p in people],
        "surname first": [f"{p.surname} {p.given}" for p in people],
        "first surname": [f"{p.given} {p.surname}" for p in people],
        "surname street": [f"{p.surname} {p.place}" for p in people],
        "surname town": [f"{p.surname} {fold(p.town)}" for p in people],
        "first street": [f"{p.given} {p.place[:6].strip()}" for p in people],
        "street no": [f"{p.place} {fold(p.house)}" for p in people],
        "street no town": [p.address for p in people],
        "client number": [p.number for p in people],
        "PESEL": [p.pesel for p in people if p.pesel],
        "meter": [p.meter for p in people],
        "phone": [f"{phone[:3]} {phone[3:6]} {phone[6:]}" for phone in phones],
        "phone, last 5": [phone[-5:] for phone in phones],
        "e-mail": [p.email for p in people if p.email],
        "typo in surname": [typed for _, typed in spoilt],
        "typo + first": [f"{typed} {person.given}" for person, typed in spoilt],
    }


def typed(people: Sequence[Person]) -> dict[str, list[str]]:
    """Return every keystroke of typed names, addresses and numbers."""
    return {
        "surname first": list(_keystrokes(f"{p.surname} {p.given}" for p in people)),
        "first surname": list(_keystrokes(f"{p.given} {p.surname}" for p in people)),
        "street no town": list(_keystrokes(p.address for p in people)),
        "surname street": list(_keystrokes(f"{p.surname} {p.place}" for p in people)),
        "PESEL, number": list(_keystrokes(text for p in people for text in (p.pesel or "", p.number))),
    }


def _keystrokes(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield from (text[:end] for end in range(1, len(text) + 1) if text[end - 1] != " ")


def is_long(name: str) -> bool:
    """Tell whether typing errors in this surname are to be forgiven."""
    return len(name) >= 5 and name.isalpha()


def spoil(word: str, chance: Random) -> str:
    """Return `word` with one typing error: dropped, added, wrong, or two swapped."""
    while True:
        at, letter = chance.randrange(len(word)), chance.choice(LETTERS)
        head, tail = word[:at], word[at + 1 :]
        ways = (
            head + tail,
            head + letter + word[at:],
            head + letter + tail,
            head + tail[:1] + word[at] + tail[1:],
        )
        if (found := chance.choice(ways)) != word:
            return found
