"""A contract that comes to another tariff group: billed days stay, the later ones have the other prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.billing_run import run_billing
from db.engine import Database
from db.errors import NotFound, Refused
from db.office import House, Office
from db.operations.corrections import correct_invoice
from db.operations.tariffs import assign_tariff
from db.queries.bill_preview import bill_preview
from db.queries.tariffs import tariffs
from db.records.billing import BillPreview
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.people import Role
from tests.db.builders import Builder, rows

D = Decimal
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
OTHER = ((date(2020, 1, 1), "10.00", "20.00", "31.00"),)


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


def _town(build: Builder) -> str:
    client = build.client("100001", tariff_group_id=build.tariff())
    build.tariff("G2", *OTHER)
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 141})
    return client.meter


def _lines(database: Database, service: str) -> list[tuple[date, date, D, D]]:
    return [
        (row["starts_on"], row["ends_on"], row["quantity"], row["price"])
        for row in rows(database, "invoice_line")
        if row["service"].value == service
    ]


def test_billed_days_stay_and_the_next_bill_has_the_other_prices(
    build: Builder, office: Office, database: Database
) -> None:
    _town(build)
    run_billing(office, SEPTEMBER)
    assert office.do(assign_tariff, "G2", clients=["100001"]) == 1
    run_billing(office, OCTOBER)
    assert [line[3] for line in _lines(database, "water")] == [D("5.1200"), D("10.0000")]
    first, second = rows(database, "issued_document")
    assert '"tariff":"G1 ' in first["snapshot"]
    assert '"tariff":"G2 ' in second["snapshot"]
    assert {view.group.code: view.contracts for view in office.read(tariffs)} == {"G1": 0, "G2": 1}
    office.do(assign_tariff, "G1", clients=["100001"], starts_on=date(2026, 12, 1))
    with pytest.raises(Refused, match="may begin after that day"):
        office.do(assign_tariff, "G2", clients=["100001"], starts_on=date(2026, 11, 15))
    with pytest.raises(Refused, match="another tariff group may begin on"):
        office.do(assign_tariff, "G1", clients=["100001"], starts_on=date(2026, 10, 31))


def test_a_change_inside_a_month_divides_it_by_days(
    build: Builder, office: Office, database: Database
) -> None:
    meter = _town(build)
    run_billing(office, SEPTEMBER)
    office.do(assign_tariff, "G2", clients=["100001"], starts_on=date(2026, 10, 11))
    told = office.read(bill_preview, meter, 141, date(2026, 10, 31))
    report = run_billing(office, OCTOBER)
    # 31 m3 over 31 days: 10 days at the old prices and 21 at the new ones
    assert _lines(database, "water")[1:] == [
        (OCTOBER, date(2026, 10, 10), D(10), D("5.1200")),
        (date(2026, 10, 11), date(2026, 10, 31), D(21), D("10.0000")),
    ]
    assert _lines(database, "standing")[1:] == [
        (OCTOBER, date(2026, 10, 10), D("0.3226"), D("6.4000")),
        (date(2026, 10, 11), date(2026, 10, 31), D("0.6774"), D("31.0000")),
    ]
    # water 51.20 + 210.00, sewage 78.00 + 420.00, standing 2.06 + 21.00: net 782.26, VAT 8 %
    assert report.gross == D("844.84")
    assert isinstance(told, BillPreview)
    assert told.gross == report.gross


def test_a_correction_of_such_a_month_keeps_both_prices(
    build: Builder, office: Office, database: Database
) -> None:
    _town(build)
    run_billing(office, SEPTEMBER)
    office.do(assign_tariff, "G2", clients=["100001"], starts_on=date(2026, 10, 11))
    run_billing(office, OCTOBER)
    number = rows(database, "invoice")[1]["number"]
    order = CorrectionOrder(CorrectionKind.READING, "sprawdzenie")
    with pytest.raises(Refused):  # nothing is to be corrected: the same readings, the same prices
        office.do(correct_invoice, number, order)


def test_a_contract_never_billed_begins_with_the_group(
    build: Builder, office: Office, database: Database
) -> None:
    _town(build)
    office.do(assign_tariff, "G2", clients=["100001"])
    run_billing(office, OCTOBER)
    assert {line[3] for line in _lines(database, "water")} == {D("10.0000")}
    assert rows(database, "tariff_assignment") == []
    with pytest.raises(NotFound):
        office.do(assign_tariff, "G9", clients=["100001"])
