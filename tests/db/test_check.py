"""`db.check`: a sound database is found sound, and each planted fault is found by its own check."""

from __future__ import annotations

import hashlib
import threading
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import journal
from db.check import check_database
from db.doors import SYSTEM_ONLY, operation
from db.engine import Database
from db.network_share import share_of
from db.office import SYSTEM, House
from db.operations.staff import add_staff
from db.records.people import NewStaff, Role
from db.sample.town import make_town
from db.search import rebuild_index
from db.work import Work
from tests.conftest import KEY, START
from tests.db.builders import Builder, BuiltClient, rows
from tests.together import see_off, threads_of

DAY = date(2026, 10, 1)


@operation(roles=SYSTEM_ONLY)
def checked_example(work: Work) -> None:
    """Leave an entry in each log."""
    work.changed("example.changed", "example")
    work.looked("VIEW", "card")


@operation(roles=SYSTEM_ONLY)
def many_entries(work: Work, count: int) -> None:
    """Leave many entries in one transaction."""
    for number in range(count):
        work.changed("example.changed", f"example {number}")


@pytest.fixture
def sound(house: House, database: Database) -> House:
    """A small installation in which everything holds."""
    office = house.office(SYSTEM)
    office.do(add_staff, NewStaff("anna", "Anna Nowak", Role.ADMIN, ""), "hash")
    for _ in range(3):
        office.do(checked_example)
    return house


@pytest.fixture
def client(sound: House, database: Database) -> BuiltClient:
    """A client with readings, in the index."""
    built = Builder(database).household("123456")
    rebuild_index(database)
    return built


def _faults(house: House) -> dict[str, str]:
    return {check.name: check.detail for check in check_database(house).checks if not check.ok}


def _document(database: Database, client: BuiltClient, serial: int, counter: int) -> None:
    builder = Builder(database)
    snapshot = f'{{"number": {serial}}}'
    builder.add(
        "issued_document",
        kind="reading_confirmation",
        serial=serial,
        number=f"P/2026/{serial:07d}",
        client_id=client.id,
        snapshot=snapshot,
        snapshot_sha256=hashlib.sha256(snapshot.encode()).hexdigest(),
        issued_at=START,
        staff_id=1,
    )
    given = f"INSERT INTO counter (series, value) VALUES ('reading_confirmation', {counter})"
    _run(database, "DELETE FROM counter", given)


def _run(database: Database, *statements: str) -> None:
    """Do what whoever owns the database can do, guards or not."""
    with database.writer.connect() as connection, connection.begin():
        for statement in statements:
            connection.exec_driver_sql(statement)


def _unguarded(database: Database, table: str, statement: str) -> None:
    """Change a guarded table and put the guard back."""
    from db.migrations import guards

    with database.writer.connect() as connection, connection.begin():
        guards.remove(connection)
        connection.exec_driver_sql(statement)
        guards.install(connection)


def test_a_new_installation_is_sound(sound: House) -> None:
    assert _faults(sound) == {}


def test_a_sample_town_is_sound(sound: House) -> None:
    make_town(sound, clients=60, years=2, seed=5, billed=2)
    assert _faults(sound) == {}


def test_readings_and_documents_are_sound(sound: House, client: BuiltClient, database: Database) -> None:
    _document(database, client, 1, 1)
    _document(database, client, 2, 2)
    assert _faults(sound) == {}


def test_checking_writes_nothing(sound: House, database: Database) -> None:
    with database.reader.connect() as connection:
        before = connection.exec_driver_sql("SELECT log, seq, mac FROM chain_head ORDER BY log").all()
    check_database(sound)
    with database.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT log, seq, mac FROM chain_head ORDER BY log").all() == before


Plant = Callable[[Database, BuiltClient], None]


def _reading(**values: object) -> Plant:
    def plant(database: Database, client: BuiltClient) -> None:
        Builder(database).reading(client.meter_id, DAY, **({"state": 500, "consumption": 13} | values))  # type: ignore[arg-type]  # plain values of a row

    return plant


def _voided(database: Database, client: BuiltClient) -> None:
    builder = Builder(database)
    reading = builder.reading(client.meter_id, DAY, 10, 500)
    builder.add(
        "reading_decision", reading_id=reading, kind="voided", reason="x", staff_id=1, decided_at=START
    )


def _approved_negative(database: Database, client: BuiltClient) -> None:
    builder = Builder(database)
    reading = builder.reading(client.meter_id, DAY, 400, -87, needs_approval=True)
    builder.add(
        "reading_decision", reading_id=reading, kind="approved", reason="x", staff_id=1, decided_at=START
    )


def _rewritten_document(database: Database, client: BuiltClient) -> None:
    _document(database, client, 1, 1)
    _unguarded(database, "issued_document", "UPDATE issued_document SET snapshot = '{}'")


