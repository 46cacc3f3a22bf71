"""The foundation: a fresh installation, the door, the journal, append-only guards."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel.sql.sqltypes import AutoString

from db import journal, schema
from db.doors import ADMINS, operation, query
from db.engine import Database, open_database, sqlite_is_sound
from db.errors import DatabaseUnavailable, NotAllowed, Refused
from db.models import APPEND_ONLY, AuditEntry, Installation, metadata
from db.models.types import CubicMetres, Instant
from db.office import SYSTEM, House
from db.operations.installation import create_installation
from db.records.people import Role, StaffMember
from db.work import Work
from tests.conftest import KEY, TestClock


@operation(roles=ADMINS)
def rename(work: Work, uid: str, *, fail: bool = False) -> str:
    installation = work.session.get_one(Installation, 1)
    installation.uid = uid
    work.changed("test.renamed", "installation 1", after={"uid": uid})
    if fail:
        raise Refused("no")
    return installation.uid


@query(roles=ADMINS, discloses=True)
def look(work: Work) -> str:
    work.looked("VIEW", "installation")
    return work.session.get_one(Installation, 1).uid


def audit_actions(house: House) -> list[str]:
    with house.database.reader.connect() as connection:
        return list(connection.execute(sa.text("SELECT action FROM audit_entry ORDER BY seq")).scalars())


def test_one_operation_is_one_transaction_with_its_journal(house: House) -> None:
    office = house.office(SYSTEM)
    before = office.read(look)
    with pytest.raises(Refused):
        office.do(rename, "half", fail=True)
    assert office.read(look) == before
    assert audit_actions(house) == ["installation.created"]
    office.do(rename, "whole")
    assert office.read(look) == "whole"
    assert audit_actions(house) == ["installation.created", "test.renamed"]
    with house.database.reader.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM access_entry")).scalar() == 3


def test_unregistered_functions_and_wrong_roles_stay_outside(house: House) -> None:
    def anything(work: Work) -> None: ...

    with pytest.raises(TypeError):
        house.office(SYSTEM).do(anything)
    with pytest.raises(TypeError):
        house.office(SYSTEM).do(look)
    agent = StaffMember(id=1, login="a", name="A", role=Role.AGENT)
    with pytest.raises(NotAllowed):
        house.office(agent).do(rename, "x")


def test_a_person_who_was_disabled_meanwhile_is_refused(house: House) -> None:
    ghost = StaffMember(id=77, login="ghost", name="G", role=Role.ADMIN)
    with pytest.raises(NotAllowed, match="sign in again"):
        house.office(ghost).do(rename, "x")


def test_the_journal_verifies_and_names_a_changed_entry(house: House, database: Database) -> None:
    office = house.office(SYSTEM)
    for uid in ("a", "b", "c"):
        office.do(rename, uid)
    from sqlalchemy.orm import Session

    with Session(database.reader) as session:
        assert journal.broken_entry(session, journal.AUDIT, KEY, None) is None
        other_key = journal.broken_entry(session, journal.AUDIT, b"other", None)
        assert str(other_key) == "The audit log is not whole: entry 1 was changed or moved."
        cut = journal.broken_entry(session, journal.AUDIT, KEY, (9, "x"))
        assert str(cut) == "The audit log is not whole: the entries 5 to 9 were cut off."


SOUND: dict[str, dict[str, object]] = {
    "invoice": {"corrects_id": None, "gross": Decimal(14)},
    "ledger_entry": {"payment_id": None, "document_id": None},
    "bank_line_decision": {"payment_id": 7_000},
}
"""What a row of these needs for its own CHECKs."""


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_append_only_tables_refuse_change_and_removal(database: Database, table: str) -> None:
    """T15: UPDATE, DELETE, REPLACE and TRUNCATE fail on the guarded tables."""
    row = {column.name: _some(column) for column in metadata.tables[table].columns} | SOUND.get(table, {})
    with database.writer.connect() as connection:
        if database.dialect == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # sqlite3's own
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        connection.execute(metadata.tables[table].insert(), row)
        connection.commit()
        attempts = [f"UPDATE {table} SET {next(iter(row))} = {next(iter(row))}", f"DELETE FROM {table}"]
        if database.dialect == "sqlite":
            attempts.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        else:
            attempts.append(f"TRUNCATE {table} CASCADE")
        for attempt in attempts:
            with pytest.raises(DBAPIError, match="append-only"):
                connection.exec_driver_sql(attempt)
            connection.rollback()


def test_without_recursive_triggers_replace_would_slip_through(database: Database) -> None:
    """The control of T15: the pragma is what stops INSERT OR REPLACE on SQLite."""
    if database.dialect != "sqlite":
        return
    with database.writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA recursive_triggers=OFF")  # type: ignore[union-attr]  # sqlite3's own
        connection.exec_driver_sql("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry")


def _some(column: sa.Column[object]) -> object:
    kind = column.type
    if isinstance(kind, sa.Enum):
        return (
            kind.enum_class.PHONE if kind.enum_class and hasattr(kind.enum_class, "PHONE") else kind.enums[0]
        )
    if column.name == "kind":
        return "approved"
    values = {int: 7_000, str: "7", bool: False, bytes: b"7", Decimal: Decimal(7)}
    if isinstance(kind, CubicMetres):
        return 7
    if isinstance(kind, AutoString):
        return "7"
    if kind.python_type in values:
        return values[kind.python_type]
    now = TestClock()()
    return now if isinstance(kind, Instant) else now.date()


def test_migrations_go_down_and_up_and_match_the_models(database: Database) -> None:
    from alembic import command

    schema.downgrade(database, "base")
    assert schema.current_revision(database) is None
    schema.upgrade(database)
    schema.require_current(database)
    with database.writer.connect() as connection, connection.begin():
        command.check(schema._config(connection))


def test_head_is_the_newest_script() -> None:
    assert max(schema.known_revisions()) == schema.HEAD


@pytest.mark.parametrize(("found", "word"), [("0000", "newer than this program"), ("9999", "newer")])
def test_a_schema_of_another_version_is_refused(database: Database, found: str, word: str) -> None:
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{found}'")
    with pytest.raises(DatabaseUnavailable, match=word):
        schema.require_current(database)


def test_a_database_that_is_not_ours_is_not_touched(database: Database) -> None:
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("DROP TABLE chain_head")
    with pytest.raises(DatabaseUnavailable, match="not a database of bok"):
        schema.require_current(database)


def test_an_installation_is_made_once(database: Database, clock: TestClock) -> None:
    with pytest.raises(Refused, match="already holds"):
        create_installation(database, key=KEY, clock=clock)


def test_addresses_that_cannot_be_used_are_refused() -> None:
    for url in ("nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(DatabaseUnavailable):
            open_database(url)


def test_versions_with_the_wal_reset_fault_are_known() -> None:
    sound = [(3, 51, 3), (3, 53, 0), (3, 50, 7), (3, 44, 6), (4, 0, 0)]
    faulty = [(3, 40, 1), (3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 45, 9)]
    assert all(map(sqlite_is_sound, sound))
    assert not any(map(sqlite_is_sound, faulty))


def test_audit_rows_carry_who_when_and_what(house: House) -> None:
    with house.database.reader.connect() as connection:
        row = connection.execute(sa.select(metadata.tables[str(AuditEntry.__tablename__)])).mappings().one()
    assert (row["staff_login"], row["action"], row["at"]) == ("system", "installation.created", house.clock())
