"""A request to be approved: side by side, and Enter."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.wording.request_detail import decision_lines
from db.records.request_views import RequestView


class ApproveDialog(Dialog[str | None]):
    """Answers with a note, which may be empty; Esc answers None."""

    BINDINGS = bindings("approve-it", "back")
    HINTS = ("approve-it", "back")
    TITLE_TEXT = N_("Approving a request")
    HELP = N_("Enter approves what is shown. Esc leaves it as it was. The note stays with the request.")

    def __init__(self, view: RequestView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            title = _("Approve %(number)s?") % {"number": self._view.line.number}
            yield Static(plain(title), classes="title")
            yield Static(plain("\n".join(decision_lines(self._view))), classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(_("Note (may be empty)") + " ▸ "))
                yield Field(max_length=1000)
            yield KeyHints()

    @property
    def unsaved(self) -> bool:
        """True when a note is typed."""
        return bool(self.query_one(Input).value.strip())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_approve()

    def action_approve(self) -> None:
        """Approve."""
        self.dismiss(self.query_one(Input).value.strip())
