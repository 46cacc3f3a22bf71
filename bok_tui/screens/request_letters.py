"""Letters from the queue: read before they are issued, printed, e-mailed."""

from __future__ import annotations

from functools import partial

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

    def _read(self, request_id: int, paragraph: str = "") -> None:
        """Show the letter with a paragraph of the agent's own, which is asked for by a key."""

        def then(wanted: Wanted | None) -> None:
            if wanted is Wanted.PRINT:
                self._print(request_id, paragraph)
            elif wanted is Wanted.EMAIL:
                self._queue(request_id, paragraph)
            elif wanted is Wanted.PARAGRAPH:
                self._ask_paragraph(request_id, paragraph)

        self.ask(
            partial(request_work.letter_text, request_id=request_id, paragraph=paragraph),
            lambda text: self.app.push_screen(PaperDialog(text, issued=False, extends=True), then),
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _ask_paragraph(self, request_id: int, paragraph: str) -> None:
        def typed(words: str | None) -> None:
            self._read(request_id, paragraph if words is None else words)

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

    def _print(self, request_id: int, paragraph: str = "") -> None:
        folder = self.bok.workplace.settings.documents
        self.ask(
            partial(request_work.print_letter, request_id=request_id, folder=folder, paragraph=paragraph),
            self._printed,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _printed(self, printed: Printed) -> None:
        self.fresh = None
        self.tell(_("%(number)s: %(path)s") % {"number": printed.number, "path": printed.path})
        self.reload()

    def action_queue_email(self) -> None:
        """Issue the letter and queue it to the client's e-mail address."""
        request_id = self._letter_of
        if request_id is not None:
            self._queue(request_id)

    def _queue(self, request_id: int, paragraph: str = "") -> None:
        self.ask(
            partial(request_work.email_letter, request_id=request_id, paragraph=paragraph),
            self._queued,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _queued(self, sent: tuple[str, str]) -> None:
        number, address = sent
        values = {"number": number, "address": mask_email(address)}
        self.tell(_("%(number)s waits to be sent to %(address)s.") % values, Tone.DONE)
        self.reload()
