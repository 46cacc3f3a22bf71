"""Why a request is rejected: a digit picks the reason, then the client is told more in a note."""

from __future__ import annotations

from dataclasses import dataclass

from bok_tui.dialogs.choice_note import ChoiceDialog
from bok_tui.i18n import N_, _
from bok_tui.wording.request_detail import decision_lines
from bok_tui.wording.requests import REASONS, reason_words
from db.records.request_views import RequestView
from db.records.requests import RejectReason

CHOICES = tuple(reason for reason in REASONS if reason is not RejectReason.UNFOUNDED)
"""A complaint proves unfounded by its answer."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why it is rejected."""

    reason: RejectReason
    note: str


class RejectDialog(ChoiceDialog[RejectReason, Rejected]):
    """Answers with a reason and a note; Esc goes back to the reasons, then answers None."""

    TITLE_TEXT = N_("Rejecting a request")
    HELP = N_(
        "A digit picks the reason, which stands in the letter; then type what else the client should know\n"
        "and press Enter. The note may be empty, except for another reason."
    )
    MISSING = N_("Press the digit of a reason.")

    def __init__(self, view: RequestView) -> None:
        super().__init__(
            _("Reject %(number)s?") % {"number": view.line.number},
            [(reason, reason_words(reason)) for reason in CHOICES],
            label=_("Note"),
            lines=decision_lines(view)[:1],
        )

    def wrong(self, choice: RejectReason, note: str) -> str:
        """Another reason needs words."""
        if choice is RejectReason.OTHER and not note:
            return _("Write into the note what the reason is, then press Enter.")
        return ""

    def finish(self, choice: RejectReason, note: str) -> None:
        """Answer with both."""
        self.dismiss(Rejected(choice, note))
