"""The door: who is let in, what a sign-off is good for, what is noted outside the database."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import schema
from db.chain_key import HeadFile
from db.doors import ADMINS, DESK, operation, query, report
from db.engine import Database, open_database
from db.errors import DatabaseUnavailable, NotAllowed, Refused
from db.faults import told_plainly
from db.office import SYSTEM, House
from db.records.people import Role
from db.work import Work
from tests.conftest import TestClock
from tests.db.builders import Builder

UNKEPT = "written by a query"


@operation(roles=DESK)
def signed_for(work: Work, *, fail: bool = False) -> str | None:
    if fail:
        raise Refused("no")
    work.changed("test.signed", "nothing")
    return work.approver.login if work.approver else None


@query(roles=DESK)
def nothing(work: Work) -> str:
    return work.actor.login


@query(roles=DESK)
def writes_although_it_reads(work: Work) -> None:
    work.session.execute(sa.text(f"UPDATE staff SET name = '{UNKEPT}'"))


@report(roles=DESK)
def tells_of_the_collector(work: Work, *, fail: bool = False) -> bool:
    if fail:
        raise Refused("no")
    return gc.isenabled()


@operation(roles=DESK | ADMINS)
def touch(work: Work, client_id: int) -> None:
    work.changed("test.touched", f"client {client_id}", client_id=client_id)
    work.looked("VIEW", "test", client_id=client_id)


def test_a_sign_off_serves_one_operation_that_succeeds(house: House, builder: Builder) -> None:
    office = house.office(builder.staff(Role.AGENT))
    approval = house.grant(builder.staff(Role.SUPERVISOR))
    with pytest.raises(Refused):
        office.do_approved(approval, signed_for, fail=True)
    assert office.do_approved(approval, signed_for) == approval.supervisor.login
    with pytest.raises(NotAllowed, match="sign-off"):
        office.do_approved(approval, signed_for)


def test_a_sign_off_grows_old(house: House, builder: Builder, clock: TestClock) -> None:
    office = house.office(builder.staff(Role.AGENT))
    approval = house.grant(builder.staff(Role.SUPERVISOR))
    clock.forward(minutes=3)
    with pytest.raises(NotAllowed, match="too old"):
        office.do_approved(approval, signed_for)


def test_a_disabled_supervisor_signs_nothing(house: House, builder: Builder) -> None:
    office = house.office(builder.staff(Role.AGENT))
    supervisor = builder.staff(Role.SUPERVISOR)
    approval = house.grant(supervisor)
    disable(house.database, supervisor.id)
    with pytest.raises(NotAllowed, match="disabled"):
        office.do_approved(approval, signed_for)


def test_a_disabled_agent_soon_reads_nothing(house: House, builder: Builder, clock: TestClock) -> None:
    agent = builder.staff(Role.AGENT)
    office = house.office(agent)
    assert office.read(nothing) == agent.login
    disable(house.database, agent.id)
    with pytest.raises(NotAllowed, match="disabled"):
        office.do(signed_for)
    clock.forward(seconds=5)
    with pytest.raises(NotAllowed, match="disabled"):
        office.read(nothing)


def test_what_a_query_writes_is_not_kept(house: House, builder: Builder) -> None:
    """Nobody but the door commits: PostgreSQL refuses the writing, SQLite takes it back."""
    office = house.office(builder.staff(Role.AGENT))
    on_server = house.database.dialect == "postgresql"
    for _ in range(2):  # a connection that comes back is no freer than a new one
        with pytest.raises(DatabaseUnavailable) if on_server else contextlib.nullcontext():
            office.read(writes_although_it_reads)
    with house.database.reader.connect() as connection:
        names = connection.execute(sa.text("SELECT name FROM staff")).scalars().all()
    assert names
    assert UNKEPT not in names
    office.do(touch, builder.client().id)


def test_the_collector_rests_during_a_report_and_only_then(house: House, builder: Builder) -> None:
    office = house.office(builder.staff(Role.AGENT))
    assert not office.read(tells_of_the_collector)
    assert gc.isenabled()
    with pytest.raises(Refused):
        office.read(tells_of_the_collector, fail=True)
    assert gc.isenabled()


def test_an_entry_is_tied_only_to_a_contact_with_its_own_client(house: House, builder: Builder) -> None:
    from db.operations.contacts import start_contact
    from db.records.people import Channel

    mine, other = builder.client(), builder.client()
    office = house.office(builder.staff(Role.AGENT))
    contact = office.do(start_contact, mine.number, Channel.PHONE)
    office.for_contact(contact.id).do(touch, mine.id)
    office.for_contact(contact.id).do(touch, other.id)
    with house.database.reader.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT client_id, contact_id FROM audit_entry WHERE action = 'test.touched' ORDER BY seq"
            )
        ).all()
    assert [tuple(row) for row in rows] == [(mine.id, contact.id), (other.id, None)]


@pytest.mark.parametrize("content", ["[1]", "{", "[]", '{"audit": 3}', '{"audit": [1]}', ""])
def test_a_spoiled_head_file_costs_nobody_their_saved_work(
    house: House, builder: Builder, tmp_path: Path, content: str
) -> None:
    heads = HeadFile(tmp_path, "place")
    heads.path.write_text(content)
    kept = dataclasses.replace(house, heads=heads)
    assert kept.office(builder.staff(Role.SUPERVISOR)).do(signed_for) is None
    assert set(heads.read()) == {"audit"}


def test_one_file_is_one_place_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_database("sqlite:///x.db").place == open_database(f"sqlite:///{tmp_path}/x.db").place


def test_a_fault_of_ours_is_not_called_an_unreachable_server(database: Database) -> None:
    with (
        pytest.raises(sa.exc.DBAPIError),
        told_plainly(),
        database.reader.connect() as connection,
    ):
        connection.exec_driver_sql("SELECT nonsense FROM client")


def test_a_copy_that_fails_says_why_like_any_statement(house: House) -> None:
    from db.bulk import write_rows

    with pytest.raises(sa.exc.IntegrityError), house.database.writer.connect() as connection:
        write_rows(connection, "holiday", ("day", "name"), [("2030-01-01", "x"), ("2030-01-01", "x")])


def test_an_interrupted_upgrade_leaves_the_old_schema(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.migrations import guards

    def fail(connection: sa.Connection) -> None:
        raise DatabaseUnavailable("killed")

    schema.downgrade(database, "base")
    monkeypatch.setattr(guards, "install", fail)
    with pytest.raises(DatabaseUnavailable, match="killed"):
        schema.upgrade(database)
    assert schema.current_revision(database) is None


def disable(database: Database, staff_id: int) -> None:
    with database.writer.connect() as connection, connection.begin():
        connection.execute(
            sa.text("UPDATE staff SET active = :no WHERE id = :id"), {"no": False, "id": staff_id}
        )


def test_the_system_needs_no_account(house: House) -> None:
    assert house.office(SYSTEM).read(nothing) == "system"
