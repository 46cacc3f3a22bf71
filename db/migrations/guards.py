"""Triggers that keep append-only tables append-only.

Made anew after every migration: SQLite loses the triggers of a table that a migration
rebuilds. They stop mistakes; who owns the file or the server is stopped by the journal.
"""

from __future__ import annotations

import sqlalchemy as sa

from db.models import APPEND_ONLY

FUNCTION = "bok_append_only"


def install(connection: sa.Connection) -> None:
    """Create the guards of every append-only table that exists."""
    present = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        )
    for table in APPEND_ONLY:
        if table in present:
            for statement in _statements(table, connection.dialect.name):
                connection.exec_driver_sql(statement)


def remove(connection: sa.Connection) -> None:
    """Drop the guards, so that a migration may rebuild or drop the tables."""
    present = set(sa.inspect(connection).get_table_names())
    on = connection.dialect.name == "postgresql"
    for table in APPEND_ONLY:
        for event in ("update", "delete", "truncate")[: 3 if on else 2]:
            if table in present:
                suffix = f" ON {table}" if on else ""
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{event}{suffix}")
    if on:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {FUNCTION}()")


def _statements(table: str, dialect: str) -> list[str]:
    if dialect == "postgresql":
        rows = [
            f"CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
            for event in ("update", "delete")
        ]
        return [
            *rows,
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for event in ("update", "delete")
    ]
