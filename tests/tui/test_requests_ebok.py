"""E-invoices, e-BOK, identifiers and complaints from the card; the keys are counted."""

from __future__ import annotations

from datetime import date

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.account import AccountDialog
from bok_tui.dialogs.complaint import ComplaintDialog
from bok_tui.dialogs.einvoice import EInvoiceDialog
from bok_tui.dialogs.new_request import NewRequestDialog
from bok_tui.dialogs.read_out import ReadOutDialog
from bok_tui.dialogs.registration import RegistrationDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.requests import RequestScreen
from db.billing_run import run_billing
from db.office import SYSTEM
from db.records.requests import ComplaintSubject, RequestState
from tests.tui.floor import NUMBER, Floor, flat, seen
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, type_keys
from tests.tui.test_requests import METER, pressed, verify

EINVOICE = ("f5", "e", "enter", "enter", "f4")
COMPLAINT = ("f5", "r", "enter", "enter", "enter", "rachunek za wysoki", "enter", "f4")
LAST = "FAK/202610/0000001/123456/20261122"
EARLIER = "FAK/202609/0000001/123456/20261122"


@pytest.fixture
def billed(floor: Floor) -> BokApp:
    """A client with two invoices; the last is `LAST`."""
    build = floor.builder
    client = build.client(NUMBER, meter=METER, tariff_group_id=build.tariff())
    build.contact_point(client.id, "email", "zaneta@example.com", date(2026, 1, 5))
    days = {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 30): 117, date(2026, 10, 31): 120}
    build.history(client.meter_id, days)
    for month in (9, 10):
        run_billing(floor.house.office(SYSTEM), date(2026, month, 1))
    return floor.app()


@pytest.mark.parametrize("size", SIZES)
async def test_e_invoices_are_switched_on_in_six_keys(
    floor: Floor, billed: BokApp, size: tuple[int, int]
) -> None:
    assert len(keys_of(*EINVOICE)) <= 6
    async with running(billed, size):
        await type_keys(billed, NUMBER, "enter")
        await verify(billed)
        await type_keys(billed, *EINVOICE[:3])
        assert isinstance(billed.screen, EInvoiceDialog)
        assert "Wyrażam zgodę" in flat(billed)
        assert "na adres zaneta@example.com (art. 106n" in flat(billed)
        assert "zaneta@example.com" in flat(billed)
        await type_keys(billed, "escape")
        burst(billed, *EINVOICE[:4])
        await settle(billed)
        assert isinstance(billed.screen, ReadOutDialog)
        assert "Read out" in seen(billed)
        await type_keys(billed, "f4")
        assert isinstance(billed.screen, ClientScreen)
        assert "e-invoice from 23 Nov 2026" in flat(billed)
        assert ".pdf" in flat(billed)
    (einvoice,) = floor.rows("einvoice")
    assert einvoice["active_from"] == date(2026, 11, 23)


async def test_e_invoices_need_a_verified_caller_and_an_address(floor: Floor, billed: BokApp) -> None:
    async with running(billed):
        await type_keys(billed, NUMBER, "enter", "f5", "e", "enter", "nowa@", "enter")
        assert isinstance(billed.screen, EInvoiceDialog)
        assert "name@example.com" in flat(billed)
        assert "na adres … (art. 106n" in flat(billed)
        await type_keys(billed, "example.com", "enter")
        assert "na adres nowa@example.com (art. 106n" in flat(billed)
        assert "F7" in flat(billed)
        assert "nowa@example.com" in flat(billed)
        await verify(billed)
        await type_keys(billed, "enter")
        assert isinstance(billed.screen, ReadOutDialog)
    assert len(floor.rows("einvoice")) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_a_complaint_takes_eight_keys_and_is_answered(
    floor: Floor, billed: BokApp, size: tuple[int, int]
) -> None:
    assert pressed(*COMPLAINT, typed=("rachunek za wysoki",)) <= 8
    async with running(billed, size):
        await type_keys(billed, NUMBER, "enter", "2")
        burst(billed, *COMPLAINT)
        await settle(billed)
        assert isinstance(billed.screen, ClientScreen)
        (complaint,) = floor.rows("complaint")
        assert complaint["subject"] is ComplaintSubject.BILL
        (invoice,) = floor.rows("invoice", f"id = {complaint['invoice_id']}")
        assert invoice["number"] == LAST
        assert ".pdf" in flat(billed)
        await type_keys(billed, "f5", "r", "enter", "m", "enter", "enter", "enter")
        assert isinstance(billed.screen, ComplaintDialog), "nothing was said yet"
        await type_keys(billed, "stoi", "enter")
        await type_keys(billed, "f2", "f5", "4")
        text = flat(billed)
        assert "[4 Complaints" in text
        assert "14 left" in text
        assert "about: bill" in text
        await type_keys(billed, "a")
        assert isinstance(billed.screen, TextDialog)
        await type_keys(billed, "Poprawimy rachunek.", "enter")
        assert "complaint: applied." in flat(billed)
        await type_keys(billed, "f4")
    states = [row["state"] for row in floor.rows("request")]
    assert states == [RequestState.APPLIED, RequestState.SUBMITTED]
    papers = [str(row["kind"]) for row in floor.rows("issued_document", "request_id IS NOT NULL")]
    assert papers == ["request_confirmation", "complaint_answer"]


