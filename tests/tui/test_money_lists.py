"""Money on the work lists: two keys match a payment, a supervisor sees which invoices are wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.worklists import WorkListScreen
from bok_tui.widgets.message_line import MessageLine
from db.operations.bank_import import import_bank_file
from db.operations.bank_matching import book_line
from db.operations.reading_decisions import void_reading
from tests.db.bank_town import BankTown, bank_town, file_of, typical
from tests.tui.floor import GAP, Floor, flat, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys

WOJCIK, STRANGER = ("f8", "4"), ("f8", "4", "n")
INVOICE = "FAK/202610/0000001/100001/20261122"


@pytest.fixture
def town(floor: Floor) -> BankTown:
    """Wójcik's payment, by amount and name, and a stranger's wait."""
    town = bank_town(floor.house)
    town.supervisor.do(import_bank_file, "wyciąg.sta", file_of(typical(town)))
    return town


def decided(floor: Floor) -> list[tuple[str, str]]:
    """Return what people decided: kind and reason."""
    return [
        (row["kind"].value, row["reason"])
        for row in floor.rows("bank_line_decision", "staff_id IS NOT NULL")
        if row["how"] in ("person", "")
    ]


def paid(town: BankTown, client: str) -> Decimal:
    """Return what came in for a client."""
    return town.paid().get(client, Decimal(0))


def said(screen: object) -> str:
    """Return how the last thing went."""
    assert isinstance(screen, WorkListScreen)
    return screen.query_one("#told", MessageLine).words.replace(GAP, " ")


@pytest.mark.parametrize("size", SIZES)
async def test_two_keys_settle_a_payment(floor: Floor, town: BankTown, size: tuple[int, int]) -> None:
    app = floor.app()
    async with running(app, size):
        await type_keys(app, *WOJCIK)
        text = flat(app)
        assert "[4 payments to match 2]" in text
        assert "PLN 146.45 WÓJCIK PIOTR UL. P… 100003 Wójcik Piotr" in text
        assert "title: za wodę" in text
        await type_keys(app, "enter")
        assert isinstance(app.screen, PickDialog)
        box = flat(app)
        assert "title: za wodę" in box
        assert "1 100003 Wójcik Piotr" in box
        assert "oldest due first · by amount and name" in box
        await type_keys(app, "1")
        assert said(app.screen).startswith("Booked for 100003: PLN 146.45. BALANCE PLN 0.00")
        assert "[4 payments" in flat(app)
    assert paid(town, "100003") == Decimal("146.45")
    assert decided(floor) == [("booked", "")]


async def test_enter_alone_books_nothing(floor: Floor, town: BankTown) -> None:
    app = floor.app()
    async with running(app):
        burst(app, *WOJCIK, "enter", "enter", "enter", "escape")
        await settle(app)
        assert isinstance(app.screen, WorkListScreen)
    assert decided(floor) == []


async def test_another_client_is_named_before_it_is_booked(floor: Floor, town: BankTown) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, *STRANGER, "enter")
        assert isinstance(app.screen, TextDialog), "nobody is suggested: a number is asked for"
        assert "OBCY CZŁOWIEK" in flat(app)
        await type_keys(app, "999999", "enter")
        assert said(app.screen) == "There is no client 999999."
        await type_keys(app, "k", f"100001 {town.invoice('100001').lower()}", "enter")
        assert isinstance(app.screen, ConfirmDialog)
        assert "Book PLN 77.00 for the client 100001, Kowalska Żaneta?" in flat(app)
        await type_keys(app, "enter")
        assert said(app.screen).startswith("Booked for 100001: PLN 77.00.")
    assert paid(town, "100001") == Decimal("146.45") + Decimal("77.00")
    assert decided(floor) == [("booked", "")]


async def test_only_a_supervisor_dismisses(floor: Floor, town: BankTown) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, *STRANGER, "d")
        assert said(app.screen) == "Only a supervisor dismisses a payment."
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *STRANGER, "d", "zwrot dotacji", "enter")
        assert said(app.screen) == "Dismissed: PLN 77.00."
        assert "[4 payments" in flat(app)
        await type_keys(app, "1", "k")
        assert said(app.screen) == "This is for the list of payments to match."
    assert decided(floor) == [("dismissed", "zwrot dotacji")]


async def test_somebody_else_was_faster(floor: Floor, town: BankTown) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, *WOJCIK, "enter")
        (line, *_rest) = floor.rows("bank_line", "id NOT IN (SELECT line_id FROM bank_line_decision)")
        town.agent.do(book_line, line["id"], "100002")
        await type_keys(app, "1")
        assert "Jan Okienko has booked this payment for the client 100002 already" in said(app.screen)
        assert "[4 payments" in flat(app)
    assert paid(town, "100003") == 0


async def test_the_desk_tells_of_payments_and_of_invoices_to_correct(floor: Floor, town: BankTown) -> None:
    spoiled(floor, town)
    for staff, told in ((floor.anna, False), (floor.chief, True)):
        app = floor.app(staff)
        async with running(app):
            assert "payments to match 2" in flat(app)
            assert ("invoices to correct 1" in flat(app)) is told
            await type_keys(app, "f8", "5")
            assert ("to correct 1]" in flat(app)) is told


def spoiled(floor: Floor, town: BankTown) -> None:
    """Void the reading that Kowalska's invoice settled."""
    built = town.clients["100001"]
    (reading,) = [
        row["id"]
        for row in floor.rows("reading", f"meter_id = {built.meter_id}")
        if row["day"] == date(2026, 10, 31)
    ]
    town.supervisor.do(void_reading, reading, "źle spisany")


@pytest.mark.parametrize("size", SIZES)
async def test_an_invoice_to_correct_opens_its_client(
    floor: Floor, town: BankTown, size: tuple[int, int]
) -> None:
    spoiled(floor, town)
    app = floor.app(floor.chief)
    async with running(app, size):
        await type_keys(app, "f8", "5")
        line = next(line for line in seen(app).splitlines() if line.startswith("▸"))
        assert line.split() == [
            "▸",
            "100001",
            INVOICE,
            "PLN",
            "146.45",
            "31",
            "Oct",
            "2026",
            town.clients["100001"].meter,
        ]
        assert "which was voided since" in flat(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.current_invoice is not None
        assert app.screen.current_invoice.number == INVOICE
        await type_keys(app, "escape")
        assert isinstance(app.screen, WorkListScreen)
        assert "to correct 1]" in flat(app)


async def test_all_lists_stand_in_one_line(floor: Floor, town: BankTown) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        for digit in "12345":
            await type_keys(app, "f8", digit)
            line = next(line for line in seen(app).splitlines() if f"[{digit} " in line)
            assert "5 " in line
