"""T30: what was erased stands in no file of the database, nor in a backup of today, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import scrubbing
from db.backup import back_up
from db.check import check_database
from db.engine import Database
from db.errors import Refused
from db.office import House
from db.operations.erasure import anonymise_client
from db.records.people import Role
from db.search import rebuild_index
from tests.db.builders import Builder, rows
from tests.db.privacy_client import MARKS, NUMBER, departed
from tests.one_database import ON_SQLITE

BOOKS = ("invoice", "ledger_entry", "payment", "reading", "invoice_line")


@pytest.fixture
def builder(house: House) -> Builder:
    return Builder(house.database)


def database_files(database: Database) -> Iterator[bytes]:
    """Yield the bytes of every file in which the database keeps rows."""
    if database.dialect == "sqlite":
        path = Path(str(database.url.database))
        for name in (path, path.with_name(f"{path.name}-wal")):
            if name.exists():
                yield name.read_bytes()
        return
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        names = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't')"
        for path in connection.exec_driver_sql(
            f"{names} AND relfilenode > 0 AND relnamespace <> 'pg_catalog'::regnamespace"
        ).scalars():
            yield bytes(
                connection.execute(sa.text("SELECT pg_read_binary_file(:path)"), {"path": path}).scalar_one()
            )


def marks_in(files: Iterator[bytes]) -> Mapping[str, int]:
    """Return how often each mark stands in the files, in either case."""
    found = dict.fromkeys(MARKS, 0)
    for content in files:
        for what, mark in MARKS.items():
            found[what] += content.count(mark.encode()) + content.count(mark.lower().encode())
    return {what: count for what, count in found.items() if count}


def filled(house: House, builder: Builder) -> None:
    """A client who left, indexed; their name stands on no invoice, so that it is to go as well."""
    departed(house, builder, billed=False)
    builder.staff(Role.ADMIN)
    rebuild_index(house.database)


def books(database: Database) -> list[object]:
    return [dict(row) for table in BOOKS for row in rows(database, table)]


def test_what_was_erased_is_in_no_file_and_in_no_backup_of_today(
    house: House, database: Database, builder: Builder, tmp_path: Path
) -> None:
    filled(house, builder)
    before = books(database)
    assert len(marks_in(database_files(database))) >= len(MARKS) - 2  # the paragraph may be packed
    house.office(builder.staff(Role.SUPERVISOR)).do(anonymise_client, NUMBER)
    scrubbing.scrub(database)
    left = marks_in(database_files(database))
    assert set(left) <= {"last_name"}  # the letter of the erasure is addressed to somebody
    backup = tmp_path / "today.bak"
    if database.dialect == "sqlite":
        back_up(database, backup)
        assert set(marks_in(iter([backup.read_bytes()]))) <= {"last_name"}
    assert books(database) == before
    assert [check for check in check_database(house).checks if not check.ok] == []


def test_the_name_stands_in_the_letter_alone(house: House, database: Database, builder: Builder) -> None:
    filled(house, builder)
    house.office(builder.staff(Role.SUPERVISOR)).do(anonymise_client, NUMBER)
    named = [
        row["kind"] for row in rows(database, "issued_document") if MARKS["last_name"] in row["snapshot"]
    ]
    assert named == ["erasure_decision"]


def test_without_secure_delete_and_scrubbing_the_bytes_stay(
    house: House, database: Database, builder: Builder
) -> None:
    """The control of T30: what was deleted stands in the file until it is written anew."""
    filled(house, builder)
    if database.dialect == "sqlite":
        with database.writer.connect() as connection:
            for statement in ("PRAGMA secure_delete=OFF", "PRAGMA wal_checkpoint(TRUNCATE)"):
                assert connection.connection.driver_connection is not None
                connection.connection.driver_connection.execute(statement)
    house.office(builder.staff(Role.SUPERVISOR)).do(anonymise_client, NUMBER)
    if database.dialect == "sqlite":
        with database.writer.connect() as connection:
            assert connection.connection.driver_connection is not None
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = marks_in(database_files(database))
    assert {"attachment", "contact_note", "pesel"} & set(left)


@ON_SQLITE  # there a reader stops the log from being cut; the server waits for a lock
def test_while_somebody_reads_it_says_that_it_could_not(
    house: House, database: Database, builder: Builder
) -> None:
    filled(house, builder)
    with database.reader.connect() as other, other.begin():
        other.exec_driver_sql("SELECT count(*) FROM client")
        house.office(builder.staff(Role.SUPERVISOR)).do(anonymise_client, NUMBER)
        with database.writer.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA busy_timeout=50")
        with pytest.raises(Refused, match="bok db scrub"):
            scrubbing.scrub(database)
    scrubbing.scrub(database)
