"""Keys in line: a burst does what slow keys do, whatever the threads' speed."""

from __future__ import annotations

import asyncio
import random
import threading
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from bok_tui.app import BokApp
from bok_tui.dialogs.base import Dialog
from bok_tui.dialogs.error import ErrorDialog
from bok_tui.screens.base import BokScreen
from bok_tui.workplace import Workplace
from db.errors import NotFound
from db.records.people import Role, StaffMember
from db.settings import load_settings
from tests.tui.pilot import PATIENCE, burst, key_event, running, settle, shown, type_keys, until

ANNA = StaffMember(id=1, login="anna", name="Anna Nowak", role=Role.AGENT)
PAUSES = random.Random(7)


def _dawdle() -> None:
    """Take a while that nobody can foresee, as a database does."""
    threading.Event().wait(PAUSES.choice([0, 0, 0.001, 0.01, 0.03]))


class Form(Dialog[str]):
    """A form whose record comes from a thread, like the reading form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back")]

    def __init__(self, card: str) -> None:
        super().__init__()
        self.card = card

    def compose(self) -> ComposeResult:
        yield Static("form", classes="box")

    def on_mount(self) -> None:
        self.in_thread(_dawdle, self._loaded)

    def _loaded(self, _nothing: None) -> None:
        field = Input(id="state")
        self.mount(field)
        field.focus()

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        value = event.value
        self.in_thread(_dawdle, lambda _nothing: self.dismiss(value))


class Card(BokScreen[None]):
    """A card that opens a form by F3."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "form"), Binding("escape", "back")]

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        yield Static(f"card {self.number}", markup=False)

    def action_form(self) -> None:
        self.app.push_screen(Form(self.number), self._saved)

    def _saved(self, value: str | None) -> None:
        app = self.app
        assert isinstance(app, Harness)
        app.saved.append((self.number, value))


class Start(BokScreen[None]):
    """A command line that looks a card up in a thread."""

    def compose(self) -> ComposeResult:
        yield Input(id="command")

    @on(Input.Submitted)
    def _open(self, event: Input.Submitted) -> None:
        number = event.value
        event.input.value = ""
        self.in_thread(lambda: self._look_up(number), lambda found: self.app.push_screen(Card(found)))

    def _look_up(self, number: str) -> str:
        _dawdle()
        if number == "999999":
            raise NotFound("There is no client %(number)s.", number=number)
        if number == "000000":
            raise ValueError("44051401359 is nobody's business")
        return number


class Harness(BokApp):
    """The application with the stand-in screens."""

    def __init__(self, tmp_path: Path) -> None:
        settings = load_settings({"BOK_HOME": str(tmp_path)})
        super().__init__(Workplace(settings, open_house=_no_house, staff=ANNA))
        self.saved: list[tuple[str, str | None]] = []

    def get_default_screen(self) -> Screen[Any]:
        return Start()


def _no_house() -> Any:
    raise AssertionError("no database here")


@pytest.fixture
def app(tmp_path: Path) -> Harness:
    return Harness(tmp_path)


async def test_a_burst_does_what_slow_keys_do(tmp_path: Path) -> None:
    script = [
        part
        for number in ("123456", "4410", "100215", "117733")
        for part in (number, "enter", "f3", "00487", "enter", "f3", "1", "backspace", "2", "enter", "escape")
    ]
    wanted = [(n, s) for n in ("123456", "4410", "100215", "117733") for s in ("00487", "2")]
    fast, slow = Harness(tmp_path), Harness(tmp_path)
    async with running(fast):
        burst(fast, *script)
        await settle(fast)
        assert fast.saved == wanted
    async with running(slow):
        await type_keys(slow, *script)
        assert slow.saved == wanted


