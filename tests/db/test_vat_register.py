"""The VAT register of documents with two rates: a row for each, as the documents themselves round them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from db.billing_run import run_billing
from db.engine import Database
from db.office import House
from db.operations.corrections import correct_invoice
from db.operations.reading_decisions import void_reading
from db.queries.reports.vat_register import by_rate, register
from db.records.charges import Service
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.people import Role
from db.records.reports import Question
from tests.db.builders import TODAY, Builder, rows

PRICES = {Service.WATER: ("5.13", "8"), Service.SEWAGE: ("7.87", "23"), Service.STANDING: ("6.41", "8")}


def test_a_document_with_two_rates_has_two_rows(house: House, database: Database) -> None:
    build = Builder(database)
    office = house.office(build.staff(Role.SUPERVISOR))
    group = build.add("tariff_group", code="G1", name="gospodarstwa domowe")
    for service, (price, rate) in PRICES.items():
        build.add("tariff_price", group_id=group, service=service, starts_on=date(2020, 1, 1),
                  price=Decimal(price), vat_rate=Decimal(rate), approval="")  # fmt: skip
    client = build.client("100001", tariff_group_id=group)
    build.history(client.meter_id, {date(2026, 9, 30): 100, date(2026, 10, 31): 113})
    run_billing(office, date(2026, 10, 1))
    (wrong,) = [row["id"] for row in rows(database, "reading") if row["day"] == date(2026, 10, 31)]
    number = office.do(void_reading, wrong, "źle spisany").settled_by
    assert number is not None
    build.reading(client.meter_id, date(2026, 10, 31), 110)
    office.do(correct_invoice, number, CorrectionOrder(CorrectionKind.READING, "źle spisany", ""))
    question = Question(as_of=TODAY, since=TODAY, until=TODAY)
    found = office.read(register, question)
    water, sewage = Decimal("73.10"), Decimal("102.31")  # 13 m³ and a month; 13 m³
    less_water, less_sewage = Decimal("51.30") + Decimal("6.41"), Decimal("78.70")
    taxes = [Decimal("5.85"), Decimal("23.53")]
    told = [(row["kind"].value, row["rate"], row["net"], row["vat"]) for row in found.rows]
    assert told == [
        ("invoice", Decimal(23), sewage, taxes[1]),
        ("invoice", Decimal(8), water, taxes[0]),
        ("correction", Decimal(23), less_sewage - sewage, Decimal("18.10") - taxes[1]),
        ("correction", Decimal(8), less_water - water, Decimal("4.62") - taxes[0]),
    ]
    invoices = rows(database, "invoice")
    for key in ("net", "vat", "gross"):
        assert found.totals[key] == sum(row[key] for row in invoices)
    sums = office.read(by_rate, question)
    assert [(row["rate"], row["documents"], row["net"]) for row in sums.rows] == [
        (Decimal(23), 2, less_sewage),
        (Decimal(8), 2, less_water),
    ]
    assert sums.totals == found.totals
