"""Makes the whole client index anew, after mass loads or when a check finds fault with it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.bulk import Row, write_rows
from db.collector import without_collector
from db.engine import Database
from db.faults import told_plainly
from db.search.dialects import Asker, Entry, Store
from db.search.facts import load_facts
from db.search.index import entries_of, remembered_row
from db.search.keys import ClientFacts, PlaceKey, place_words, vocabulary

BATCH = 2_000
"""Clients held in memory at a time."""

Progress = Callable[[int, int], None]
"""Called with the clients done and their number."""

_COLUMNS = {
    "search_client": {
        "client_id": "int4",
        "address_id": "int4",
        "meters": "text",
        "names": "text",
        "places": "text",
    },
    "search_place": {"street": "text", "town": "text", "id": "int4"},
    "search_place_word": {"word": "text", "place_id": "int4"},
    "search_word": {"word": "text", "seen": "int4"},
}
"""Columns of each table, and their types on PostgreSQL."""
_KEPT_IN_ORDER = ("search_name", "search_address")
"""Tables whose entries are gathered first and put in order then: several times faster."""
_TABLES = (*_KEPT_IN_ORDER, *_COLUMNS)
_LOOKED_AT = dict.fromkeys(_KEPT_IN_ORDER, "(part, low, low_client, high)")
"""Columns whose statistics serve a plan, where PostgreSQL packs the others: those take seconds."""


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
        ask = Asker(session)
        store = ask.dialect.store
        store.hold(ask)
        for table in _TABLES:
            connection.exec_driver_sql(
                f"DELETE FROM {table}" if _on_sqlite(connection) else f"TRUNCATE {table}"
            )
        seen = _Seen()
        with _loading(connection, store), without_collector(), _batches(database, ask) as batches:
            for facts, done, total in batches:
                _write(connection, store, facts, seen)
                if progress is not None:
                    progress(done, total)
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
                connection.exec_driver_sql(f"VACUUM (ANALYZE) {table} {_LOOKED_AT.get(table, '')}")


@contextmanager
def _loading(connection: sa.Connection, store: Store) -> Iterator[None]:
    """Let entries come in any order, and put them in order at the end."""
    for table in _KEPT_IN_ORDER:
        connection.exec_driver_sql(store.staged(table))
    if not _on_sqlite(connection):
        connection.exec_driver_sql("SET LOCAL work_mem = '16MB'")
        connection.exec_driver_sql("ALTER TABLE search_client DROP CONSTRAINT pk_search_client")
    yield
    for table in _KEPT_IN_ORDER:
        for statement in store.unload(table):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"DROP TABLE loading_{table}")
    if not _on_sqlite(connection):
        connection.exec_driver_sql(
            "ALTER TABLE search_client ADD CONSTRAINT pk_search_client PRIMARY KEY (client_id)"
        )


_Batch = tuple[list[ClientFacts], int, int]
"""Facts about some clients; how many ids are done with them, and of how many."""


@contextmanager
def _batches(database: Database, ask: Asker) -> Iterator[Iterator[_Batch]]:
    """Yield the batches of clients, on a server each read while the one before it is written."""
    if ask.dialect.name == "sqlite":
        yield _read(ask)
        return
    # of one moment, and nobody changes a client unseen while this transaction holds the index
    with database.moment.connect() as connection, Session(connection) as session:
        # else each batch takes a walk through the whole of a table
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL max_parallel_workers_per_gather = 0")
        with _taking_turns(), closing(_ahead(_read(Asker(session)))) as batches:
            yield batches


@contextmanager
def _taking_turns() -> Iterator[None]:
    """Let a thread that has an answer of the server go on soon: it waits for each part of one."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _read(ask: Asker) -> Iterator[_Batch]:
    first, last = ask.rows(
        "SELECT coalesce((SELECT min(id) FROM client), 1), coalesce((SELECT max(id) FROM client), 0)"
    )[0]
    for start in range(first, last + 1, BATCH):
        end = min(start + BATCH - 1, last)
        yield load_facts(ask, start, end), end - first + 1, last - first + 1


def _ahead(batches: Iterator[_Batch]) -> Generator[_Batch]:
    """Give what `batches` gives; a thread makes the next one while one is worked on."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


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
        if new and len(new[0]) > len(columns):
            new = [entry[: len(columns)] for entry in new]
        _pour(connection, f"loading_{table}", columns, new)
    _pour(connection, "search_client", _COLUMNS["search_client"], clients)


def _write_seen(connection: sa.Connection, seen: _Seen) -> None:
    words = {word: seen.words[word] for word in vocabulary(seen.words)}
    for place in seen.places:
        for word in vocabulary(place_words(place)):
            words.setdefault(word, 1)
    held = {(word, place_id) for place, place_id in seen.places.items() for word in place_words(place)}
    places = [(*place, place_id) for place, place_id in seen.places.items()]
    for table, rows in (
        ("search_place", places),
        ("search_place_word", held),
        ("search_word", words.items()),
    ):
        _pour(connection, table, _COLUMNS[table], sorted(rows))


def _pour(connection: sa.Connection, table: str, columns: Mapping[str, str], rows: list[Row]) -> None:
    write_rows(connection, table, list(columns), rows, types=columns.values())
