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
from db.search.dialects import Asker, Entry, Store
from db.search.facts import load_facts
from db.search.index import entries_of, remembered_row
from db.search.keys import ClientFacts, PlaceKey, place_words, vocabulary

BATCH = 5_000
"""Clients held in memory at a time."""

Progress = Callable[[int, int], None]
"""Called with the clients done and their number."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    "search_client": ("client_id", "address_id", "meters", "names", "places"),
    "search_place": ("id", "street", "town"),
    "search_place_word": ("word", "place_id"),
    "search_word": ("word", "seen"),
}
_KEPT_IN_ORDER = ("search_name", "search_address")
"""Tables whose entries are gathered first and put in order then: several times faster."""
_TABLES = (*_KEPT_IN_ORDER, *_COLUMNS)
_ON_OTHER_TABLES = (
    "client_pesel",
    "client_nip",
    "contact_point_phone",
    "contact_point_email",
    "contact_point_ending",
)
"""Indexes that follow the clients' own tables."""


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
        for table in _TABLES:
            connection.exec_driver_sql(
                f"DELETE FROM {table}" if _on_sqlite(connection) else f"TRUNCATE {table}"
            )
        seen = _Seen()
        ask = Asker(session)
        ask.dialect.store.hold(ask)
        with _loading(connection, ask.dialect.store), _without_collector():
            for facts in _batches(ask, progress):
                _write(connection, ask.dialect.store, facts, seen)
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
            for table in _TABLES:
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
def _loading(connection: sa.Connection, store: Store) -> Iterator[None]:
    """Let entries come in any order, and put them in order at the end."""
    for table in _KEPT_IN_ORDER:
        connection.exec_driver_sql(store.staged(table))
    if not _on_sqlite(connection):
        connection.exec_driver_sql("SET LOCAL work_mem = '64MB'")
        connection.exec_driver_sql("ALTER TABLE search_client DROP CONSTRAINT pk_search_client")
    yield
    for table in _KEPT_IN_ORDER:
        connection.exec_driver_sql(store.unload(table))
        connection.exec_driver_sql(f"DROP TABLE loading_{table}")
    if not _on_sqlite(connection):
        connection.exec_driver_sql(
            "ALTER TABLE search_client ADD CONSTRAINT pk_search_client PRIMARY KEY (client_id)"
        )
        for index in _ON_OTHER_TABLES:
            connection.exec_driver_sql(f"REINDEX INDEX search_{index}")


def _batches(ask: Asker, progress: Progress | None) -> Iterator[list[ClientFacts]]:
    first, last = ask.rows(
        "SELECT coalesce((SELECT min(id) FROM client), 1), coalesce((SELECT max(id) FROM client), 0)"
    )[0]
    for start in range(first, last + 1, BATCH):
        end = min(start + BATCH - 1, last)
        yield load_facts(ask, start, end)
        if progress is not None:
            progress(end - first + 1, last - first + 1)


def _write(connection: sa.Connection, store: Store, batch: list[ClientFacts], seen: _Seen) -> None:
    names: list[Entry] = []
    addresses: list[Entry] = []
    clients: list[Row] = []
    words: list[str] = []
    place_id = seen.place_id
    for facts in batch:
        places = [place_id(place) for _, place, _ in facts.addresses]
        new_names, new_addresses = entries_of(facts, places)
        names += new_names
        addresses += new_addresses
        clients.append(remembered_row(store, facts, places))
        for name in facts.names:
            words += name.split()
    seen.words.update(words)
    for table, new in zip(_KEPT_IN_ORDER, (names, addresses), strict=True):
        columns = store.gathered(table)
        write_rows(connection, f"loading_{table}", columns, [entry[: len(columns)] for entry in new])
    write_rows(connection, "search_client", _COLUMNS["search_client"], clients)


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
