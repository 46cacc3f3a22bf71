"""Shows what was copied: terminals that refuse the clipboard let it be selected here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints


class CopiedDialog(Dialog[None]):
    """The copied text, to be selected by hand where the clipboard stays empty."""

    BINDINGS = bindings("ok", "back")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box"):
            yield Static(plain(_("Copied")), classes="title")
            yield Static(plain(self._text), classes="text copied")
            yield Static(
                plain(_("Nothing in the clipboard? Select the text with Shift held down, and copy it.")),
                classes="code",
            )
            yield KeyHints()

    def action_ok(self) -> None:
        """Close."""
        self.dismiss(None)
