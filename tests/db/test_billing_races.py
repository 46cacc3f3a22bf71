"""Runs at once, and one that fails after it took its numbers: each contract has one invoice, none a gap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest

from db.billing_run import run_billing
from db.engine import Database
from db.errors import Refused
from db.office import House
from db.operations.settlement import bill_contract
from db.records.people import Role
from tests.db.builders import Builder, rows
from tests.db.conftest import faults
from tests.together import barrier

OCTOBER = date(2026, 10, 1)
CONTRACTS = 12


@pytest.fixture
def town(house: House, database: Database, monkeypatch: pytest.MonkeyPatch) -> House:
    """Contracts to be billed two a transaction."""
    monkeypatch.setattr("db.operations.billing.CHUNK", 2)
    build = Builder(database)
    build.staff(Role.ADMIN)
    group = build.tariff()
    for place in range(CONTRACTS):
        client = build.client(f"{100001 + place}", tariff_group_id=group)
        build.history(client.meter_id, {date(2026, 9, 30): 10, date(2026, 10, 31): 20})
    return house


def test_two_runs_and_a_bill_from_the_card_at_once_bill_each_contract_once(
    town: House, database: Database
) -> None:
    office = town.office(Builder(database, count=500).staff(Role.SUPERVISOR))
    together = barrier(3)

    def run() -> int:
        together.wait()
        return run_billing(office, OCTOBER).billed

    def card() -> None:
        together.wait()
        with suppress(Refused):  # a run was first
            office.do(bill_contract, "100007")

    with ThreadPoolExecutor(3) as pool:
        first, second, third = pool.submit(run), pool.submit(run), pool.submit(card)
        assert first.result(timeout=60) + second.result(timeout=60) >= CONTRACTS - 1
        third.result(timeout=60)
    invoices = rows(database, "invoice")
    assert len({row["contract_id"] for row in invoices}) == len(invoices) == CONTRACTS
    assert sorted(row["serial"] for row in invoices) == list(range(1, CONTRACTS + 1))
    assert faults(town) == []


def test_a_chunk_that_fails_after_its_numbers_leaves_no_gap(
    town: House, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.operations import billing

    office = town.office(Builder(database, count=500).staff(Role.SUPERVISOR))
    written, calls = billing._write_skips, []

    def failing(*args: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise Refused("the disk is full")
        written(*args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(billing, "_write_skips", failing)
    with pytest.raises(Refused, match="disk is full"):
        run_billing(office, OCTOBER)
    assert len(rows(database, "invoice")) == 2
    assert run_billing(office, OCTOBER).billed == CONTRACTS  # the protocol of the run that went on
    assert [row["serial"] for row in rows(database, "invoice")] == list(range(1, CONTRACTS + 1))
    assert faults(town) == []
