"""What is painted: few bytes a key, nothing under the lock, one hint when the window is too small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.geometry import Region

from bok_tui.themes import THEMES
from bok_tui.widgets.result_list import ResultList
from bok_tui.widgets.too_small import TooSmall
from tests.tui.fakes import FakeOffice, desk_app, hit
from tests.tui.pilot import running, settle, shown, type_keys
from tests.tui.terminal import Terminal

MANY = tuple(hit(str(100000 + n), f"Kowalski Jan {n:02d}") for n in range(50))
ARROW_BYTES = 2_500
"""Two lines of 80 cells change, the escape sequences of their colours and the message included."""
LETTER_BYTES = 1_500
"""A letter that leaves the list as it was: the command line and the message."""


async def test_only_lines_that_changed_are_repainted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk_app(tmp_path, FakeOffice(MANY))
    async with running(app):
        await type_keys(app, "kow")
        painted: list[Region | str] = []
        original = ResultList.refresh

        def refresh(self: ResultList, *regions: Region, **options: bool) -> ResultList:
            painted.extend(regions or ("everything",))
            return original(self, *regions, **options)

        monkeypatch.setattr(ResultList, "refresh", refresh)
        await type_keys(app, "a")
        assert painted == [], "the same hits: no line changes"
        await type_keys(app, "down")
        assert sorted(region.y for region in painted if isinstance(region, Region)) == [1, 2]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal("-m", "tests.tui.plain_desk", str(tmp_path)) as terminal:
        terminal.until_shown("Do zrobienia")
        yield terminal


def bytes_of(terminal: Terminal, keys: str) -> int:
    """Return how many bytes a key makes the program write, until it rests."""
    terminal.rest()
    before = len(terminal.raw)
    terminal.send(keys)
    terminal.until(lambda it: len(it.raw) > before)
    terminal.rest(0.5)
    return len(terminal.raw) - before


def test_bytes_a_key_are_bounded(terminal: Terminal) -> None:
    terminal.send("kowalsk")
    terminal.until_shown("kowalsk")
    terminal.until_shown("100010")
    assert bytes_of(terminal, "i") < LETTER_BYTES
    assert bytes_of(terminal, "\x1b[B") < ARROW_BYTES


def test_nothing_of_the_screen_stays_under_the_lock(terminal: Terminal) -> None:
    """T28 on a real terminal: its buffer holds nothing of what lay there."""
    terminal.send("kowalski")
    terminal.until_shown("Kowalski Jan 05")
    terminal.send("\x0c")
    terminal.until_shown("Zablokowane")
    terminal.rest()
    assert "Kowalski" not in terminal.text
    assert "10000" not in terminal.text
    assert "Do zrobienia" not in terminal.text


def test_a_cursor_that_does_not_blink_writes_nothing(terminal: Terminal) -> None:
    terminal.rest()
    before = len(terminal.raw)
    for _ in range(4):
        terminal.read(0.4)
    assert len(terminal.raw) == before


def test_what_is_typed_before_the_first_paint_is_not_lost(tmp_path: Path) -> None:
    with Terminal("-m", "tests.tui.plain_desk", str(tmp_path)) as terminal:
        terminal.send("kowalski")
        terminal.until_shown("Szukaj ▸ kowalski")


async def test_a_window_too_small_shows_one_hint(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app) as pilot:
        await type_keys(app, "kowal")
        await pilot.resize_terminal(60, 20)
        await settle(app)
        assert "80×24" in shown(app)
        assert "Kowalska" not in shown(app)
        await pilot.resize_terminal(80, 24)
        await settle(app)
        assert not app.screen.query(TooSmall)
        assert "Kowalska" in shown(app)
        await type_keys(app, "ski")
        assert "Kowalski" in shown(app)


async def test_every_theme_marks_the_cursor_by_a_sign_too(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app):
        await type_keys(app, "kowal")
        for theme in THEMES:
            app.theme = theme
            await settle(app)
            assert "▸102481" in shown(app)
        await type_keys(app, "ctrl+t")
        assert app.theme == next(iter(THEMES))


async def test_the_palette_offers_our_actions_and_no_screenshot(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    async with running(app):
        offered = [command.title for command in app.get_system_commands(app.screen)]
        assert any("F8" in title for title in offered)
        assert not any("creenshot" in title for title in offered)


@pytest.mark.parametrize("size", [(80, 24), (120, 35)])
async def test_help_shows_the_keys_of_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    app = desk_app(tmp_path)
    async with running(app, size):
        await type_keys(app, "f1")
        text = shown(app)
        assert "Ctrl+Q" in text
        assert "PgDn" in text
        await type_keys(app, "escape")
        assert "Szukaj ▸" in shown(app) or "Search ▸" in shown(app)
