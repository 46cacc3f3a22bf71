"""Ways to break what an operation stands on: statements, sessions, disks, permissions, locks."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from db.engine import open_database
from db.errors import BokError
from db.office import House
from db.operations.readings import record_reading
from db.records.people import StaffMember
from db.records.readings import ReadingInput
from tests.together import CONTEXT
from tests.trust.workers import PATIENCE, Place

NOBODY = 65534
"""The user without rights whom the superuser's tests become."""
ROOM = 64 * 1024
"""Bytes that a file may grow once its size is limited."""
PATIENCE_WHEN_BROKEN = 3
"""Refusals after which a child stops trying."""

Strike = Callable[[Any], None]
"""Gets the driver's connection."""


@contextmanager
def at_statement(house: House, number: int, strike: Strike) -> Iterator[list[int]]:
    """Call `strike` before the `number`-th statement from now; COMMIT counts as one.

    Yields a list that holds the number once the blow has fallen.
    """
    engine, seen, struck = house.database.reader, 0, list[int]()
    commit = engine.dialect.do_commit

    def step(connection: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number + 1:
            struck.append(number)
            strike(connection)

    def before_statement(cursor: Any, statement: str, parameters: Any, context: Any) -> None:
        step(context.root_connection.connection.driver_connection)

    def do_commit(connection: Any) -> None:
        step(connection.driver_connection)
        commit(connection)

    for event in ("do_execute", "do_executemany"):
        sa.event.listen(engine, event, before_statement)
    engine.dialect.do_commit = do_commit  # type: ignore[method-assign,assignment]  # no event may fail as the driver does
    try:
        yield struck
    finally:
        for event in ("do_execute", "do_executemany"):
            sa.event.remove(engine, event, before_statement)
        del engine.dialect.do_commit


def break_statement(house: House) -> Strike:
    """Return a blow after which the driver says that the disk failed."""

    def strike(connection: Any) -> None:
        driver = house.database.reader.dialect.loaded_dbapi
        raise driver.OperationalError("disk I/O error")

    return strike


def disconnect(house: House) -> Strike:
    """Return a blow after which the server has ended the session."""

    def strike(connection: Any) -> None:
        pid = connection.info.backend_pid
        engine = sa.create_engine(house.database.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as other:
            ended = other.execute(sa.text("SELECT pg_terminate_backend(:pid, 30000)"), {"pid": pid}).scalar()
        engine.dispose()
        assert ended

    return strike


@contextmanager
def at_checkout(house: House, *statements: str) -> Iterator[None]:
    """Run `statements` on every connection of the house that is used meanwhile."""

    def prepare(connection: Any, record: Any, proxy: Any) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        if house.database.dialect == "postgresql":
            connection.commit()

    sa.event.listen(house.database.reader, "checkout", prepare)
    try:
        yield
    finally:
        sa.event.remove(house.database.reader, "checkout", prepare)


@contextmanager
def full_disk(house: House, *, pages: int = 2) -> Iterator[None]:
    """Leave an SQLite database room for that many pages more: then its disk is full."""
    with house.database.reader.connect() as connection:
        count = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + pages
    with at_checkout(house, f"PRAGMA max_page_count={count}"):
        yield
    with at_checkout(house, "PRAGMA max_page_count=1073741823"):
        house.database.reader.connect().close()


@contextmanager
def locked_out(house: House) -> Iterator[None]:
    """Let another session hold what every writer needs, and writers wait a moment only."""
    sqlite = house.database.dialect == "sqlite"
    patience = "PRAGMA busy_timeout=50" if sqlite else "SET lock_timeout = '100ms'"
    with house.database.writer.connect() as other:
        if not sqlite:
            other.exec_driver_sql("LOCK TABLE chain_head IN EXCLUSIVE MODE")
        else:
            other.exec_driver_sql("SELECT 1")  # its transaction began with BEGIN IMMEDIATE
        with at_checkout(house, patience):
            yield
        other.rollback()
    normal = "PRAGMA busy_timeout=30000" if sqlite else "SET lock_timeout = '15s'"
    with at_checkout(house, normal):
        house.database.reader.connect().close()


# -- in a child process


def in_child(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run `work` in a process of its own and return what it returns."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_answer, args=(there, work, *arguments), daemon=True)
    process.start()
    there.close()
    try:
        assert here.poll(PATIENCE), "the child does not answer"
        return here.recv()
    finally:
        here.close()
        process.join(1)
        process.kill()


def _answer(pipe: Connection, work: Callable[..., Any], *arguments: Any) -> None:
    pipe.send(work(*arguments))
    pipe.close()


def record_broken(
    place: Place, agent: StaffMember, entries: Sequence[ReadingInput], break_it: Callable[[Place], None]
) -> list[str]:
    """Break this process, then record; return `saved` or what the agent is told, for each entry."""
    break_it(place)
    house = place.house()
    office = house.office(agent)
    told: list[str] = []
    for entry in entries:
        try:
            office.do(record_reading, entry)
            told.append("saved")
        except BokError as error:
            told.append(str(error))
        if len(told) - told.count("saved") == PATIENCE_WHEN_BROKEN:
            break
    house.database.close()
    return told


def limit_files(place: Place) -> None:
    """Let no file grow beyond the size of the database and a little more."""
    database = open_database(place.url)
    with database.reader.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    limit = Path(place.url.removeprefix("sqlite:///")).stat().st_size + ROOM
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def become_nobody(place: Place) -> None:
    """Give up the superuser's rights, to whom no permission means anything."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
