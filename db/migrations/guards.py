"""Triggers that keep append-only tables append-only.

Made anew after every migration: SQLite loses the triggers of a table that a migration
rebuilds. They stop mistakes; who owns the file or the server is stopped by the journal.
"""

from __future__ import annotations

import sqlalchemy as sa

from db.models import APPEND_ONLY

FUNCTION = "bok_append_only"
_BODY = " BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END "


def install(connection: sa.Connection) -> None:
    """Create the guards of every append-only table that exists."""
    present = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
        )
    for table in APPEND_ONLY:
        if table in present:
            for name, statement in _statements(table, connection.dialect.name).items():
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_placed(name, table, connection)}")
                connection.exec_driver_sql(statement)


def remove(connection: sa.Connection) -> None:
    """Drop the guards, so that a migration may rebuild or drop the tables."""
    present = set(sa.inspect(connection).get_table_names())
    for table in APPEND_ONLY:
        for name in _statements(table, connection.dialect.name):
            if table in present:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_placed(name, table, connection)}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {FUNCTION}()")


def unsound(connection: sa.Connection) -> list[str]:
    """Return the names of the guards that are missing, switched off or not as `install` made them."""
    there = _on_sqlite(connection) if connection.dialect.name == "sqlite" else _on_postgresql(connection)
    return [
        name
        for table in APPEND_ONLY
        for name, statement in _statements(table, connection.dialect.name).items()
        if there.get(name) != statement
    ]


def _on_sqlite(connection: sa.Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}


def _on_postgresql(connection: sa.Connection) -> dict[str, str]:
    statement = sa.text(
        "SELECT t.tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE p.proname = :function AND p.prosrc = :body AND t.tgenabled IN ('O', 'A')"
    )
    rows = connection.execute(statement, {"function": FUNCTION, "body": _BODY})
    return {str(name): str(definition) for name, definition in rows}


def _placed(name: str, table: str, connection: sa.Connection) -> str:
    return f"{name} ON {table}" if connection.dialect.name == "postgresql" else name


def _statements(table: str, dialect: str) -> dict[str, str]:
    """Return the guards of a table by name, each in the words in which the database keeps it."""
    events = {"update": "FOR EACH ROW", "delete": "FOR EACH ROW", "truncate": "FOR EACH STATEMENT"}
    if dialect == "postgresql":
        ends = {event: f"{each} EXECUTE FUNCTION {FUNCTION}()" for event, each in events.items()}
    else:
        ends = dict.fromkeys(
            ("update", "delete"), f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    names = {event: f"{table}_no_{event}" for event in ends}
    return {
        names[event]: f"CREATE TRIGGER {names[event]} BEFORE {event.upper()} ON {table} {end}"
        for event, end in ends.items()
    }
