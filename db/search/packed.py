"""How PostgreSQL keeps the keys of names and addresses: packed, some hundred to a row.

It has no tables that lie in the order of a key: a row for each key would take its header, a
second copy in an index and that copy's header, five times the key itself. So a run of entries
that follow each other is one row with arrays, which are compressed as well. Rows of one `part`
(a kind of name, a place) follow each other by the key and client of their `low` end; the first
one of a part begins with `''` and 0, before everybody. Nothing lies past the next row's low end.
`others` that are all 0 are left out, and come as NULL. The names of clients lie beside their
addresses, so that whoever lives somewhere is found without a look at each client.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.search.keys import NameKind

if TYPE_CHECKING:
    from db.search.dialects import Asker, Entry, Range

FILLED = 100
"""Entries of a row when the index is made."""
MOST = 200
"""Entries from which on a row is parted in two."""
MOST_RUNS = 60
"""Rows counted to tell whether all addresses of some places were looked at."""
OWN_NAMES = "SELECT coalesce(sum(cardinality(keys)), 0) FROM search_name WHERE part = 0"
AT_PLACE = (
    "SELECT number, coalesce(address_id, 0), names FROM (SELECT unnest(keys) AS number,"
    " unnest(clients) AS client_id, unnest(others) AS address_id, unnest(names) AS names"
    " FROM search_address WHERE part = ?) AS held WHERE client_id = ?"
)
NAMES_AT_ADDRESS = True
_ARRAYS = {
    "search_name": {"keys": "text", "clients": "int", "others": "int"},
    "search_address": {"keys": "text", "clients": "int", "others": "int", "names": "text"},
}
_WRITERS = 7_163_241
"""Key of the advisory lock of those who write: a row's neighbours must not change meanwhile."""
_BEFORE = "(low, low_client) <= ({key}, {client}) ORDER BY low DESC, low_client DESC LIMIT 1"


def array(values: Iterable[int | str]) -> str:
    """Return values as PostgreSQL writes an array: the driver takes a millisecond over a list of 500."""
    joined = "\0".join(map(str, values)).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + joined.replace("\0", '","') + '"}'  # no text of PostgreSQL's holds a NUL


def names(kind: str = "?", low: str = "?", high: str = "?") -> str:
    """Return the select of key, client and place of the names in a range, in order."""
    return (
        "SELECT key, client_id, place_id FROM (SELECT unnest(keys) AS key, unnest(clients) AS client_id,"
        f" unnest(others) AS place_id FROM ({_packed_names(kind, low, high)}) AS packed) AS entry"
        f" WHERE key >= {low} AND key < {high}"
    )


def keys(kind: str, low: str, high: str) -> str:
    """Return the select of the keys alone of the names in a range."""
    packed = _packed_names(kind, low, high)
    return (
        f"SELECT key FROM (SELECT unnest(keys) AS key FROM ({packed}) AS packed) AS entry"
        f" WHERE key >= {low} AND key < {high}"
    )


def _packed_names(kind: str, low: str, high: str) -> str:
    start = f"SELECT low, low_client FROM search_name WHERE part = {kind} AND " + _BEFORE.format(
        key=low, client=0
    )
    return (
        f"SELECT keys, clients, others FROM search_name WHERE part = {kind}"
        f" AND (low, low_client) >= ({start}) AND low < {high} ORDER BY low, low_client"
    )


def names_values(kind: int, within: Range) -> list[object]:
    """Return the values of `names`."""
    return [kind, kind, *within, *within]


def names_in(ranges: int) -> str:
    """Return the select of key, client and range of the names in ranges, one after the other."""
    walk = names("g.kind", "g.first", "g.past")
    return (
        "SELECT e.key, e.client_id, g.n - 1 FROM unnest(?::int[], ?::text[], ?::text[])"
        f" WITH ORDINALITY AS g(kind, first, past, n) CROSS JOIN LATERAL ({walk} LIMIT ?) AS e LIMIT ?"
    )


def names_in_values(ranges: Sequence[tuple[int, Range]], each: int) -> list[object]:
    """Return the values of `names_in` but for the limit; at most `each` of one range."""
    kinds, lows, highs = zip(*((int(kind), *within) for kind, within in ranges), strict=True)
    return [array(kinds), array(lows), array(highs), each]


