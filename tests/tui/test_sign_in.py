"""Signing in, the lock, signing out: over both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import Input

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.password import PasswordDialog
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.lock import LockScreen
from bok_tui.screens.sign_in import SignInScreen
from bok_tui.widgets.command_line import CommandLine
from bok_tui.widgets.secret_field import SecretField
from db.records.people import StaffMember
from tests.tui.fakes import Ticks
from tests.tui.floor import PASSWORD, Floor, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys

HASHES: dict[str, str] = {}


@pytest.fixture
def anna(floor: Floor) -> StaffMember:
    """Anna, who has `PASSWORD`."""
    from db.passwords import hash_password

    if PASSWORD not in HASHES:
        HASHES[PASSWORD] = hash_password(PASSWORD)
    floor.set_password(floor.anna, HASHES[PASSWORD])
    return floor.anna


@pytest.mark.parametrize("size", SIZES)
async def test_a_burst_signs_in_and_goes_on_at_the_desk(
    floor: Floor, anna: StaffMember, size: tuple[int, int]
) -> None:
    app = floor.at_sign_in()
    async with running(app, size):
        assert isinstance(app.screen, SignInScreen)
        burst(app, "anna", "enter", PASSWORD, "enter", "kowal")
        await settle(app)
        assert isinstance(app.screen, DeskScreen)
        assert app.screen.query_one(CommandLine).value == "kowal"
        assert "Anna Nowak · agent" in seen(app)
        assert app.workplace.staff is not None


async def test_a_wrong_password_is_a_sentence_and_the_keys_behind_it_are_gone(
    floor: Floor, anna: StaffMember
) -> None:
    app = floor.at_sign_in()
    async with running(app):
        burst(app, "anna", "enter", "wrong", "enter", "123456", "enter")
        await settle(app)
        assert "The login or the password is wrong." in seen(app)
        assert app.screen.query_one(SecretField).value == ""
        burst(app, PASSWORD, "enter")
        await settle(app)
        assert isinstance(app.screen, DeskScreen)


async def test_too_many_wrong_passwords_show_how_long_to_wait(floor: Floor, anna: StaffMember) -> None:
    app = floor.at_sign_in()
    async with running(app):
        await type_keys(app, "anna", "enter")
        for _ in range(7):
            await type_keys(app, "wrong", "enter")
        assert "Too many wrong passwords: wait" in seen(app)


async def test_a_password_made_for_somebody_must_be_changed(floor: Floor, anna: StaffMember) -> None:
    from sqlalchemy import text

    with floor.database.writer.connect() as connection, connection.begin():
        connection.execute(text("UPDATE staff SET must_change_password = true WHERE login = 'anna'"))
    app = floor.at_sign_in()
    async with running(app):
        burst(app, "anna", "enter", PASSWORD, "enter")
        await settle(app)
        assert isinstance(app.screen, PasswordDialog)
        burst(app, "fioletowy-most-9", "enter", "fioletowy-most-8", "enter")
        await settle(app)
        assert "differ" in seen(app)
        burst(app, "fioletowy-most-9", "enter")
        await settle(app)
        assert isinstance(app.screen, DeskScreen)
        assert app.workplace.staff is not None
        assert not app.workplace.staff.must_change_password


async def test_a_password_cannot_be_copied_or_cut(floor: Floor, anna: StaffMember) -> None:
    app = floor.at_sign_in()
    async with running(app):
        await type_keys(app, "anna", "enter", "tajne", "shift+home", "ctrl+c", "ctrl+x")
        assert app.clipboard == ""
        assert app.screen.query_one(SecretField).value == "tajne"
        assert "tajne" not in seen(app)


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def past_the_limit(app: BokApp, ticks: Ticks) -> None:
    """Let the idle time pass and the lock look at its clock."""
    ticks.now += app.workplace.settings.policy.idle_lock_minutes * 60
    app.idle_lock.look()


async def opened_form(floor: Floor, app: BokApp) -> None:
    """Open a client's reading form and type half a state."""
    burst(app, "123456", "enter", "f3", "48")
    await settle(app)


