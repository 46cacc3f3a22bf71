"""A question that is answered yes or no."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from bok_tui.dialogs.base import Dialog
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints


class ConfirmDialog(Dialog[bool]):
    """Asks before something is lost: Enter, `t` or `y` is yes, Esc or `n` is no."""

    BINDINGS = bindings("yes", "no")
    HINTS = ("yes", "no")

    def __init__(self, question: str, *, title: str = "") -> None:
        """`question` is already translated; data in it is shown literally."""
        super().__init__()
        self._question = question
        self._title = title

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box"):
            if self._title:
                yield Static(plain(self._title), classes="title")
            yield Static(plain(self._question), classes="text")
            yield KeyHints()

    def nothing(self) -> bool:
        """Leaving without an answer is no."""
        return False

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)
