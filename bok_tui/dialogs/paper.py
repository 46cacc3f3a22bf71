"""A document to read before it is printed, and a bill explained in sentences to read out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints


class Wanted(StrEnum):
    """What the agent wants of a document that was read."""

    PRINT = "print"
    EXPLAIN = "explain"
    HAND_OVER = "hand_over"
    EMAIL = "email"


class PaperDialog(Dialog[Wanted | None]):
    """Shows a document as text; F4 prints it, h and m note how it leaves, w explains a bill, Esc closes."""

    BINDINGS = bindings("print", "hand-over", "queue-email", "explain", "back")
    HINTS = ("print", "hand-over", "queue-email", "back")
    TITLE_TEXT = N_("Document")
    HELP = N_(
        "The arrows and PgUp, PgDn scroll. F4 writes the PDF and opens it where there is a desktop.\n"
        "h notes that the client was given it, m queues it to the client's e-mail address."
    )
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, text: str, *, explained: bool = False, issued: bool = True) -> None:
        """`explained` tells that there are sentences that explain it; one not `issued` yet is no paper."""
        super().__init__()
        self._issued = issued
        self._text = text
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Draw the whole screen: a document is 80 columns wide."""
        with Vertical(classes="paper"):
            with VerticalScroll():
                yield Static(plain(self._text))
            hints = self.HINTS if self._issued else tuple(one for one in self.HINTS if one != "hand-over")
            yield KeyHints(*(("explain", *hints) if self._explained else hints))

    def action_documents(self) -> None:
        """Have it printed."""
        self.dismiss(Wanted.PRINT)

    def action_hand_over(self) -> None:
        """Have it noted as handed over."""
        if self._issued:
            self.dismiss(Wanted.HAND_OVER)
        else:
            self.app.bell()

    def action_queue_email(self) -> None:
        """Have it queued to be sent."""
        self.dismiss(Wanted.EMAIL)

    def action_explain(self) -> None:
        """Have the bill explained."""
        if self._explained:
            self.dismiss(Wanted.EXPLAIN)
        else:
            self.app.bell()


class ExplainDialog(Dialog[None]):
    """A bill in up to three sentences, to be read out to the client."""

    BINDINGS = bindings("ok", "back")
    HINTS = ("ok",)
    TITLE_TEXT = N_("The bill explained")

    def __init__(self, number: str, sentences: Sequence[str]) -> None:
        super().__init__()
        self._number = number
        self._sentences = tuple(sentences)

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(plain(_("Why so much? %(number)s") % {"number": self._number}), classes="title")
            for sentence in self._sentences:
                yield Static(plain("• " + sentence), classes="text")
            yield KeyHints()

    def action_ok(self) -> None:
        """Close."""
        self.dismiss(None)
