"""Lets the tests of a process share what the migrations of an empty database come to.

Every installation begins with all of them: most of a second on SQLite, whose tables are read back
before they are rebuilt. In a process the first empty database of each kind is migrated; what that
wrote is written into the next one as it stands, statement by statement. A database with anything
in it, and a way to any revision but the newest, is migrated as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import alembic.command
import sqlalchemy as sa
from alembic.config import Config
from sqlalchemy import event

_READS = ("SELECT", "PRAGMA")
_TABLES = {
    "sqlite": "SELECT count(*) FROM sqlite_master",
    "postgresql": "SELECT count(*) FROM pg_class WHERE oid >= 16384",
}


def share_migrated() -> None:
    """Migrate one empty database of each kind, from now on, in this process."""
    upgrade = alembic.command.upgrade
    known: dict[str, list[tuple[str, Any]]] = {}

    @wraps(upgrade)
    def upgrade_once(config: Config, revision: str, sql: bool = False, tag: str | None = None) -> None:
        connection: sa.Connection = config.attributes["connection"]
        name = connection.dialect.name
        if revision != "head" or sql or connection.exec_driver_sql(_TABLES[name]).scalar():
            upgrade(config, revision, sql, tag)
        elif name in known:
            for statement, parameters in known[name]:
                connection.exec_driver_sql(statement, parameters)
        else:
            known[name] = _written(connection, lambda: upgrade(config, revision))

    alembic.command.upgrade = upgrade_once


def _written(connection: sa.Connection, work: Callable[[], None]) -> list[tuple[str, Any]]:
    """Return the statements with which `work` writes."""
    written: list[tuple[str, Any]] = []

    def note(_: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        if not statement.lstrip().upper().startswith(_READS):
            written.append((statement, parameters or None))

    event.listen(connection, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return written
