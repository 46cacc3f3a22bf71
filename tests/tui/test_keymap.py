"""Other keys by a setting: they work, are shown, and what cannot be is refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bok_tui.keymap import read_keymap
from bok_tui.keys import ACTIONS, choose_keys
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.reading import ReadingScreen
from bok_tui.screens.sign_in import SignInScreen
from bok_tui.screens.worklists import WorkListScreen
from db.errors import WrongInput
from tests.tui.floor import NUMBER, Floor, seen
from tests.tui.pilot import running, type_keys
from tests.tui.terminal import Terminal


@pytest.fixture(autouse=True)
def _usual_keys() -> Iterator[None]:
    yield
    choose_keys({})


def test_the_setting_is_read() -> None:
    assert read_keymap("") == {}
    assert read_keymap(" record-reading=f12 , sign-out = ctrl+b,") == {
        "record-reading": "f12",
        "sign-out": "ctrl+b",
    }
    assert read_keymap("theme=ctrl+l, lock=ctrl+t") == {"theme": "ctrl+l", "lock": "ctrl+t"}
    assert read_keymap("approve=x") == {"approve": "x"}


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        ("record-readin=f12", ("record-readin", "record-reading")),
        ("save=f12", ("save",)),
        ("back=f12", ("back",)),
        ("record-reading", ("record-reading",)),
        ("record-reading=f10", ("record-reading", "f10")),
        ("record-reading=f11", ("f11",)),
        ("record-reading=alt+o", ("alt+o",)),
        ("record-reading=ctrl+m", ("ctrl+m",)),
        ("record-reading=ctrl+j", ("ctrl+j",)),
        ("record-reading=ctrl+v", ("ctrl+v",)),
        ("record-reading=x", ("record-reading", "x")),
        ("record-reading=f8", ("record-reading", "work-lists", "f8")),
        ("record-reading=f12,take=f12", ("record-reading", "take", "f12")),
    ],
)
def test_what_cannot_be_is_refused_by_name(setting: str, names: tuple[str, ...]) -> None:
    with pytest.raises(WrongInput) as refused:
        read_keymap(setting)
    assert all(name in str(refused.value) for name in names)


def test_every_usual_key_could_be_set_to_itself() -> None:
    for action in ACTIONS.values():
        if action.keys.startswith(("f", "ctrl+")) and action.id not in ("contact", "documents"):
            shared = any(other.keys == action.keys for other in ACTIONS.values() if other is not action)
            assert shared or read_keymap(f"{action.id}={action.keys}")


async def test_the_chosen_keys_work_and_are_shown(floor: Floor) -> None:
    floor.client()
    choose_keys(read_keymap("record-reading=f12, work-lists=ctrl+y, sign-out=ctrl+b"))
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        assert "F12 Reading" in seen(app)
        await type_keys(app, "f3")
        assert isinstance(app.screen, ClientScreen), "the usual key is free"
        await type_keys(app, "f12")
        assert isinstance(app.screen, ReadingScreen)
        await type_keys(app, "escape", "f1")
        assert "F12" in seen(app)
        await type_keys(app, "escape", "ctrl+y")
        assert isinstance(app.screen, WorkListScreen)
        await type_keys(app, "ctrl+o")
        assert isinstance(app.screen, WorkListScreen)
        await type_keys(app, "ctrl+b")
        assert isinstance(app.screen, SignInScreen)


def test_a_wrong_setting_ends_with_status_two_and_a_sentence(tmp_path: Path) -> None:
    wrong = {"BOK_HOME": str(tmp_path), "BOK_KEYS": "record-reading=f10"}
    with Terminal("-m", "bok_tui", environment=wrong) as terminal:
        terminal.until_shown("record-reading")
        terminal.until(lambda it: it.process.poll() is not None)
        terminal.rest()
        assert terminal.process.returncode == 2
        assert "f10" in terminal.text