def _rewritten_paper(database: Database, client: BuiltClient) -> None:
    _document(database, client, 1, 1)
    document = rows(database, "issued_document")[0]["id"]
    paper = {"pdf": b"%PDF-1", "pdf_sha256": hashlib.sha256(b"%PDF-2").hexdigest(), "rendered_at": START}
    Builder(database).add("document_rendering", document_id=document, **paper)


def _guards_dropped(database: Database, client: BuiltClient) -> None:
    suffix = " ON reading" if database.dialect == "postgresql" else ""
    _run(database, f"DROP TRIGGER reading_no_delete{suffix}")


PLANTED: list[tuple[str, Plant]] = [
    ("schema", lambda database, client: _run(database, "DROP INDEX ix_meter_supply_point_id")),
    ("guards", _guards_dropped),
    ("journal_key", lambda database, client: _run(database, "UPDATE installation SET key_fingerprint = 'x'")),
    (
        "audit_log",
        lambda database, client: _unguarded(
            database, "audit_entry", "UPDATE audit_entry SET action = 'x' WHERE seq = 2"
        ),
    ),
    (
        "access_log",
        lambda database, client: _unguarded(
            database, "access_entry", "DELETE FROM access_entry WHERE seq = 2"
        ),
    ),
    ("administrator", lambda database, client: _run(database, "UPDATE staff SET active = false")),
    ("consumption", _approved_negative),
    ("consumption", _reading(state=100_000, consumption=99_513)),
    ("consumption", _reading(state=480, consumption=0)),
    ("rollover", _reading(state=500, consumption=600)),
    ("rollover", _reading(state=20, consumption=20, rollover=True)),
    ("rollover", _reading(state=20, consumption=100_001, rollover=True)),
    ("numbering", lambda database, client: _document(database, client, 2, 2)),
    ("numbering", lambda database, client: _document(database, client, 1, 2)),
    ("documents", _rewritten_document),
    ("documents", _rewritten_paper),
    ("search", lambda database, client: _run(database, "DELETE FROM search_client")),
]


@pytest.mark.parametrize(("name", "plant"), PLANTED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(PLANTED)])
def test_each_planted_fault_is_found_by_its_check(
    sound: House, client: BuiltClient, database: Database, name: str, plant: Plant
) -> None:
    plant(database, client)
    faults = _faults(sound)
    assert set(faults) == {name}
    assert faults[name]


@pytest.mark.parametrize(
    "plant",
    [
        _reading(state=20, consumption=99_533, rollover=True),
        _reading(state=400, consumption=-87, needs_approval=True),
        _reading(state=20, consumption=300, needs_approval=True),
        _voided,
    ],
    ids=["rollover", "waiting", "waiting-too-much", "voided"],
)
def test_readings_that_may_be(sound: House, client: BuiltClient, database: Database, plant: Plant) -> None:
    plant(database, client)
    assert _faults(sound) == {}


def test_broken_references_and_loose_files_are_found_on_sqlite(
    sound: House, client: BuiltClient, database: Database
) -> None:
    if database.dialect != "sqlite":
        return
    raw = sa.create_engine(database.url)
    with raw.connect() as connection:
        connection.exec_driver_sql(f"DELETE FROM contract WHERE id = {client.contract_id}")
        connection.commit()
    raw.dispose()
    path = Path(str(database.url.database))
    path.chmod(0o644)
    assert set(_faults(sound)) >= {"references", "files"}


def test_a_damaged_file_is_found_on_sqlite(sound: House, client: BuiltClient, database: Database) -> None:
    if database.dialect != "sqlite":
        return
    with database.writer.connect() as connection:
        page = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'reading'"
        ).scalar_one()
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    with Path(str(database.url.database)).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert "integrity" in _faults(sound)


def test_a_check_while_others_write_is_sound(sound: House) -> None:
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            sound.office(SYSTEM).do(checked_example)

    writers = threads_of(write, write)
    for writer in writers:
        writer.start()
    try:
        for _ in range(5):
            assert _faults(sound) == {}
    finally:
        done.set()
        see_off(writers)


def test_the_journal_is_read_in_parts(sound: House, database: Database) -> None:
    sound.office(SYSTEM).do(many_entries, 5_000)
    with Session(database.reader) as session:
        tracemalloc.start()
        assert journal.broken_entry(session, journal.AUDIT, KEY, None) is None
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 2_000_000  # read at once they take 2,700,000


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
nas:/data /srv/share nfs4 rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
//nas/x /mnt/two\\040words cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/bok.sqlite3", None),
        ("/srv/share/bok.sqlite3", "nfs4"),
        ("/srv/shared/bok.sqlite3", None),
        ("/srv/share/local/bok.sqlite3", None),
        ("/mnt/two words/bok.sqlite3", "cifs"),
    ],
)
def test_network_shares_are_known(path: str, kind: str | None) -> None:
    assert share_of(Path(path), MOUNTS) == kind
