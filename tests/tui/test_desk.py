"""The desk: searching as letters are typed, codes, arrows, what was typed before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bok_tui.codes import Do, understand
from bok_tui.i18n import choose_language
from bok_tui.screens import desk
from bok_tui.screens.desk import DeskScreen
from bok_tui.widgets.command_line import CommandLine
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.result_list import ResultList
from tests.tui.fakes import DeskApp, FakeOffice, desk_app, hit
from tests.tui.pilot import SIZES, burst, running, settle, shown, type_keys, until


@pytest.fixture(autouse=True)
def _polish() -> None:
    choose_language("pl")


def line_of(app: DeskApp) -> CommandLine:
    return app.screen.query_one(CommandLine)


def found(app: DeskApp) -> list[str]:
    return [one.number for one in app.screen.query_one(ResultList).hits]


def searches(app: DeskApp) -> int:
    """Return how many searches are under way; their threads may have yet to begin."""
    return sum(worker.group == "search" and not worker.is_finished for worker in app.workers)


def wanted_next(app: DeskApp) -> str:
    """Return the text that is searched for as soon as a search is answered."""
    assert isinstance(app.screen, DeskScreen)
    waiting = app.screen._searching._next
    return waiting[1] if waiting else ""


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_follows_what_is_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    app = desk_app(tmp_path)
    async with running(app, size):
        assert "Wpisz część nazwiska" in shown(app)
        await type_keys(app, "kowalsk")
        assert found(app) == ["102481", "117733", "100215"]
        text = shown(app)
        assert "Kowalska Żaneta" in text
        assert "2 wodom." in text
        assert "3 trafienia · trafienie: nazwisko" in text
        assert ("trafienie" in text.splitlines()[3]) is (size[0] >= 110)
        assert all(len(line) <= size[0] for line in text.splitlines())


async def test_the_whole_desk_fits_80_by_24(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app):
        await type_keys(app, "kowal")
        lines = shown(app).splitlines()
        assert lines[0].startswith(" e-BOK · WODY PRZYKŁADOWA")
        assert "Anna Nowak · konsultant" in lines[0]
        assert "Szukaj ▸ kowal" in lines[1]
        assert lines[4].startswith("▸102481 Kowalska Żaneta")
        assert "odczyty do zatwierdzenia 3" in lines[20]
        assert "zawiadomienia 12 · ! 1 blisko terminu" in lines[21]
        assert "12" in lines[22], "new mail"
        assert lines[23].endswith("Ctrl+Q Koniec")
        assert len(app.screen.query_one(KeyHints).ids) <= 6


async def test_a_late_answer_never_overwrites_a_newer_one(tmp_path: Path) -> None:
    office = FakeOffice()
    app = desk_app(tmp_path, office)
    async with running(app):
        with office.held_back("k", "ko"):
            burst(app, "kowalski")
            await until(lambda: line_of(app).value == "kowalski")
            office.let_go("ko")
            await until(lambda: found(app) == ["117733", "100215"])
            office.let_go("k")
            await settle(app)
        assert found(app) == ["117733", "100215"]


async def test_slow_searches_do_not_pile_up(tmp_path: Path) -> None:
    office = FakeOffice()
    app = desk_app(tmp_path, office)
    async with running(app):
        before = len(office.asked)
        with office.held_back("k", "ko"):
            burst(app, "kowalski")
            await until(lambda: wanted_next(app) == "kowalski")
            assert searches(app) == 2, "and none begins before one of them is answered"
            await until(lambda: len(office.asked) - before >= 2)
            assert set(office.asked[before:]) == {"k", "ko"}
        await settle(app)
        assert office.asked[before + 2 :] == ["kowalski"]


async def test_enter_waits_for_the_answer_to_what_is_typed(tmp_path: Path) -> None:
    office = FakeOffice()
    app = desk_app(tmp_path, office)
    async with running(app):
        with office.held_back("kowalski"):
            burst(app, "kowalski", "down", "enter")
            await until(lambda: "kowalski" in office.asked)
            assert app.opened == []
        await settle(app)
        assert app.opened == [("100215", "")]


@pytest.mark.parametrize("fast", [True, False])
async def test_codes_open_what_they_name(tmp_path: Path, fast: bool) -> None:
    app = desk_app(tmp_path)
    script = ["102481", "enter", "4410", "enter", "o 117733 487", "enter", "m 81234500", "enter"]
    async with running(app):
        if fast:
            burst(app, *script)
            await settle(app)
        else:
            await type_keys(app, *script)
        assert app.opened == [("102481", ""), ("4410", ""), ("117733", "487"), ("100215", "")]


async def test_a_number_never_opens_a_neighbour(tmp_path: Path) -> None:
    office = FakeOffice((hit("102481", "Kowalska Żaneta", meters=("999999",)),))
    app = desk_app(tmp_path, office)
    async with running(app):
        burst(app, "999999", "enter", "123")
        await settle(app)
        assert app.opened == []
        assert "✗ Nie ma klienta 999999." in shown(app)
        assert line_of(app).value == "999999", "keys typed behind a refusal are discarded"
        await type_keys(app, "down", "enter")
        assert app.opened == [("102481", "")]


async def test_what_is_not_found_is_said(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app):
        await type_keys(app, "xyz")
        assert "! Nic nie znaleziono: xyz" in shown(app)
        await type_keys(app, "enter")
        assert "✗ Nic nie znaleziono: xyz. Kody poleceń pokazuje ?" in shown(app)
        await type_keys(app, "ctrl+u", "m 5", "enter")
        assert "Nie ma wodomierza 5" in shown(app)
        await type_keys(app, "escape", "?")
        assert "o 123456 487" in shown(app)


async def test_typing_replaces_the_line_that_was_entered_and_up_brings_it_back(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app):
        burst(app, "102481", "enter", "4410", "enter", "117733", "enter")
        await settle(app)
        assert [number for number, _state in app.opened] == ["102481", "4410", "117733"]
        await type_keys(app, "escape", "up")
        assert line_of(app).value == "117733"
        await type_keys(app, "up", "up", "up")
        assert line_of(app).value == "102481"
        await type_keys(app, "enter")
        assert app.opened[-1] == ("102481", "")


async def test_arrows_move_in_the_list_and_it_scrolls(tmp_path: Path) -> None:
    many = tuple(hit(str(100000 + n), f"Kowalski Jan {n:02d}") for n in range(50))
    app = desk_app(tmp_path, FakeOffice(many))
    async with running(app):
        await type_keys(app, "kowal", "up", "down", "down")
        assert app.screen.query_one(ResultList).cursor == 2
        await type_keys(app, "pagedown", "pagedown", "pagedown", "pagedown")
        assert app.screen.query_one(ResultList).cursor == 49
        assert "▸100049" in shown(app)
        assert "▸100000" not in shown(app)
        await type_keys(app, *["pageup"] * 4)
        assert "▸100000" in shown(app)


async def test_a_list_that_stays_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "STAYS", 3600)  # on a busy machine a list stays for seconds between two keys
    office = FakeOffice()
    app = desk_app(tmp_path, office)
    async with running(app):
        await type_keys(app, "kowalski")
        assert isinstance(app.screen, DeskScreen)
        app.screen.note_list()
        await settle(app)
        assert office.noted == [(117733, 100215)]


async def test_polish_letters_of_every_layout_arrive(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app):
        await type_keys(app, "Zażółć gęślą jaźń ŁŻĆĄĘŚÓŃŹ")
        assert line_of(app).value == "Zażółć gęślą jaźń ŁŻĆĄĘŚÓŃŹ"


async def test_pasted_lines_become_one(tmp_path: Path) -> None:
    from textual import events

    app = desk_app(tmp_path)
    async with running(app):
        app.post_message(events.Paste("Kowalska\r\nŻaneta\n"))
        await settle(app)
        assert line_of(app).value == "Kowalska Żaneta"
        assert found(app) == ["102481"]


@pytest.mark.parametrize(
    ("typed", "do", "number", "state"),
    [
        ("", Do.NOTHING, "", ""),
        ("  ", Do.NOTHING, "", ""),
        ("123456", Do.CLIENT, "123456", ""),
        (" 4410 ", Do.CLIENT, "4410", ""),
        ("12345", Do.SEARCH, "", ""),
        ("١٢٣٤", Do.SEARCH, "", ""),
        ("o 123456 487", Do.READING, "123456", "487"),
        ("O 123456  00 487", Do.READING, "123456", "00 487"),
        ("o 123456", Do.READING, "123456", ""),
        ("o", Do.SEARCH, "", ""),
        ("olga 4", Do.SEARCH, "", ""),
        ("m 81234567", Do.METER, "81234567", ""),
        ("m1", Do.SEARCH, "", ""),
        ("w", Do.REQUESTS, "", ""),
        ("w w/2026/418", Do.REQUESTS, "W/2026/00418", ""),
        ("W/2026/00418", Do.REQUESTS, "W/2026/00418", ""),
        ("w 418", Do.REQUESTS, "418", ""),
        ("w 1a", Do.SEARCH, "", ""),
        ("?", Do.CODES, "", ""),
    ],
)
def test_the_line_is_understood(typed: str, do: Do, number: str, state: str) -> None:
    line = understand(typed)
    assert (line.do, line.number, line.state) == (do, number, state)
