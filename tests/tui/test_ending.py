"""What ends a contact besides Esc: signing out, quitting, another client; nothing is lost unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.end_contact import EndContactDialog
from bok_tui.dialogs.sign_off import SignOffDialog
from bok_tui.screens import client_work
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.reading import ReadingScreen
from bok_tui.screens.sign_in import SignInScreen
from bok_tui.widgets.told_line import ToldLine
from db.errors import DatabaseUnavailable
from db.records.contacts import Outcome, Purpose
from tests.tui.floor import NUMBER, Floor
from tests.tui.pilot import burst, running, settle, type_keys

READING = (NUMBER, "enter", "f3", "00502", "enter")
OTHER = "117733"


def ends(floor: Floor) -> list[tuple[Purpose | None, Outcome | None]]:
    """Return how the contacts ended, in the order in which they began."""
    return [(row["purpose"], row["outcome"]) for row in floor.rows("contact")]


def told(app: BokApp) -> str:
    return app.screen.query_one("#told", ToldLine).words


def noting(app: BokApp) -> list[str]:
    """Have quitting noted instead of done: the pilot still needs the application."""
    left: list[str] = []

    def leave(*_args: Any, **_options: Any) -> None:
        left.append("exit")

    app.exit = leave  # type: ignore[method-assign]  # see above
    return left


@pytest.mark.parametrize("place", ["card", "desk"])
@pytest.mark.parametrize("key", ["ctrl+o", "ctrl+q"])
async def test_going_for_good_asks_how_a_call_ended_in_which_something_was_done(
    floor: Floor, key: str, place: str
) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        left = noting(app)
        await type_keys(app, *READING, *(["f2"] if place == "desk" else []), key)
        assert isinstance(app.screen, EndContactDialog)
        await type_keys(app, "escape")
        assert isinstance(app.screen, DeskScreen if place == "desk" else ClientScreen)
        assert ends(floor) == [(None, None)], "Esc goes on with the call"
        await type_keys(app, key, "2")
        assert left == (["exit"] if key == "ctrl+q" else [])
        assert isinstance(app.screen, SignInScreen) is (key == "ctrl+o")
    assert ends(floor) == [(Purpose.READING, Outcome.PASSED_ON)]


@pytest.mark.parametrize("key", ["ctrl+o", "ctrl+q"])
async def test_a_call_in_which_nothing_was_done_ends_without_a_question(floor: Floor, key: str) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        left = noting(app)
        await type_keys(app, NUMBER, "enter", key)
        assert isinstance(app.screen, SignInScreen) or left == ["exit"]
    assert ends(floor) == [(Purpose.INFORMATION, Outcome.DROPPED)]


async def test_signing_out_loses_nothing_typed_into_a_form(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f3", "50", "ctrl+o")
        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.unsaved
        await type_keys(app, "escape", "enter", "ctrl+o")
        assert isinstance(app.screen, SignInScreen)
    assert ends(floor) == [(Purpose.INFORMATION, Outcome.DROPPED)]


async def test_whoever_takes_a_locked_desk_over_ends_the_call_that_was_under_way(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *READING, "ctrl+l", "f4")
        assert isinstance(app.screen, SignInScreen)
    assert ends(floor) == [(Purpose.READING, Outcome.SOLVED)]


async def test_a_database_that_went_away_keeps_nobody_from_signing_out(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_options: object) -> None:
        raise DatabaseUnavailable("The database does not answer.")

    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *READING)
        monkeypatch.setattr(client_work, "end_contact", away)
        await type_keys(app, "ctrl+o", "1", "enter", "ctrl+o")
        assert isinstance(app.screen, SignInScreen)


Before = tuple[tuple[str, ...], Purpose, Outcome]
DONE: dict[str, Before] = {
    "a reading": (("f3", "00502", "enter"), Purpose.READING, Outcome.SOLVED),
    "a verified caller": (
        ("f7", "1", NUMBER, "enter", "3", "Żaneta Kowalska", "enter", "5", "15.12.2014", "enter", "escape"),
        Purpose.INFORMATION,
        Outcome.SOLVED,
    ),
    "too many wrong answers": (
        ("f7", "1", "x", "enter", "2", "x", "enter", "3", "x", "enter", "escape"),
        Purpose.INFORMATION,
        Outcome.REFUSED,
    ),
    "nothing": ((), Purpose.INFORMATION, Outcome.DROPPED),
}


@pytest.mark.parametrize("done", DONE)
async def test_another_client_ends_the_contact_by_what_was_done_and_says_so(floor: Floor, done: str) -> None:
    floor.client()
    floor.client(OTHER)
    keys, purpose, outcome = DONE[done]
    app = floor.app()
    async with running(app):
        burst(app, NUMBER, "enter", *keys, "f2", OTHER, "enter")
        await settle(app)
        assert isinstance(app.screen, ClientScreen), "no question in between"
        assert app.screen.number == OTHER
        assert told(app).startswith("The contact K/2026/0000001 ended here: ")
        words = {Outcome.SOLVED: "solved", Outcome.REFUSED: "refused", Outcome.DROPPED: "line dropped"}
        assert told(app).endswith(f"{words[outcome]}.")
    assert ends(floor) == [(purpose, outcome), (None, None)]


async def test_a_client_who_does_not_exist_ends_nothing(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f2")
        app.open_client("999999")
        await settle(app)
        assert ends(floor) == [(None, None)]
        await type_keys(app, "enter", "f2", NUMBER, "enter")
        assert isinstance(app.screen, ClientScreen)
        assert told(app) == ""
    assert len(floor.rows("contact")) == 1


def _quit(app: BokApp) -> Callable[[], bool]:
    left = noting(app)
    return lambda: left == ["exit"]


async def test_quitting_over_a_proposed_reading_that_waits_for_a_signature_asks(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        gone = _quit(app)
        await type_keys(app, f"o {NUMBER} 987", "enter", "enter", "1")
        assert isinstance(app.screen, SignOffDialog)
        await type_keys(app, "ctrl+q")
        assert isinstance(app.screen, ConfirmDialog)
        await type_keys(app, "escape")
        assert isinstance(app.screen, SignOffDialog)
        await type_keys(app, "ctrl+q", "enter")
        assert gone()
