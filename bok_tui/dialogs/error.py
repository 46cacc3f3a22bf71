"""What went wrong, in a sentence, with a code that can be read to whoever helps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints


class ErrorDialog(Dialog[None]):
    """Shows a sentence; Enter or Esc closes it, `c` copies it."""

    BINDINGS = bindings("ok", "back", "copy")
    HINTS = ("ok", "copy")

    def __init__(self, sentence: str, *, title: str = "", code: str = "") -> None:
        """`sentence` is already translated; data in it is shown literally."""
        super().__init__()
        self._sentence = sentence
        self._title = title or _("It did not work")
        self._code = code

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box error"):
            yield Static(plain(f"✗ {self._title}"), classes="title")
            yield Static(plain(self._sentence), classes="text")
            if self._code:
                yield Static(plain(_("Code: %(code)s") % {"code": self._code}), classes="code")
            yield KeyHints()

    def action_ok(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """Put the sentence and its code on the clipboard."""
        self.bok.copy_text(f"{self._sentence} {self._code}".strip(), quietly=True)
