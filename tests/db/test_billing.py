"""Billing a period: what is billed, what is left out and why, and that nothing is billed twice."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from db.billing_run import run_billing, try_billing
from db.check import check_database
from db.engine import Database
from db.errors import NotFound, Refused
from db.office import House, Office
from db.operations.billing import bill_chunk, start_run
from db.records.documents import DocumentKind, from_json
from db.records.invoices import Invoice
from db.records.money import SkipReason
from db.records.people import Role
from tests.db.builders import Builder, BuiltClient, counted, plan_of, rows

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


def _read(build: Builder, client: BuiltClient, *states: tuple[date, int]) -> None:
    build.history(client.meter_id, dict(states))


def test_a_month_is_billed_to_the_grosz(build: Builder, office: Office, database: Database) -> None:
    group = build.tariff()
    client = build.client("102481", tariff_group_id=group)
    _read(build, client, (date(2026, 9, 30), 487), (date(2026, 10, 31), 511))
    report = run_billing(office, OCTOBER)
    # 24 m3: water 24 x 5.12 = 122.88, sewage 24 x 7.80 = 187.20, one month 6.40: net 316.48;
    # VAT 8 % of 316.48 = 25.3184 -> 25.32; gross 341.80
    assert (report.billed, report.skipped, report.gross) == (1, (), Decimal("341.80"))
    (invoice,) = rows(database, "invoice")
    assert invoice["number"] == "FAK/202610/0000001/102481/20261122"
    assert (invoice["net"], invoice["vat"], invoice["gross"]) == (
        Decimal("316.48"),
        Decimal("25.32"),
        Decimal("341.80"),
    )
    assert (invoice["issued_on"], invoice["due_on"]) == (date(2026, 11, 22), date(2026, 12, 6))
    (entry,) = rows(database, "ledger_entry")
    assert (entry["amount"], entry["due_on"]) == (Decimal("341.80"), date(2026, 12, 6))
    assert [row["quantity"] for row in rows(database, "invoice_line")] == [24, 24, 1]


def test_an_invoice_says_everything_that_the_law_asks(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(
        "4410", company_name="KOWAL-BUD sp. z o.o.", nip="1111111111", tariff_group_id=build.tariff()
    )
    _read(build, client, (date(2026, 8, 31), 480), (date(2026, 9, 30), 487), (date(2026, 10, 31), 511))
    run_billing(office, date(2026, 9, 1))
    run_billing(office, OCTOBER)
    document = rows(database, "issued_document")[-1]
    said = from_json(DocumentKind.INVOICE, document["snapshot"])
    assert isinstance(said, Invoice)
    assert (said.buyer.name, said.buyer.nip) == ("KOWAL-BUD sp. z o.o.", "1111111111")
    assert said.buyer.address_lines == ("ul. Lipowa 4/12", "43-400 Przykładowo")
    assert (said.starts_on, said.ends_on) == (OCTOBER, date(2026, 10, 31))
    assert len(said.account) == 26
    assert said.in_words.startswith("trzysta czterdzieści jeden złotych")
    (meter,) = said.meters
    assert (meter.from_state, meter.to_state, meter.consumption) == (487, 511, 24)
    assert said.explanation == (
        "Rachunek obejmuje 31 dni (od 01.10.2026 do 31.10.2026) i 24 m³ wody.",
        "To o 17 m³ więcej niż w poprzednim okresie (7 m³ w 30 dni).",
    )
    assert said.tariff == "G1 – gospodarstwa domowe"


def test_a_second_run_bills_nothing_twice_and_what_was_missing_then(
    build: Builder, office: Office, database: Database
) -> None:
    group = build.tariff()
    first, late = (build.client(tariff_group_id=group) for _ in range(2))
    _read(build, first, (date(2026, 9, 30), 10), (date(2026, 10, 31), 20))
    _read(build, late, (date(2026, 9, 30), 10))
    assert run_billing(office, OCTOBER).reasons == {SkipReason.NO_READING: 1}
    _read(build, late, (date(2026, 10, 30), 13))
    again = run_billing(office, OCTOBER)
    assert (again.billed, again.reasons) == (1, {})
    assert run_billing(office, OCTOBER).billed == 0
    assert [row["serial"] for row in rows(database, "invoice")] == [1, 2]


def test_why_contracts_are_left_out(build: Builder, office: Office) -> None:
    group = build.tariff()
    build.client()  # no tariff
    ended = build.client(tariff_group_id=group, ends_on=date(2026, 8, 31))
    suspect = build.client(tariff_group_id=group)
    _read(build, ended, (date(2026, 7, 31), 5))
    _read(build, suspect, (date(2026, 9, 30), 10))
    build.reading(suspect.meter_id, date(2026, 10, 31), 9000, needs_approval=True)
    report = run_billing(office, OCTOBER)
    assert report.reasons == {SkipReason.NO_TARIFF: 1, SkipReason.SUSPECT_READING: 1}
    assert {line.client_number for line in report.skipped} >= {suspect.number}


def test_the_protocol_looks_for_a_skipped_contract_by_its_own_invoices(
    build: Builder, office: Office, database: Database
) -> None:
    """Not through all invoices of the run: with 490,000 of them that took hours."""
    build.tariff()
    build.client()  # of no group
    with counted(database) as asked:
        assert run_billing(office, OCTOBER).reasons == {SkipReason.NO_TARIFF: 1}
    sought = ("SELECT billing_skip.reason", "SELECT contract.number")
    plans = [plan_of(database, *each) for each in asked if each[0].startswith(sought)]
    assert len(plans) == 2
    assert all("ix_invoice_contract_id_ends_on" in plan for plan in plans)
    assert not any("ix_invoice_run_id" in plan for plan in plans)


def test_a_contract_that_ends_is_billed_to_its_last_day(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff(), ends_on=date(2026, 10, 10))
    _read(build, client, (date(2026, 9, 30), 100), (date(2026, 10, 10), 104), (date(2026, 10, 31), 130))
    run_billing(office, OCTOBER)
    (invoice,) = rows(database, "invoice")
    # 4 m3: 20.48 + 31.20; standing 10/31 = 0.3226 months x 6.40 = 2.06: net 53.74, VAT 4.30
    assert (invoice["ends_on"], invoice["gross"]) == (date(2026, 10, 10), Decimal("58.04"))


def test_an_exchanged_and_a_garden_meter(build: Builder, office: Office, database: Database) -> None:
    client = build.client(
        tariff_group_id=build.tariff(), meter_removed_on=date(2026, 10, 12), meter_removed_state=495
    )
    _read(build, client, (date(2026, 9, 30), 487))
    new = build.meter(client.point_id, "70000001", installed_on=date(2026, 10, 12), installed_state=2)
    garden = build.meter(client.point_id, "70000002", role="garden", installed_on=date(2026, 5, 1))
    build.history(new, {date(2026, 10, 31): 12})
    build.history(garden, {date(2026, 9, 28): 30, date(2026, 10, 31): 33})
    run_billing(office, OCTOBER)
    lines = {row["service"].value: row["quantity"] for row in rows(database, "invoice_line")}
    # old 495 - 487 = 8, new 12 - 2 = 10: 18 m3; sewage 18 - 3
    assert lines == {"water": 18, "sewage": 15, "standing": 1}
    settled = {row["meter_id"]: row["consumption"] for row in rows(database, "invoice_meter")}
    assert settled == {client.meter_id: 8, new: 10, garden: 3}


def test_an_estimate_is_settled_by_the_next_real_reading(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    _read(build, client, (date(2026, 7, 31), 100), (date(2026, 8, 31), 131))
    run_billing(office, date(2026, 8, 1))
    # 31 m3 in 31 days: 30 m3 are estimated for the 30 days of September
    estimated = run_billing(office, date(2026, 9, 1), estimate=True)
    assert estimated.billed == 1
    _read(build, client, (date(2026, 10, 31), 161))
    run_billing(office, OCTOBER)
    invoices = rows(database, "invoice")
    assert [row["estimated"] for row in invoices] == [False, True, False]
    water = [row["quantity"] for row in rows(database, "invoice_line") if row["service"].value == "water"]
    # 161 - 131 = 30 m3 since 31 August, 30 of them charged already: no m3 are left, one line of 0 stays
    assert water == [31, 30, 0]


def test_quarters_are_due_in_their_last_month(build: Builder, office: Office) -> None:
    client = build.client(tariff_group_id=build.tariff(), period_months=3)
    _read(build, client, (date(2026, 6, 30), 10), (date(2026, 9, 30), 20))
    assert run_billing(office, date(2026, 8, 1)).billed == 0
    assert run_billing(office, date(2026, 9, 1)).billed == 1
    assert run_billing(office, OCTOBER).billed == 0


def test_a_dry_run_writes_nothing_and_says_the_same(
    build: Builder, office: Office, database: Database
) -> None:
    group = build.tariff()
    client, other = build.client(tariff_group_id=group), build.client(tariff_group_id=group)
    _read(build, client, (date(2026, 9, 30), 10), (date(2026, 10, 31), 20))
    dry = try_billing(office, OCTOBER)
    assert rows(database, "invoice") == rows(database, "billing_run") == []
    real = run_billing(office, OCTOBER)
    assert (dry.billed, dry.reasons, dry.gross) == (real.billed, real.reasons, real.gross)
    assert [line.client_number for line in dry.skipped] == [other.number]


def test_one_group_alone_can_be_billed(build: Builder, office: Office) -> None:
    for code in ("G1", "G2"):
        client = build.client(tariff_group_id=build.tariff(code))
        _read(build, client, (date(2026, 9, 30), 10), (date(2026, 10, 31), 20))
    assert run_billing(office, OCTOBER, group="G2").billed == 1
    assert run_billing(office, OCTOBER).billed == 1
    with pytest.raises(NotFound, match="G9"):
        run_billing(office, OCTOBER, group="G9")


def test_a_run_that_stopped_goes_on_with_its_protocol(
    build: Builder, office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.operations.billing.CHUNK", 2)
    group = build.tariff()
    for _ in range(5):
        client = build.client(tariff_group_id=group)
        _read(build, client, (date(2026, 9, 30), 10), (date(2026, 10, 31), 20))
    start, order = office.do(start_run, OCTOBER, group=None, estimate=False)
    assert start.run_id is not None
    assert office.do(bill_chunk, order, start.run_id, 0).billed == 2  # and here it was killed
    report = run_billing(office, OCTOBER)
    assert report.billed == 5
    assert len(rows(database, "billing_run")) == 1
    assert [row["serial"] for row in rows(database, "invoice")] == [1, 2, 3, 4, 5]


def test_a_month_that_is_not_over_is_refused(build: Builder, office: Office) -> None:
    build.tariff()
    with pytest.raises(Refused, match="2026-11 is not over"):
        run_billing(office, date(2026, 11, 1))
    with pytest.raises(Refused, match="2026-12 has not begun"):
        run_billing(office, date(2026, 12, 1))
    with pytest.raises(Refused, match="9999-12 has not begun"):  # the last month of the calendar
        run_billing(office, date(9999, 12, 1))


def test_without_prices_and_accounts_nothing_is_billed(
    build: Builder, office: Office, database: Database
) -> None:
    with pytest.raises(Refused, match="no tariffs"):
        run_billing(office, OCTOBER)
    client = build.client(tariff_group_id=build.tariff("G1", (date(2026, 10, 15), "5", "7", "6")))
    _read(build, client, (date(2026, 9, 30), 10), (date(2026, 10, 31), 20))
    report = run_billing(office, OCTOBER)
    (skip,) = report.skipped
    assert skip.skipped.reason is SkipReason.REFUSED
    assert "no price" in skip.skipped.detail
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE utility SET routing_number = NULL")
    with pytest.raises(Refused, match="no bank account"):
        run_billing(office, OCTOBER)


def test_the_books_hold_after_billing(
    build: Builder, office: Office, house: House, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    _read(build, client, (date(2026, 9, 30), 10), (date(2026, 10, 31), 20))
    build.staff(Role.ADMIN)
    run_billing(office, OCTOBER)
    report = check_database(house)
    assert [check.name for check in report.checks if not check.ok] == ["search"]  # builders index nobody
    entries = [
        json.loads(row["after"])
        for row in rows(database, "audit_entry")
        if row["action"] == "document.issued"
    ]
    assert [entry["kind"] for entry in entries] == ["invoice"]
