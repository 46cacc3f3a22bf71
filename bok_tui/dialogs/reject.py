"""Why a request is rejected: a digit picks the reason, then the client is told more in a note."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.request_detail import decision_lines
from bok_tui.wording.requests import REASONS, reason_words
from db.records.requests import RejectReason, RequestView

CHOICES = tuple(reason for reason in REASONS if reason is not RejectReason.UNFOUNDED)
"""A complaint proves unfounded by its answer."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why it is rejected."""

    reason: RejectReason
    note: str


class RejectDialog(Dialog[Rejected | None]):
    """Answers with a reason and a note; Esc goes back to the reasons, then answers None."""

    BINDINGS = bindings("ok", "back")
    HINTS = ("ok", "back")
    TITLE_TEXT = N_("Rejecting a request")
    HELP = N_(
        "A digit picks the reason, which stands in the letter; then type what else the client should know\n"
        "and press Enter. The note may be empty, except for another reason."
    )

    def __init__(self, view: RequestView) -> None:
        super().__init__()
        self._view = view
        self._reason: RejectReason | None = None

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            title = _("Reject %(number)s?") % {"number": self._view.line.number}
            yield Static(plain(title), classes="title")
            yield Static(plain("\n".join(decision_lines(self._view)[:1])), classes="text lines")
            yield Static(id="reasons", classes="options")
            with Horizontal(classes="field"):
                yield Label(plain(_("Note") + " ▸ "))
                yield Input(max_length=1000, disabled=True)
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Wait for the digit of a reason."""
        super().on_mount()
        self._pick(None)

    @property
    def unsaved(self) -> bool:
        """True when a note is typed."""
        return bool(self.query_one(Input).value.strip())

    def on_key(self, event: events.Key) -> None:
        """Pick the reason of a digit, unless the note is being typed."""
        if self._reason is not None:
            return
        character = event.character or ""
        if character.isdecimal() and 1 <= int(character) <= len(CHOICES):
            event.stop()
            self._pick(CHOICES[int(character) - 1])
        elif event.is_printable:
            self.app.bell()

    def action_back(self) -> None:
        """Leave the note, or the dialog."""
        if self._reason is not None and not self.unsaved:
            self._pick(None)
        else:
            super().action_back()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """Reject, once there is a reason."""
        note = self.query_one(Input).value.strip()
        if self._reason is None:
            self._refuse(_("Press the digit of a reason."))
        elif self._reason is RejectReason.OTHER and not note:
            self._refuse(_("Write into the note what the reason is, then press Enter."))
        else:
            self.dismiss(Rejected(self._reason, note))

    def _refuse(self, words: str) -> None:
        self.app.bell()
        self.query_one(ToldLine).say(words, Tone.ERROR)

    def _pick(self, reason: RejectReason | None) -> None:
        self._reason = reason
        field = self.query_one(Input)
        field.disabled = reason is None
        if reason is not None:
            field.focus()
        self.query_one(ToldLine).clear()
        lines = [
            Content.assemble(
                (f"{'▸' if one is reason else ' '} {digit}  ", "bold $accent"),
                (reason_words(one), "bold" if one is reason else ""),
            )
            for digit, one in enumerate(CHOICES, start=1)
        ]
        self.query_one("#reasons", Static).update(Content("\n").join(lines))