def addresses(places: str) -> str:
    """Return the select of addresses place by place: the order of the places is that of the answer."""
    return (
        f"SELECT p.street, p.town, a.number, a.client_id, a.address_id FROM ({places}) p"
        f" CROSS JOIN LATERAL ({_in_place('number')}) a LIMIT ?"
    )


def residents(places: str, tests: str, *, numbered: bool) -> str:
    """Return the select of those who live in the places and pass the tests, and of a mark past the cap.

    A mark stands where there may be more than were looked at; with `numbered` nobody asks for it.
    """
    found = (
        "SELECT client_id, address_id, true AS fits, 0 AS at FROM (SELECT a.* FROM"
        f" ({places}) p CROSS JOIN LATERAL ({_in_place('names', numbered=numbered)}) a LIMIT ?) AS living"
        f" WHERE {tests}"
    )
    if numbered:
        return f"{found} LIMIT ?"
    runs = (
        f"SELECT cardinality(clients) AS size FROM ({places}) p CROSS JOIN LATERAL ({_RUNS}) a"
        f" LIMIT {MOST_RUNS}"
    )
    mark = (
        "SELECT 0, 0, false, ?::int WHERE"
        f" (SELECT count(*) = {MOST_RUNS} OR sum(size) >= ? FROM ({runs}) AS run)"
    )
    return f"SELECT * FROM ({found}) AS found UNION ALL {mark} LIMIT ?"


def residents_values(
    given: Sequence[object], held: Sequence[object], number: Range, cap: int, *, numbered: bool
) -> list[object]:
    """Return the values of `residents`: those of the places, those of the tests, and the others."""
    if numbered:
        return [*given, *addresses_values(number, cap), *held]
    return [*given, cap, cap, *held, cap, cap, *given]


_RUNS = "SELECT * FROM search_address WHERE part = p.id ORDER BY low, low_client"


def _in_place(shown: str, *, numbered: bool = True) -> str:
    """Return the select of addresses in one place, each with its key or with its client's names."""
    unpacked = "unnest(clients) AS client_id, unnest(others) AS address_id"
    if shown == "names":
        unpacked += ", unnest(names) AS names"
    if not numbered:
        return f"SELECT {unpacked} FROM ({_RUNS}) AS packed LIMIT ?"
    runs = _RUNS.replace("p.id", "p.id AND high >= ? AND low < ?")
    return (
        f"SELECT {shown}, client_id, address_id FROM (SELECT unnest(keys) AS number, {unpacked}"
        f" FROM ({runs}) AS packed) AS entry WHERE number >= ? AND number < ? LIMIT ?"
    )


def addresses_values(number: Range, limit: int) -> list[object]:
    """Return the values of `addresses` after those of its places."""
    return [*number, *number, limit, limit]


def hold(ask: Asker) -> None:
    """Keep other writers of the index out until this transaction ends."""
    ask.rows("SELECT pg_advisory_xact_lock(?)", _WRITERS)


def change(ask: Asker, table: str, gone: Sequence[Entry], fresh: Sequence[Entry]) -> None:
    """Remove the entries `gone` from a table of keys and add those that are `fresh`."""
    kept = len(_ARRAYS[table])
    for part, *entry in sorted(gone):
        row = _row_of(ask, table, part, entry)
        if tuple(entry[:kept]) in row.entries:
            row.entries.remove(tuple(entry[:kept]))
            row.write(ask, table)
    for part, *entry in sorted(fresh):
        row = _row_of(ask, table, part, entry)
        insort(row.entries, tuple(entry[:kept]))
        row.write(ask, table)