@pytest.mark.parametrize("seed", range(8))
async def test_keys_are_never_lost_nor_given_to_the_wrong_field(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    app = Harness(tmp_path)
    wanted = []
    async with running(app):
        for _ in range(6):
            number, state = str(draw.randrange(100000, 999999)), str(draw.randrange(1, 99999))
            wanted.append((number, state))
            burst(app, number, "enter", "f3", state, "enter", "escape")
            if draw.random() < 0.5:
                await settle(app)
        await settle(app)
        assert app.saved == wanted
        assert isinstance(app.screen, Start)


async def test_keys_arrive_while_a_thread_is_stuck_and_wait_for_it(app: Harness) -> None:
    gate = threading.Event()
    async with running(app):
        app.screen.in_thread(partial(gate.wait, PATIENCE), lambda _went: app.push_screen(Card("1")))  # type: ignore[attr-defined]  # a BokScreen
        burst(app, "f3", "77", "enter")
        await until(lambda: app.type_ahead.waiting == 4)
        assert app.screen.query_one("#command", Input).value == ""
        gate.set()
        await settle(app)
        assert app.saved == [("1", "77")]


async def test_enter_pressed_before_the_first_paint_is_an_enter(app: Harness) -> None:
    """A terminal that is not yet raw makes a line feed of it, which arrives as Ctrl+J."""
    async with running(app):
        burst(app, "123456", "ctrl+j", "f3", "00487", "ctrl+j")
        await settle(app)
        assert app.saved == [("123456", "00487")]


async def test_a_refusal_discards_what_was_typed_ahead_of_it(app: Harness) -> None:
    async with running(app):
        burst(app, "999999", "enter", "f3", "487", "enter")
        await settle(app)
        assert isinstance(app.screen, ErrorDialog)
        assert "999999" in shown(app)
        burst(app, "enter", "123456", "enter", "f3", "487", "enter")
        await settle(app)
        assert app.saved == [("123456", "487")]


async def test_a_fault_is_a_dialog_with_a_code_and_no_data(app: Harness) -> None:
    async with running(app):
        burst(app, "000000", "enter", "f3", "487", "enter")
        await settle(app)
        assert isinstance(app.screen, ErrorDialog)
        assert "F-" in shown(app)
        assert "44051401359" not in shown(app)


async def test_a_hold_lets_some_keys_pass_in_order(app: Harness) -> None:
    async with running(app):
        field = app.screen.query_one("#command", Input)
        hold = app.type_ahead.hold(lambda event: getattr(event, "is_printable", False))
        burst(app, "ab", "enter", "cd")
        await until(lambda: field.value == "ab" and app.type_ahead.waiting == 3)
        hold.release()
        hold.release()
        await settle(app)
        assert isinstance(app.screen, Card)
        assert app.screen.number == "ab", "no letter overtook the Enter before it"


async def test_pasted_text_keeps_its_place_among_keys(app: Harness) -> None:
    from textual import events

    async with running(app):
        burst(app, "12")
        app.post_message(events.Paste("34"))
        burst(app, "56", "enter", "f3", "1", "enter")
        await settle(app)
        assert app.saved == [("123456", "1")]


async def test_quit_works_while_keys_are_held(app: Harness) -> None:
    async with app.run_test() as pilot:
        app.type_ahead.hold()
        burst(app, "12", "ctrl+q")
        await until(lambda: not app.is_running)
        del pilot


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55])
async def test_closing_while_keys_do_their_work_is_no_fault(app: Harness, turns: int) -> None:
    """The screens go one by one while a key is under way: it comes too late, and that is all."""
    async with running(app):
        burst(app, *["123456", "enter", "f3", "487", "enter", "escape"] * 8)
        for _ in range(turns):
            await asyncio.sleep(0.002)
    assert not app.is_running


async def test_a_key_that_comes_back_when_no_screen_is_left_is_no_fault(app: Harness) -> None:
    """Nobody took the key, so that it climbs up to an application that is closing."""
    key = key_event("x")
    key._set_forwarded()
    async with running(app):
        screens, app._screen_stack[:] = app._screen_stack[:], []
        await app.on_event(key)
        app._screen_stack[:] = screens


async def test_waiting_for_a_screen_that_never_comes_lets_others_run(
    app: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application that is closing answers nothing; its line of keys must not keep it from ending."""
    async with running(app):
        monkeypatch.setattr(app.type_ahead, "_chain", list)
        monkeypatch.setattr(app.type_ahead, "_everything", list)
        looks: list[object] = []

        def never_the_same() -> object:
            looks.append(object())
            return looks[-1]

        monkeypatch.setattr(app.type_ahead, "_state", never_the_same)
        waiting = asyncio.create_task(app.type_ahead._settle())
        await until(lambda: len(looks) > 10)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        monkeypatch.undo()


class Ready(Dialog[str]):
    """A form that is pushed with its record, and needs no thread of its own."""

    def compose(self) -> ComposeResult:
        yield Static("form", classes="box")
        yield Input(id="state")

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


async def test_keys_wait_for_the_form_that_an_answer_opens(app: Harness) -> None:
    taken: list[str | None] = []
    async with running(app):
        for state in ("00502", "487", "1"):
            app.screen.in_thread(  # type: ignore[attr-defined]  # a BokScreen
                _dawdle, lambda _nothing: app.push_screen(Ready(), taken.append)
            )
            burst(app, state, "enter")
            await settle(app)
    assert taken == ["00502", "487", "1"]
