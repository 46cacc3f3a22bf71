"""Letters about money: who may have them, what they say, what they do to the ledger."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from db.billing_run import run_billing
from db.engine import Database
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.office import House, Office
from db.operations.delivery import mark_delivered, queue_for_email
from db.operations.demands import issue_demand, issue_interest_note
from db.operations.letters import issue_balance_statement, issue_duplicate, issue_payment_slip
from db.operations.payments import take_payment
from db.queries.ledger import balance
from db.records.documents import DocumentKind, Snapshot, from_json
from db.records.issued import DeliveryKind, IssuedDocumentView
from db.records.ledger import DeskPayment
from db.records.letters import BalanceStatement, Demand, Duplicate, InterestNote, PaymentSlip
from db.records.money import LedgerKind, PaymentMethod
from db.records.people import Role
from reports.documents.registry import render
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, BuiltClient, last_access, rows
from tests.db.conftest import faults
from tests.db.test_documents import verified

FIRST = "FAK/202609/0000001/100001/20261122"
SECOND = "FAK/202610/0000001/100001/20261122"
D = Decimal


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


@pytest.fixture
def client(build: Builder, office: Office) -> BuiltClient:
    """Two months of 10 m³, 146.45 each, due on 6 December, a Sunday; 46.45 of the first is paid."""
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    run_billing(office, date(2026, 9, 1))
    run_billing(office, date(2026, 10, 1))
    paid = DeskPayment("100001", D("46.45"), PaymentMethod.TRANSFER, submission="s")
    office.do(take_payment, paid)
    return client


def _said(view: IssuedDocumentView) -> Snapshot:
    assert render(view.kind, view.snapshot).startswith(b"%PDF")
    return from_json(view.kind, view.snapshot)


def test_a_duplicate_says_what_the_original_said(
    client: BuiltClient, office: Office, database: Database
) -> None:
    view = office.do(issue_duplicate, f" {SECOND.lower()}")
    assert view.number == "DUP/2026/0000001"
    said = _said(view)
    assert isinstance(said, Duplicate)
    original = rows(database, "issued_document")[1]
    assert (said.number, said.original, said.issued_on) == (SECOND, original["snapshot"], TODAY)
    assert rows(database, "issued_document")[-1]["about_id"] == original["id"]
    assert last_access(database)["scope"] == "document DUP/2026/0000001"
    with pytest.raises(Refused, match="only of invoices"):
        office.do(issue_duplicate, view.number)
    with pytest.raises(NotFound, match="FAK/9"):
        office.do(issue_duplicate, "FAK/9")


def test_a_statement_runs_from_balance_to_balance(client: BuiltClient, office: Office) -> None:
    said = _said(office.do(issue_balance_statement, "100001", date(2026, 11, 1)))
    assert isinstance(said, BalanceStatement)
    assert (said.opening, said.closing, said.as_of) == (D(0), D("246.45"), TODAY)
    assert [(row.document, row.charged, row.paid, row.balance) for row in said.rows] == [
        (FIRST, D("146.45"), None, D("146.45")),
        (SECOND, D("146.45"), None, D("292.90")),
        ("", None, D("46.45"), D("246.45")),
    ]
    with pytest.raises(WrongInput, match="2026-11-23"):
        office.do(issue_balance_statement, "100001", date(2026, 11, 1), date(2026, 11, 23))
    with pytest.raises(NotFound):
        office.do(issue_balance_statement, "999999", date(2026, 11, 1))


def test_a_statement_begins_with_what_was_owed(client: BuiltClient, office: Office, clock: TestClock) -> None:
    clock.forward(days=10)
    said = _said(office.do(issue_balance_statement, "100001", date(2026, 11, 23)))
    assert isinstance(said, BalanceStatement)
    assert (said.opening, said.rows, said.closing) == (D("246.45"), (), D("246.45"))


def test_a_slip_asks_for_all_that_is_owed_or_what_is_named(client: BuiltClient, office: Office) -> None:
    said = _said(office.do(issue_payment_slip, "100001"))
    assert isinstance(said, PaymentSlip)
    assert (said.amount, said.due_on) == (D("246.45"), date(2026, 12, 7))
    assert said.title == "Nr klienta 100001, należność za wodę i ścieki"
    named = _said(office.do(issue_payment_slip, "100001", D("50.00")))
    assert isinstance(named, PaymentSlip)
    assert named.in_words == "pięćdziesiąt złotych, zero groszy"
    for wrong in ("0", "-1", "0.001", "1000000000000"):
        with pytest.raises(WrongInput):
            office.do(issue_payment_slip, "100001", D(wrong))
    office.do(take_payment, DeskPayment("100001", D("246.45"), PaymentMethod.CASH, submission="t"))
    with pytest.raises(Refused, match="owes nothing"):
        office.do(issue_payment_slip, "100001")


def test_a_demand_asks_for_what_is_overdue(client: BuiltClient, office: Office, clock: TestClock) -> None:
    with pytest.raises(Refused, match="overdue"):
        office.do(issue_demand, "100001")
    clock.forward(days=30)
    said = _said(office.do(issue_demand, "100001"))
    assert isinstance(said, Demand)
    # due on 7 December, 15 days late; 100.00 and 146.45 x 9.5 % x 15 / 365 = 0.39 and 0.57
    assert [(row.document, row.amount, row.days_late, row.interest) for row in said.rows] == [
        (FIRST, D("100.00"), 15, D("0.39")),
        (SECOND, D("146.45"), 15, D("0.57")),
    ]
    assert (said.principal, said.total, said.warns_of_cut_off) == (D("246.45"), D("247.41"), True)
    assert said.pay_by == date(2027, 1, 5)


def test_what_may_be_time_barred_is_not_demanded(
    client: BuiltClient, office: Office, clock: TestClock, build: Builder
) -> None:
    clock.forward(days=770)  # 31 December 2028
    assert office.do(issue_demand, "100001").number == "WZ/2028/0000001"
    clock.forward(days=1)
    with pytest.raises(Refused, match="may be demanded"):
        office.do(issue_demand, "100001")
    with pytest.raises(Refused, match="owes no interest"):
        office.do(issue_interest_note, "100001")


def test_interest_is_charged_once(
    client: BuiltClient, office: Office, clock: TestClock, database: Database, house: House, build: Builder
) -> None:
    with pytest.raises(Refused, match="owes no interest"):
        office.do(issue_interest_note, "100001")
    clock.forward(days=30)
    assert office.read(balance, "100001").interest == D("0.96")
    view = office.do(issue_interest_note, "100001")
    said = _said(view)
    assert isinstance(said, InterestNote)
    assert (view.number, said.total, said.due_on) == ("NO/2026/0000001", D("0.96"), date(2027, 1, 5))
    assert [(row.document, row.days, row.interest) for row in said.rows] == [
        (FIRST, 15, D("0.39")),
        (SECOND, 15, D("0.57")),
    ]
    (entry,) = [row for row in rows(database, "ledger_entry") if row["kind"] is LedgerKind.INTEREST]
    assert (entry["amount"], entry["document_id"]) == (D("0.96"), view.id)
    now = office.read(balance, "100001")
    assert (now.total, now.interest) == (D("247.41"), D(0))
    with pytest.raises(Refused, match="owes no interest"):
        office.do(issue_interest_note, "100001")
    assert office.do(issue_duplicate, view.number).kind is DocumentKind.DUPLICATE
    build.staff(Role.ADMIN)
    assert faults(house) == []


def test_agents_need_a_verified_caller_and_press_nobody(
    client: BuiltClient, house: House, build: Builder, database: Database
) -> None:
    agent = house.office(build.staff())
    calls = (
        (issue_duplicate, (SECOND,)),
        (issue_balance_statement, ("100001", TODAY)),
        (issue_payment_slip, ("100001",)),
    )
    for letter, arguments in calls:
        with pytest.raises(NotAllowed, match="not verified"):
            agent.do(letter, *arguments)
    caller = verified(agent, client)
    numbers = [caller.do(letter, *arguments).number for letter, arguments in calls]
    assert [number.split("/")[0] for number in numbers] == ["DUP", "ZS", "DP"]
    for demand in (issue_demand, issue_interest_note):
        with pytest.raises(NotAllowed, match="Your role"):
            caller.do(demand, "100001")


def test_a_document_is_handed_over_or_queued_for_the_clients_address(
    client: BuiltClient, house: House, office: Office, build: Builder, database: Database
) -> None:
    view = office.do(issue_payment_slip, "100001")
    with pytest.raises(Refused, match="no e-mail address"):
        office.do(queue_for_email, view.id)
    build.contact_point(client.id, "email", "told@example.com")
    build.contact_point(client.id, "email", "zaneta@example.com", date(2026, 1, 1))
    assert office.do(queue_for_email, view.id) == "zaneta@example.com"
    assert office.do(queue_for_email, view.id, "other@EXAMPLE.com") == "other@example.com"
    office.do(mark_delivered, view.id, DeliveryKind.HANDED_OVER)
    caller = verified(house.office(build.staff()), client)
    assert caller.do(queue_for_email, view.id, "told@example.com") == "told@example.com"
    with pytest.raises(Refused, match="not on the card"):
        caller.do(queue_for_email, view.id, "thief@example.com")
    with pytest.raises(WrongInput):
        caller.do(queue_for_email, view.id, "nobody")
    with pytest.raises(NotFound):
        office.do(mark_delivered, 999, DeliveryKind.POSTED)
    with pytest.raises(Refused, match="queued"):
        office.do(mark_delivered, view.id, DeliveryKind.QUEUED)
    ways = [row["how"].value for row in rows(database, "document_delivery")]
    assert ways == ["queued", "queued", "handed_over", "queued"]
    waiting = [row["address"] for row in rows(database, "outgoing_message")]
    assert waiting == ["zaneta@example.com", "other@example.com", "told@example.com"]
    noted = [row for row in rows(database, "audit_entry") if row["action"] == "document.delivered"]
    assert [json.loads(row["after"])["how"] for row in noted] == ways
