"""How SQLite keeps the keys of names and addresses: a row for each, in tables that lie in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.search.dialects import Asker, Entry, Range

_COLUMNS = {
    "search_name": ("kind", "key", "client_id", "place_id"),
    "search_address": ("place_id", "number", "client_id", "address_id"),
}
OWN_NAMES = "SELECT count(*) FROM search_name WHERE kind = 0"
AT_PLACE = "SELECT number, address_id, '' FROM search_address WHERE place_id = ? AND client_id = ?"
NAMES_AT_ADDRESS = False


def names(kind: str = "?", low: str = "?", high: str = "?") -> str:
    """Return the select of key, client and place of the names in a range, in order."""
    return (
        f"SELECT key, client_id, place_id FROM search_name WHERE kind = {kind} AND key >= {low}"
        f" AND key < {high} ORDER BY key, client_id"
    )


def keys(kind: str, low: str, high: str) -> str:
    """Return the select of the keys alone of the names in a range."""
    return f"SELECT key FROM search_name WHERE kind = {kind} AND key >= {low} AND key < {high}"


def names_values(kind: int, within: Range) -> list[object]:
    """Return the values of `names`."""
    return [kind, *within]


def names_in(ranges: int) -> str:
    """Return the select of key, client and range of the names in so many ranges, one after the other."""
    walk = f"({names()} LIMIT ?) AS r"
    branches = (f"SELECT key, client_id, {n} FROM {walk}{n}" for n in range(ranges))
    return f"{' UNION ALL '.join(branches)} LIMIT ?"


def names_in_values(ranges: Sequence[tuple[int, Range]], each: int) -> list[object]:
    """Return the values of `names_in` but for the limit; at most `each` of one range."""
    return [value for kind, within in ranges for value in (*names_values(kind, within), each)]


def addresses(places: str) -> str:
    """Return the select of addresses place by place: the order of the places is that of the answer."""
    # CROSS JOIN keeps the places outside, so that the walk stops at the limit
    return (
        f"SELECT p.street, p.town, a.number, a.client_id, a.address_id FROM ({places}) p"
        " CROSS JOIN search_address a WHERE a.place_id = p.id AND a.number >= ? AND a.number < ? LIMIT ?"
    )


def residents(places: str, tests: str, *, numbered: bool) -> str:
    """Return the select of those who live in the places and pass the tests, and of the last in the cap."""
    living = (
        f"SELECT found.client_id, found.address_id, s.names FROM ({addresses(places)}) AS found"
        " JOIN search_client s ON s.client_id = found.client_id"
    )
    columns = f"client_id, address_id, ({tests}) AS fits, row_number() OVER () AS at"
    return f"SELECT * FROM (SELECT {columns} FROM ({living}) AS living) AS found WHERE fits OR at = ? LIMIT ?"


def residents_values(
    given: Sequence[object], held: Sequence[object], number: Range, cap: int, *, numbered: bool
) -> list[object]:
    """Return the values of `residents`: those of the places, those of the tests, and the others."""
    # the tests stand before what they look at
    return [*held, *given, *addresses_values(number, cap), cap]


def addresses_values(number: Range, limit: int) -> list[object]:
    """Return the values of `addresses` after those of its places."""
    return [*number, limit]


def hold(ask: Asker) -> None:
    """Keep other writers of the index out: SQLite has one writer at a time anyhow."""


def change(ask: Asker, table: str, gone: Sequence[Entry], fresh: Sequence[Entry]) -> None:
    """Remove the entries `gone` from a table of keys and add those that are `fresh`."""
    columns = _COLUMNS[table]
    same = " AND ".join(f"{column} = ?" for column in columns)
    ask.run_many(f"DELETE FROM {table} WHERE {same}", [entry[:4] for entry in gone])
    ask.run_many(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES (?, ?, ?, ?)", [entry[:4] for entry in fresh]
    )


def gathered(table: str) -> Mapping[str, str]:
    """Return the columns of the table where entries gather in any order, and their types."""
    return {"part": "INTEGER", "key": "TEXT", "client_id": "INTEGER", "other": "INTEGER"}


def staged(table: str) -> str:
    """Return the statement that makes that table."""
    return f"CREATE TEMP TABLE loading_{table} ({', '.join(gathered(table))})"


def unload(table: str) -> tuple[str, ...]:
    """Return the statement that puts the gathered entries in their order."""
    return (f"INSERT INTO {table} SELECT * FROM loading_{table} ORDER BY part, key, client_id, other",)
