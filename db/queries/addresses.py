"""Places on file, suggested while an address is typed."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from db.doors import DESK, query
from db.records.clients import Place
from db.rules.addresses import street_key
from db.rules.text import fold
from db.search.dialects import LAST
from db.work import Work

MOST_PLACES = 20
MOST_PROBES = 200
"""Look-ups in the index of one question; each finds the next place or skips many."""
_NEXT = "\x01"
"""No folded key that goes on sorts before it."""
_Key = tuple[str, str, str]


@query(roles=DESK)
def address_suggestions(
    work: Work, *, postal_code: str = "", town: str = "", street: str = "", limit: int = MOST_PLACES
) -> tuple[Place, ...]:
    """Return the places on file that begin with what was typed, in the order of their codes.

    Case, diacritics and `ul.` make no difference; without anything typed there is nothing to suggest.
    No client is told by that: a place is a postal code, a town and a street.
    """
    digits = "".join(char for char in postal_code if char.isascii() and char.isdigit())[:5]
    code = f"{digits[:2]}-{digits[2:]}" if len(digits) > 2 else digits
    begun = code, fold(town), street_key(street) if street.strip() else ""
    if not any(begun):
        return ()
    found: list[Place] = []
    for place in _places(work, begun):
        if place not in found:
            found.append(place)
        if len(found) >= max(1, min(limit, MOST_PLACES)):
            break
    return tuple(found)


def _places(work: Work, begun: _Key) -> Iterator[Place]:
    """Walk the index from place to place, leaping over what does not begin as it should."""
    statement = _statement(work.session.get_bind().dialect.name)
    at: _Key = (begun[0], begun[1] if begun[0] and len(begun[0]) == 6 else "", "")
    for _ in range(MOST_PROBES):
        row = work.session.execute(statement, dict(zip("pts", at, strict=True))).one_or_none()
        if row is None:
            return
        key: _Key = (row[0], row[1], row[2])
        if not key[0].startswith(begun[0]):
            return
        leap = _leap(key, begun)
        if leap is None:
            yield Place(row[0], row[4], row[3])
            leap = (key[0], key[1], key[2] + _NEXT)
        at = leap


def _leap(key: _Key, begun: _Key) -> _Key | None:
    """Return where to go on when a place does not begin as it should; None when it does."""
    code, town, street = key
    if not town.startswith(begun[1]):
        return (code, begun[1], "") if town < begun[1] else (code, LAST, "")
    if not street.startswith(begun[2]):
        return (code, town, begun[2]) if street < begun[2] else (code, town, LAST)
    return None


def _statement(dialect: str) -> sa.TextClause:
    c = ' COLLATE "C"' if dialect == "postgresql" else ""
    keys = f"postal_code{c}, town_key{c}, street_key{c}"
    return sa.text(
        f"SELECT postal_code, town_key, street_key, street, town FROM address"
        f" WHERE ({keys}) >= (:p, :t, :s) ORDER BY {keys} LIMIT 1"
    )
