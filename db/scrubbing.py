"""Takes what was erased from the files, not from the rows alone.

SQLite overwrites what it deletes (`secure_delete`), but copies may stand in the write-ahead log and in
pages that were moved: the file is written anew and the log cut. PostgreSQL keeps dead rows until a
table is written anew. Beyond both are the server's own log of changes, which it overwrites in its
time, and backups, which end with their schedule.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from db.engine import Database, sqlite_driver
from db.errors import Refused
from db.faults import told_plainly
from db.operations.erasure_rows import STEPS
from db.words import N_

TABLES = (*(step.table for step in STEPS), "client", "contact_point", "address", "einvoice")
_CUT = "PRAGMA wal_checkpoint(TRUNCATE)"
_IN_USE = N_(
    "What was erased may still stand in the files of the database, for others use it. When nobody does,"
    " type: bok db scrub"
)
SEARCHED = ("search_name", "search_word", "search_address", "search_client")


def scrub(database: Database) -> None:
    """Write the file, or the tables that an erasure touches, anew; nothing else changes.

    Raises Refused when others use the database and it could not be done now, DatabaseUnavailable.
    """
    with told_plainly(), database.writer.connect() as connection:
        if database.dialect == "sqlite":
            _scrub_sqlite(connection)
            return
        plain = connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            for table in (*TABLES, *SEARCHED):
                plain.exec_driver_sql(f"VACUUM FULL {table}")
        except OperationalError as error:
            raise Refused(_IN_USE) from error


def _scrub_sqlite(connection: sa.Connection) -> None:
    raw: Any = connection.connection.driver_connection
    try:
        for statement in (_CUT, "VACUUM", _CUT):
            row = raw.execute(statement).fetchone()
            if row is not None and row[0]:  # somebody reads what is still in the log
                raise Refused(_IN_USE)
    except sqlite_driver().Error as error:
        raise Refused(_IN_USE) from error
