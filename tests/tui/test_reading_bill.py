"""The bill on the reading form: told beside what is typed, never waited for."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from bok_tui.app import BokApp
from bok_tui.screens import money_work
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.reading import ReadingScreen
from bok_tui.wording.bill import BillQuestion
from db.records.billing import BillPreview, Window
from tests.tui.floor import NUMBER, Floor, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys, until

FORM = (NUMBER, "enter", "f3")


def bill(app: BokApp) -> str:
    """Return what the line of the bill says."""
    found = re.search(r"│ Bill +(.*?) *│", seen(app))
    return found[1] if found else ""


async def told(app: BokApp, words: str) -> None:
    """Wait until the line of the bill says `words`."""
    await until(lambda: bill(app) == words, what=lambda: f"{words}: {bill(app)}")


@pytest.mark.parametrize("size", SIZES)
async def test_the_bill_of_what_is_typed(floor: Floor, size: tuple[int, int]) -> None:
    """15 m³ of water and sewage at 12.92 net, and the standing charge of November: 8% VAT on top."""
    floor.client(tariff_group_id=floor.builder.tariff())
    app = floor.app()
    async with running(app, size):
        await type_keys(app, *FORM)
        assert bill(app) == "–"
        await type_keys(app, "00502")
        await told(app, "at state 502: 15 m³, PLN 216.22")
        await type_keys(app, *["backspace"] * 5, "487123")
        await told(app, "at state 487: 0 m³, PLN 6.91")
        assert "F9" in seen(app), "it is the bill of the state that is suggested"
        await type_keys(app, "escape", "enter")
    assert floor.saved() == []


async def test_a_state_that_cannot_count_has_no_bill(floor: Floor) -> None:
    floor.client(tariff_group_id=floor.builder.tariff())
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502")
        await told(app, "at state 502: 15 m³, PLN 216.22")
        await type_keys(app, "o")
        assert bill(app) == "–"


async def test_without_a_tariff_there_is_none(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    real = money_work.bill_of_reading

    def noted(office: object, question: BillQuestion) -> object:
        found = real(office, question)  # type: ignore[arg-type]  # whatever the form gives it
        answered.set()
        return found

    monkeypatch.setattr(money_work, "bill_of_reading", noted)
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502")
        await until(answered.is_set)
        await settle(app)
        assert bill(app) == "–"


def slow(monkeypatch: pytest.MonkeyPatch) -> dict[int, threading.Event]:
    """Keep the answer for each state back until its event is set."""
    gates = {state: threading.Event() for state in (502, 503)}

    def answer(_office: object, question: BillQuestion) -> BillPreview:
        assert gates[question.state].wait(20)
        month = Window(date(2026, 11, 1), date(2026, 11, 30))
        return BillPreview(question.state, 30, Decimal(question.state), month)

    monkeypatch.setattr(money_work, "bill_of_reading", answer)
    return gates


def asked(app: BokApp) -> Callable[[], int]:
    """Return how to count the questions under way."""
    return lambda: sum(worker.group == "bill" and not worker.is_finished for worker in app.workers)


async def test_a_late_answer_does_not_overwrite_a_newer_one(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.client()
    gates = slow(monkeypatch)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM)
        burst(app, "502")
        await until(lambda: asked(app)() == 1)
        burst(app, "backspace", "3")
        await until(lambda: asked(app)() == 2)
        assert bill(app) == "–"
        gates[503].set()
        await told(app, "at state 503: 503 m³, PLN 503.00")
        gates[502].set()
        await settle(app)
        assert bill(app) == "at state 503: 503 m³, PLN 503.00"


async def test_saving_does_not_wait_for_the_bill(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.client()
    gates = slow(monkeypatch)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM)
        burst(app, "502")
        await until(lambda: asked(app)() == 1)
        assert isinstance(app.screen, ReadingScreen)
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, ClientScreen))
        assert [state for state, *_ in floor.saved()] == [502]
        gates[502].set()
        await settle(app)
        assert "Saved: state 00502" in seen(app)
