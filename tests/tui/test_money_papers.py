"""Papers from the card: new ones by a digit, read as text, handed over, queued for e-mail."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.paper import PaperDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.screens.client import ClientScreen
from bok_tui.widgets.message_line import MessageLine
from db.billing_run import run_billing
from db.office import SYSTEM
from tests.conftest import TestClock
from tests.tui.floor import NUMBER, Floor, flat, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys

VERIFIED = ("f7", "1", NUMBER, "enter", "3", "Żaneta Kowalska", "enter", "5", "15.12.2014", "enter", "escape")
FIRST = f"FAK/202609/0000001/{NUMBER}/20261122"
SECOND = f"FAK/202610/0000001/{NUMBER}/20261122"


def billed(floor: Floor, *months: int, **values: Any) -> None:
    """Add a client with two months of 10 m3, 146.45 each, billed for `months`."""
    build = floor.builder
    client = build.client(NUMBER, tariff_group_id=build.tariff(), **values)
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    build.contact_point(client.id, "email", "zaneta@example.com")
    for month in months:
        run_billing(floor.house.office(SYSTEM), date(2026, month, 1))


@pytest.fixture
def app(floor: Floor) -> BokApp:
    """Anna's desk, and a client with two invoices."""
    billed(floor, 9, 10)
    return floor.app()


def kinds(floor: Floor) -> list[str]:
    """Return the kinds of the documents that were issued, but for invoices."""
    return [row["kind"] for row in floor.rows("issued_document") if row["kind"] != "invoice"]


def said(app: BokApp) -> str:
    """Return how the last thing went."""
    return app.screen.query_one("#told", MessageLine).words


def test_the_second_invoice_is_numbered_in_its_own_month() -> None:
    assert FIRST[4:10] != SECOND[4:10]


@pytest.mark.parametrize(
    ("digit", "kind", "number"),
    [
        ("1", "reading_confirmation", "P/2026/0000001"),
        ("2", "duplicate", "DUP/2026/0000001"),
        ("3", "balance_statement", "ZS/2026/0000001"),
        ("4", "payment_slip", "DP/2026/0000001"),
    ],
)
async def test_a_new_paper_is_two_keys(app: BokApp, floor: Floor, digit: str, kind: str, number: str) -> None:
    async with running(app):
        await type_keys(app, NUMBER, "enter", *VERIFIED)
        burst(app, "n", digit)
        await settle(app)
        assert "[6 Papers]" in seen(app)
        assert said(app).startswith(f"{number}: ")
        assert number in seen(app).split("✓")[0], "it stands in the list"
    assert kinds(floor) == [kind]
    (paper,) = floor.settings.documents.glob("*.pdf")
    assert paper.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("size", SIZES)
async def test_what_can_be_issued_is_asked_in_words(app: BokApp, size: tuple[int, int]) -> None:
    async with running(app, size):
        await type_keys(app, NUMBER, "enter", "n")
        assert isinstance(app.screen, PickDialog)
        text = flat(app)
        assert f"2 duplicate of {SECOND}" in text
        assert "5 demand for payment (supervisor)" in text
        await type_keys(app, "escape", "2", "down", "n")
        assert f"2 duplicate of {FIRST}" in flat(app)


async def test_an_unverified_caller_gets_none(app: BokApp, floor: Floor) -> None:
    async with running(app):
        await type_keys(app, NUMBER, "enter", "n", "3")
        assert isinstance(app.screen, ClientScreen)
        assert "not verified" in flat(app)
    assert kinds(floor) == []


@pytest.mark.parametrize("digit", ["5", "6", "7"])
async def test_agents_demand_nothing(app: BokApp, floor: Floor, digit: str) -> None:
    async with running(app):
        await type_keys(app, NUMBER, "enter", *VERIFIED, "n", digit)
        assert isinstance(app.screen, ClientScreen)
        assert "may not" in flat(app)
    assert kinds(floor) == []