async def test_a_supervisor_accepts_a_complaint_about_a_reading_by_one_key(
    floor: Floor, billed: BokApp
) -> None:
    async with running(billed):
        await type_keys(billed, NUMBER, "enter", "f5", "r", "enter", "enter", "enter", "zły stan", "enter")
    (complaint,) = floor.rows("complaint")
    assert complaint["subject"] is ComplaintSubject.READING
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5")
        named = f"about: reading · meter {METER} · state 120 m³ of 31 Oct 2026 · {LAST}"
        assert named in flat(app)
        await type_keys(app, "v")
        assert "The reading is voided" in flat(app)
        assert named in flat(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, RequestScreen)
        assert "complaint: applied." in flat(app)
    assert len(floor.rows("reading_decision", "kind = 'voided'")) == 1
    assert floor.rows("invoice", "corrects_id IS NOT NULL")


async def test_registration_tells_each_check_and_nothing_on_file(floor: Floor, billed: BokApp) -> None:
    async with running(billed):
        await type_keys(billed, NUMBER, "enter", "f5", "b", "enter")
        assert isinstance(billed.screen, RegistrationDialog)
        await type_keys(billed, "44051401359", "enter", NUMBER, "enter", EARLIER.lower(), "enter")
        await type_keys(billed, "zaneta@example.com", "enter", "zaneta", "enter")
        assert isinstance(billed.screen, RegistrationDialog)
        text = flat(billed)
        assert "valid number, but not the last one" in text
        assert LAST not in text
        assert floor.rows("portal_account") == []


async def test_registration_makes_an_account_and_the_link_is_sent_again(floor: Floor, billed: BokApp) -> None:
    async with running(billed):
        await type_keys(billed, NUMBER, "enter")
        await verify(billed)
        await type_keys(billed, "f5", "b", "enter", "44051401359", "enter", NUMBER, "enter")
        await type_keys(billed, LAST.lower(), "enter", "zaneta@example.com", "enter", "zaneta", "enter")
        assert "right, but type it in capitals F9" in flat(billed)
        await type_keys(billed, "f9")
        assert LAST in seen(billed)
        await type_keys(billed, "enter", "enter", "enter")
        assert isinstance(billed.screen, ClientScreen)
        assert "Registered in e-BOK: login zaneta. A link waits to be sent" in flat(billed)
        assert len(floor.rows("portal_account")) == 1
        await type_keys(billed, "f5", "b", "enter")
        assert isinstance(billed.screen, AccountDialog)
        assert "login zaneta" in flat(billed)
        await type_keys(billed, "l", "podejrzane logowania", "enter")
        assert "locked" in flat(billed)
        await type_keys(billed, "l", "wyjaśnione", "enter")
        await type_keys(billed, "escape")
        assert isinstance(billed.screen, ClientScreen)


async def test_a_missing_pesel_is_completed_with_its_day_read_back(floor: Floor) -> None:
    floor.client(meter=METER, pesel=None)
    floor.client("222222", meter="80000002")
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, NUMBER, "enter", "k", "f5", "p", "enter", "44051401358")
        assert isinstance(app.screen, NewRequestDialog)
        assert "The check digit does not fit" in flat(app)
        await type_keys(app, "backspace", "9")
        text = flat(app)
        assert "Born on this day" in text
        assert "1 other client has the same number" in text
        await type_keys(app, "enter")
    (request,) = floor.rows("request")
    assert request["state"] is RequestState.SUBMITTED
