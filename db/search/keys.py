"""What is written into the client index: pure functions from a client's data to its keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from db.rules.text import fold

WORD_LETTERS = 5
"""Shortest word that is kept to mend typing errors; shorter ones have too many neighbours."""
MOST_TURNS = 16
"""Words of one name that it can be found by when they are typed first."""
MOST_METERS = 12
"""Meters shown in a line of results."""
KEY_LENGTH = 80
"""Longest key: what people type is shorter, and a B-tree holds more short ones on a page."""
ENDING_DIGITS = 5
"""Digits at the end of a phone number that are indexed: some ten in a million share them."""
_EMPTY = frozenset({"sp", "zoo", "oo"})

fold_cached = lru_cache(maxsize=100_000)(fold)
"""`fold` for the few thousand words that a million names are made of."""


class NameKind(IntEnum):
    """How a name's key is ordered; the smaller, the better the match."""

    NATURAL = 0
    """`last first`, or a company's name."""
    TURNED = 1
    """The same beginning with another of its words, or another party of the contract."""


NATURAL, TURNED = int(NameKind.NATURAL), int(NameKind.TURNED)
"""The same as plain numbers: a million of them are hashed and handed to a driver."""


class PlaceKey(NamedTuple):
    """A street and its town; where there are no streets, both are the town."""

    street: str
    town: str


@dataclass(slots=True)
class ClientFacts:
    """What the index has to know about one client."""

    client_id: int
    names: list[str]
    """Folded `last first` or company name, then those of the other parties of the contracts."""
    addresses: list[tuple[int, PlaceKey, str]] = field(default_factory=list)
    """Id, place and folded number of each supply address, the present one first."""
    meters: list[str] = field(default_factory=list)
    """Numbers of the meters now installed."""


def person_name(last: str | None, first: str | None) -> str:
    """Return the folded `last first`."""
    return f"{fold_cached(last or '')} {fold_cached(first or '')}".strip()


def leads(word: str) -> bool:
    """Tell whether names are found by this word when it is typed first; `o` and `sp` say too little."""
    return len(word) > 1 and word not in _EMPTY


def name_keys(names: Sequence[str]) -> list[tuple[int, str]]:
    """Return kind and key of every row under which `names` are found; the first is the client's own."""
    if len(names) == 1 and names[0].count(" ") == 1:  # nearly every client
        last, _, first = names[0].partition(" ")
        own = (NATURAL, names[0][:KEY_LENGTH])
        return [own, (TURNED, f"{first} {last}"[:KEY_LENGTH])] if len(first) > 1 else [own]
    rows: dict[tuple[int, str], None] = {}
    for place, name in enumerate(names):
        rows[TURNED if place else NATURAL, name[:KEY_LENGTH]] = None
        words = [] if place else name.split()
        if len(words) == 2 and len(words[1]) > 1:
            rows[TURNED, f"{words[1]} {words[0]}"[:KEY_LENGTH]] = None
            continue
        heads = [at for at in range(1, len(words)) if leads(words[at])]
        for at in heads[:MOST_TURNS]:
            rows[TURNED, " ".join(words[at:] + words[:at])[:KEY_LENGTH]] = None
    return list(rows)


def vocabulary(words: Iterable[str]) -> list[str]:
    """Return those of folded `words` that are worth mending a typing error for."""
    return [word for word in words if len(word) >= WORD_LETTERS and word.isalpha()]


def place_words(place: PlaceKey) -> set[str]:
    """Return every word by which a place is found."""
    return {*place.street.split(), *place.town.split()}


def phone_ending(digits: str) -> str:
    """Return the last of `digits` as they are indexed, the very last first."""
    return digits[::-1][:ENDING_DIGITS]
