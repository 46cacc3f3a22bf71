"""Locks the screen when nobody touched a key for a while, or when asked to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bok_tui.ending import end_contact
from bok_tui.i18n import _
from bok_tui.leaving import Leaving

if TYPE_CHECKING:
    from bok_tui.app import BokApp

LOOK_EVERY = 2.0
"""Seconds between two looks at the clock."""


class IdleLock:
    """The lock of one application."""

    def __init__(self, app: BokApp) -> None:
        self._app = app
        self._touched = app.workplace.monotonic()
        self._waiting: list[Callable[[], object]] = []
        self.locked = False

    def touched(self) -> None:
        """Somebody is here: a key, the mouse."""
        self._touched = self._app.workplace.monotonic()

    def resting(self) -> float:
        """Return for how many seconds nobody has touched anything."""
        return self._app.workplace.monotonic() - self._touched

    def look(self) -> None:
        """Lock when the last key was long enough ago; while a key's work is under way, wait for it."""
        limit = self._app.workplace.settings.policy.idle_lock_minutes * 60
        if self.resting() >= limit and self._app.type_ahead.idle:
            self.lock()

    def lock(self) -> None:
        """Cover everything; nothing happens while nobody is signed in."""
        from bok_tui.screens.lock import LockScreen

        staff = self._app.workplace.staff
        if staff is None or self.locked:
            return
        self._app.type_ahead.discard()
        self._app.clear_notifications()
        self._app.push_screen(LockScreen(staff))
        self.locked = True

    def when_open(self, show: Callable[[], object]) -> None:
        """Show something now, or as soon as the lock is opened: nothing may lie above it."""
        if self.locked:
            self._waiting.append(show)
        else:
            show()

    def unlocked(self) -> None:
        """Go on where the lock came between."""
        self.locked = False
        self.touched()
        waiting, self._waiting = self._waiting, []
        for show in waiting:
            show()

    def let_another_in(self) -> None:
        """Sign out and let somebody else sign in; asks when something unsaved would be lost."""
        if any(isinstance(screen, Leaving) and screen.unsaved for screen in self._app.screen_stack):
            from bok_tui.dialogs.confirm import ConfirmDialog

            question = _(
                "Something here is not saved and would be lost. Sign in as somebody else all the same?"
            )
            self._app.push_screen(ConfirmDialog(question), lambda yes: self._start_anew() if yes else None)
        else:
            self._start_anew()

    def _start_anew(self) -> None:
        end_contact(self._app, self._let_in)

    def _let_in(self) -> None:
        self.locked = False
        self._waiting.clear()
        self._app.sign_out()
