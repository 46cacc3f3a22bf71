"""Desk payments, reversals and refunds, and what the account says after each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.billing_run import run_billing
from db.check import check_database
from db.engine import Database
from db.errors import NotFound, Refused, WrongInput
from db.office import House, Office
from db.operations.payments import refund_overpayment, reverse_payment, take_payment
from db.queries.ledger import account_view, balance
from db.records.documents import DocumentKind, from_json
from db.records.ledger import DeskPayment, InvoiceState
from db.records.letters import Receipt
from db.records.money import LedgerKind, PaymentMethod
from db.records.people import Role
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, rows

FIRST = "FAK/202609/0000001/100001/20261122"
SECOND = "FAK/202610/0000001/100001/20261122"


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def supervisor(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


@pytest.fixture
def billed(build: Builder, supervisor: Office) -> BuiltClient:
    """Two months of 10 m3: net 51.20 + 78.00 + 6.40 = 135.60, VAT 10.85, gross 146.45 each."""
    client = build.client("100001", tariff_group_id=build.tariff())
    states = {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120}
    build.history(client.meter_id, states)
    run_billing(supervisor, date(2026, 9, 1))
    run_billing(supervisor, date(2026, 10, 1))
    return client


def _pay(office: Office, amount: str, submission: str = "s1", **values: object) -> object:
    payment = DeskPayment(
        "100001", Decimal(amount), PaymentMethod.CASH, submission=submission, **values  # type: ignore[arg-type]  # what a test names
    )  # fmt: skip
    return office.do(take_payment, payment)


def test_money_goes_to_the_oldest_invoice_and_gets_a_receipt(
    billed: BuiltClient, supervisor: Office, database: Database
) -> None:
    taken = supervisor.do(
        take_payment, DeskPayment("100001", Decimal("200.00"), PaymentMethod.CASH, submission="s1")
    )
    assert taken.paid == ((FIRST, Decimal("146.45")), (SECOND, Decimal("53.55")))
    assert taken.balance.total == Decimal("92.90")
    assert taken.receipt == "KP/2026/0000001"
    receipt = from_json(DocumentKind.RECEIPT, rows(database, "issued_document")[-1]["snapshot"])
    assert isinstance(receipt, Receipt)
    assert (receipt.payer, receipt.in_words) == ("Żaneta Kowalska", "dwieście złotych, zero groszy")
    (booked,) = [row for row in rows(database, "audit_entry") if row["action"] == "payment.booked"]
    assert booked["client_id"] == billed.id


def test_the_invoice_that_the_payer_names_comes_first(billed: BuiltClient, supervisor: Office) -> None:
    payment = DeskPayment(
        "100001", Decimal("100.00"), PaymentMethod.CARD, submission="s", invoice=SECOND.lower()
    )
    assert supervisor.do(take_payment, payment).paid == ((SECOND, Decimal("100.00")),)


def test_the_same_form_books_once(billed: BuiltClient, supervisor: Office, database: Database) -> None:
    first, second = _pay(supervisor, "10"), _pay(supervisor, "10")
    assert (first.receipt, second.receipt, second.repeated) == ("KP/2026/0000001", "KP/2026/0000001", True)  # type: ignore[attr-defined]  # a PaymentTaken
    assert len(rows(database, "payment")) == 1


@pytest.mark.parametrize("amount", ["0", "-1", "1000000000000", "0.001", "NaN", "Infinity"])
def test_amounts_that_cannot_be(
    billed: BuiltClient, supervisor: Office, database: Database, amount: str
) -> None:
    with pytest.raises(WrongInput, match=r"0\.01 to 1000000\.00"):
        _pay(supervisor, amount)
    assert rows(database, "payment") == []
    assert len(rows(database, "issued_document")) == 2


def test_strangers_invoices_and_days_are_refused(
    billed: BuiltClient, supervisor: Office, build: Builder
) -> None:
    build.client("100009")
    with pytest.raises(NotFound, match="no invoice FAK/1"):
        _pay(supervisor, "5", invoice="FAK/1")
    other = DeskPayment("100009", Decimal(5), PaymentMethod.CASH, submission="x", invoice=FIRST)
    with pytest.raises(Refused, match="another client's"):
        supervisor.do(take_payment, other)
    with pytest.raises(WrongInput, match="2026-11-23"):
        _pay(supervisor, "5", day=date(2026, 11, 23))


def test_the_account_tells_what_is_due_and_what_paid_what(
    billed: BuiltClient, supervisor: Office, clock: TestClock
) -> None:
    _pay(supervisor, "146.45")
    clock.forward(days=30)  # 22 December: due on 7 December (the 6th is a Sunday), 15 days late
    account = supervisor.read(account_view, "100001")
    assert [line.state for line in account.invoices] == [InvoiceState.OVERDUE, InvoiceState.PAID]
    assert (account.balance.total, account.balance.overdue) == (Decimal("146.45"), Decimal("146.45"))
    # 146.45 x 9.5 % x 15 / 365 = 0.5717...
    assert account.balance.interest == Decimal("0.57")
    assert account.balance.overdue_since == date(2026, 12, 7)
    assert [line.balance for line in account.entries] == [
        Decimal("146.45"),
        Decimal("292.90"),
        Decimal("146.45"),
    ]
    assert [line.kind for line in account.entries] == [
        LedgerKind.PAYMENT,
        LedgerKind.INVOICE,
        LedgerKind.INVOICE,
    ]
    (payment,) = account.payments
    assert payment.paid == ((FIRST, Decimal("146.45")),)
    assert account.account[2:10] == "99990009"
    before = supervisor.read(balance, "100001", as_of=date(2026, 11, 21))
    assert before.total == 0


def test_a_payment_taken_back_leaves_both_entries(
    billed: BuiltClient, supervisor: Office, database: Database
) -> None:
    taken = _pay(supervisor, "50")
    supervisor.do(reverse_payment, taken.payment_id, "wrong client")  # type: ignore[attr-defined]  # a PaymentTaken
    account = supervisor.read(account_view, "100001")
    assert account.balance.total == Decimal("292.90")
    assert [line.reversed for line in account.payments] == [False, True]
    with pytest.raises(Refused, match="already"):
        supervisor.do(reverse_payment, taken.payment_id, "again")  # type: ignore[attr-defined]  # a PaymentTaken
    with pytest.raises(WrongInput, match="why"):
        supervisor.do(reverse_payment, taken.payment_id, " ")  # type: ignore[attr-defined]  # a PaymentTaken
    assert sum(row["amount"] for row in rows(database, "ledger_entry")) == Decimal("292.90")


def test_only_what_is_overpaid_goes_back(billed: BuiltClient, supervisor: Office) -> None:
    _pay(supervisor, "300")
    with pytest.raises(Refused, match=r"Only 7\.10"):
        supervisor.do(refund_overpayment, "100001", Decimal("7.11"))
    assert supervisor.do(refund_overpayment, "100001", Decimal("7.10")).balance.total == 0
    with pytest.raises(Refused, match=r"Only 0\.00"):
        supervisor.do(refund_overpayment, "100001", Decimal("0.01"))


def test_the_books_hold(billed: BuiltClient, supervisor: Office, house: House, build: Builder) -> None:
    _pay(supervisor, "300")
    build.staff(Role.ADMIN)
    failed = [check.name for check in check_database(house).checks if not check.ok]
    assert failed == ["search"]  # builders index nobody
