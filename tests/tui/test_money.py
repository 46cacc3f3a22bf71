"""Money on the card: invoices, payments, the ledger, a bill explained, a payment at the desk."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.paper import ExplainDialog, PaperDialog
from bok_tui.dialogs.payment import PaymentDialog
from bok_tui.screens.client import ClientScreen
from db.billing_run import run_billing
from db.office import SYSTEM
from tests.db.builders import rows
from tests.tui.floor import Floor
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, shown, type_keys

VERIFIED = (
    *("f7", "1", "102481", "enter", "3", "Żaneta Kowalska", "enter", "5", "15.12.2014", "enter", "escape"),
)
PAY = ("p", "enter")
FIRST = "FAK/202609/0000001/102481/20261122"


@pytest.fixture
def app(floor: Floor) -> BokApp:
    """Two months of 10 m3, 146.45 each, nothing paid."""
    build = floor.builder
    client = build.client("102481", meter="80000001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    for month in (9, 10):
        run_billing(floor.house.office(SYSTEM), date(2026, month, 1))
    return floor.app()


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_tells_the_balance_and_its_tabs_fit(app: BokApp, size: tuple[int, int]) -> None:
    async with running(app, size):
        await type_keys(app, "102481", "enter")
        text = shown(app)
        assert "BALANCE PLN -292.90" in text.replace("\u00a0", " ")
        tabs = next(line for line in text.splitlines() if "Bills" in line)
        assert "Events" in tabs
        assert "Asked" in tabs
        await type_keys(app, "2")
        text = shown(app)
        assert FIRST in text
        await type_keys(app, "4")
        assert "9999 0009" in shown(app)


async def test_an_invoice_is_read_and_explained_for_a_verified_caller(app: BokApp) -> None:
    async with running(app):
        await type_keys(app, "102481", "enter", "2", "enter")
        assert isinstance(app.screen, ClientScreen)  # nobody was verified
        assert "verif" in shown(app)
        await type_keys(app, *VERIFIED, "2", "enter")
        assert isinstance(app.screen, PaperDialog)
        await type_keys(app, "pagedown", "pagedown")
        assert "146,45" in shown(app).replace("\u00a0", " ")
        await type_keys(app, "w")
        assert isinstance(app.screen, ExplainDialog)
        assert "10 m³ wody" in shown(app)
        await type_keys(app, "escape", "f4")
        assert "FAK-202610" in shown(app).replace("_", "-")


async def test_a_payment_takes_two_keys_and_gives_a_receipt(app: BokApp, floor: Floor) -> None:
    assert len(keys_of(*PAY)) <= 10
    async with running(app):
        await type_keys(app, "102481", "enter", *VERIFIED)
        burst(app, *PAY)
        await settle(app)
        text = shown(app).replace("\u00a0", " ")
        assert "BALANCE PLN 0.00" in text
        assert "KP/2026/0000001" in text
        (payment,) = rows(floor.house.database, "payment")
        assert payment["amount"] == Decimal("292.90")
        await type_keys(app, "3")
        assert "FAK/202609" in shown(app)


async def test_an_amount_that_cannot_be_read_stays_to_be_mended(app: BokApp, floor: Floor) -> None:
    async with running(app):
        await type_keys(app, "102481", "enter", "p", "1.234,5", "enter")
        assert isinstance(app.screen, PaymentDialog)
        assert "1.234,5" in shown(app)
        assert rows(floor.house.database, "payment") == []
        await type_keys(app, *["backspace"] * 7, "100", "tab", "right", "enter")
        (payment,) = rows(floor.house.database, "payment")
        assert (payment["amount"], payment["method"].value) == (Decimal("100.00"), "card")


@pytest.mark.parametrize(
    "typed",
    [
        "f FAK/202609/0000001/102481/20261122",
        "f 202609/1/102481/20261122",
        "fak/202609/0000001/102481/20261122",
    ],
)
async def test_an_invoice_opens_from_the_command_line(app: BokApp, typed: str) -> None:
    async with running(app):
        burst(app, typed, "enter")
        await settle(app)
        card = app.screen
        assert isinstance(card, ClientScreen)
        assert card.current_invoice is not None
        assert card.current_invoice.number == FIRST


async def test_an_invoice_that_is_not_there(app: BokApp) -> None:
    async with running(app):
        await type_keys(app, "f 999/102481/20261122", "enter")
        assert "999/102481/20261122" in shown(app)
        assert not isinstance(app.screen, ClientScreen)
