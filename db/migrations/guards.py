"""Triggers that keep append-only tables append-only.

Made anew after every migration: SQLite loses the triggers of a table that a migration
rebuilds. They stop mistakes; who owns the file or the server is stopped by the journal.

One change passes them: the erasure of what a document or a mail said, never of a document that proves
an entry in the books, and only of a client who is marked as anonymised (Art. 17 GDPR); of mail also
when it is spam, or of no client and done with.
"""

from __future__ import annotations

import sqlalchemy as sa

from db.models import APPEND_ONLY, metadata
from db.records.paper import KEPT_KINDS

FUNCTION = "bok_append_only"
_REFUSED = "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END "
_KEPT = ", ".join(f"'{kind.value}'" for kind in sorted(KEPT_KINDS))
_ERASURES = {
    "issued_document": (
        "snapshot",
        "NEW.snapshot = '' AND OLD.snapshot <> ''",
        f"OLD.kind NOT IN ({_KEPT})"
        " AND EXISTS (SELECT 1 FROM client WHERE id = OLD.client_id AND anonymised_on IS NOT NULL)",
    ),
    "document_rendering": (
        "pdf",
        "length(NEW.pdf) = 0 AND length(OLD.pdf) > 0",
        "EXISTS (SELECT 1 FROM issued_document WHERE id = OLD.document_id AND snapshot = '')",
    ),
    "incoming_source": (
        "raw",
        "length(NEW.raw) = 0 AND length(OLD.raw) > 0",
        "EXISTS (SELECT 1 FROM incoming_message LEFT JOIN client ON client.id = incoming_message.client_id"
        " WHERE incoming_message.id = OLD.message_id AND (client.anonymised_on IS NOT NULL"
        " OR incoming_message.state = 'spam'"
        " OR incoming_message.client_id IS NULL AND incoming_message.state IN ('closed', 'answered')))",
    ),
}
"""Tables that an erasure may change: the one column, what becomes of it, and when."""


_SAME = "IS NOT DISTINCT FROM"


def _bodies() -> dict[str, str]:
    """Return the functions of PostgreSQL's guards by name."""
    passing = {
        f"bok_erasable_{table}": f" BEGIN IF {_erasure(table, _SAME)} THEN RETURN NEW; END IF; "
        for table in _ERASURES
    }
    return {FUNCTION: f" BEGIN {_REFUSED}", **{name: begun + _REFUSED for name, begun in passing.items()}}


def _erasure(table: str, same: str) -> str:
    """Return the condition under which an update of `table` is an erasure, `same` comparing two values."""
    column, emptied, allowed = _ERASURES[table]
    others = (each.name for each in metadata.tables[table].columns if each.name != column)
    return " AND ".join([emptied, *(f"NEW.{name} {same} OLD.{name}" for name in others), allowed])


def install(connection: sa.Connection) -> None:
    """Create the guards of every append-only table that exists."""
    present = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        for function, body in _bodies().items():
            connection.exec_driver_sql(
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
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
        for function in _bodies():
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")


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
        "SELECT t.tgname, pg_get_triggerdef(t.oid, true), p.proname, p.prosrc FROM pg_trigger t"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
    )
    bodies = _bodies()
    return {
        str(name): str(definition)
        for name, definition, function, body in connection.execute(statement)
        if bodies.get(function) == body
    }


def _placed(name: str, table: str, connection: sa.Connection) -> str:
    return f"{name} ON {table}" if connection.dialect.name == "postgresql" else name


def _statements(table: str, dialect: str) -> dict[str, str]:
    """Return the guards of a table by name, each in the words in which the database keeps it."""
    events = {"update": "FOR EACH ROW", "delete": "FOR EACH ROW", "truncate": "FOR EACH STATEMENT"}
    if dialect == "postgresql":
        ends = {event: f"{each} EXECUTE FUNCTION {FUNCTION}()" for event, each in events.items()}
        if table in _ERASURES:
            ends["update"] = f"FOR EACH ROW EXECUTE FUNCTION bok_erasable_{table}()"
    else:
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ends = dict.fromkeys(("update", "delete"), refused)
        if table in _ERASURES:  # IS NOT 1: a comparison with NULL must not let anything pass
            ends["update"] = f"WHEN ({_erasure(table, 'IS')}) IS NOT 1 {refused}"
    names = {event: f"{table}_no_{event}" for event in ends}
    return {
        names[event]: f"CREATE TRIGGER {names[event]} BEFORE {event.upper()} ON {table} {end}"
        for event, end in ends.items()
    }
