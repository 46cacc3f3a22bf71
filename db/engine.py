"""Engines for SQLite and PostgreSQL: drivers, pragmas, pools and time-outs.

Nothing happens at import; `open_database` makes everything.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url

from db.errors import DatabaseUnavailable
from db.system_words import told, why
from db.words import N_, Words

BUSY_SECONDS = 30
"""Writers on one SQLite file are served unfairly: a short wait gives up too early."""
SOUND_SQLITE = (3, 51, 3)
BACKPORTS = {(3, 50): 7, (3, 44): 6}
"""Versions older than 3.51.3 in which the WAL-reset fault is mended as well."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database: `reader` begins deferred transactions, `writer` immediate ones."""

    url: URL
    reader: Engine
    writer: Engine
    looker: Engine
    """The reader of screens and searches, which keeps nothing: on PostgreSQL it begins no transaction."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.reader.dialect.name

    @property
    def moment(self) -> Engine:
        """The reader whose transactions write nothing and see the data of one moment, however many they ask.

        SQLite's read transactions are so by nature. A server waits an hour for whoever sorts what was read.
        """
        if self.dialect == "sqlite":
            return self.reader
        moment = self.reader.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        event.listen(moment, "begin", _have_patience)
        return moment

    @property
    def place(self) -> str:
        """Where the data is, however the address was written and whoever signs in to the server."""
        if self.dialect == "sqlite":
            return str(Path(str(self.url.database)).resolve())
        return f"{self.url.host}:{self.url.port}/{self.url.database}?{self.url.query.get('host', '')}"

    @property
    def shown_url(self) -> str:
        """The address without its password."""
        return self.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Give every connection back."""
        self.reader.dispose()
        self.looker.dispose()


def _have_patience(connection: sa.Connection) -> None:
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '1h'")


def sqlite_is_sound(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite is free of the WAL-reset fault (3.7.0 to 3.51.2)."""
    if version >= SOUND_SQLITE:
        return True
    patch = BACKPORTS.get((version[0], version[1]))
    return patch is not None and version[2] >= patch


def sqlite_driver() -> ModuleType:
    """Return the standard library's driver when its engine is sound, else the packaged one."""
    if sqlite_is_sound(sqlite3.sqlite_version_info):
        return sqlite3
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    packaged: ModuleType = dbapi2
    return packaged if packaged.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3


def open_database(url: str) -> Database:
    """Open the database at `url` (`sqlite:///FILE` or `postgresql://...`).

    Connects lazily; raises DatabaseUnavailable for an address that cannot be used.
    """
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError as error:
        raise DatabaseUnavailable(
            N_("The database address cannot be read; write sqlite:///FILE or postgresql://USER@HOST/NAME.")
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(parsed)
    if backend == "postgresql":
        return _open_postgres(parsed)
    raise DatabaseUnavailable(
        N_("%(backend)s is not supported; use sqlite:///FILE or postgresql://USER@HOST/NAME."),
        backend=backend,
    )


def _open_sqlite(url: URL) -> Database:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnavailable(N_("The database needs a file: sqlite:///FILE."))
    path = Path(url.database)
    driver = sqlite_driver()
    engine = sa.create_engine(
        url, module=driver, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True, pool_size=8
    )
    journal = "WAL" if sqlite_is_sound(driver.sqlite_version_info) else "TRUNCATE"
    pragmas = (
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the append-only guards
        "secure_delete=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
        "mmap_size=1073741824",
        "cache_size=-65536",
    )

    @event.listens_for(engine, "do_connect")
    def make_private(dialect: Any, record: Any, args: Any, kwargs: Any) -> None:
        create_private_file(path)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return Database(url, engine, engine.execution_options(sqlite_begin="IMMEDIATE"), engine)


def create_private_file(path: Path) -> None:
    """Create `path` readable by its owner alone, before SQLite would create it for everybody.

    SQLite gives the -wal and -shm files the mode of the database itself. Raises
    DatabaseUnavailable when there can be no file.
    """
    if path.exists():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if not path.is_file():  # else another process was first
            raise _cannot_make(path, Words(N_("a folder is in the way"))) from None
    except OSError as error:
        raise told(_cannot_make(path, why(error)), error) from error


def _cannot_make(path: Path, reason: Words) -> DatabaseUnavailable:
    sentence = N_("The database file %(path)s cannot be made: %(why)s.")
    return DatabaseUnavailable(sentence, path=path, why=reason)


def _open_postgres(url: URL) -> Database:
    try:
        import psycopg  # noqa: F401 - only to say clearly what is missing
    except ImportError as error:
        raise DatabaseUnavailable(
            N_("The PostgreSQL driver is not installed; install bok-tui[postgres].")
        ) from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    limits = "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
    # making machine code takes half a second of a report's one; long lists are read to their end, not a tenth
    limits += " -c jit=off -c cursor_tuple_fraction=1"
    engine = _postgres_engine(url, limits)
    # a statement sees what is committed, in a transaction or out of one; without one a search takes two
    # round trips less, and the driver does not forget its prepared statements at a ROLLBACK. What such
    # a statement writes would stay, so these connections may write nothing
    looker = _postgres_engine(url, f"{limits} -c default_transaction_read_only=on")
    return Database(url, engine, engine, looker.execution_options(isolation_level="AUTOCOMMIT"))


def _postgres_engine(url: URL, options: str) -> Engine:
    return sa.create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=8,
        connect_args={"options": options, "connect_timeout": 5, "application_name": "bok"},
    )
