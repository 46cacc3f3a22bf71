"""Pours many rows into a table: COPY on PostgreSQL, one prepared statement on SQLite.

Rows are plain tuples in the form in which the database keeps them: days and instants as ISO
text, volumes in litres, truth as 0 and 1. Nothing checks them but the database itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

Row = tuple[Any, ...]


def stored_instant(instant: datetime) -> str:
    """Return a UTC instant as both databases take it."""
    return instant.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def write_rows(connection: sa.Connection, table: str, columns: Sequence[str], rows: list[Row]) -> None:
    """Add `rows` to `table` within the connection's transaction."""
    if not rows:
        return
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


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
        on_server = connection.dialect.name == "postgresql"
        connection.exec_driver_sql("VACUUM (ANALYZE)" if on_server else "ANALYZE")
