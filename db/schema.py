"""The schema's version: upgrade, downgrade, and the refusal of any other than ours."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from db.engine import Database
from db.errors import DatabaseUnavailable
from db.faults import told_plainly
from db.words import N_

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
HEAD = "0011"
"""The newest revision; a test compares it with the scripts."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to `revision` in one transaction, guards included."""
    from alembic import command

    from db.migrations import guards

    with _migrating(database) as connection:
        guards.remove(connection)
        command.upgrade(_config(connection), revision)
        guards.install(connection)


def downgrade(database: Database, revision: str) -> None:
    """Take the database down to `revision` (`base` empties it) in one transaction."""
    from alembic import command

    from db.migrations import guards

    with _migrating(database) as connection:
        guards.remove(connection)
        command.downgrade(_config(connection), revision)
        guards.install(connection)


def current_revision(database: Database) -> str | None:
    """Return the revision of the database; None for an empty one.

    Raises DatabaseUnavailable when it cannot be reached or holds somebody else's tables.
    """
    with told_plainly(), database.reader.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        if tables <= {"alembic_version"}:
            return None
        if "alembic_version" not in tables or "chain_head" not in tables:
            raise DatabaseUnavailable(
                N_("%(url)s is not a database of bok; nothing was touched."), url=database.shown_url
            )
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if revision is None else str(revision)


def require_current(database: Database) -> None:
    """Raise DatabaseUnavailable, saying what to type, unless the schema is the program's own."""
    revision = current_revision(database)
    if revision == HEAD:
        return
    if revision is None:
        raise DatabaseUnavailable(
            N_("The database %(url)s is empty. Type: bok db create   (or, to look around: bok demo)"),
            url=database.shown_url,
        )
    if revision in known_revisions():
        raise DatabaseUnavailable(
            N_("The database has schema %(found)s, this program needs %(needed)s. Type: bok db upgrade"),
            found=revision,
            needed=HEAD,
        )
    raise DatabaseUnavailable(
        N_("The database has schema %(found)s, newer than this program (%(needed)s). Install a newer bok."),
        found=revision,
        needed=HEAD,
    )


@lru_cache(maxsize=1)
def known_revisions() -> frozenset[str]:
    """Return every revision that this program has a script for."""
    return frozenset(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


@contextmanager
def _migrating(database: Database) -> Iterator[sa.Connection]:
    """Yield a writing connection on which tables may be rebuilt without their rows cascading away."""
    with told_plainly(), database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        sqlite = database.dialect == "sqlite"
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise DatabaseUnavailable(
                        N_("The migration left broken references; nothing was changed.")
                    )
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def overlook_ending_index() -> None:
    """Let SQLAlchemy compare a schema without a warning: it cannot describe SQLite's indexes on expressions.

    The client index has one, and is left out of comparisons anyway.
    """
    warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression", sa.exc.SAWarning)


def _config(connection: sa.Connection) -> Config:
    from alembic.config import Config

    overlook_ending_index()
    config = Config(stdout=io.StringIO())  # else what standard output was when alembic was imported
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