async def test_nobody_there_locks_the_screen_and_nothing_shows(
    floor: Floor, anna: StaffMember, ticks: Ticks
) -> None:
    floor.client()
    app = floor.app(anna, monotonic=ticks)
    async with running(app):
        await opened_form(floor, app)
        form = app.screen
        ticks.now += 599
        app.idle_lock.look()
        assert app.screen is form
        past_the_limit(app, ticks)
        await settle(app)
        assert isinstance(app.screen, LockScreen)
        text = seen(app)
        assert "123456" not in text
        assert "kowalsk" not in text.lower()
        burst(app, "f2", "f8", "ctrl+p", "ctrl+o", "f3", "escape", "wrong", "enter")
        await settle(app)
        assert isinstance(app.screen, LockScreen)
        burst(app, PASSWORD, "enter", "7")
        await settle(app)
        assert app.screen is form
        assert form.query(Input).first().value == "487"


async def test_a_key_puts_the_lock_off(floor: Floor, anna: StaffMember, ticks: Ticks) -> None:
    app = floor.app(anna, monotonic=ticks)
    async with running(app):
        ticks.now += 599
        await type_keys(app, "a")
        ticks.now += 599
        app.idle_lock.look()
        assert isinstance(app.screen, DeskScreen)


async def test_somebody_else_may_sign_in_after_a_question(
    floor: Floor, anna: StaffMember, ticks: Ticks
) -> None:
    floor.client()
    _ = floor.chief
    app = floor.app(anna, monotonic=ticks)
    async with running(app):
        await opened_form(floor, app)
        await type_keys(app, "ctrl+l", "f4")
        assert isinstance(app.screen, ConfirmDialog)
        await type_keys(app, "escape")
        assert isinstance(app.screen, LockScreen)
        burst(app, "f4", "enter", "szef", "enter", PASSWORD, "enter", "kow")
        await settle(app)
        assert isinstance(app.screen, DeskScreen)
        assert app.screen.query_one(CommandLine).value == "kow"
        assert "Kazimierz Wzorcowy · supervisor" in seen(app)


async def test_what_fails_behind_the_lock_is_told_after_it(
    floor: Floor, anna: StaffMember, ticks: Ticks
) -> None:
    from bok_tui.dialogs.error import ErrorDialog

    app = floor.app(anna, monotonic=ticks)
    async with running(app):
        past_the_limit(app, ticks)
        await settle(app)
        app.report("Kowalska owes us")
        await settle(app)
        assert isinstance(app.screen, LockScreen)
        assert "Kowalska" not in seen(app)
        burst(app, PASSWORD, "enter")
        await settle(app)
        assert isinstance(app.screen, ErrorDialog)


async def test_signing_out_leaves_nothing_behind(floor: Floor, anna: StaffMember) -> None:
    app = floor.app(anna)
    async with running(app):
        await type_keys(app, "kowal", "ctrl+o")
        assert isinstance(app.screen, SignInScreen)
        assert app.workplace.staff is None
        await type_keys(app, "f2", "f8", "ctrl+p", "ctrl+n")
        assert isinstance(app.screen, SignInScreen)
        burst(app, "anna", "enter", PASSWORD, "enter", "up")
        await settle(app)
        assert isinstance(app.screen, DeskScreen)
        assert app.screen.query_one(CommandLine).value == ""


@pytest.mark.parametrize("typed", [True, False])
async def test_quitting_asks_only_when_something_would_be_lost(
    floor: Floor, anna: StaffMember, typed: bool
) -> None:
    floor.client()
    app = floor.app(anna)
    async with running(app):
        if typed:
            await opened_form(floor, app)
        left: list[Any] = []
        app.exit = _noting(left)  # type: ignore[method-assign]  # the pilot still needs the application
        await type_keys(app, "ctrl+q")
        assert isinstance(app.screen, ConfirmDialog) is typed
        if typed:
            await type_keys(app, "enter")
        assert left == ["exit"]


def _noting(left: list[Any]) -> Callable[..., None]:
    return lambda *_args, **_options: left.append("exit")
