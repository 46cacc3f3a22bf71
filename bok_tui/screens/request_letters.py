"""Letters from the queue: read before they are issued, printed, e-mailed."""

from __future__ import annotations

from functools import partial
from typing import Any

from bok_tui.dialogs.paper import PaperDialog, Wanted
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _
from bok_tui.screens import request_work
from bok_tui.screens.client_work import Printed
from bok_tui.screens.request_part import RequestPart
from bok_tui.widgets.message_line import Tone
from db.rules.masking import mask_email


class RequestLetters(RequestPart):
    """Part of the queue: `t`, F4 and `m`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._paragraphs: dict[int, str] = {}
        """What was added to letters that are not issued yet, by request: closing the letter keeps it."""

    @property
    def unsaved(self) -> bool:
        """True while a paragraph stands in no letter."""
        return bool(self._paragraphs)

    @property
    def _letter_of(self) -> int | None:
        """The request whose letter is meant: the one just dealt with, else the one under the cursor."""
        if self.fresh is not None:
            return self.fresh.line.id
        if self.current is not None:
            return self.current.id
        self.app.bell()
        return None

    def action_read_paper(self) -> None:
        """Show the letter as text, before it is issued."""
        request_id = self._letter_of
        if request_id is not None:
            self._read(request_id)

    def _read(self, request_id: int) -> None:
        """Show the letter with a paragraph of the agent's own, which is asked for by a key."""
        paragraph = self._paragraphs.get(request_id, "")

        def then(wanted: Wanted | None) -> None:
            if wanted is Wanted.PRINT:
                self._print(request_id)
            elif wanted is Wanted.EMAIL:
                self._queue(request_id)
            elif wanted is Wanted.PARAGRAPH:
                self._ask_paragraph(request_id, paragraph)
            elif paragraph:
                self.tell(_("Your paragraph is kept: F4 prints it in the letter, m e-mails it, t shows it."))

        self.ask(
            partial(request_work.letter_text, request_id=request_id, paragraph=paragraph),
            lambda text: self.app.push_screen(PaperDialog(text, issued=False, extends=True), then),
            refused=self.refused_change,
            contact_id=self.contact_id,
        )

    def _ask_paragraph(self, request_id: int, paragraph: str) -> None:
        def typed(words: str | None) -> None:
            if words:
                self._paragraphs[request_id] = words
            elif words is not None:
                self._paragraphs.pop(request_id, None)
            self._read(request_id)

        title = _("A paragraph of your own in the letter")
        label = _("Own paragraph")
        self.app.push_screen(
            TextDialog(title, label=label, limit=1000, required=False, text=paragraph), typed
        )

    def action_documents(self) -> None:
        """Issue the letter and write its PDF."""
        request_id = self._letter_of
        if request_id is not None:
            self._print(request_id)

    def _print(self, request_id: int) -> None:
        folder = self.bok.workplace.settings.documents
        paragraph = self._paragraphs.get(request_id, "")
        self.ask(
            partial(request_work.print_letter, request_id=request_id, folder=folder, paragraph=paragraph),
            partial(self._printed, request_id),
            refused=self.refused_change,
            contact_id=self.contact_id,
        )

    def _printed(self, request_id: int, printed: Printed) -> None:
        self._paragraphs.pop(request_id, None)
        self.fresh = None
        self.tell(_("%(number)s: %(path)s") % {"number": printed.number, "path": printed.path})
        self.reload()

    def action_queue_email(self) -> None:
        """Issue the letter and queue it to the client's e-mail address."""
        request_id = self._letter_of
        if request_id is not None:
            self._queue(request_id)

    def _queue(self, request_id: int) -> None:
        paragraph = self._paragraphs.get(request_id, "")
        self.ask(
            partial(request_work.email_letter, request_id=request_id, paragraph=paragraph),
            partial(self._queued, request_id),
            refused=self.refused_change,
            contact_id=self.contact_id,
        )

    def _queued(self, request_id: int, sent: tuple[str, str]) -> None:
        self._paragraphs.pop(request_id, None)
        number, address = sent
        values = {"number": number, "address": mask_email(address)}
        self.tell(_("%(number)s waits to be sent to %(address)s.") % values, Tone.DONE)
        self.reload()
