"""`db check` finds rows edited by whoever owns the database, proofs and guards included."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from db.check import check_database
from db.doors import SYSTEM_ONLY, operation
from db.engine import Database
from db.evidence import contradictions
from db.migrations import guards
from db.models import APPEND_ONLY
from db.office import SYSTEM, House
from db.operations.documents import issue_reading_confirmation
from db.operations.readings import record_reading
from db.records.people import Role
from db.schema import upgrade
from db.search import rebuild_index
from db.work import Work
from tests.db.builders import Builder, entry, rows
from tests.one_database import ON_POSTGRES


@dataclass(frozen=True)
class Case:
    """A recorded reading and its confirmation."""

    reading: int
    document: int
    number: str
    other_meter: int


@pytest.fixture
def case(house: House, builder: Builder) -> Case:
    built, other = builder.household("123456"), builder.household("123457")
    builder.staff(Role.ADMIN)
    rebuild_index(house.database)
    office = house.office(builder.staff(Role.SUPERVISOR))
    saved = office.do(record_reading, entry(built.meter, 498, reason="rechecked"))
    issued = office.do(issue_reading_confirmation, saved.id)
    return Case(saved.id, issued.id, issued.number, other.meter_id)


def _faults(house: House) -> dict[str, str]:
    return {check.name: check.detail for check in check_database(house).checks if not check.ok}


def _as_owner(database: Database, *statements: str) -> None:
    """Take the guards away, do it, and put them back."""
    with database.writer.connect() as connection, connection.begin():
        guards.remove(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)
        guards.install(connection)


def test_what_was_recorded_stands(house: House, case: Case) -> None:
    assert _faults(house) == {}


Edit = Callable[[Case, str], str]
EDITS: list[Edit] = [
    lambda case, snapshot: f"UPDATE reading SET state = 490000 WHERE id = {case.reading}",
    lambda case, snapshot: f"UPDATE reading SET consumption = 3000 WHERE id = {case.reading}",
    lambda case, snapshot: f"UPDATE reading SET day = '2026-11-21' WHERE id = {case.reading}",
    lambda case, snapshot: f"UPDATE reading SET meter_id = {case.other_meter} WHERE id = {case.reading}",
    lambda case, snapshot: (
        f"UPDATE issued_document SET snapshot = '{snapshot}',"
        f" snapshot_sha256 = '{hashlib.sha256(snapshot.encode()).hexdigest()}' WHERE id = {case.document}"
    ),
    lambda case, snapshot: f"UPDATE issued_document SET reading_id = 1 WHERE id = {case.document}",
]


@pytest.mark.parametrize(
    "edit", EDITS, ids=["state", "use", "day", "meter", "document", "of-another-reading"]
)
def test_an_edited_row_with_its_own_proof_is_found(
    house: House, database: Database, case: Case, edit: Edit
) -> None:
    snapshot = rows(database, "issued_document")[0]["snapshot"].replace("498", "489")
    _as_owner(database, edit(case, snapshot))
    faults = _faults(house)
    assert set(faults) == {"evidence"}
    assert faults["evidence"].endswith((f": {case.reading}.", f": {case.number}."))


def test_a_removed_reading_is_found(house: House, database: Database, builder: Builder, case: Case) -> None:
    office = house.office(builder.staff(Role.SUPERVISOR))
    saved = office.do(record_reading, entry(builder.household("123458").meter, 498, reason="rechecked"))
    rebuild_index(database)
    assert _faults(house) == {}
    _as_owner(database, f"DELETE FROM reading WHERE id = {saved.id}")
    assert _faults(house) == {
        "evidence": f"Readings or documents that are not what the journal says was recorded: {saved.id}."
    }


def _voided(database: Database, name: str, table: str) -> list[str]:
    event = name.rsplit("_", 1)[1].upper()
    if database.dialect == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return [f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN 0 {body}"]
    return [
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN (false)"
        f" EXECUTE FUNCTION {guards.FUNCTION}()"
    ]


@pytest.mark.parametrize("event", ["update", "delete"])
def test_a_guard_made_void_is_found_and_mended(
    house: House, database: Database, case: Case, event: str
) -> None:
    """One table after another: each adds its own name, and all are mended at once."""
    void: set[str] = set()
    for table in APPEND_ONLY:
        name = f"{table}_no_{event}"
        with database.writer.connect() as connection, connection.begin():
            for statement in _voided(database, name, table):
                connection.exec_driver_sql(statement)
            void.add(name)
            assert set(guards.unsound(connection)) == void
    faults = _faults(house)
    assert set(faults) == {"guards"}
    assert all(name in faults["guards"] for name in void)
    upgrade(database)
    assert _faults(house) == {}


@ON_POSTGRES
def test_a_guard_switched_off_or_toothless_is_found(house: House, database: Database, case: Case) -> None:
    toothless = (
        f"CREATE OR REPLACE FUNCTION {guards.FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN coalesce(NEW, OLD); END $$"
    )
    for statement in ("ALTER TABLE reading DISABLE TRIGGER reading_no_truncate", toothless):
        with database.writer.connect() as connection, connection.begin():
            connection.exec_driver_sql(statement)
        assert "reading_no_truncate" in _faults(house)["guards"]
        upgrade(database)
        assert _faults(house) == {}


@operation(roles=SYSTEM_ONLY)
def many_lost(work: Work, count: int) -> None:
    """Leave entries of readings that are not there."""
    for number in range(count):
        work.changed("reading.recorded", f"reading {10**6 + number}", after={"state": 1, "meter": "8" * 8})


def test_a_long_journal_is_compared_in_parts(house: House, database: Database) -> None:
    house.office(SYSTEM).do(many_lost, 6_000)
    with Session(database.reader) as session:
        list(contradictions(session))
        tracemalloc.start()
        assert sum(1 for _ in contradictions(session)) == 6_000
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 2_500_000  # at once they take 6,000,000
