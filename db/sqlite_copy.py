"""Copies of an SQLite database by the engine's own online backup."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from db import schema
from db.chain_key import fingerprint
from db.engine import sqlite_driver
from db.errors import BokError, DatabaseUnavailable, Refused
from db.whole_files import cannot_write
from db.words import N_

NOT_OURS = N_("%(file)s is not a backup of bok; nothing was restored.")


@contextmanager
def opened_read_only(file: Path) -> Iterator[Any]:
    """Yield a connection of the driver to `file` that changes nothing."""
    driver = sqlite_driver()
    try:
        with closing(driver.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)) as source:
            yield source
    except driver.Error as error:
        raise Refused(N_("%(file)s cannot be read as a database."), file=file).with_details(
            str(error)
        ) from error


def copy_to(source: Any, target: Path) -> None:
    """Copy the database of `source` (a driver's connection) to the empty file `target`.

    In one step: page by page, every write of somebody else would make it start over. The copy
    is one file that needs no other, and is checked before it is trusted. Raises CannotWrite, and
    DatabaseUnavailable when it is not sound.
    """
    driver = sqlite_driver()
    try:
        with closing(driver.connect(target)) as copy:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except driver.Error as error:
        raise _told(error, target) from error
    if found != "ok":
        raise DatabaseUnavailable(
            N_("The database file is damaged; restore it from a backup: bok db restore FILE.")
        ).with_details(found)


def require_bok(source: Any, file: Path, key: bytes) -> None:
    """Raise Refused unless `source` is a database of bok that this program and this key can open."""
    try:
        revision = source.execute("SELECT version_num FROM alembic_version").fetchone()
        known = source.execute("SELECT key_fingerprint FROM installation").fetchone()
    except sqlite_driver().Error as error:
        raise Refused(NOT_OURS, file=file) from error
    if revision is None or known is None:
        raise Refused(NOT_OURS, file=file)
    if revision[0] not in schema.known_revisions():
        raise Refused(
            N_("%(file)s has schema %(found)s, newer than this program; install a newer bok."),
            file=file,
            found=revision[0],
        )
    if known[0] != fingerprint(key):
        raise Refused(
            N_("%(file)s was made with another journal key; put that key in its place first."), file=file
        )


def _told(error: Exception, target: Path) -> BokError:
    """Return what to tell of a copy that failed: nearly always, there is no room."""
    text = str(error).lower()
    if "full" in text or "i/o error" in text:
        return cannot_write(target, OSError(errno.ENOSPC, ""))
    return DatabaseUnavailable(N_("The database cannot be copied.")).with_details(str(error))
