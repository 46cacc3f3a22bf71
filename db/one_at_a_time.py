"""One process at a time: a lock that the system takes back when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from db.engine import sqlite_driver

LOOKS_EVERY = 0.5
"""Seconds between two looks at a lock that somebody else holds: Ctrl+C is heard in between."""


@contextmanager
def held(file: Path, *, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold `file` while the block runs; `waiting` is told once when somebody else holds it.

    The lock is SQLite's on an empty file, the same on every system; nothing of it stays behind when
    its holder is killed. Raises OSError when the file cannot be made or locked.
    """
    with closing(_locked(file, waiting)):
        yield


def _locked(file: Path, waiting: Callable[[], None] | None) -> Any:
    """Return the connection of the driver that holds the lock."""
    _make(file)
    driver = sqlite_driver()
    try:
        connection = driver.connect(file, timeout=LOOKS_EVERY, isolation_level=None)
        while not _taken(connection, driver.OperationalError):
            if waiting is not None:
                waiting()
                waiting = None
    except driver.Error as error:
        raise OSError(None, str(error), str(file)) from error
    return connection


def _make(file: Path) -> None:
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return  # not opened here: closing it would let go of a lock that this process holds


def _taken(connection: Any, refusal: type[Exception]) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except refusal as error:
        if "locked" in str(error):
            return False
        raise
    return True
