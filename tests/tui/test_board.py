"""The supervisor's board: the figures of `bok report daily`, live; each opens its list, that its client."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _, choose_language
from bok_tui.screens.board import BoardScreen
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.holders import HoldersScreen
from bok_tui.screens.report_rows import ReportScreen
from bok_tui.screens.requests import RequestScreen
from bok_tui.screens.worklists import WorkListScreen
from bok_tui.widgets.message_line import MessageLine, Tone
from bok_tui.widgets.row_list import RowList
from bok_tui.wording.board import BEHIND, HOLDERS, SECTION, WORDS
from db.operations.payments import take_payment
from db.operations.readings import record_reading
from db.operations.requests import submit_request, take_request
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.records.people import Channel, Role
from db.records.reports import Question
from db.records.requests import (
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RequestField,
    RequestKind,
)
from reports.supervision.daily import MEASURES, SECTIONS
from reports.supervision.forms import ReportForm, Sender, write_report
from reports.supervision.registry import definition_of
from reports.supervision.running import run
from tests.db.builders import entry
from tests.tui.floor import Floor, flat, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys

LATER = 20
"""Days after which everything is late."""


def busy(floor: Floor) -> None:
    """Let something happen that the board tells of."""
    office = floor.house.office(floor.anna)
    for number in ("111111", "222222"):
        built = floor.client(number)
        phone = {RequestField.PHONE: "600200300"}
        office.do(submit_request, NewRequest(number, RequestKind.PHONE, phone, Channel.LETTER))
    office.do(record_reading, entry(built.meter, 987, hold=True))
    about = ComplaintAbout(ComplaintSubject.SERVICE)
    office.do(
        submit_request,
        NewRequest("111111", RequestKind.COMPLAINT, channel=Channel.LETTER, note="zalało", complaint=about),
    )
    office.do(take_payment, DeskPayment("222222", Decimal("50.00"), PaymentMethod.CASH, "a"))


def figures(floor: Floor, tmp_path: Path) -> dict[str, tuple[int, str | None]]:
    """Return what `bok report daily --format json` writes, by measure."""
    from db.operations.confirmation import letterhead_of
    from db.queries.utility import utility

    office = floor.house.office(floor.chief)
    today = floor.house.clock().date()
    report = run(office, definition_of("daily"), Question(as_of=today, since=today, until=today))
    sender = Sender(letterhead_of(office.read(utility)), office.house.clock(), "en")
    place = tmp_path / "daily.json"
    write_report(report, ReportForm.JSON, sender, translate=str, output=str(place), force=True)
    rows = json.loads(place.read_text(encoding="utf-8"))["rows"]
    return {row["measure"]: (row["count"], row["amount"]) for row in rows}


def rows_of(app: BokApp) -> dict[str, str]:
    """Return the lines of the board by what they count."""
    assert isinstance(app.screen, BoardScreen)
    return {row.key: row.text for row in app.screen.query_one("#items", RowList).rows}


async def open_line(app: BokApp, measure: str) -> None:
    """Put the cursor on a line by the arrows and press Enter."""
    assert isinstance(app.screen, BoardScreen)
    keys = [row.key for row in app.screen.query_one("#items", RowList).rows]
    await type_keys(app, "home", *["down"] * keys.index(measure), "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_the_figures_are_those_of_the_report(
    floor: Floor, tmp_path: Path, size: tuple[int, int]
) -> None:
    busy(floor)
    floor.house.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    app = floor.app(floor.chief)
    async with running(app, size):
        await type_keys(app, "f8")
        told = figures(floor, tmp_path)
        lines = rows_of(app)
        assert list(lines) == [*told, HOLDERS]
        for measure, (count, amount) in told.items():
            name = MEASURES[measure]
            words = lines[measure].split(name, 1)[1]
            said = words.replace("\u00a0", "").replace("PLN", "").split()
            assert str(count) in said, lines[measure]
            if amount is not None:
                assert amount in "".join(said).replace(",", ""), lines[measure]
        text = seen(app)
        for line in lines.values():
            assert line.replace("\u00a0", " ").rstrip() in text, "all of it is on the screen at once"
        assert "50.00" in lines["payments"]
        assert ("Enter opens" in text) is (size[0] > 100)
        assert ("nobody: 3 requests" in text) is (size[1] > 30)


async def test_they_are_live_and_the_cursor_stays(floor: Floor) -> None:
    busy(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f8")
        assert " 1" in rows_of(app)["readings_waiting"]
        office = floor.house.office(floor.anna)
        office.do(record_reading, entry(floor.client("333333").meter, 999, hold=True))
        await open_line(app, "readings_waiting")
        assert isinstance(app.screen, WorkListScreen)
        assert "[1 readings 2]" in flat(app)
        await type_keys(app, "a", "widziałem zdjęcie", "enter", "enter")
        assert isinstance(app.screen, ClientScreen), "the list opens its client"
        await type_keys(app, "escape", "escape")
        assert isinstance(app.screen, BoardScreen)
        rows = app.screen.query_one("#items", RowList)
        assert rows.current is not None
        assert rows.current.key == "readings_waiting", "reading again moves no cursor"
        assert rows_of(app)["readings_waiting"].rstrip().endswith(" 1")
        office.do(record_reading, entry(floor.client("444444").meter, 999, hold=True))
        await type_keys(app, "g")
        assert rows_of(app)["readings_waiting"].rstrip().endswith(" 2")
        await type_keys(app, "escape")
        assert isinstance(app.screen, DeskScreen)


async def test_each_line_opens_what_it_counts(floor: Floor) -> None:
    busy(floor)
    floor.house.clock.forward(days=LATER)  # type: ignore[attr-defined]  # the tests' clock
    app = floor.app(floor.chief)
    async with running(app, (120, 35)):
        await type_keys(app, "f8")
        await open_line(app, "requests_overdue")
        assert isinstance(app.screen, RequestScreen)
        assert len(app.screen.query_one("#items", RowList).rows) == 3
        await type_keys(app, "escape")
        await open_line(app, "complaints_overdue")
        assert isinstance(app.screen, RequestScreen)
        assert len(app.screen.query_one("#items", RowList).rows) == 1
        assert "[4 Complaints" in flat(app)
        await type_keys(app, "escape")
        await open_line(app, "overpaid")
        assert isinstance(app.screen, ReportScreen)
        assert "222222" in flat(app)
        assert "Kowalska" not in flat(app), "masked until it is asked for"
        await type_keys(app, "r")
        assert "Kowalska" in flat(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.number == "222222"
        await type_keys(app, "escape", "left")
        assert "Clients who owe" in flat(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, BoardScreen)
        for measure in BEHIND:
            await open_line(app, measure)
            assert not isinstance(app.screen, BoardScreen), measure
            told = app.screen.query_one("#told", MessageLine)
            assert told.tone is not Tone.ERROR, measure
            await type_keys(app, "escape")
            assert isinstance(app.screen, BoardScreen)
    assert "revealed" in " ".join(floor.seen("REVEAL")) or floor.seen("REVEAL"), "it is logged"


def test_every_measure_of_the_report_has_something_behind_it() -> None:
    assert set(BEHIND) == set(MEASURES)
    assert definition_of("einvoice").view(BEHIND["addresses_bounced"].view) is not None
    for measure in ("contacts", "readings", "payments", "invoices", "owing", "overpaid"):
        view = definition_of(BEHIND[measure].report).view(BEHIND[measure].view)
        assert view is not None
        assert "client" in view.keys, f"{measure}: the list opens its client"
    for behind in BEHIND.values():
        if behind.report:
            assert definition_of(behind.report).view(behind.view) is not None


async def test_an_administrator_sees_figures_and_masked_rows_but_no_client(floor: Floor) -> None:
    busy(floor)
    floor.house.clock.forward(days=LATER)  # type: ignore[attr-defined]  # the tests' clock
    app = floor.app(floor.builder.staff(Role.ADMIN))
    async with running(app):
        await type_keys(app, "f8")
        assert isinstance(app.screen, BoardScreen)
        await open_line(app, "complaints_overdue")
        assert isinstance(app.screen, ReportScreen)
        assert "Kowalska" not in flat(app)
        await type_keys(app, "enter")
        assert "sees no client" in flat(app)
        await type_keys(app, "r")
        assert "Your role" in flat(app)
        await type_keys(app, "escape")
        for keys in (("1",), ("f8",)):
            await type_keys(app, *keys)
            assert isinstance(app.screen, BoardScreen)
            assert "Only a supervisor" in flat(app)
        await open_line(app, "readings_waiting")
        assert isinstance(app.screen, BoardScreen)
        await open_line(app, HOLDERS)
        assert isinstance(app.screen, BoardScreen)


async def test_agents_have_their_lists_and_a_supervisor_the_lists_by_the_key_again(floor: Floor) -> None:
    busy(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f8")
        assert isinstance(app.screen, WorkListScreen)
    app = floor.app(floor.chief)
    async with running(app):
        burst(app, "f8", "f8")
        await settle(app)
        assert isinstance(app.screen, WorkListScreen)
        await type_keys(app, "escape")
        assert isinstance(app.screen, BoardScreen)
        await type_keys(app, "6")
        assert "[6 NIP" in flat(app)
        await type_keys(app, "f8")
        assert isinstance(app.screen, BoardScreen), "from a list back to the board"


async def test_requests_are_given_and_taken_away(floor: Floor) -> None:
    busy(floor)
    ewa = floor.builder.staff(login="ewa", name="Ewa Druga")
    floor.house.office(floor.anna).do(take_request, 1)
    app = floor.app(floor.chief)
    async with running(app, (120, 35)):
        await type_keys(app, "f8")
        await open_line(app, HOLDERS)
        assert isinstance(app.screen, HoldersScreen)
        assert "Anna Nowak (anna) 1 0" in flat(app)
        assert "nobody 2 0" in flat(app)
        await type_keys(app, "down", "enter")
        assert isinstance(app.screen, RequestScreen)
        assert "taken by nobody" in flat(app)
        assert app.screen.current is not None
        number = app.screen.current.number
        await type_keys(app, "p")
        assert isinstance(app.screen, TextDialog)
        assert "anna Anna Nowak" in flat(app)
        await type_keys(app, "nikt", "enter")
        assert "Nobody with the login nikt" in flat(app)
        await type_keys(app, "p", "anna", "enter")
        assert "Anna Nowak may not decide" in flat(app), "what she took in herself by letter"
        await type_keys(app, "p", "ewa", "enter")
        assert f"{number}: Ewa Druga has it now." in flat(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, HoldersScreen)
        assert "Ewa Druga (ewa) 1 0" in flat(app)
        await type_keys(app, "home", "enter", "p", "-", "enter")
        assert "waits for somebody again" in flat(app)
        await type_keys(app, "escape")
        assert "Anna Nowak (anna)" not in flat(app)
    assert [row["assignee_id"] for row in floor.rows("request", "assignee_id IS NOT NULL")] == [ewa.id]
    app = floor.app()
    async with running(app):
        await type_keys(app, "f5", "p")
        assert isinstance(app.screen, RequestScreen)
        assert "Only a supervisor gives a request" in flat(app)


async def test_readings_of_yesterday_open_their_client(floor: Floor) -> None:
    busy(floor)
    floor.house.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f8")
        for measure, number in (("readings", "222222"), ("payments", "222222")):
            await open_line(app, measure)
            assert isinstance(app.screen, ReportScreen)
            await type_keys(app, "enter")
            assert isinstance(app.screen, ClientScreen)
            assert app.screen.number == number
            await type_keys(app, "escape", "escape")


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_words_of_the_report_fit_the_board(language: str) -> None:
    choose_language(language)
    assert max(len(_(words)) for words in MEASURES.values()) <= WORDS
    assert max(len(_(words)) for words in SECTIONS.values()) <= SECTION


async def test_the_board_speaks_polish_in_eighty_columns(floor: Floor) -> None:
    busy(floor)
    choose_language("pl")
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f8")
        lines = seen(app).splitlines()
        assert len(lines) <= 24
        assert all(len(line) <= 80 for line in lines)
        assert "…" not in "\n".join(lines), "nothing is cut"
