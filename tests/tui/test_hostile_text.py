"""T16 and T17: text from people is shown as typed, does nothing, and never reaches the terminal raw."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.events import Paste
from textual.markup import MarkupError
from textual.widgets import Static

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.copied import CopiedDialog
from bok_tui.safe_text import fit, visible
from bok_tui.screens.desk import DeskScreen
from bok_tui.widgets.message_line import MessageLine
from bok_tui.widgets.result_list import ResultList
from db.errors import Refused
from tests.reports.hostile import HOSTILE
from tests.tui.fakes import DeskApp, FakeOffice, desk_app
from tests.tui.hostile_desk import HITS, hostile_app
from tests.tui.pilot import burst, running, settle, shown, type_keys
from tests.tui.terminal import PATIENCE, Terminal


@given(st.text(max_size=20), st.integers(-1, 22))
@example("Kowalczyk Łucja", 9)
@example("漢字", 3)
@example("e\u0301e\u0301", 2)
def test_any_text_fits_exactly_and_shows_what_it_can(text: str, width: int) -> None:
    shown = fit(text, width)
    assert cell_len(shown) == max(width, 0)
    whole = visible(text).replace("\n", " ").replace("\t", " ")
    if cell_len(whole) <= width:
        assert shown.rstrip() == whole.rstrip()
    elif width > 0:
        assert "…" in shown
        assert whole.startswith(shown[: shown.index("…")].rstrip())


PAYLOADS = {
    "title": b"\x1b]0;",
    "clipboard": b"\x1b]52;",
    "clear": b"\x1b[2J",
    "move": b"\x1b[5;5H",
    "answer": b"\x1b[6n",
    "device": b"\x1bP",
    "C1": "\x9b".encode(),
    "bidi": "\u202e".encode(),
    "zero width": "\u200b".encode(),
    "NUL": b"\x00",
    "DEL": b"\x7f",
}


class Trap(DeskApp):
    """Notices when text from people runs an action."""

    sprung = False

    def action_f(self, *_arguments: object) -> None:
        self.sprung = True


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 40


async def test_hostile_clients_are_listed_as_typed(tmp_path: Path) -> None:
    app = hostile_app(tmp_path)
    app.__class__ = Trap
    async with running(app, (160, 50)) as pilot:
        await type_keys(app, "zły")
        text = shown(app)
        for one in HITS[: app.screen.query_one(ResultList).page]:
            assert fit(one.name, 20).rstrip(" …")[:16] in text
        for row in range(5, 45, 3):
            await pilot.click(ResultList, offset=(20, row))
        await settle(app)
        assert not getattr(app, "sprung", False)
        assert "Anna" in text


async def test_hostile_text_in_dialogs_and_messages_is_only_text(tmp_path: Path) -> None:
    app = desk_app(tmp_path, FakeOffice())
    app.__class__ = Trap
    async with running(app):
        message = app.screen.query_one(MessageLine)
        for text in HOSTILE:
            message.say(text)
            await settle(app)
            if visible(text[:30]).isascii():
                assert visible(text[:30]).strip() in shown(app)
        for text in (HOSTILE[2], "\n".join(text[:60] for text in HOSTILE)):
            app.report_refusal(Refused("%(who)s may not", who=text))
            app.push_screen(ConfirmDialog(text, title=text))
            app.push_screen(CopiedDialog(text))
            await settle(app)
            burst(app, "f1", "escape", "escape", "escape", "c", "escape")
            app.post_message(Paste(text[:40]))
            burst(app, "enter", "escape")
            await settle(app)
            assert isinstance(app.screen, DeskScreen)
        assert not getattr(app, "sprung", False)


async def test_a_bare_string_in_a_static_would_be_caught() -> None:
    """The control of T16: markup that is let through stops the program."""
    async with App[None]().run_test() as pilot:
        careless = Static()
        await pilot.app.screen.mount(careless)
        with pytest.raises(MarkupError):
            careless.update("x[/]")


def painted(tmp_path: Path, *more: str) -> bytes:
    """Return every byte written while hostile clients are listed and walked through."""
    with Terminal("-m", "tests.tui.hostile_desk", str(tmp_path), *more, size=(100, 40)) as terminal:
        # raw bytes, not what is shown: unfiltered, the payloads garble the test's own terminal
        terminal.until(lambda it: "Wpisz część".encode() in it.raw)
        start = len(terminal.raw)
        terminal.send("z")
        terminal.until(lambda it: b"100001" in it.raw[start:])
        terminal.rest(0.5)
        last = str(100000 + len(HITS) - 1).encode()
        while last not in terminal.raw[start:]:
            # a page at a time: pages between two frames would never be painted
            terminal.send("\x1b[6~")
            assert terminal.read(PATIENCE), "the list does not move"
            terminal.rest(0.3)
        terminal.rest(0.5)
        return terminal.raw[start:]


def test_no_payload_reaches_a_real_terminal(tmp_path: Path) -> None:
    raw = painted(tmp_path)
    found = [name for name, payload in PAYLOADS.items() if payload in raw]
    assert found == []


def test_without_the_filter_they_would(tmp_path: Path) -> None:
    """The control of T17."""
    raw = painted(tmp_path, "unfiltered")
    assert {"title", "clipboard", "C1", "bidi"} <= {
        name for name, payload in PAYLOADS.items() if payload in raw
    }
