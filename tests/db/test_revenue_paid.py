"""Where money went, by tariff group and by service: to the grosz, whatever happened to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.billing_run import run_billing
from db.engine import Database
from db.office import House, Office
from db.operations.corrections import correct_invoice
from db.operations.payments import refund_overpayment, reverse_payment, take_payment
from db.operations.reading_decisions import void_reading
from db.queries.reports.payments import payments
from db.queries.reports.revenue import revenue, services
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.records.people import Role
from db.records.reports import Question
from tests.db.builders import TODAY, Builder, BuiltClient, rows

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
EARLY = date(2026, 11, 10)
NOVEMBER = Question(as_of=TODAY, since=date(2026, 11, 1), until=TODAY)
AT_LAST = replace(NOVEMBER, since=TODAY)
BEFORE = replace(NOVEMBER, until=date(2026, 11, 15))
Paid = dict[str, str]


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


@pytest.fixture
def client(build: Builder, office: Office) -> BuiltClient:
    """One who paid 100.00 in advance, and then two months of 10 m³: 55.30 + 84.24 + 6.91 = 146.45 each."""
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    pay(office, "100.00", EARLY)
    run_billing(office, SEPTEMBER)
    run_billing(office, OCTOBER)
    return client


def pay(office: Office, amount: str, day: date = TODAY) -> int:
    taken = DeskPayment("100001", Decimal(amount), PaymentMethod.TRANSFER, f"{amount} {day}", day=day)
    office.do(take_payment, taken)
    return int(rows(office.house.database, "payment")[-1]["id"])


def by_group(office: Office, question: Question) -> Paid:
    """Return what was paid, where anything was; it sums to what the report of payments says."""
    found = office.read(revenue, replace(question, by="group"))
    if not question.period:
        assert found.totals.get("paid", 0) == office.read(payments, question).totals.get("net", 0)
    return {row["group"]: str(row["paid"]) for row in found.rows if row["paid"]}


def by_service(office: Office, question: Question) -> Paid:
    found = office.read(services, replace(question, by="service"))
    assert found.totals.get("paid", 0) == sum(map(Decimal, by_group(office, question).values()))
    return {row["service"]: str(row["paid"]) for row in found.rows if row["paid"]}


@pytest.mark.usefixtures("client")
def test_an_advance_is_overpaid_until_an_invoice_takes_it(office: Office) -> None:
    assert by_group(office, BEFORE) == by_service(office, BEFORE) == {"overpaid": "100.00"}
    assert by_group(office, AT_LAST) == {"G1": "100.00", "overpaid": "-100.00"}
    shares = {"water": "37.76", "sewage": "57.52", "standing": "4.72"}
    assert by_service(office, AT_LAST) == {**shares, "overpaid": "-100.00"}
    assert by_service(office, NOVEMBER) == shares


@pytest.mark.usefixtures("client")
def test_what_is_paid_whole_goes_to_each_service_as_it_was_charged(office: Office) -> None:
    pay(office, "192.90")
    assert by_group(office, NOVEMBER) == {"G1": "292.90"}
    assert by_service(office, NOVEMBER) == {"water": "110.60", "sewage": "168.48", "standing": "13.82"}


@pytest.mark.usefixtures("client")
def test_an_overpayment_is_a_row_of_its_own_until_it_is_sent_back(office: Office) -> None:
    pay(office, "250.00")
    assert by_group(office, NOVEMBER) == {"G1": "292.90", "overpaid": "57.10"}
    office.do(refund_overpayment, "100001", Decimal("57.10"))
    assert by_group(office, NOVEMBER) == {"G1": "292.90"}
    assert by_service(office, NOVEMBER)["sewage"] == "168.48"


@pytest.mark.usefixtures("client")
def test_what_is_taken_back_is_taken_from_where_it_went(office: Office) -> None:
    early = next(row["id"] for row in rows(office.house.database, "payment"))
    office.do(reverse_payment, early, "pomyłka")
    assert by_group(office, BEFORE) == {"overpaid": "100.00"}, "what was then stays as it was"
    assert by_group(office, AT_LAST) == {"overpaid": "-100.00"}
    assert by_group(office, NOVEMBER) == by_service(office, NOVEMBER) == {}


def correct_october(office: Office, build: Builder) -> Decimal:
    """Have the October invoice corrected to half its water, and return what that takes off."""
    (wrong,) = [row for row in rows(build.database, "reading") if row["day"] == date(2026, 10, 31)]
    number = office.do(void_reading, wrong["id"], "źle spisany").settled_by
    assert number is not None
    build.reading(wrong["meter_id"], date(2026, 10, 31), 115, 5)
    office.do(correct_invoice, number, CorrectionOrder(CorrectionKind.READING, "źle spisany", ""))
    (off,) = [-row["gross"] for row in rows(build.database, "invoice") if row["gross"] < 0]
    assert isinstance(off, Decimal)
    return off


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("first", ["money", "correction"])
def test_a_correction_is_no_money_and_what_it_takes_off_is_paid_by_none(
    office: Office, build: Builder, first: str
) -> None:
    """As on the card: of one day, corrections come before money, whichever was booked first."""
    if first == "money":
        pay(office, "192.90")
    off = correct_october(office, build)
    if first == "correction":
        pay(office, "192.90")
    assert by_group(office, NOVEMBER) == {"G1": str(Decimal("292.90") - off), "overpaid": str(off)}
    for told in (by_group, by_service):
        parts, whole = [told(office, BEFORE), told(office, AT_LAST)], told(office, NOVEMBER)
        keys = {key for part in parts for key in part}
        sums = {key: sum(Decimal(part.get(key, "0")) for part in parts) for key in keys}
        assert {key: str(total) for key, total in sums.items() if total} == whole


@pytest.mark.usefixtures("client")
def test_a_period_tells_what_of_its_documents_is_open_no_more(office: Office) -> None:
    for period, paid in (("202609", "100.00"), ("202610", "0.00")):
        question = replace(NOVEMBER, period=period)
        told = office.read(revenue, replace(question, by="period")).totals
        assert str(told["paid"]) == paid
        assert sum(map(Decimal, by_group(office, question).values())) == told["paid"]
        by_service(office, question)
    pay(office, "192.90")
    question = replace(NOVEMBER, period="202610")
    assert by_service(office, question) == {"water": "55.30", "sewage": "84.24", "standing": "6.91"}
