"""One contract billed by itself, and the bill that a reading would make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.billing_run import run_billing
from db.engine import Database
from db.errors import NotFound, Refused
from db.office import House, Office
from db.operations.settlement import bill_contract
from db.queries.bill_preview import bill_preview
from db.records.billing import BillPreview, Skipped, Window
from db.records.money import SkipReason
from db.records.people import Role
from tests.db.builders import Builder, counted, rows

OCTOBER = date(2026, 10, 1)
D = Decimal


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


def test_an_ended_contract_is_settled_to_its_last_day(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client("100001", tariff_group_id=build.tariff(), ends_on=date(2026, 11, 10))
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110})
    run_billing(office, date(2026, 9, 1))
    missing = office.do(bill_contract, "100001")
    assert (missing.invoice, missing.skipped and missing.skipped.reason) == (None, SkipReason.NO_READING)
    build.reading(client.meter_id, date(2026, 11, 10), 114)
    done = office.do(bill_contract, "U/2")
    assert done.window == Window(OCTOBER, date(2026, 11, 10))
    assert done.invoice == "FAK/202611/0000001/100001/20261122"
    # 4 m3: 20.48 + 31.20; standing 1 + 10/30 = 1.3333 months x 6.40 = 8.53: net 60.21, VAT 4.82
    assert done.gross == D("65.03")
    assert rows(database, "ledger_entry")[-1]["amount"] == D("65.03")
    with pytest.raises(Refused, match="billed to 2026-11-10 already"):
        office.do(bill_contract, "U/2")


def test_a_running_contract_is_billed_as_the_run_would(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 9, 30): 487})
    assert run_billing(office, OCTOBER).reasons == {SkipReason.NO_READING: 1}
    build.history(client.meter_id, {date(2026, 10, 31): 511})
    done = office.do(bill_contract, "100001")
    assert (done.window, done.gross) == (Window(OCTOBER, date(2026, 10, 31)), D("341.80"))
    with pytest.raises(Refused, match="billed to 2026-10-31"):
        office.do(bill_contract, "100001")
    assert run_billing(office, OCTOBER).billed == 0


def test_what_names_no_contract_or_several_is_told(build: Builder, office: Office) -> None:
    client = build.client("100001", tariff_group_id=build.tariff())
    with pytest.raises(NotFound, match="no contract U/7"):
        office.do(bill_contract, "U/7")
    build.add(
        "contract", number="U/2B", client_id=client.id, starts_on=date(2020, 1, 1),
        signed_on=date(2020, 1, 1), period_months=1,
    )  # fmt: skip
    with pytest.raises(Refused, match="U/2, U/2B"):
        office.do(bill_contract, "100001")


def test_the_bill_of_a_reading_is_what_the_run_makes_of_it(build: Builder, office: Office) -> None:
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 9, 30): 487})
    told = office.read(bill_preview, client.meter, 511, date(2026, 10, 31))
    assert told == BillPreview(24, 31, D("341.80"), Window(OCTOBER, date(2026, 10, 31)))
    middle = office.read(bill_preview, client.meter, 497, date(2026, 10, 20))
    build.reading(client.meter_id, date(2026, 10, 20), 497)
    assert isinstance(middle, BillPreview)
    assert run_billing(office, OCTOBER).gross == middle.gross


def test_why_a_reading_makes_no_bill(build: Builder, office: Office) -> None:
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 9, 30): 487, date(2026, 10, 31): 511})
    below = office.read(bill_preview, client.meter, 480, date(2026, 11, 20))
    assert isinstance(below, Skipped)
    assert below.reason is SkipReason.REFUSED
    over = office.read(bill_preview, client.meter, 1, date(2026, 11, 20), rollover=True)
    assert isinstance(over, BillPreview)
    assert over.water == 99_490
    run_billing(office, OCTOBER)
    billed = office.read(bill_preview, client.meter, 515, date(2026, 10, 31))
    assert isinstance(billed, Skipped)
    assert billed.params == {"day": "2026-10-31"}
    with pytest.raises(NotFound):
        office.read(bill_preview, "999", 1, OCTOBER)
    build.client(meter="70000001")
    without = office.read(bill_preview, "70000001", 5, date(2026, 11, 20))
    assert without == Skipped(SkipReason.NO_TARIFF)


def test_a_preview_is_quick(build: Builder, office: Office, database: Database) -> None:
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 9, 30): 487})
    with counted(database) as statements:
        office.read(bill_preview, client.meter, 511, date(2026, 10, 31))
    assert len([text for text, _ in statements if text.startswith("SELECT")]) <= 13
