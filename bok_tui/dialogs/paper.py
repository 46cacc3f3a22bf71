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
    PARAGRAPH = "paragraph"


class PaperDialog(Dialog[Wanted | None]):
    """Shows a document as text; F4 prints it, h and m note how it leaves, w explains a bill, Esc closes.

    Where it is a letter about a request, d asks for a paragraph of the agent's own.
    """

    BINDINGS = bindings("print", "hand-over", "queue-email", "explain", "own-paragraph", "back")
    HINTS = ("print", "hand-over", "queue-email", "own-paragraph", "back")
    TITLE_TEXT = N_("Document")
    HELP = N_(
        "The arrows and PgUp, PgDn scroll. F4 writes the PDF and opens it where there is a desktop.\n"
        "h notes that the client was given it, m queues it to the client's e-mail address.\n"
        "d adds a paragraph of your own to a letter about a request."
    )
    AUTO_FOCUS = "VerticalScroll"

    def __init__(
        self, text: str, *, explained: bool = False, issued: bool = True, extends: bool = False
    ) -> None:
        """`explained` tells that there are sentences that explain it; one not `issued` yet is no paper.

        `extends` tells that the agent may add a paragraph.
        """
        super().__init__()
        self._issued = issued
        self._extends = extends
        self._text = text
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Draw the whole screen: a document is 80 columns wide."""
        with Vertical(classes="paper"):
            with VerticalScroll():
                yield Static(plain(self._text))
            left_out = {"hand-over": not self._issued, "own-paragraph": not self._extends}
            hints = tuple(one for one in self.HINTS if not left_out.get(one))
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

    def action_own_paragraph(self) -> None:
        """Have a paragraph asked for."""
        if self._extends:
            self.dismiss(Wanted.PARAGRAPH)
        else:
            self.app.bell()

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
