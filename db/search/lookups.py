"""The look-ups that a search is made of. Each walks a B-tree over a bounded stretch.

All return client ids in the order of the index; those over addresses return the address too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from db.search.dialects import LAST, Asker, Dialect, Range, Row, beginning
from db.search.keys import WORD_LETTERS, NameKind, leads

MANY = 500
"""Names or places beyond which a word is just common."""
PLACE_LETTERS = 3
"""Letters from which on a word is looked for in streets and towns of a name."""

EVERYTHING: Range = ("", LAST)

_METERS = "meter m JOIN supply_point p ON p.id = m.supply_point_id JOIN contract t ON t.id = p.contract_id"
_PHONES = "contact_point WHERE kind = 'phone' AND removed_on IS NULL AND"
_EMAILS = "contact_point WHERE kind = 'email' AND removed_on IS NULL AND"
BEGUN_PESEL, BEGUN_PHONE, BEGUN_EMAIL = 5, 8, 9
"""Characters of each that PostgreSQL indexes; `+48` and five digits of a phone."""
# what is compared, its characters that are indexed, the value and the client to return, where they stand
_SOURCES = (
    ("number", 0, "number, id", "client WHERE"),
    ("m.number", 0, "m.number, t.client_id", f"{_METERS} WHERE"),
    ("value", BEGUN_PHONE, "value, client_id", _PHONES),
    ("{ending}", 0, "value, client_id", f"{_PHONES} {{tail}} = ? AND"),
    ("pesel", BEGUN_PESEL, "pesel, id", "client WHERE pesel IS NOT NULL AND"),
    ("nip", 0, "nip, id", "client WHERE"),
)
NUMBER, METER, PHONE, PHONE_END, PESEL, NIP = range(6)
"""What a range of `numbers` is looked up in."""
_SHARED = (PHONE, PHONE_END, PESEL, NIP)
"""Those that several clients may have: they come in the order in which they were filed."""


@lru_cache(maxsize=64)
def _numbers_statement(dialect: Dialect, kinds: tuple[int, ...]) -> str:
    branches = []
    for at, kind in enumerate(kinds):
        compared, begun, returned, table = _SOURCES[kind]
        within, order = dialect.between(compared, begun)
        order += ", id" if kind in _SHARED else ""
        found = f"SELECT {kind}, {returned} FROM {table} {within} ORDER BY {order} LIMIT ?"
        branches.append(f"SELECT * FROM ({found}) AS r{at}")
    return " UNION ALL ".join(branches) + " LIMIT ?"


def numbers(
    ask: Asker, ranges: Sequence[tuple[int, Range]], limit: int, *, digits: str = ""
) -> Sequence[Row]:
    """Return kind, value and client of identifiers in `ranges`, one range after the other.

    `digits` are those that a phone found by its end must end with.
    """
    values: list[object] = []
    for kind, within in ranges:
        values += [len(digits), digits] if kind == PHONE_END else []
        values += [*ask.dialect.bounds(within, _SOURCES[kind][1]), limit]
    return ask.rows(_numbers_statement(ask.dialect, tuple(kind for kind, _ in ranges)), *values, limit)


def emails(ask: Asker, prefix: str, limit: int) -> Sequence[Row]:
    """Return address and client of e-mail addresses that begin with `prefix`."""
    within, order = ask.dialect.between("value", BEGUN_EMAIL)
    statement = f"SELECT value, client_id FROM {_EMAILS} {within} ORDER BY {order}, id LIMIT ?"
    return ask.rows(statement, *ask.dialect.bounds(beginning(prefix), BEGUN_EMAIL), limit)


def names(
    ask: Asker, ranges: Sequence[tuple[NameKind, Range]], limit: int, *, each: int | None = None
) -> Sequence[Row]:
    """Return key, client and range of names in `ranges`, one after the other, at most `each` of one.

    The range is given by its place among `ranges`.
    """
    store = ask.dialect.store
    return ask.rows(store.names_in(len(ranges)), *store.names_in_values(ranges, each or limit), limit)


@lru_cache(maxsize=64)
def _scan_statement(dialect: Dialect, inside: int, anywhere: int) -> str:
    of_place = "place_id IN (SELECT place_id FROM search_place_word WHERE word >= ? AND word < ?)"
    tests = ["{position}(key, ?) > 0"] * inside
    tests += [f"({{position}}(key, ?) > 0 OR {of_place})"] * anywhere
    walk = f"({dialect.store.names()} LIMIT ?)"
    branches = (
        f"SELECT key, client_id FROM {walk} AS r{kind} WHERE {' AND '.join(tests)}" for kind in NameKind
    )
    return f"{' UNION ALL '.join(branches)} LIMIT ?"


def names_holding(
    ask: Asker, within: Range, words: Sequence[str], cap: int, limit: int, *, in_places: bool = True
) -> Sequence[Row]:
    """Return key and client of names in a stretch of `cap` keys that hold every one of `words`.

    First the names as they are, then as many turned ones. `in_places`: a word of three letters or
    more may stand in the client's street or town instead.
    """
    long = [word for word in words if in_places and len(word) >= PLACE_LETTERS]
    short = [word for word in words if word not in long]
    values: list[object] = []
    for kind in NameKind:
        values += [*ask.dialect.store.names_values(int(kind), within), cap, *(f" {word}" for word in short)]
        for word in long:
            values += [f" {word}", *beginning(word)]
    return ask.rows(_scan_statement(ask.dialect, len(short), len(long)), *values, limit)


def addresses(ask: Asker, places: str, given: Sequence[object], number: Range, limit: int) -> Sequence[Row]:
    """Return street, town, number, client and address in the places that the select `places` names."""
    store = ask.dialect.store
    return ask.rows(store.addresses(places), *given, *store.addresses_values(number, limit))


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
def _residents_statement(dialect: Dialect, places: int, names: int, numbered: bool) -> str:
    tests = " AND ".join(["{position}(names, ?) > 0"] * names)
    return dialect.store.residents(_places_of_words(places), tests, numbered=numbered)


def residents(
    ask: Asker, place: Sequence[str], number: Range, name: Sequence[str], cap: int, limit: int
) -> tuple[Sequence[Row], bool]:
    """Return client and address where places hold `place` and the clients' names hold `name`.

    Looks at `cap` addresses at most; says as well whether those were all there are.
    """
    numbered = number != EVERYTHING
    given, held = places_of_words(place)[1], [f" {word}" for word in name]
    values = ask.dialect.store.residents_values(given, held, number, cap, numbered=numbered)
    statement = _residents_statement(ask.dialect, len(place), len(name), numbered)
    rows = ask.rows(statement, *values, limit)
    return [row[:2] for row in rows if row[2]], len(rows) < limit and all(row[3] < cap for row in rows)


_IN_PLACES = "EXISTS (SELECT 1 FROM search_place_word p WHERE p.word >= w.word AND p.word < w.word || {last})"


def known_words(ask: Asker, spellings: Sequence[str]) -> Sequence[Row]:
    """Return those of `spellings` that names or places have.

    With how often they were seen, and whether words of streets or towns begin so.
    """
    return ask.rows(
        f"SELECT w.word, w.seen, {_IN_PLACES} FROM search_word w WHERE w.word {{in_words}}",
        ask.dialect.many(spellings),
    )


def words_beginning(ask: Asker, spellings: Sequence[str], limit: int) -> Sequence[Row]:
    """Return words that begin with one of `spellings`, as `known_words` does."""
    return ask.rows(
        f"SELECT w.word, w.seen, {_IN_PLACES} FROM {{each_text}} CROSS JOIN search_word w"
        " WHERE w.word >= {given} AND w.word < {given} || {last} LIMIT ?",
        ask.dialect.many(spellings),
        limit,
    )


class Sense(NamedTuple):
    """In how many names, and in how many streets and towns, a word begins as one typed."""

    names: int
    places: int
    whole: bool
    """It is such a word itself; told of the longer ones alone."""


def _counted(some: str) -> str:
    return f"(SELECT count(*) FROM ({some} LIMIT {MANY}) AS stretch)"


@lru_cache(maxsize=2)
def _senses_statement(dialect: Dialect) -> str:
    high = "{given} || {last}"
    # one count for each kind: SQLite would count a compound only once for all words
    counts = [_counted(dialect.store.keys(str(int(kind)), "{given}", high)) for kind in NameKind]
    places, known = (
        _counted(f"SELECT 1 FROM {table} WHERE word >= {{given}} AND word < {high}")
        for table in ("search_place_word", "search_word")
    )
    whole = "EXISTS (SELECT 1 FROM search_word WHERE word = {given})"
    return f"SELECT {{given}}, {' + '.join(counts)}, {places}, {known}, {whole} FROM {{each_text}}"


def senses(ask: Asker, words: Sequence[str]) -> dict[str, Sense]:
    """Return the sense of each of `words`; nothing is counted beyond `MANY`."""
    found = {}
    rows = ask.rows(_senses_statement(ask.dialect), ask.dialect.many(words))
    for word, names, places, known, whole in rows:
        # names are not indexed by every word they hold: not by the shortest, nor by another
        # party's first name
        elsewhere = not leads(word) or (not places and (known or len(word) < WORD_LETTERS))
        found[str(word)] = Sense(names or (MANY if elsewhere else 0), places, bool(whole))
    return found
