"""The till on the screen: counted by keys, signed for by a supervisor, opened again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bok_tui.dialogs.cash_count import CashCountDialog
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.sign_off import SignOffDialog
from bok_tui.screens.board import BoardScreen
from bok_tui.screens.cash_days import CashScreen
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.till_payments import TillScreen
from bok_tui.screens.worklists import WorkListScreen
from db.operations.cash_day import close_cash_day
from db.operations.payments import take_payment
from db.records.cash_day import CashCount
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.records.people import Role
from tests.db.builders import TODAY
from tests.tui.floor import NUMBER, PASSWORD, Floor, flat
from tests.tui.pilot import SIZES, burst, running, settle, type_keys
from tests.tui.test_board import open_line, rows_of


def paid(floor: Floor) -> None:
    """Let Anna have taken 100.00 in cash and 20.50 by card today."""
    floor.client()
    office = floor.house.office(floor.anna)
    for at, (amount, method) in enumerate((("100.00", PaymentMethod.CASH), ("20.50", PaymentMethod.CARD))):
        office.do(take_payment, DeskPayment(NUMBER, Decimal(amount), method, f"s{at}"))


def steps(floor: Floor) -> list[tuple[str, Decimal, Decimal, str]]:
    """Return what happened to the tills: step, cash and card as counted, reason."""
    return [
        (row["kind"].value, row["cash_counted"], row["card_counted"], row["reason"])
        for row in floor.rows("cash_day")
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_a_till_is_counted_and_signed_at_the_agents_desk(floor: Floor, size: tuple[int, int]) -> None:
    paid(floor)
    assert floor.chief.role is Role.SUPERVISOR
    app = floor.app()
    async with running(app, size):
        await type_keys(app, "f8", "ctrl+g")
        assert isinstance(app.screen, CashScreen)
        assert "Anna Nowak PLN 120.50" in flat(app)
        assert "2 payments at the desk" in flat(app)
        burst(app, "z", "100", "enter", "20,50", "enter")
        await settle(app)
        assert isinstance(app.screen, CashScreen)
        assert "it agrees with the ledger" in flat(app)
        assert "counted, not signed" in flat(app)
        await type_keys(app, "a")
        assert isinstance(app.screen, SignOffDialog)
        await type_keys(app, "szef", "enter", "zle-haslo-99", "enter")
        assert isinstance(app.screen, SignOffDialog)
        await type_keys(app, PASSWORD, "enter")
        assert isinstance(app.screen, CashScreen)
        assert "Signed: till of Anna Nowak" in flat(app)
        await type_keys(app, "z")
        assert "It is signed for" in flat(app)
        await type_keys(app, "o")
        assert "A supervisor opens somebody else's day" in flat(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, DeskScreen)
    kinds = [("closed", "signed")]
    assert [tuple(step[0] for step in steps(floor))] == kinds
    assert floor.rows("cash_day")[1]["by_id"] == floor.chief.id


async def test_a_difference_is_said_while_typing_and_asks_for_its_reason(floor: Floor) -> None:
    paid(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "ctrl+g", "z", "95")
        assert isinstance(app.screen, CashCountDialog)
        assert "the ledger says PLN 100.00, counted PLN 95.00: ! " in flat(app)
        await type_keys(app, "enter", "20.50", "enter")
        assert isinstance(app.screen, CashCountDialog)
        assert "say why" in flat(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, ConfirmDialog), "what was counted is not lost without being asked"
        await type_keys(app, "n", "zła reszta", "enter")
        assert isinstance(app.screen, CashScreen)
        assert "reason: zła reszta" in flat(app)
        await type_keys(app, "z", "12,3,4")
        assert "✗" in flat(app)
        await type_keys(app, "escape", "enter")
    assert steps(floor) == [("closed", Decimal("95.00"), Decimal("20.50"), "zła reszta")]


async def test_a_supervisor_signs_from_the_board_looks_and_opens_again(floor: Floor) -> None:
    paid(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "ctrl+g", "z", "100", "enter", "20,50", "enter")
    app = floor.app(floor.chief)
    async with running(app, (120, 35)):
        await type_keys(app, "f8")
        assert rows_of(app)["cash_unsigned"].replace("\u00a0", " ").split("  ")[-1].strip() == "tills"
        assert "PLN 120.50" in rows_of(app)["cash_unsigned"].replace("\u00a0", " ")
        await open_line(app, "cash_unsigned")
        assert isinstance(app.screen, CashScreen)
        await type_keys(app, "enter")
        assert isinstance(app.screen, TillScreen)
        assert "Kowalska Żaneta PLN 100.00 cash" in flat(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)
        await type_keys(app, "escape", "escape", "a")
        assert isinstance(app.screen, ConfirmDialog)
        assert "Sign for this day?" in flat(app)
        await type_keys(app, "enter")
        assert "Signed: till of Anna Nowak" in flat(app)
        assert "Nothing waits to be counted or signed." in flat(app)
        await type_keys(app, "w")
        assert "Kazimierz Wzorcowy" in flat(app)
        await type_keys(app, "o", "brakuje wpłaty", "enter")
        assert "Opened again" in flat(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, BoardScreen)
    assert [step[0] for step in steps(floor)] == ["closed", "signed", "reopened"]
    assert steps(floor)[-1][3] == "brakuje wpłaty"


@pytest.mark.parametrize("size", SIZES)
async def test_a_supervisor_counts_the_till_of_somebody_away_and_another_signs(
    floor: Floor, size: tuple[int, int]
) -> None:
    paid(floor)
    floor.house.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    deputy = floor.builder.staff(Role.SUPERVISOR, login="zastepca", name="Lucyna Wilk")
    floor.set_password(deputy, floor.rows("staff", f"id = {floor.chief.id}")[0]["password_hash"])
    app = floor.app(floor.chief)
    async with running(app, size):
        await type_keys(app, "ctrl+g")
        assert "Anna Nowak" in flat(app)
        burst(app, "z", "100", "enter", "20,50", "enter")
        await settle(app)
        assert isinstance(app.screen, CashCountDialog), "it agrees, but why does another count?"
        assert "You count in place of Anna Nowak" in flat(app)
        assert "Say why you count in place of Anna Nowak" in flat(app)
        await type_keys(app, "Anna chora", "enter")
        assert isinstance(app.screen, CashScreen)
        assert "it agrees with the ledger" in flat(app)
        assert "reason: Anna chora" in flat(app)
        assert "counted by Kazimierz Wzorcowy in place of Anna Nowak" in flat(app)
        await type_keys(app, "a")
        assert isinstance(app.screen, SignOffDialog), "who counted does not sign alone"
        await type_keys(app, "szef", "enter", PASSWORD, "enter")
        assert [step[0] for step in steps(floor)] == ["closed"]
        assert isinstance(app.screen, CashScreen)
        assert "Four eyes" in flat(app)
        await type_keys(app, "a", "zastepca", "enter", PASSWORD, "enter")
        assert "Signed: till of Anna Nowak" in flat(app)
        await type_keys(app, "w")
        assert "counted by Kazimierz Wzorcowy in place of Anna Nowak" in flat(app)
        assert "signed by Lucyna Wilk" in flat(app)
    (closed, signed) = floor.rows("cash_day")
    assert (closed["by_id"], signed["by_id"]) == (floor.chief.id, deputy.id)
    assert closed["staff_id"] == floor.anna.id


@pytest.mark.parametrize("size", SIZES)
async def test_a_difference_of_anothers_till_is_explained_apart_and_nothing_typed_is_not_zero(
    floor: Floor, size: tuple[int, int]
) -> None:
    paid(floor)
    floor.house.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    app = floor.app(floor.chief)
    async with running(app, size):
        await type_keys(app, "ctrl+g", "z", "enter")
        assert "Type what was counted, 0 when there is nothing" in flat(app)
        await type_keys(app, "54,50", "enter", "enter")
        assert isinstance(app.screen, CashCountDialog)
        assert "Type what was counted, 0 when there is nothing" in flat(app)
        await type_keys(app, "20,50", "enter", "Anna chora", "enter")
        assert isinstance(app.screen, CashCountDialog), "ill is no reason for a difference"
        assert "It differs from the ledger (PLN −45.50): say why." in flat(app)
        await type_keys(app, "brak w kopercie", "enter")
        assert isinstance(app.screen, CashScreen)
        assert "reason: Anna chora; brak w kopercie" in flat(app)
        assert "difference PLN −45.50" in flat(app)
    assert steps(floor) == [("closed", Decimal("54.50"), Decimal("20.50"), "Anna chora; brak w kopercie")]


async def test_who_counts_a_till_second_is_told(floor: Floor) -> None:
    paid(floor)
    floor.house.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    deputy = floor.house.office(floor.builder.staff(Role.SUPERVISOR, login="zastepca", name="Lucyna Wilk"))
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "ctrl+g", "z", "100", "enter", "20,50", "enter")
        deputy.do(
            close_cash_day,
            CashCount(TODAY, Decimal("100.00"), Decimal("20.50"), "Anna na urlopie"),
            floor.anna.login,
        )
        await type_keys(app, "Anna chora", "enter")
        assert isinstance(app.screen, CashScreen)
        assert "was changed meanwhile" in flat(app)
        assert "counted by Lucyna Wilk in place of Anna Nowak" in flat(app)
    assert [step[3] for step in steps(floor)] == ["Anna na urlopie"]


async def test_a_day_without_money_is_not_counted(floor: Floor) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, "ctrl+g", "z")
        assert isinstance(app.screen, CashScreen)
        assert "there is nothing to count" in flat(app)
    assert steps(floor) == []


async def test_a_till_of_today_that_nobody_has_counted_is_told_of(floor: Floor) -> None:
    paid(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "ctrl+g")
        assert "today's money in the tills is not counted yet" in flat(app)
        await type_keys(app, "w")
        assert "Anna Nowak PLN 120.50" in flat(app)


async def test_a_late_payment_into_a_signed_day_is_refused_on_the_card(floor: Floor) -> None:
    paid(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "ctrl+g", "z", "100", "enter", "20,50", "enter", "a")
        await type_keys(app, floor.chief.login, "enter", PASSWORD, "enter", "f2", NUMBER, "enter")
        assert isinstance(app.screen, ClientScreen)
        await type_keys(app, "p", "5", "enter")
        assert "is signed for" in flat(app)
    assert len(floor.rows("payment")) == 2


async def test_who_has_no_till_gets_none(floor: Floor) -> None:
    app = floor.app(floor.builder.staff(Role.ADMIN))
    async with running(app):
        await type_keys(app, "ctrl+g")
        assert isinstance(app.screen, DeskScreen)


async def test_yesterday_that_nobody_counted_waits_for_its_agent(floor: Floor) -> None:
    paid(floor)
    floor.house.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f8")
        await open_line(app, "cash_unsigned")
        assert "not counted" in flat(app)
        await type_keys(app, "a")
        assert "Only a day that was counted" in flat(app)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f8")
        assert isinstance(app.screen, WorkListScreen)
        await type_keys(app, "ctrl+g", "down", "z", "100", "enter", "20,50", "enter")
        assert "it agrees with the ledger" in flat(app)
    (row,) = floor.rows("cash_day")
    assert row["day"] == TODAY
    assert floor.house.clock().date() == TODAY + timedelta(days=1)
