"""What the client is asked for: a digit picks the text, which is shown as it will be sent."""

from __future__ import annotations

from dataclasses import dataclass

from bok_tui.dialogs.choice_note import ChoiceDialog
from bok_tui.i18n import N_, _
from db.records.request_views import RequestView
from db.rules.mail_texts import INFORMATION_TEMPLATES, MailTemplate, filled, with_own_words


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client is asked for."""

    template: MailTemplate
    note: str
    """The agent's own paragraph."""


class AskDialog(ChoiceDialog[MailTemplate, Asked]):
    """Answers with a text and the agent's own paragraph; Esc goes back to the texts, then answers None."""

    TITLE_TEXT = N_("Asking the client for information")
    HELP = N_(
        "A digit picks the text, which is shown as it will be sent; then type your own paragraph, or none,\n"
        "and press Enter. The request waits until the answer comes; then i notes that it came."
    )
    MISSING = N_("Press the digit of a text.")

    def __init__(self, view: RequestView, *, utility: str) -> None:
        super().__init__(
            _("Ask the client: %(number)s") % {"number": view.line.number},
            [(template, _(words)) for template, words in INFORMATION_TEMPLATES.items()],
            label=_("Own paragraph"),
        )
        self._view = view
        self._utility = utility

    def wrong(self, choice: MailTemplate, note: str) -> str:
        """A free question needs words."""
        if choice is MailTemplate.FREE and not note:
            return _("Write what the client is to be asked for, then press Enter.")
        return ""

    def finish(self, choice: MailTemplate, note: str) -> None:
        """Answer with both."""
        self.dismiss(Asked(choice, note))

    def preview(self, choice: MailTemplate | None, note: str) -> None:
        """Show the text as it will be sent."""
        self.show_preview("" if choice is None else self._as_sent(choice, note))

    def _as_sent(self, template: MailTemplate, own: str) -> str:
        """Return the paragraphs as they will be sent; the last day for the answer is set on sending."""
        line = self._view.line
        text = filled(
            template,
            number=line.number,
            client=line.client_number,
            matter=line.kind,
            answer_by=line.deadline,
            utility=self._utility or "–",
            phone="–",
        )
        return "\n".join((text.subject, *with_own_words(template, text.paragraphs, own)))
