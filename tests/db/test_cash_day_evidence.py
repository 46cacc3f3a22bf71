"""What signed days rest on: the database's own guards, the check, races, the schema's way back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import schema
from db.check import check_database
from db.engine import Database
from db.errors import Refused
from db.evidence import contradictions
from db.office import House, Office
from db.operations.cash_day import close_cash_day, reopen_cash_day, sign_cash_day
from db.queries.cash_days import cash_day
from db.records.people import Role
from tests.db.builders import TODAY, Builder, counted, desk, plan_of, rows, scans
from tests.db.tills import (
    CASH,
    SIGNED,
    anna,
    chief,
    count,
    pay,
    signed,
)
from tests.together import barrier, see_off, threads_of

__all__ = ["anna", "chief"]  # fixtures


def test_the_database_itself_lets_nobody_sign_for_themselves(builder: Builder, anna: Office) -> None:
    pay(anna, "10.00")
    amounts: dict[str, Any] = dict.fromkeys(
        ("cash_expected", "cash_counted", "card_expected", "card_counted"), Decimal(0)
    )
    row = {"staff_id": anna.actor.id, "day": TODAY, "version": 1, "reason": "", "at": anna.house.clock()}
    with pytest.raises(DBAPIError, match="four_eyes"):
        builder.add("cash_day", kind="signed", by_id=anna.actor.id, **row, **amounts)


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
