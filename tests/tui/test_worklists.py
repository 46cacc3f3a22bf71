"""Work lists: the next thing by one key, decisions for supervisors alone."""

from __future__ import annotations

from datetime import date

import pytest

from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import choose_language
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.worklists import PAGE, WorkListScreen
from bok_tui.widgets.row_list import RowList
from db.operations.readings import record_reading
from tests.db.builders import entry
from tests.tui.floor import Floor, flat, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys


def held(floor: Floor, *numbers: str) -> None:
    """Let Anna hold a reading for each of these clients."""
    office = floor.house.office(floor.anna)
    for number in numbers:
        built = floor.client(number)
        office.do(record_reading, entry(built.meter, 987, hold=True))


async def test_an_agent_looks_and_opens_the_client(floor: Floor) -> None:
    held(floor, "111111", "222222")
    for size in SIZES:
        app = floor.app()
        async with running(app, size):
            await type_keys(app, "f8")
            text = flat(app)
            assert "[1 readings to approve 2]" in text
            assert "487 → 987" in text
            assert "Far too high: 500 m³" in text
            assert "Only a supervisor decides here" in text
            await type_keys(app, "a")
            assert floor.rows("reading_decision") == []
            await type_keys(app, "n", "enter")
            assert isinstance(app.screen, ClientScreen)
            assert app.screen.number == "222222"
            await type_keys(app, "escape")
            assert isinstance(app.screen, WorkListScreen)
            assert app.screen.current is not None
            assert app.screen.current.client_number == "222222", "back on the same line"
            await type_keys(app, "escape")
            assert isinstance(app.screen, DeskScreen)


async def test_a_supervisor_approves_and_rejects(floor: Floor) -> None:
    held(floor, "111111", "222222")
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f8", "1", "a")
        assert isinstance(app.screen, TextDialog)
        box = flat(app)
        assert "client 111111, Kowalska Żaneta" in box
        assert "22 Nov 2026: 487 → 987" in box
        assert "use 500 m³, taken by Anna Nowak" in box
        assert "✗ BLOCKED: Far too high: 500 m³" in box
        await type_keys(app, "enter")
        assert isinstance(app.screen, TextDialog), "what is blocked counts only with a note"
        assert floor.rows("reading_decision") == []
        await type_keys(app, "zdjęcie tarczy", "enter")
        assert "Approved: 111111, 987" in seen(app)
        assert "[1 readings 1]" in seen(app)
        await type_keys(app, "o")
        assert isinstance(app.screen, TextDialog)
        await type_keys(app, "zdjęcie pokazuje 498", "enter")
        assert "Rejected: 222222, 987" in seen(app)
        assert "no reading waits for a supervisor" in seen(app)
        await type_keys(app, "a", "o")
        assert isinstance(app.screen, WorkListScreen)
    first, second = floor.rows("reading_decision")
    assert (first["kind"], first["reason"]) == ("approved", "zdjęcie tarczy")
    assert second["kind"] == "rejected"
    assert second["reason"] == "zdjęcie pokazuje 498"


async def test_a_burst_of_keys_approves_nothing_unseen(floor: Floor) -> None:
    held(floor, "111111", "222222")
    app = floor.app(floor.chief)
    async with running(app):
        burst(app, "f8", "1", "a", "enter", "enter", "escape")
        await settle(app)
        assert isinstance(app.screen, WorkListScreen)
    assert floor.rows("reading_decision") == []


async def test_each_list_has_its_headings(floor: Floor) -> None:
    held(floor, "111111")
    floor.client("222222", pesel=None)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f8")
        assert "no. client meter day state before → now ▸ 111111" in flat(app)
        await type_keys(app, "2")
        assert "no. client meter answer by ▸" in flat(app)
        await type_keys(app, "3")
        assert "no. client ▸ 222222" in flat(app)


async def test_help_names_the_arrows_by_their_signs(floor: Floor) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, "f8", "f1")
        lines = [" ".join(line.split()) for line in seen(app).splitlines()]
        assert "│ → Go to the next tab │" in lines
        assert "│ ← Go to the previous tab │" in lines


async def test_open_notices_and_clients_without_pesel(floor: Floor) -> None:
    floor.client("111111")
    floor.client("222222", pesel=None, notice=False)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f8", "2")
        assert "25 Nov 2026 3 days left" in flat(app)
        await type_keys(app, "3")
        assert "222222 Kowalska Żaneta" in flat(app)
        assert "111111" not in flat(app)
        await type_keys(app, "a")
        assert "Nothing is decided on this list" in flat(app)
        await type_keys(app, "right", "right")
        assert "every business has a valid NIP" in flat(app), "invoices to correct are for supervisors"
        await type_keys(app, "7")
        assert "every address of e-invoices is confirmed" in flat(app)
        await type_keys(app, "right")
        assert "no reading waits" in flat(app), "an agent has six lists"


async def test_the_next_page_comes_by_the_same_key(floor: Floor) -> None:
    wanted = PAGE + 3
    for at in range(wanted):
        built = floor.builder.client(f"{200000 + at}")
        floor.builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25))
    app = floor.app()
    async with running(app):
        await type_keys(app, "f8", "2")
        rows = app.screen.query_one("#items", RowList)
        assert len(rows.rows) == PAGE
        await type_keys(app, "end", "n")
        assert len(rows.rows) == wanted
        assert rows.cursor == PAGE
        await type_keys(app, "end", "n")
        assert "That was the last one" in seen(app)


async def test_no_screen_lets_another_shine_through(floor: Floor) -> None:
    """A full screen without Textual's own style is transparent: those below are painted, and recursively."""
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f8")
        assert [screen.styles.background.a for screen in app.screen_stack] == [1] * len(app.screen_stack)


async def test_the_foot_names_only_keys_that_do_something(floor: Floor) -> None:
    held(floor, "111111")
    for staff, lists in ((floor.chief, "1"), (floor.anna, "")):
        app = floor.app(staff)
        async with running(app):
            await type_keys(app, "f8", "1")
            assert ("a Approve o Reject" in flat(app)) is bool(lists)
            for digit in "2367":
                await type_keys(app, digit)
                assert "a Approve" not in flat(app)
            await type_keys(app, "4")
            assert "d Dismiss" in flat(app)


@pytest.mark.parametrize("language", ["pl", "en"])
async def test_the_names_of_all_lists_stand_in_one_line(floor: Floor, language: str) -> None:
    choose_language(language)
    for at in range(PAGE + 3):
        built = floor.builder.client(f"{200000 + at}")
        floor.builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25))
    app = floor.app(floor.chief)
    async with running(app):
        for digit in "1234567":
            await type_keys(app, "f8", digit) if digit == "1" else await type_keys(app, digit)
            line, below = seen(app).splitlines()[1:3]
            assert all(f"{each} " in line for each in "1234567"), line
            assert f"[{digit} " in line
            assert below.strip() == ""
