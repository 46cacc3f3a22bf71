"""The day's cash on both databases: counted, signed by another, closed to late entries, corrected anew."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import schema
from db.check import check_database
from db.engine import Database
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.evidence import contradictions
from db.office import House, Office
from db.operations.cash_day import close_cash_day, reopen_cash_day, sign_cash_day
from db.operations.payments import reverse_payment, take_payment
from db.queries.cash_days import cash_day, cash_days, till_payments
from db.records.cash_day import CashCount, CashState
from db.records.ledger import DeskPayment, PaymentTaken
from db.records.money import PaymentMethod
from db.records.people import Role
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, counted, desk, last_access, plan_of, rows, scans
from tests.together import barrier, see_off, threads_of

CASH, CARD, TRANSFER = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER
YESTERDAY = TODAY - timedelta(days=1)
OPEN, CLOSED, SIGNED = CashState.OPEN, CashState.CLOSED, CashState.SIGNED


@pytest.fixture
def anna(house: House, builder: Builder) -> Office:
    """An agent with a till, and a client who pays."""
    builder.client("100001")
    return desk(house, builder)


@pytest.fixture
def chief(house: House, builder: Builder) -> Office:
    return desk(house, builder, Role.SUPERVISOR)


def pay(office: Office, amount: str, method: PaymentMethod = CASH, day: date | None = None) -> PaymentTaken:
    """Take money at the desk, each time with a submission of its own."""
    return office.do(take_payment, DeskPayment("100001", Decimal(amount), method, uuid.uuid4().hex, day=day))


def count(cash: str, card: str = "0.00", day: date = TODAY, reason: str = "", apart: str = "") -> CashCount:
    return CashCount(day, Decimal(cash), Decimal(card), reason, apart)


def signed(anna: Office, chief: Office, day: date = TODAY, **amounts: str) -> None:
    """Have a day counted and signed."""
    closed = anna.do(close_cash_day, count(day=day, **amounts))
    chief.do(sign_cash_day, anna.actor.login, day, closed.version)


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


def test_a_supervisor_counts_for_somebody_who_is_away_and_another_signs(
    house: House, database: Database, builder: Builder, anna: Office, chief: Office
) -> None:
    pay(anna, "10.00", day=YESTERDAY)
    login = anna.actor.login
    with pytest.raises(WrongInput, match="say why"):
        chief.do(close_cash_day, count("10.00", day=YESTERDAY), login)
    assert rows(database, "cash_day") == []
    closed = chief.do(close_cash_day, count("10.00", day=YESTERDAY, reason="Anna chora"), login)
    assert (closed.login, closed.state, closed.reason) == (login, CLOSED, "Anna chora")
    assert (closed.counted_by, closed.counted_by_login) == (chief.actor.name, chief.actor.login)
    assert closed.counted_by_another
    with pytest.raises(NotAllowed, match="Four eyes"):
        chief.do(sign_cash_day, login, YESTERDAY, closed.version)
    approval = house.grant(chief.actor)
    with pytest.raises(NotAllowed, match="Four eyes"):
        anna.do_approved(approval, sign_cash_day, login, YESTERDAY, closed.version)
    other = desk(house, builder, Role.SUPERVISOR)
    done = other.do(sign_cash_day, login, YESTERDAY, closed.version)
    assert (done.state, done.counted_by, done.signed_by) == (SIGNED, chief.actor.name, other.actor.name)
    (row, _) = rows(database, "cash_day")
    assert (row["staff_id"], row["by_id"], row["reason"]) == (anna.actor.id, chief.actor.id, "Anna chora")
    told = [row for row in rows(database, "audit_entry") if row["action"] == "cash.closed"]
    assert [row["staff_login"] for row in told] == [chief.actor.login]
    assert f'"agent": "{login}"' in told[0]["after"]
    wrong = {check.name for check in check_database(house).checks if not check.ok}
    assert wrong & {"schema", "guards", "cash", "audit_log", "evidence"} == set()


def test_two_supervisors_sign_at_one_desk_for_what_one_of_them_counted(
    house: House, database: Database, builder: Builder, anna: Office, chief: Office
) -> None:
    """The till of an agent who has left and can sign in no more."""
    pay(anna, "10.00")
    with database.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE staff SET active = false WHERE id = {anna.actor.id}")
    with pytest.raises(WrongInput, match="beside why you count"):
        chief.do(close_cash_day, count("9.00", reason="odeszła z pracy"), anna.actor.login)
    nine = count("9.00", reason="odeszła z pracy", apart="brak 1 zł w kopercie")
    closed = chief.do(close_cash_day, nine, anna.actor.login)
    assert closed.reason == "odeszła z pracy; brak 1 zł w kopercie"
    other = desk(house, builder, Role.SUPERVISOR)
    approval = house.grant(other.actor)
    done = chief.do_approved(approval, sign_cash_day, anna.actor.login, TODAY, closed.version)
    assert (done.state, done.difference, done.signed_by) == (SIGNED, Decimal("-1.00"), other.actor.name)


def test_both_reasons_fit_together_or_one_is_told_to_be_too_long(anna: Office, chief: Office) -> None:
    pay(anna, "10.00")
    with pytest.raises(WrongInput, match="149"):
        chief.do(close_cash_day, count("9.00", reason="r" * 150, apart="x"), anna.actor.login)
    both = count("9.00", reason="r" * 149, apart="x" * 149)
    assert len(chief.do(close_cash_day, both, anna.actor.login).reason) == 300


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


def test_who_counts_second_is_told(
    house: House, builder: Builder, database: Database, anna: Office, chief: Office
) -> None:
    pay(anna, "10.00")
    other, login = desk(house, builder, Role.SUPERVISOR), anna.actor.login
    seen = chief.read(cash_day, TODAY, login).version
    start, results = barrier(2), []

    def tried(office: Office, counted: CashCount) -> None:
        start.wait()
        try:
            office.do(close_cash_day, counted, login, seen)
        except Stale as stale:
            results.append(stale.message)
        else:
            results.append("counted")

    threads = threads_of(
        lambda: tried(chief, count("10.00", reason="chora")),
        lambda: tried(other, count("9.00", reason="chora", apart="brak")),
    )
    for thread in threads:
        thread.start()
    see_off(threads)
    assert len(rows(database, "cash_day")) == 1
    assert sorted(one == "counted" for one in results) == [False, True]
    assert "was changed meanwhile" in next(one for one in results if one != "counted")
    now = chief.read(cash_day, TODAY, login).version
    assert chief.do(close_cash_day, count("10.00", reason="chora"), login, now).version == now + 1


def test_only_a_supervisor_counts_for_another_and_nobody_that_is_not(
    house: House, builder: Builder, anna: Office, chief: Office
) -> None:
    ewa = desk(house, builder)
    pay(anna, "10.00")
    with pytest.raises(NotAllowed, match="your own till"):
        ewa.do(close_cash_day, count("10.00", reason="proszę"), anna.actor.login)
    with pytest.raises(NotFound):
        chief.do(close_cash_day, count("10.00", reason="chora"), "nikt")
    assert anna.do(close_cash_day, count("10.00"), anna.actor.login).state is CLOSED


def test_whoever_comes_back_counts_anew_and_then_the_supervisor_may_sign(
    anna: Office, chief: Office, database: Database
) -> None:
    pay(anna, "10.00")
    chief.do(close_cash_day, count("9.00", reason="Anna chora", apart="?"), anna.actor.login)
    again = anna.do(close_cash_day, count("10.00"))
    assert (again.counted_by, again.counted_by_another, again.reason) == (anna.actor.name, False, "")
    assert chief.do(sign_cash_day, anna.actor.login, TODAY, again.version).state is SIGNED
    opened = chief.do(reopen_cash_day, anna.actor.login, TODAY, "pomyłka")
    assert opened.counted_by is None
    assert [row["by_id"] for row in rows(database, "cash_day")] == [
        *(chief.actor.id, anna.actor.id),
        *(chief.actor.id, chief.actor.id),
    ]


def test_the_till_of_a_supervisor_who_is_away_is_signed_by_a_third(
    house: House, builder: Builder, anna: Office, chief: Office
) -> None:
    pay(chief, "10.00")
    other, third = desk(house, builder, Role.SUPERVISOR), desk(house, builder, Role.SUPERVISOR)
    closed = other.do(close_cash_day, count("10.00", reason="na urlopie"), chief.actor.login)
    for nobody in (chief, other):
        with pytest.raises(NotAllowed, match="Four eyes"):
            nobody.do(sign_cash_day, chief.actor.login, TODAY, closed.version)
    assert third.do(sign_cash_day, chief.actor.login, TODAY, closed.version).state is SIGNED


def test_the_check_finds_who_signed_for_what_they_counted(
    house: House, builder: Builder, anna: Office, chief: Office
) -> None:
    amounts: dict[str, Any] = dict.fromkeys(
        ("cash_expected", "cash_counted", "card_expected", "card_counted"), Decimal(0)
    )
    for version, kind in enumerate(("closed", "signed"), 1):
        builder.add("cash_day", staff_id=anna.actor.id, day=TODAY, version=version, kind=kind, reason="chora",
                    by_id=chief.actor.id, at=house.clock(), **amounts)  # fmt: skip
    (cash,) = [check for check in check_database(house).checks if check.name == "cash"]
    assert not cash.ok
    with pytest.raises(DBAPIError, match="why"):
        builder.add("cash_day", staff_id=anna.actor.id, day=TODAY, version=3, kind="closed", reason="",
                    by_id=chief.actor.id, at=house.clock(), **amounts)  # fmt: skip


def test_the_schema_goes_back_only_while_nobody_counted_for_another(
    database: Database, anna: Office, chief: Office
) -> None:
    pay(anna, "10.00")
    anna.do(close_cash_day, count("10.00"))
    before = rows(database, "cash_day")
    schema.downgrade(database, "0009")
    schema.upgrade(database)
    assert rows(database, "cash_day") == before
    chief.do(close_cash_day, count("10.00", reason="chora"), anna.actor.login)
    with pytest.raises(Refused, match="counted for somebody else"):
        schema.downgrade(database, "0009")
    schema.require_current(database)


def test_the_database_itself_lets_nobody_sign_for_themselves(builder: Builder, anna: Office) -> None:
    pay(anna, "10.00")
    amounts: dict[str, Any] = dict.fromkeys(
        ("cash_expected", "cash_counted", "card_expected", "card_counted"), Decimal(0)
    )
    row = {"staff_id": anna.actor.id, "day": TODAY, "version": 1, "reason": "", "at": anna.house.clock()}
    with pytest.raises(DBAPIError, match="four_eyes"):
        builder.add("cash_day", kind="signed", by_id=anna.actor.id, **row, **amounts)


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


def test_two_who_sign_at_once_sign_once(
    house: House, builder: Builder, database: Database, anna: Office, chief: Office
) -> None:
    pay(anna, "10.00")
    closed = anna.do(close_cash_day, count("10.00"))
    other = desk(house, builder, Role.SUPERVISOR)

    start, results = barrier(2), []

    def sign(office: Office) -> None:
        start.wait()
        try:
            office.do(sign_cash_day, anna.actor.login, TODAY, closed.version)
        except Refused:
            results.append("refused")
        else:
            results.append("signed")

    threads = threads_of(lambda: sign(chief), lambda: sign(other))
    for thread in threads:
        thread.start()
    see_off(threads)
    assert sorted(results) == ["refused", "signed"]
    assert len(rows(database, "cash_day", "kind = 'signed'")) == 1


def test_a_payment_and_a_signature_at_once_agree(
    house: House, database: Database, anna: Office, chief: Office
) -> None:
    """Either the payment was first, and the day is to be counted again, or it is refused."""
    for _ in range(4):
        pay(anna, "10.00")
        today = anna.read(cash_day, TODAY)
        closed = anna.do(close_cash_day, count(f"{today.cash_expected}"))
        start = barrier(2)
        results: list[str] = []

        def tried(work: Callable[[], object], results: list[str] = results, start: Any = start) -> None:
            start.wait()
            try:
                work()
            except Refused as refusal:
                results.append(refusal.message)

        def sign(version: int = closed.version) -> object:
            return chief.do(sign_cash_day, anna.actor.login, TODAY, version)

        threads = threads_of(lambda: tried(sign), lambda: tried(lambda: pay(anna, "3.00")))
        for thread in threads:
            thread.start()
        see_off(threads)
        assert len(results) == 1, "one of them was too late"
        day = anna.read(cash_day, TODAY)
        assert not (day.state is SIGNED and day.moved)
        if day.state is SIGNED:
            chief.do(reopen_cash_day, anna.actor.login, TODAY, "dalej")


def test_the_schema_goes_down_and_up_but_loses_no_signature(database: Database, anna: Office) -> None:
    schema.downgrade(database, "0006")
    schema.upgrade(database)
    pay(anna, "10.00")
    anna.do(close_cash_day, count("10.00"))
    with pytest.raises(Refused, match="sign-off"):
        schema.downgrade(database, "0006")
    schema.require_current(database)


def test_a_day_is_found_by_its_index(database: Database, anna: Office) -> None:

    pay(anna, "10.00")
    with counted(database) as statements:
        anna.read(cash_day, TODAY)
    found = [one for one in statements if "FROM payment" in one[0]]
    assert found
    for statement, parameters in found:
        assert "payment" not in scans(plan_of(database, statement, parameters))


def test_the_check_finds_a_signed_day_that_the_ledger_contradicts(
    house: House, builder: Builder, anna: Office, chief: Office
) -> None:
    pay(anna, "10.00")
    signed(anna, chief, cash="10.00")

    def found() -> list[str]:
        return [check.name for check in check_database(house).checks if check.name == "cash" and not check.ok]

    assert found() == []
    client = rows(house.database, "payment")[0]["client_id"]
    builder.add(
        "payment",
        client_id=client,
        day=TODAY,
        amount=Decimal("3.00"),
        method=CASH,
        staff_id=anna.actor.id,
        recorded_at=house.clock(),
    )
    assert found() == ["cash"], "somebody went around the door"


@pytest.mark.parametrize(
    "change", ["cash_counted = 1", "by_id = staff_id, kind = 'closed'", "day = '2026-01-02'", "version = 9"]
)
def test_a_row_edited_behind_the_guards_contradicts_the_journal(
    house: House, database: Database, anna: Office, chief: Office, change: str
) -> None:
    pay(anna, "10.00")
    signed(anna, chief, cash="10.00")
    assert contradicted(house) == []
    guard = "cash_day_no_update" + (" ON cash_day" if database.dialect == "postgresql" else "")
    with database.writer.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        connection.exec_driver_sql(f"UPDATE cash_day SET {change} WHERE id = 2")
    assert contradicted(house) == ["cash day 2"]


def contradicted(house: House) -> list[str]:
    """Return what the journal says otherwise than the tables."""
    with Session(house.database.reader) as session:
        return list(contradictions(session))
