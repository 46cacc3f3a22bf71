"""Something to be read out to the caller, large: the first day of e-invoices."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Digits, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.dialogs.paper import Wanted
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints


class ReadOutDialog(Dialog[Wanted | None]):
    """Shows a day in large figures; F4 prints the letter, m e-mails it, Enter closes."""

    BINDINGS = bindings("ok", "print", "queue-email", "back")
    HINTS = ("ok", "print", "queue-email")
    TITLE_TEXT = N_("To be read out")

    def __init__(self, title: str, large: str, lines: Sequence[str]) -> None:
        """`large` is made of digits and dots; all words are translated already."""
        super().__init__()
        self._title = title
        self._large = large
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(plain(self._title), classes="title")
            yield Static(plain(_("Read out:")), classes="text")
            yield Digits(self._large, classes="large")
            yield Static(plain("\n".join(self._lines)), classes="text lines")
            yield KeyHints()

    def action_ok(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_documents(self) -> None:
        """Have the letter printed."""
        self.dismiss(Wanted.PRINT)

    def action_queue_email(self) -> None:
        """Have the letter e-mailed."""
        self.dismiss(Wanted.EMAIL)
