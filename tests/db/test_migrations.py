"""T12 in small: a filled database goes down and up again and loses nothing, or is refused whole."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import sqlalchemy as sa

from db import schema
from db.check import check_database
from db.engine import Database
from db.errors import Refused
from db.models import metadata
from db.office import House
from db.records.people import Role
from db.sample.ebok import Subscriptions
from db.sample.town import make_town
from tests.db.builders import Builder

MONEY = ("invoice", "invoice_line", "invoice_meter", "ledger_entry", "payment", "issued_document")
TARIFFS = {"tariff_group", "tariff_price"}


@pytest.fixture
def without_e_bok(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody of the town have an account in e-BOK: older schemas have no place for one."""
    monkeypatch.setattr(Subscriptions, "registered_on", lambda *_: None)


def _rows(database: Database, table: str) -> list[dict[str, Any]]:
    found = metadata.tables[table]
    statement = sa.select(found).order_by(*found.primary_key)
    with database.reader.connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


def _prints(database: Database, *, without: set[str]) -> dict[str, str]:
    """Return a hash of the rows of every table; the tariff that a contract has is not among them."""
    found = {}
    for table in metadata.tables.keys() - without:
        rows = [
            {
                name: value
                for name, value in row.items()
                if name not in ("tariff_group_id", "bank_account", "routing_number", "account_prefix")
            }
            for row in _rows(database, table)
        ]
        found[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


@pytest.mark.usefixtures("without_e_bok")
def test_a_database_with_money_refuses_to_lose_it(house: House, database: Database) -> None:
    Builder(database).staff(Role.ADMIN)
    make_town(house, clients=60, years=1, seed=7, billed=2)
    before = _prints(database, without=set())
    assert all(_rows(database, table) for table in MONEY)
    with pytest.raises(Refused, match="would lose them"):
        schema.downgrade(database, "0002")
    schema.require_current(database)
    assert _prints(database, without=set()) == before
    assert [check.name for check in check_database(house).checks if not check.ok] == []


def test_a_database_with_e_bok_refuses_to_lose_it(house: House, database: Database) -> None:
    make_town(house, clients=60, years=1, seed=7, billed=0)
    before = _prints(database, without=set())
    assert _rows(database, "einvoice_consent")
    with pytest.raises(Refused, match="e-BOK accounts"):
        schema.downgrade(database, "0003")
    assert _prints(database, without=set()) == before


@pytest.mark.usefixtures("without_e_bok")
def test_a_database_without_money_keeps_all_but_its_tariffs(house: House, database: Database) -> None:
    Builder(database).staff(Role.ADMIN)
    make_town(house, clients=60, years=1, seed=7, billed=0)
    before = _prints(database, without=TARIFFS)
    schema.downgrade(database, "0002")
    schema.upgrade(database)
    assert _prints(database, without=TARIFFS) == before
    assert _rows(database, "interest_rate")
    assert [check.name for check in check_database(house).checks if not check.ok] == []