async def test_a_supervisor_demands_and_is_told_when_nothing_is_overdue(floor: Floor) -> None:
    billed(floor, 9, 10)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, NUMBER, "enter", "n", "5")
        assert f"Nothing of the client {NUMBER} is overdue" in flat(app)
        await type_keys(app, "n", "6")
        assert isinstance(app.screen, ConfirmDialog), "an interest note costs the client money"
        await type_keys(app, "enter")
        assert f"The client {NUMBER} owes no interest" in flat(app)
    assert kinds(floor) == []


async def test_a_demand_when_money_is_late(floor: Floor, clock: TestClock) -> None:
    billed(floor, 9, 10)
    clock.forward(days=30)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, NUMBER, "enter", "n", "5")
        assert "WZ/2026/0000001" in seen(app)
        await type_keys(app, "n", "6", "enter", "4")
        assert "NO/2026/0000001" in seen(app)
    assert kinds(floor) == ["demand", "interest_note"]


async def test_a_contract_is_settled_from_its_card(floor: Floor) -> None:
    billed(floor, 9, ends_on=date(2026, 10, 31))
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, NUMBER, "enter", "n", "7")
        assert isinstance(app.screen, ConfirmDialog)
        assert "ended on 31 Oct 2026" in flat(app)
        await type_keys(app, "enter")
        assert f"✓ Issued: {SECOND}, PLN 146.45." in seen(app)
        assert "[2 Bills]" in seen(app)
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.current_invoice is not None
        assert app.screen.current_invoice.number == SECOND
        await type_keys(app, "n", "7", "enter")
        assert "billed to 31 Oct 2026 already" in flat(app)
    assert len(floor.rows("invoice")) == 2


@pytest.mark.parametrize("size", SIZES)
async def test_how_a_paper_left_stands_on_its_line(app: BokApp, floor: Floor, size: tuple[int, int]) -> None:
    async with running(app, size):
        await type_keys(app, NUMBER, "enter", *VERIFIED, "6", "h")
        assert f"{SECOND}: noted as given" in flat(app)
        await type_keys(app, "down", "m", "up")
        lines = [line for line in seen(app).splitlines() if "FAK/" in line]
        assert SECOND in lines[0]
        assert "✓ given" in lines[0]
        assert FIRST in lines[1]
        assert "✓ e-mail" in lines[1]
        assert "waits to be sent to zaneta@example.com" in flat(app)
    assert [row["how"].value for row in floor.rows("document_delivery")] == ["handed_over", "queued"]
    (message,) = floor.rows("outgoing_message")
    assert message["address"] == "zaneta@example.com"


async def test_a_paper_is_read_and_given_from_there(app: BokApp, floor: Floor) -> None:
    async with running(app):
        await type_keys(app, NUMBER, "enter", *VERIFIED, "6", "t")
        assert isinstance(app.screen, PaperDialog)
        assert "h Given" in seen(app)
        assert "w Explain" in seen(app)
        await type_keys(app, "h")
        assert isinstance(app.screen, ClientScreen)
        assert f"{SECOND}: noted as given" in flat(app)
        await type_keys(app, "2", "enter", "m")
        assert "waits to be sent" in flat(app)
    assert len(floor.rows("document_delivery")) == 2


async def test_nothing_leaves_for_an_unverified_caller(app: BokApp, floor: Floor) -> None:
    async with running(app):
        await type_keys(app, NUMBER, "enter", "h")
        assert "Put the cursor on a document first" in flat(app)
        await type_keys(app, "6", "h")
        assert "not verified" in flat(app)
        await type_keys(app, "m")
        assert "not verified" in flat(app)
    assert floor.rows("document_delivery") == floor.rows("outgoing_message") == []


async def test_a_client_without_an_address_is_told_of(floor: Floor) -> None:
    billed(floor, 10)
    floor.builder.client("222222", tariff_group_id=floor.builder.tariff("G2"))
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "222222", "enter", "n", "2")
        assert "There is no invoice yet" in flat(app)
        await type_keys(app, "n", "1")
        assert "There is no reading to confirm" in flat(app)
        await type_keys(app, "n", "4")
        assert "owes nothing" in flat(app)
        await type_keys(app, "n", "3", "m")
        assert "has no e-mail address on file" in flat(app)
