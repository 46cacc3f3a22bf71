"""A message answered with a text written beforehand, which is shown as it will be sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual.timer import Timer

from bok_tui.dialogs.choice_note import ChoiceDialog
from bok_tui.i18n import N_, _, translate_template
from bok_tui.screens import inbox_work
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from db.errors import BokError
from db.records.incoming import InboxLine, InboxMessage, ReplyTemplate

TEMPLATES: Mapping[ReplyTemplate, str] = {
    ReplyTemplate.NEED_METER: N_("which meter is it?"),
    ReplyTemplate.NEED_CLIENT: N_("whose reading is it?"),
    ReplyTemplate.NEED_STATE: N_("what does the meter show?"),
    ReplyTemplate.CHECK_STATE: N_("please read the black digits again"),
    ReplyTemplate.NO_PHOTO: N_("please write the state, not a picture"),
    ReplyTemplate.PASSED_ON: N_("passed on; an answer will follow"),
}
REST = 0.3
"""Seconds without a key after which the text is shown with what was typed: each look leaves an entry."""
LONGEST = 900
"""Characters of the preview: what fits under the choices."""


class MailAnswerDialog(ChoiceDialog[ReplyTemplate, InboxMessage]):
    """Answers with the message as it is once it was answered, or None. Nothing typed is lost by a refusal."""

    TITLE_TEXT = N_("Answering a message")
    HELP = N_(
        "A digit picks the text, which is shown as it will be sent; then type your own paragraph, or none,\n"
        "and press Enter. The answer goes into the same thread, and the message is done with."
    )
    MISSING = N_("Press the digit of a text.")
    FOLDS = True

    def __init__(self, line: InboxLine) -> None:
        super().__init__(
            _("Answer: %(subject)s") % {"subject": (line.subject or line.sender or "–")[:60]},
            [(template, _(words)) for template, words in TEMPLATES.items()],
            label=_("Own paragraph"),
        )
        self._line = line
        self._rest: Timer | None = None
        self._sending = False

    def preview(self, choice: ReplyTemplate | None, note: str) -> None:
        """Show the text as it will be sent: at once when it is picked, then when the typist rests."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if choice is None:
            self.show_preview("")
        elif note.strip():
            self._rest = self.set_timer(REST, partial(self._look, choice, note.strip(), keys_wait=False))
        else:
            self._look(choice, "", keys_wait=True)

    def _look(self, choice: ReplyTemplate, note: str, *, keys_wait: bool) -> None:
        if self._sending:
            return
        self.ask(
            partial(inbox_work.preview, mail_id=self._line.id, template=choice, note=note),
            self._previewed,
            keys_wait=keys_wait,
            group="preview",
            latest="preview",
        )

    def _previewed(self, text: tuple[str, str]) -> None:
        if self.choice is None:
            return
        words = "\n".join(line for line in "\n".join(text).splitlines() if line)
        self.show_preview(words if len(words) <= LONGEST else words[:LONGEST] + "…")

    def finish(self, choice: ReplyTemplate, note: str) -> None:
        """Send it; a refusal leaves everything as it is typed."""
        if self._sending:
            return
        self._sending = True
        work = partial(inbox_work.answer, mail_id=self._line.id, template=choice, note=note)
        self.ask(work, self._sent, refused=self._not_sent, failed=self._not_now)

    def _sent(self, message: InboxMessage) -> None:
        self._sending = False
        self.dismiss(message)

    def _not_now(self) -> None:
        self._sending = False

    def _not_sent(self, error: BokError) -> None:
        self._sending = False
        self.app.bell()
        self.query_one(ToldLine).say(translate_template(error.message, error.params), Tone.ERROR)
