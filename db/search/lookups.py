"""The look-ups that a search is made of. Each walks a B-tree over a bounded stretch.

All return client ids in the order of the index; those over addresses return the address too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from db.search.dialects import LAST, Asker, Row, beginning
from db.search.keys import WORD_LETTERS, NameKind, leads

MANY = 500
"""Names or places beyond which a word is just common."""
PLACE_LETTERS = 3
"""Letters from which on a word is looked for in streets and towns of a name."""

Range = tuple[str, str]
"""From the first key, included, to the last, excluded."""
EVERYTHING: Range = ("", LAST)

_LIVE = "removed_on IS NULL"
# what is compared, the value and the client to return, where they stand
_SOURCES = (
    ("number{bytes}", "number, id", "client WHERE"),
    (
        "m.number{bytes}",
        "m.number, t.client_id",
        "meter m JOIN supply_point p ON p.id = m.supply_point_id"
        " JOIN contract t ON t.id = p.contract_id WHERE",
    ),
    ("value{bytes}", "value, client_id", f"contact_point WHERE {_LIVE} AND"),
    (
        "e.ending",
        "p.value, p.client_id",
        f"search_phone_end e JOIN contact_point p ON p.id = e.point_id WHERE p.{_LIVE} AND",
    ),
    ("pesel{bytes}", "pesel, id", "client WHERE"),
    ("nip{bytes}", "nip, id", "client WHERE"),
)
NUMBER, METER, PHONE, PHONE_END, PESEL, NIP = range(6)
"""What a range of `numbers` is looked up in."""

_NAMES = (
    "SELECT key, client_id FROM search_name WHERE kind = ? AND key >= ? AND key < ?"
    " ORDER BY key, client_id LIMIT ?"
)


@lru_cache(maxsize=64)
def _numbers_statement(kinds: tuple[int, ...]) -> str:
    branches = []
    for at, kind in enumerate(kinds):
        compared, returned, table = _SOURCES[kind]
        branches.append(
            f"SELECT * FROM (SELECT {kind}, {returned} FROM {table} {compared} >= ? AND {compared} < ?"
            f" ORDER BY {compared} LIMIT ?) AS r{at}"
        )
    return " UNION ALL ".join(branches) + " LIMIT ?"


def numbers(ask: Asker, ranges: Sequence[tuple[int, Range]], limit: int) -> Sequence[Row]:
    """Return kind, value and client of identifiers in `ranges`, one range after the other."""
    values: list[object] = []
    for _, (low, high) in ranges:
        values += [low, high, limit]
    return ask.rows(_numbers_statement(tuple(kind for kind, _ in ranges)), *values, limit)


def emails(ask: Asker, prefix: str, limit: int) -> Sequence[Row]:
    """Return address and client of e-mail addresses that begin with `prefix`."""
    return ask.rows(
        f"SELECT value, client_id FROM contact_point WHERE {_LIVE}"
        " AND value{bytes} >= ? AND value{bytes} < ? ORDER BY value{bytes}, client_id LIMIT ?",
        *beginning(prefix),
        limit,
    )


@lru_cache(maxsize=16)
def _names_statement(branches: int) -> str:
    branch = f"SELECT * FROM ({_NAMES}) AS r"
    return " UNION ALL ".join(f"{branch}{n}" for n in range(branches)) + " LIMIT ?"


def names(
    ask: Asker, ranges: Sequence[tuple[NameKind, Range]], limit: int, *, each: int | None = None
) -> Sequence[Row]:
    """Return key and client of names in `ranges`, one range after the other, at most `each` of one."""
    values: list[object] = []
    for kind, (low, high) in ranges:
        values += [int(kind), low, high, each or limit]
    return ask.rows(_names_statement(len(ranges)), *values, limit)


@lru_cache(maxsize=64)
def _scan_statement(inside: int, anywhere: int) -> str:
    of_place = "place_id IN (SELECT place_id FROM search_place_word WHERE word >= ? AND word < ?)"
    tests = ["{position}(key, ?) > 0"] * inside
    tests += [f"({{position}}(key, ?) > 0 OR {of_place})"] * anywhere
    return (
        "SELECT key, client_id FROM (SELECT key, client_id, place_id FROM search_name"
        " WHERE kind = ? AND key >= ? AND key < ? ORDER BY key, client_id LIMIT ?) AS stretch"
        f" WHERE {' AND '.join(tests)} LIMIT ?"
    )


def names_holding(
    ask: Asker, kind: NameKind, within: Range, words: Sequence[str], cap: int, limit: int
) -> Sequence[Row]:
    """Return key and client of names in a stretch of `cap` keys that hold every one of `words`.

    A word of three letters or more may stand in the client's street or town instead.
    """
    short = [word for word in words if len(word) < PLACE_LETTERS]
    long = [word for word in words if len(word) >= PLACE_LETTERS]
    values: list[object] = [int(kind), *within, cap, *(f" {word}" for word in short)]
    for word in long:
        values += [f" {word}", *beginning(word)]
    return ask.rows(_scan_statement(len(short), len(long)), *values, limit)


_ADDRESS_COLUMNS = "p.street, p.town, a.number, a.client_id, a.address_id"
_IN_PLACE = "search_address a WHERE a.place_id = p.id AND a.number >= ? AND a.number < ?"


def _addresses_statement(sqlite: bool, places: str) -> str:
    """Addresses place by place: the order of the places is the order of the answer."""
    if sqlite:
        # CROSS JOIN keeps the places outside, so that the walk stops at the limit
        return f"SELECT {_ADDRESS_COLUMNS} FROM ({places}) p CROSS JOIN {_IN_PLACE} LIMIT ?"
    inner = f"SELECT * FROM {_IN_PLACE} ORDER BY a.number, a.client_id LIMIT ?"
    return f"SELECT {_ADDRESS_COLUMNS} FROM ({places}) p CROSS JOIN LATERAL ({inner}) a LIMIT ?"


def addresses(ask: Asker, places: str, given: Sequence[object], number: Range, limit: int) -> Sequence[Row]:
    """Return street, town, number, client and address in the places that the select `places` names."""
    sqlite = ask.dialect.name == "sqlite"
    limits = (limit,) if sqlite else (limit, limit)
    return ask.rows(_addresses_statement(sqlite, places), *given, *number, *limits)


PLACES_OF_STREET = (
    "SELECT id, street, town FROM search_place WHERE street >= ? AND street < ? AND town >= ? AND town < ?"
    " ORDER BY street, town LIMIT 2000"
)


@lru_cache(maxsize=8)
def _places_of_words(count: int) -> str:
    held = ["{position}(' ' || p.street || ' ' || p.town, ?) > 0"] * (count - 1)
    return (
        "SELECT p.id, p.street, p.town FROM search_place_word w JOIN search_place p ON p.id = w.place_id"
        f" WHERE {' AND '.join(['w.word >= ?', 'w.word < ?', *held])} ORDER BY w.word, w.place_id LIMIT 5000"
    )


def places_of_words(words: Sequence[str]) -> tuple[str, list[object]]:
    """Return the select of places whose street and town hold every one of `words`, and its values.

    The first word, the rarest, is looked up; the others are looked for in what it finds.
    """
    return _places_of_words(len(words)), [*beginning(words[0]), *(f" {word}" for word in words[1:])]


@lru_cache(maxsize=32)
def _residents_statement(sqlite: bool, places: int, names: int) -> str:
    found = _addresses_statement(sqlite, _places_of_words(places))
    tests = " AND ".join(["{position}(s.names, ?) > 0"] * names)
    return (
        f"SELECT found.client_id, found.address_id FROM ({found}) AS found"
        f" JOIN search_client s ON s.client_id = found.client_id WHERE {tests} LIMIT ?"
    )


def residents(
    ask: Asker, place: Sequence[str], number: Range, name: Sequence[str], cap: int, limit: int
) -> Sequence[Row]:
    """Return client and address where places hold `place` and the clients' names hold `name`.

    Looks at `cap` addresses at most.
    """
    sqlite = ask.dialect.name == "sqlite"
    values = places_of_words(place)[1]
    values += [*number, *((cap,) if sqlite else (cap, cap)), *(f" {word}" for word in name), limit]
    return ask.rows(_residents_statement(sqlite, len(place), len(name)), *values)


def known_words(ask: Asker, spellings: Sequence[str]) -> Sequence[Row]:
    """Return those of `spellings` that are words of names or places, with how often they were seen."""
    given = ask.dialect.many(spellings)
    return ask.rows("SELECT word, seen FROM search_word WHERE word {in}", given)


def words_beginning(ask: Asker, spellings: Sequence[str], limit: int) -> Sequence[Row]:
    """Return words that begin with one of `spellings`, with how often they were seen."""
    return ask.rows(
        "SELECT w.word, w.seen FROM {each_text} CROSS JOIN search_word w"
        " WHERE w.word >= {given} AND w.word < {given} || {last} LIMIT ?",
        ask.dialect.many(spellings),
        limit,
    )


class Sense(NamedTuple):
    """How many names, and how many streets and towns, have a word that begins as one typed."""

    names: int
    places: int


def _counted(table: str, key: str) -> str:
    begun = f"{key} >= {{given}} AND {key} < {{given}} || {{last}}"
    return f"(SELECT count(*) FROM (SELECT 1 FROM {table} {begun} LIMIT {MANY}) AS stretch)"


# one count for each kind: SQLite would count a compound only once for all words
_SENSES = (
    f"SELECT {{given}}, {_counted('search_name WHERE kind = 0 AND', 'key')}"
    f" + {_counted('search_name WHERE kind = 1 AND', 'key')},"
    f" {_counted('search_place_word WHERE', 'word')}, {_counted('search_word WHERE', 'word')}"
    " FROM {each_text}"
)


def senses(ask: Asker, words: Sequence[str]) -> dict[str, Sense]:
    """Return the sense of each of `words`; nothing is counted beyond `MANY`."""
    found = {}
    for word, names, places, known in ask.rows(_SENSES, ask.dialect.many(words)):
        # names are not indexed by every word they hold: not by the shortest, nor by another
        # party's first name
        elsewhere = not leads(word) or (not places and (known or len(word) < WORD_LETTERS))
        found[str(word)] = Sense(names or (MANY if elsewhere else 0), places)
    return found
