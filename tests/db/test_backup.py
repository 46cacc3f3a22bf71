"""Backups taken while others write, and what they restore to (T11)."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import postgres_tools, schema
from db.backup import back_up, restore
from db.chain_key import HeadFile
from db.check import check_database
from db.doors import SYSTEM_ONLY, operation
from db.engine import Database, open_database, sqlite_driver
from db.errors import CannotWrite, DatabaseUnavailable, NotAllowed, Refused
from db.house import open_house
from db.office import SYSTEM, House
from db.operations.staff import add_staff
from db.queries.staff import staff_member
from db.records.people import NewStaff, Role
from db.sample.town import make_town
from db.settings import Folders, Settings
from db.sign_in import open_session, resume_session
from db.work import Work
from tests.conftest import KEY, TestClock, create_postgres, drop_postgres
from tests.db.builders import rows
from tests.together import PATIENCE, see_off, threads_of

ROUNDS = 8
WRITERS = 3


@operation(roles=SYSTEM_ONLY)
def backup_example(work: Work, number: int) -> None:
    """Leave an entry in each log."""
    work.changed("example.changed", f"example {number}")
    work.looked("VIEW", f"card {number}")


@pytest.fixture
def filled(house: House) -> House:
    house.office(SYSTEM).do(add_staff, NewStaff("anna", "Anna Nowak", Role.ADMIN, ""), "hash")
    return house


@pytest.fixture
def place(tmp_path: Path, database: Database) -> Iterator[Settings]:
    """Another, empty place with the same key: a new file, or a new database of the server."""
    with _new_place(tmp_path / "place", database) as settings:
        yield settings


@contextmanager
def _new_place(folder: Path, database: Database) -> Iterator[Settings]:
    folders = Folders(folder / "data", folder / "state", folder / "config")
    folders.state.mkdir(parents=True, mode=0o700)
    settings = Settings(folders=folders)
    settings.chain_key.touch(mode=0o600)
    settings.chain_key.write_text(KEY.hex())
    if database.dialect == "sqlite":
        yield settings
        return
    name = f"place_{abs(hash(folder)):x}"
    yield dataclasses.replace(settings, database_url=create_postgres(name))
    drop_postgres(name)


def _needs_tools(database: Database) -> None:
    """PostgreSQL's tools are no Python package: where the server's are not, nothing can be dumped."""
    if database.dialect == "postgresql":
        try:
            postgres_tools.find("pg_dump", database)
        except DatabaseUnavailable as missing:
            pytest.skip(str(missing))


def _examples(database: Database) -> set[str]:
    with Session(database.reader) as session:
        statement = sa.text("SELECT subject FROM audit_entry WHERE action = 'example.changed'")
        return set(session.scalars(statement))


class Writers:
    """Threads that write as fast as they can and remember what was acknowledged."""

    def __init__(self, house: House) -> None:
        self.acknowledged: set[str] = set()
        self.errors: list[Exception] = []
        self._house = house
        self._stop = threading.Event()
        self._many = threading.Event()
        self._threads = threads_of(*(partial(self._write, first) for first in range(WRITERS)))

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        if not self._many.wait(PATIENCE):
            self._stop.set()
            raise AssertionError(f"too few writes: {len(self.acknowledged)}, {self.errors}")
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        see_off(self._threads)
        assert self.errors == []

    def _write(self, first: int) -> None:
        number = first
        while not self._stop.is_set():
            try:
                self._house.office(SYSTEM).do(backup_example, number)
            except Exception as error:
                self.errors.append(error)
                return
            self.acknowledged.add(f"example {number}")
            number += WRITERS
            if number > 4 * WRITERS:
                self._many.set()


def test_backups_taken_during_writes_restore_to_all_that_was_acknowledged(
    filled: House, database: Database, tmp_path: Path
) -> None:
    _needs_tools(database)
    rounds = ROUNDS if database.dialect == "sqlite" else 2
    kept = []
    with Writers(filled) as writers:
        for number in range(rounds):
            before = set(writers.acknowledged)
            back_up(database, tmp_path / f"{number}.bak")
            kept.append((tmp_path / f"{number}.bak", before))
    for number, (file, acknowledged) in enumerate(kept):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with _new_place(tmp_path / f"place{number}", database) as settings:
            report = restore(settings, file)
            assert [check for check in report.checks if not check.ok] == []
            restored = open_house(settings)
            assert acknowledged <= _examples(restored.database)
            assert check_database(restored).ok
            restored.database.close()


def test_a_backup_carries_the_money(
    house: House, database: Database, tmp_path: Path, place: Settings
) -> None:
    _needs_tools(database)
    house.office(SYSTEM).do(add_staff, NewStaff("anna", "Anna Nowak", Role.ADMIN, ""), "hash")
    make_town(house, clients=40, years=1, seed=7, billed=2)
    back_up(database, tmp_path / "copy")
    assert restore(place, tmp_path / "copy", clock=TestClock()).ok
    restored = open_database(place.address)
    for table in ("invoice", "invoice_line", "invoice_meter", "ledger_entry", "payment", "counter"):
        assert (here := rows(database, table)) == rows(restored, table)
        assert here
    restored.close()


def test_a_plain_copy_of_the_file_is_no_backup(filled: House, database: Database, tmp_path: Path) -> None:
    """The control: what was acknowledged lies in the -wal file, which `cp` leaves behind."""
    if database.dialect != "sqlite":
        return
    with Writers(filled) as writers:
        before = set(writers.acknowledged)
        shutil.copy(str(database.url.database), tmp_path / "copy.sqlite3")
    try:
        with closing(sqlite_driver().connect(tmp_path / "copy.sqlite3")) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            found = {row[0] for row in copy.execute("SELECT subject FROM audit_entry")}
    except sqlite_driver().DatabaseError:
        return
    assert not whole or not before <= found


def test_a_backup_is_one_file_of_its_own(filled: House, database: Database, tmp_path: Path) -> None:
    _needs_tools(database)
    back_up(database, tmp_path / "one.bak")
    assert [path.name for path in tmp_path.glob("one*")] == ["one.bak"]
    assert list(tmp_path.glob(".bok-*")) == []
    if database.dialect == "sqlite":
        with closing(sqlite3.connect(f"file:{tmp_path / 'one.bak'}?mode=ro", uri=True)) as copy:
            assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_an_existing_file_is_replaced_only_by_force(
    filled: House, database: Database, tmp_path: Path
) -> None:
    _needs_tools(database)
    file = tmp_path / "kept.bak"
    file.write_text("something else")
    with pytest.raises(Refused, match="exists already"):
        back_up(database, file)
    assert file.read_text() == "something else"
    back_up(database, file, force=True)
    assert file.stat().st_size > 1000
    with pytest.raises(Refused, match="folder"):
        back_up(database, tmp_path, force=True)


def test_a_failed_backup_leaves_nothing_behind(filled: House, database: Database, tmp_path: Path) -> None:
    _needs_tools(database)
    with pytest.raises(CannotWrite, match="no folder"):
        back_up(database, tmp_path / "nowhere" / "x.bak")
    database.close()
    broken = dataclasses.replace(database, url=database.url.set(database="not_there"))
    if database.dialect == "postgresql":
        with pytest.raises(DatabaseUnavailable, match="pg_dump"):
            back_up(broken, tmp_path / "x.bak")
    assert [path for path in tmp_path.iterdir() if "x.bak" in path.name or ".part" in path.name] == []


def test_a_restore_goes_to_an_empty_place_only(
    filled: House, database: Database, tmp_path: Path, place: Settings
) -> None:
    _needs_tools(database)
    back_up(database, tmp_path / "x.bak")
    restore(place, tmp_path / "x.bak")
    with pytest.raises(Refused, match="empty"):
        restore(place, tmp_path / "x.bak")
    house = open_house(place)
    assert check_database(house).ok
    house.database.close()


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PGDMP but not really", b"SQLite format 3\x00" + b"\x00" * 500]
)
def test_what_is_no_backup_is_refused_and_nothing_is_made(
    database: Database, tmp_path: Path, place: Settings, content: bytes
) -> None:
    _needs_tools(database)
    file = tmp_path / "x.bak"
    file.write_bytes(content)
    with pytest.raises((Refused, DatabaseUnavailable)):
        restore(place, file)
    assert not place.folders.database.exists()


def test_another_programs_sqlite_file_is_refused(database: Database, tmp_path: Path, place: Settings) -> None:
    file = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE somebody (id INTEGER)")
        other.commit()
    with pytest.raises(Refused, match=r"not a backup of bok|other kind"):
        restore(place, file)


def test_a_backup_of_another_key_is_refused(
    filled: House, database: Database, tmp_path: Path, place: Settings
) -> None:
    _needs_tools(database)
    back_up(database, tmp_path / "x.bak")
    place.chain_key.write_text(bytes(32).hex())
    with pytest.raises((Refused, DatabaseUnavailable), match="journal key"):
        restore(place, tmp_path / "x.bak")


def test_without_the_key_nothing_is_restored(
    filled: House, database: Database, tmp_path: Path, place: Settings
) -> None:
    _needs_tools(database)
    back_up(database, tmp_path / "x.bak")
    place.chain_key.unlink()
    with pytest.raises(DatabaseUnavailable, match="missing"):
        restore(place, tmp_path / "x.bak")


def test_a_restore_is_told_from_a_rollback(
    filled: House, database: Database, tmp_path: Path, place: Settings, clock: TestClock
) -> None:
    """Older data under a newer outside head is found; a restore says what was seen before."""
    _needs_tools(database)
    back_up(database, tmp_path / "x.bak")
    HeadFile(place.folders.state / "heads", open_database(place.address).place).note(
        {"audit": (99, "f" * 64)}
    )
    restore(place, tmp_path / "x.bak", clock=clock)
    house = open_house(place)
    with Session(house.database.reader) as session:
        statement = sa.text("SELECT before FROM audit_entry WHERE action = 'database.restored'")
        assert '"audit": 99' in str(session.scalar(statement))
    assert check_database(house).ok
    house.database.close()


def test_sessions_do_not_come_back_to_life(
    filled: House, database: Database, tmp_path: Path, place: Settings
) -> None:
    _needs_tools(database)
    anna = filled.office(SYSTEM).read(staff_member, "anna")
    token = open_session(filled, anna)
    back_up(database, tmp_path / "x.bak")
    restore(place, tmp_path / "x.bak", clock=filled.clock)
    restored = open_house(place, clock=filled.clock)
    with pytest.raises(NotAllowed):
        resume_session(restored, token)
    restored.database.close()
    assert resume_session(filled, token).login == "anna"


def test_an_empty_database_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    schema.downgrade(database, "base")
    with pytest.raises(DatabaseUnavailable, match="empty"):
        back_up(database, tmp_path / "x.bak")
