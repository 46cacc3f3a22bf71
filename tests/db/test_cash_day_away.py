"""The day's cash of somebody who is away: a supervisor counts it, another signs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from db import schema
from db.check import check_database
from db.engine import Database
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.office import House, Office
from db.operations.cash_day import close_cash_day, reopen_cash_day, sign_cash_day
from db.queries.cash_days import cash_day
from db.records.cash_day import CashCount
from db.records.people import Role
from tests.db.builders import TODAY, Builder, desk, rows
from tests.db.tills import (
    CLOSED,
    SIGNED,
    YESTERDAY,
    anna,
    chief,
    count,
    pay,
)
from tests.together import barrier, see_off, threads_of

__all__ = ["anna", "chief"]  # fixtures


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
