"""Leaving a screen or a dialog: nothing typed is lost without being asked."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from bok_tui.i18n import _


class Leaving:
    """Mixed into screens and dialogs, which say what is `unsaved`."""

    @property
    def unsaved(self) -> bool:
        """True when something typed here would be lost by leaving."""
        return False

    def nothing(self) -> object:
        """The answer of a dialog that is left without one."""
        return None

    def ask_to_leave(self, leave: Callable[[], None]) -> None:
        """Call `leave` now; after a question when something is unsaved; not at all when told to stay.

        A screen with more to settle (a call under way) overrides this, and calls `leave` when done.
        """
        if not self.unsaved:
            leave()
            return
        from bok_tui.dialogs.confirm import ConfirmDialog

        assert isinstance(self, Screen)  # noqa: S101 - mixed into screens only
        question = _("What you typed here is not saved. Leave it all the same?")
        self.app.push_screen(ConfirmDialog(question), lambda yes: leave() if yes else None)

    def action_back(self) -> None:
        """Leave by Esc."""
        assert isinstance(self, Screen)  # noqa: S101 - mixed into screens only
        screen: Screen[object] = self

        def leave() -> None:
            screen.dismiss(self.nothing())

        self.ask_to_leave(leave)
