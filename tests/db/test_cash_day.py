"""The day's cash on both databases: counted, signed by another, closed to late entries, corrected anew."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import DBAPIError

from db.check import check_database
from db.engine import Database
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.office import House, Office
from db.operations.cash_day import close_cash_day, reopen_cash_day, sign_cash_day
from db.operations.payments import reverse_payment, take_payment
from db.queries.cash_days import cash_day, cash_days, till_payments
from db.records.cash_day import CashCount
from db.records.ledger import DeskPayment
from db.records.people import Role
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, desk, last_access, rows
from tests.db.tills import (
    CARD,
    CASH,
    CLOSED,
    OPEN,
    SIGNED,
    TRANSFER,
    YESTERDAY,
    anna,
    chief,
    count,
    pay,
    signed,
)

__all__ = ["anna", "chief"]  # fixtures


def test_a_day_is_counted_and_signed_by_another(
    house: House, database: Database, anna: Office, chief: Office
) -> None:
    pay(anna, "100.00")
    pay(anna, "20.50")
    pay(anna, "30.00", CARD)
    pay(anna, "999.00", TRANSFER)
    today = anna.read(cash_day, TODAY)
    assert (today.cash_expected, today.card_expected, today.payments) == (Decimal("120.50"), Decimal(30), 3)
    assert (today.state, today.difference) == (OPEN, None)
    closed = anna.do(close_cash_day, count("120.50", "30.00"))
    assert (closed.state, closed.difference, closed.version, closed.moved) == (
        *(CLOSED, Decimal(0)),
        *(1, False),
    )
    with pytest.raises(NotAllowed, match="supervisor signs"):
        anna.do(sign_cash_day, anna.actor.login, TODAY, 1)
    done = chief.do(sign_cash_day, anna.actor.login, TODAY, 1)
    assert (done.state, done.signed_by) == (SIGNED, chief.actor.name)
    with pytest.raises(Refused, match="signed for already"):
        chief.do(sign_cash_day, anna.actor.login, TODAY, 2)
    assert [(row["kind"].value, row["version"]) for row in rows(database, "cash_day")] == [
        ("closed", 1),
        ("signed", 2),
    ]
    told = [row for row in rows(database, "audit_entry") if row["action"].startswith("cash.")]
    assert [row["action"] for row in told] == ["cash.closed", "cash.signed"]
    assert f'"agent": "{anna.actor.login}"' in told[0]["after"]
    wrong = {check.name for check in check_database(house).checks if not check.ok}
    assert wrong & {"schema", "guards", "ledger", "balances", "cash", "audit_log", "evidence"} == set()


def test_a_difference_needs_a_reason(anna: Office) -> None:
    pay(anna, "100.00")
    with pytest.raises(WrongInput, match="say why"):
        anna.do(close_cash_day, count("95.00"))
    with pytest.raises(WrongInput, match="by card"):
        anna.do(close_cash_day, count("60.00", "40.00"))
    closed = anna.do(close_cash_day, count("95.00", reason="źle wydana reszta"))
    assert (closed.difference, closed.reason) == (Decimal("-5.00"), "źle wydana reszta")
    for wrong in (Decimal("1.001"), Decimal("1e9"), Decimal("NaN")):
        with pytest.raises(WrongInput):
            anna.do(close_cash_day, CashCount(TODAY, wrong, Decimal(0)))
    with pytest.raises(WrongInput, match="still ahead"):
        anna.do(close_cash_day, count("0", day=TODAY + timedelta(days=1)))


def test_nothing_is_booked_into_a_signed_day(anna: Office, chief: Office, clock: TestClock) -> None:
    pay(anna, "10.00", day=YESTERDAY)
    signed(anna, chief, YESTERDAY, cash="10.00")
    for method in (CASH, CARD):
        with pytest.raises(Refused, match="is signed for"):
            pay(anna, "5.00", method, day=YESTERDAY)
    assert pay(anna, "5.00", TRANSFER, day=YESTERDAY), "a transfer goes through no till"
    assert pay(anna, "5.00"), "today's is open"
    assert pay(chief, "5.00", day=YESTERDAY), "another's till is open"
    signed(anna, chief, cash="5.00")
    with pytest.raises(Refused, match="is signed for"):
        pay(anna, "1.00")
    clock.forward(days=1)
    assert pay(anna, "1.00"), "it lands in the next day"


def test_the_same_form_sent_again_is_no_late_entry(anna: Office, chief: Office) -> None:
    payment = DeskPayment("100001", Decimal("7.00"), CASH, "once")
    anna.do(take_payment, payment)
    signed(anna, chief, cash="7.00")
    assert anna.do(take_payment, payment).repeated


def test_a_correction_is_a_new_row(database: Database, anna: Office, chief: Office) -> None:
    pay(anna, "10.00")
    signed(anna, chief, cash="10.00")
    with pytest.raises(NotAllowed):
        anna.do(reopen_cash_day, anna.actor.login, TODAY, "pomyłka")
    with pytest.raises(WrongInput, match="Say why"):
        chief.do(reopen_cash_day, anna.actor.login, TODAY, " ")
    assert chief.do(reopen_cash_day, anna.actor.login, TODAY, "brakuje wpłaty").state is OPEN
    pay(anna, "2.00")
    with pytest.raises(Refused, match="not counted yet"):
        chief.do(sign_cash_day, anna.actor.login, TODAY, 3)
    signed(anna, chief, cash="12.00")
    kinds = [row["kind"].value for row in rows(database, "cash_day")]
    assert kinds == ["closed", "signed", "reopened", "closed", "signed"]
    with pytest.raises(DBAPIError, match="append-only"), database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE cash_day SET cash_counted = 1")
    with pytest.raises(DBAPIError, match="append-only"), database.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM cash_day")


def test_what_moved_after_counting_is_counted_again(anna: Office, chief: Office) -> None:
    pay(anna, "10.00")
    anna.do(close_cash_day, count("10.00"))
    pay(anna, "1.00")
    assert anna.read(cash_day, TODAY).moved
    with pytest.raises(Refused, match="counted again"):
        chief.do(sign_cash_day, anna.actor.login, TODAY, 1)
    anna.do(close_cash_day, count("11.00"))
    with pytest.raises(Stale, match="has counted again"):
        chief.do(sign_cash_day, anna.actor.login, TODAY, 1)
    assert chief.do(sign_cash_day, anna.actor.login, TODAY, 2).state is SIGNED


def test_a_supervisor_has_a_till_and_signs_for_another_alone(
    house: House, builder: Builder, anna: Office, chief: Office
) -> None:
    pay(chief, "10.00")
    closed = chief.do(close_cash_day, count("10.00"))
    with pytest.raises(NotAllowed, match="Four eyes"):
        chief.do(sign_cash_day, chief.actor.login, TODAY, closed.version)
    with pytest.raises(NotAllowed, match="Four eyes"):
        chief.do(reopen_cash_day, chief.actor.login, TODAY, "pomyłka")
    approval = house.grant(chief.actor)
    with pytest.raises(NotAllowed, match="Four eyes"):
        anna.do_approved(approval, sign_cash_day, chief.actor.login, TODAY, closed.version)
    other = desk(house, builder, Role.SUPERVISOR)
    assert other.do(sign_cash_day, chief.actor.login, TODAY, closed.version).state is SIGNED


def test_a_supervisor_signs_at_the_agents_desk(
    house: House, database: Database, anna: Office, chief: Office
) -> None:
    pay(anna, "10.00")
    closed = anna.do(close_cash_day, count("10.00"))
    approval = house.grant(chief.actor)
    done = anna.do_approved(approval, sign_cash_day, anna.actor.login, TODAY, closed.version)
    assert done.signed_by == chief.actor.name
    assert rows(database, "cash_day")[-1]["by_id"] == chief.actor.id


def test_a_day_without_money_is_not_counted_and_leaves_no_row(
    database: Database, anna: Office, chief: Office
) -> None:
    for cash in ("0.00", "10.00"):
        with pytest.raises(WrongInput, match="nothing to count"):
            chief.do(close_cash_day, count(cash, day=YESTERDAY, reason="chora", apart="x"), anna.actor.login)
        with pytest.raises(WrongInput, match="nothing to count"):
            anna.do(close_cash_day, count(cash, reason="znalezione"))
    assert rows(database, "cash_day") == []


def test_what_came_in_is_not_counted_below_zero(anna: Office) -> None:
    pay(anna, "10.00")
    for wrong in (count("-5.00", reason="x"), count("10.00", "-5.00", reason="x")):
        with pytest.raises(WrongInput, match="not below zero"):
            anna.do(close_cash_day, wrong)


def test_what_is_taken_back_leaves_the_till_that_took_it(
    anna: Office, chief: Office, clock: TestClock
) -> None:
    taken = pay(anna, "100.00")
    signed(anna, chief, cash="10.00", reason="wpisano 100 zamiast 10")
    with pytest.raises(Refused, match="is signed for"):
        chief.do(reverse_payment, taken.payment_id, "wpisano 100 zamiast 10")
    clock.forward(days=1)
    chief.do(reverse_payment, taken.payment_id, "wpisano 100 zamiast 10")
    next_day = anna.read(cash_day, TODAY + timedelta(days=1))
    assert (next_day.cash_expected, next_day.payments) == (Decimal("-100.00"), 1)
    assert chief.read(cash_day, TODAY + timedelta(days=1)).payments == 0, "not the supervisor's own till"
    assert anna.read(cash_day, TODAY).cash_expected == Decimal("100.00"), "what was signed stays"
    closed = anna.do(close_cash_day, count("-90.00", day=TODAY + timedelta(days=1), reason="jak wczoraj"))
    assert closed.difference == Decimal("10.00")


def test_who_sees_which_tills(
    database: Database, house: House, builder: Builder, anna: Office, chief: Office
) -> None:
    ewa = desk(house, builder)
    pay(anna, "10.00", day=YESTERDAY)
    pay(ewa, "20.00", day=YESTERDAY)
    pay(anna, "1.00")
    assert [(one.login, one.day) for one in anna.read(cash_days)] == [
        (anna.actor.login, TODAY),
        (anna.actor.login, YESTERDAY),
    ]
    assert {(one.login, one.day) for one in chief.read(cash_days)} == {
        (anna.actor.login, YESTERDAY),
        (ewa.actor.login, YESTERDAY),
    }, "a day that runs waits for nobody"
    with pytest.raises(NotAllowed, match="your own till"):
        anna.read(cash_day, YESTERDAY, ewa.actor.login)
    with pytest.raises(NotAllowed, match="your own till"):
        anna.read(till_payments, YESTERDAY, ewa.actor.login)
    with pytest.raises(NotFound):
        chief.read(cash_day, YESTERDAY, "nikt")
    (payment,) = chief.read(till_payments, YESTERDAY, ewa.actor.login)
    assert (payment.client_number, payment.amount, payment.method) == ("100001", Decimal(20), "cash")
    assert payment.receipt is not None
    assert last_access(database)["scope"].startswith("till ")
    signed(ewa, chief, YESTERDAY, cash="20.00")
    assert [one.login for one in chief.read(cash_days)] == [anna.actor.login]
    assert len(chief.read(cash_days, every=True)) == 3
