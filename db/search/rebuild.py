"""Makes the whole client index anew, after mass loads or when a check finds fault with it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.bulk import Row, write_rows
from db.engine import Database
from db.faults import told_plainly
from db.search.dialects import Asker
from db.search.facts import load_facts
from db.search.index import remembered_row, rows_of
from db.search.keys import ClientFacts, PlaceKey, phone_ending, place_words, vocabulary

BATCH = 5_000
"""Clients held in memory at a time."""

Progress = Callable[[int, int], None]
"""Called with the clients done and their number."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    "search_name": ("kind", "key", "client_id", "place_id"),
    "search_phone_end": ("ending", "point_id"),
    "search_address": ("place_id", "number", "client_id", "address_id"),
    "search_client": ("client_id", "address_id", "meters", "names", "places"),
    "search_place": ("id", "street", "town"),
    "search_place_word": ("word", "place_id"),
    "search_word": ("word", "seen"),
}
_SORTED = {
    "search_name": "kind, key, client_id",
    "search_phone_end": "ending, point_id",
    "search_address": "place_id, number, client_id, address_id",
}
"""Tables filled in the order of their keys: several times faster, and pages come out full."""
_KEYS = {**_SORTED, "search_client": "client_id"}
_PAYLOAD = {"search_name": " INCLUDE (place_id)"}


@dataclass(slots=True)
class _Seen:
    """What is met again and again, kept until the end."""

    places: dict[PlaceKey, int] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def place_id(self, place: PlaceKey) -> int:
        return self.places.setdefault(place, len(self.places) + 1)


def rebuild_index(database: Database, progress: Progress | None = None) -> None:
    """Empty the index and fill it from the clients' tables, in one transaction.

    A million clients take about half a minute and a few dozen megabytes of memory. On
    PostgreSQL searches wait until it is done; on SQLite they see the old index. Raises
    DatabaseUnavailable.
    """
    with told_plainly(), _room_for_sorting(database) as connection, Session(connection) as session:
        for table in _COLUMNS:
            connection.exec_driver_sql(
                f"DELETE FROM {table}" if _on_sqlite(connection) else f"TRUNCATE {table}"
            )
        seen = _Seen()
        with _loading(connection), _without_collector():
            for facts in _batches(Asker(session), progress):
                _write(connection, facts, seen)
        _write_seen(connection, seen)


def _on_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"


@contextmanager
def _room_for_sorting(database: Database) -> Iterator[sa.Connection]:
    """Yield a transaction whose big sorts go through temporary files instead of memory."""
    with database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if _on_sqlite(connection):
            raw.execute("PRAGMA temp_store=FILE")
        try:
            with connection.begin():
                yield connection
        finally:
            if _on_sqlite(connection):
                raw.execute("PRAGMA temp_store=MEMORY")
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not _on_sqlite(connection):
            # the walks read the index alone only where the rows are known to be visible
            for table in _COLUMNS:
                connection.exec_driver_sql(f"VACUUM (ANALYZE) {table}")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the garbage collector millions of rows that hold no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _loading(connection: sa.Connection) -> Iterator[None]:
    """Let rows come in any order, and put them in order at the end."""
    if _on_sqlite(connection):
        for table in _SORTED:
            columns = ", ".join(_COLUMNS[table])
            connection.exec_driver_sql(f"CREATE TEMP TABLE loading_{table} ({columns})")
        yield
        for table, order in _SORTED.items():
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM loading_{table} ORDER BY {order}")
            connection.exec_driver_sql(f"DROP TABLE loading_{table}")
        return
    for table in _KEYS:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}")
    yield
    for table, key in _KEYS.items():
        payload = _PAYLOAD.get(table, "")
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY ({key}){payload}"
        )


def _batches(ask: Asker, progress: Progress | None) -> Iterator[list[ClientFacts]]:
    first, last = ask.rows(
        "SELECT coalesce((SELECT min(id) FROM client), 1), coalesce((SELECT max(id) FROM client), 0)"
    )[0]
    for start in range(first, last + 1, BATCH):
        end = min(start + BATCH - 1, last)
        yield load_facts(ask, start, end)
        if progress is not None:
            progress(end - first + 1, last - first + 1)


def _write(connection: sa.Connection, batch: list[ClientFacts], seen: _Seen) -> None:
    rows: dict[str, list[Row]] = {table: [] for table in _KEYS}
    for facts in batch:
        client_id = facts.client_id
        places = [seen.place_id(place) for _, place, _ in facts.addresses]
        names, addresses = rows_of(facts, places)
        rows["search_name"] += [(kind, key, client_id, place) for kind, key, place in names]
        rows["search_address"] += [
            (place, number, client_id, address) for place, number, address in addresses
        ]
        rows["search_phone_end"] += [(phone_ending(value), point) for point, value in facts.phones]
        rows["search_client"].append(remembered_row(facts, places))
        for name in facts.names:
            seen.words.update(name.split())
    for table, new in rows.items():
        staged = f"loading_{table}" if _on_sqlite(connection) and table in _SORTED else table
        write_rows(connection, staged, _COLUMNS[table], new)


def _write_seen(connection: sa.Connection, seen: _Seen) -> None:
    words = {word: seen.words[word] for word in vocabulary(seen.words)}
    for place in seen.places:
        for word in vocabulary(place_words(place)):
            words.setdefault(word, 1)
    places = sorted((place.street, place.town, place_id) for place, place_id in seen.places.items())
    held = sorted((word, place_id) for place, place_id in seen.places.items() for word in place_words(place))
    write_rows(
        connection,
        "search_place",
        _COLUMNS["search_place"],
        [(key, street, town) for street, town, key in places],
    )
    write_rows(connection, "search_place_word", _COLUMNS["search_place_word"], list(held))
    write_rows(connection, "search_word", _COLUMNS["search_word"], sorted(words.items()))
