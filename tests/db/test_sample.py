"""The sample town: its proportions, its numbers, its law, and that it comes out the same again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.check import check_database
from db.errors import Refused, WrongInput
from db.journal import AUDIT, broken_entry
from db.models import metadata
from db.sample.batch import COLUMNS
from db.sample.town import chunks, make_town
from tests.conftest import TestClock

if TYPE_CHECKING:
    from db.engine import Database
    from db.office import House

SMALL = 60


def rows(database: Database, table: str) -> list[Mapping[str, Any]]:
    """Return every row of a table, by id."""
    found = metadata.tables[table]
    with database.reader.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(found).order_by(found.c.id)).mappings()]


def add_staff(database: Database, clock: TestClock) -> None:
    """Add an agent and a supervisor, so that there is somebody who took the calls."""
    people = [("demo", "agent"), ("kierownik", "supervisor")]
    values = [
        {
            "login": login,
            "name": login.title(),
            "role": role,
            "password_hash": "-",
            "active": True,
            "channel": "phone",
            "must_change_password": False,
            "failures": 0,
            "created_at": clock(),
            "version": 1,
        }
        for login, role in people
    ]
    with database.writer.begin() as connection:
        connection.execute(sa.insert(metadata.tables["staff"]), values)


MONEY = ("invoice", "invoice_line", "invoice_meter", "ledger_entry", "payment", "water_input")


def fingerprint(database: Database, tables: Iterable[str] = tuple(COLUMNS)) -> dict[str, str]:
    """Return a hash of every filled table."""
    return {table: hashlib.sha256(repr(rows(database, table)).encode()).hexdigest() for table in tables}


def test_the_same_seed_gives_the_same_rows(house: House, clock: TestClock, tmp_path: Path) -> None:
    """On either database, and whatever was drawn before."""
    from db.engine import open_database
    from db.operations.installation import create_installation

    add_staff(house.database, clock)
    make_town(house, clients=SMALL, years=1, seed=7, billed=2)
    other = create_installation(
        open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}"), key=house.key, clock=clock
    )
    add_staff(other.database, clock)
    make_town(other, clients=SMALL, years=1, seed=7, billed=2)
    assert fingerprint(house.database, (*COLUMNS, *MONEY)) == fingerprint(other.database, (*COLUMNS, *MONEY))
    assert rows(house.database, "payment")
    other.database.close()


def test_another_seed_gives_other_rows(house: House, tmp_path: Path, clock: TestClock) -> None:
    from db.engine import open_database
    from db.operations.installation import create_installation

    make_town(house, clients=SMALL, years=1, seed=7, billed=0)
    other = create_installation(
        open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}"), key=house.key, clock=clock
    )
    make_town(other, clients=SMALL, years=1, seed=8, billed=0)
    ours, theirs = fingerprint(house.database), fingerprint(other.database)
    filled = {"client", "meter", "reading", "reading_notice", "contract_party", "contact_point"}
    assert all(ours[table] != theirs[table] for table in filled)
    other.database.close()


def test_a_larger_town_begins_with_the_smaller_one() -> None:
    """A client depends on the seed and their place in the town alone."""
    small = [plan for chunk in chunks(1_500, 1, 3) for plan, _ in chunk]
    large = [plan for chunk in chunks(2_500, 1, 3) for plan, _ in chunk]
    assert large[: len(small)] == small


def test_one_audit_entry_tells_of_the_town(house: House) -> None:
    made = make_town(house, clients=SMALL, years=1, seed=7, billed=0)
    with Session(house.database.reader) as session:
        entries = session.execute(
            sa.select(metadata.tables["audit_entry"]).where(sa.text("action LIKE 'sample%'"))
        ).all()
        assert broken_entry(session, AUDIT, house.key, None) is None
    assert [entry.action for entry in entries] == ["sample.made"]
    assert f'"clients": {made.clients}' in entries[0].after


def test_a_database_with_clients_is_refused(house: House) -> None:
    make_town(house, clients=SMALL, years=1, seed=7, billed=0)
    before = fingerprint(house.database)
    with pytest.raises(Refused, match="clients in this database"):
        make_town(house, clients=SMALL, years=1, seed=7, billed=0)
    assert fingerprint(house.database) == before


def test_an_interrupted_town_is_told(house: House) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_town(house, clients=5_000, years=1, seed=7, progress=interrupt)
    with pytest.raises(Refused, match="not finished"):
        make_town(house, clients=SMALL, years=1, seed=7, billed=0)


@pytest.mark.parametrize(("clients", "years"), [(0, 1), (1_010_001, 1), (10, 0), (10, 11)])
def test_a_town_that_cannot_be_is_refused(house: House, clients: int, years: int) -> None:
    before = fingerprint(house.database)
    with pytest.raises(WrongInput):
        make_town(house, clients=clients, years=years, seed=1)
    assert fingerprint(house.database) == before


def test_progress_is_told_up_to_the_end(house: House) -> None:
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        told.append((done, total))

    make_town(house, clients=SMALL, years=1, seed=7, billed=1, progress=note)
    assert told
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_ids_go_on_after_the_town(house: House) -> None:
    make_town(house, clients=SMALL, years=1, seed=7, billed=0)
    highest = max(row["id"] for row in rows(house.database, "reading"))
    reading = metadata.tables["reading"]
    with house.database.writer.begin() as connection:
        values = {name: value for name, value in rows(house.database, "reading")[0].items() if name != "id"}
        added = connection.execute(sa.insert(reading).values(**values))
        assert added.inserted_primary_key == (highest + 1,)


def test_the_last_months_are_billed_and_mostly_paid(house: House) -> None:
    made = make_town(house, clients=SMALL, years=1, seed=7, billed=3)
    assert made.invoices == len(rows(house.database, "invoice")) > SMALL
    gross = sum(row["gross"] for row in rows(house.database, "invoice"))
    paid = sum(row["amount"] for row in rows(house.database, "payment"))
    owed = sum(row["amount"] for row in rows(house.database, "ledger_entry"))
    assert owed == gross - paid
    assert 0 < owed < gross
    assert [check.name for check in check_database(house).checks if not check.ok] == []


def test_only_months_with_readings_can_be_billed(house: House) -> None:
    with pytest.raises(WrongInput, match="0 to 12"):
        make_town(house, clients=SMALL, years=1, seed=7, billed=13)