@dataclass(slots=True)
class _PackedRow:
    """A row under change."""

    part: int
    low: str
    low_client: int
    entries: list[tuple[Any, ...]]
    is_new: bool = False

    def write(self, ask: Asker, table: str) -> None:
        """Store the row; an empty one goes, and one that grew too long is parted."""
        where = "WHERE part = ? AND low = ? AND low_client = ?"
        if not self.entries and self.low_client:
            ask.run(f"DELETE FROM {table} {where}", *self._place)
            return
        upper = self._upper_half() if len(self.entries) > MOST else []
        values = (*self._values(len(_ARRAYS[table])), *self._place)
        arrays = _ARRAYS[table].items()
        if self.is_new:
            columns = f"high, {', '.join(_ARRAYS[table])}, part, low, low_client"
            marks = f"?, {', '.join(f'?::{kind}[]' for _, kind in arrays)}, ?, ?, ?"
            ask.run(f"INSERT INTO {table} ({columns}) VALUES ({marks})", *values)
        else:
            marks = f"high = ?, {', '.join(f'{column} = ?::{kind}[]' for column, kind in arrays)}"
            ask.run(f"UPDATE {table} SET {marks} {where}", *values)
        if upper:
            _PackedRow(self.part, upper[0][0], upper[0][1], upper, is_new=True).write(ask, table)

    @property
    def _place(self) -> tuple[int, str, int]:
        return self.part, self.low, self.low_client

    def _upper_half(self) -> list[tuple[Any, ...]]:
        """Take the upper half out; entries of one key and client stay together."""
        middle = len(self.entries) // 2
        while middle < len(self.entries) and self.entries[middle][:2] == self.entries[middle - 1][:2]:
            middle += 1
        upper = self.entries[middle:]
        del self.entries[middle:]
        return upper

    def _values(self, arrays: int) -> tuple[object, ...]:
        """Return the high end, then the arrays; others that are all 0 are left out."""
        if not self.entries:
            return "", *([] for _ in range(arrays))
        held, clients, others, *names = map(list, zip(*self.entries, strict=True))
        return held[-1], held, clients, others if any(others) else [], *names


def _row_of(ask: Asker, table: str, part: int, entry: Sequence[Any]) -> _PackedRow:
    """Return the row where an entry lies or belongs."""
    before = _BEFORE.format(key="?", client="?")
    columns = ", ".join(_ARRAYS[table])
    select = f"SELECT low, low_client, {columns} FROM {table} WHERE part = ? AND {before}"
    for low, low_client, held, clients, others, *names in ask.rows(select, part, *entry[:2]):
        entries = zip(held, clients, others or [0] * len(held), *names, strict=True)
        return _PackedRow(part, low, low_client, list(entries))
    return _PackedRow(part, "", 0, [], is_new=True)


def gathered(table: str) -> Mapping[str, str]:
    """Return the columns of the table where entries gather in any order, and their types."""
    columns = {"part": "int4", "key": "text", "client_id": "int4", "other": "int4"}
    return columns | {"names": "text"} if "names" in _ARRAYS[table] else columns


def staged(table: str) -> str:
    """Return the statement that makes that table."""
    columns = ", ".join(f"{column} {kind}" for column, kind in gathered(table).items())
    return f"CREATE TEMP TABLE loading_{table} ({columns})".replace("key text", 'key text COLLATE "C"')


def unload(table: str) -> tuple[str, ...]:
    """Return the statements that put the gathered entries in their order.

    Each kind of name has one of its own: what is sorted by a text alone is compared eight
    characters at a time.
    """
    arrays = (
        "array_agg(key), array_agg(client_id), CASE max(other) WHEN 0 THEN '{}' ELSE array_agg(other) END"
    )
    if "names" in _ARRAYS[table]:
        arrays += ", array_agg(names)"
    # dense_rank keeps entries of one key and client together
    runs = (
        f"SELECT *, (dense_rank() OVER (PARTITION BY part ORDER BY key, client_id) - 1) / {FILLED} AS run"
        f" FROM loading_{table}"
    )
    parts = (f" WHERE part = {int(kind)}" for kind in NameKind) if table == "search_name" else ("",)
    return tuple(
        f"INSERT INTO {table} (part, low, low_client, high, {', '.join(_ARRAYS[table])})"
        " SELECT part, CASE run WHEN 0 THEN '' ELSE min(key) END,"
        f" CASE run WHEN 0 THEN 0 ELSE (array_agg(client_id))[1] END, max(key), {arrays}"
        f" FROM (SELECT * FROM ({runs}{part}) AS entry ORDER BY part, run, key, client_id, other) AS ordered"
        " GROUP BY part, run ORDER BY part, run"
        for part in parts
    )
