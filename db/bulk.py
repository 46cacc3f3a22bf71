"""Pours many rows into a table: COPY on PostgreSQL, one prepared statement on SQLite.

Rows are plain tuples in the form in which the database keeps them: days and instants as ISO
text, volumes in litres, truth as 0 and 1. Nothing checks them but the database itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.engine import Database

Row = tuple[Any, ...]

_WHILE_POURING = {"mmap_size": 0, "wal_autocheckpoint": 25_000}


def stored_instant(instant: datetime) -> str:
    """Return a UTC instant as both databases take it."""
    return instant.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


@contextmanager
def pouring(database: Database) -> Iterator[sa.Connection]:
    """Yield a writing connection for a mass load of many transactions.

    On SQLite the file is not mapped into memory meanwhile, so that memory stays flat, and the log
    is worked in less often, because random keys touch the same pages again and again.
    """
    with database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if database.dialect != "sqlite":
            yield connection
            return
        kept = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in _WHILE_POURING}
        for name, value in _WHILE_POURING.items():
            raw.execute(f"PRAGMA {name}={value}")
        try:
            yield connection
        finally:
            for name, value in kept.items():
                raw.execute(f"PRAGMA {name}={value}")


def take_ids(connection: sa.Connection, table: str, count: int) -> list[int]:
    """Return `count` new ids of `table`, taken within the connection's writing transaction."""
    if connection.dialect.name == "postgresql":
        statement = (
            f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, {count:d})"
        )
        return [int(row[0]) for row in connection.exec_driver_sql(statement)]
    last = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
    return list(range(int(last) + 1, int(last) + 1 + count))


def write_rows(
    connection: sa.Connection,
    table: str,
    columns: Sequence[str],
    rows: list[Row],
    *,
    types: Iterable[str] = (),
) -> None:
    """Add `rows` to `table` within the connection's transaction.

    `types`: those of the columns on PostgreSQL. Told of them it takes the rows as it keeps them,
    half the work of reading them from text.
    """
    if not rows:
        return
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table} ({names}) FROM STDIN", rows, list(types))
        return
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _copy(connection: sa.Connection, statement: str, rows: list[Row], types: list[str]) -> None:
    """Run a COPY; what the driver complains of leaves as SQLAlchemy's own error, as everywhere."""
    import psycopg

    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement + " (FORMAT BINARY)" * bool(types)) as copy:
            if types:
                copy.set_types(types)
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error, hide_parameters=True) from error


def count_on(connection: sa.Connection, tables: Iterable[str]) -> None:
    """Let `id` go on after the highest one written; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) > 0"
        )


def learn_statistics(engine: sa.Engine) -> None:
    """Let the planner know what a table holds after many rows came in."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM (ANALYZE)")
            return
        connection.exec_driver_sql("PRAGMA analysis_limit=2000")
        connection.exec_driver_sql("ANALYZE")
