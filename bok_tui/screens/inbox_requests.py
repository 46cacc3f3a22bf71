"""A message made a request or a complaint: what it says already stands in the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bok_tui.dialogs.complaint import ComplaintDialog
from bok_tui.dialogs.new_request import NewRequestDialog
from bok_tui.dialogs.request_kind import LETTERS, KindDialog
from bok_tui.dialogs.request_save import FromMail, nobody_to_tell
from bok_tui.i18n import _
from bok_tui.keys import ACTIONS
from bok_tui.screens import inbox_work
from bok_tui.screens.inbox_part import InboxPart
from bok_tui.screens.inbox_work import ForRequest
from bok_tui.wording.inbox_doubts import why_not
from bok_tui.wording.related import related_of
from bok_tui.wording.request_detail import saved_words
from bok_tui.wording.request_form import kinds_for, remarks_for
from db.records.incoming import Certainty, InboxLine, MailIntent
from db.records.request_views import RequestView
from db.records.requests import ComplaintSubject, NewRequest, RequestField, RequestKind

if TYPE_CHECKING:
    from db.office import Office

NOTE_LENGTH = 1000
LIKELY = {
    MailIntent.EINVOICE: RequestKind.EINVOICE_ON,
    MailIntent.DATA_CHANGE: RequestKind.MAILING_ADDRESS,
}
"""The kind that stands first for what the writer wants."""


class InboxRequests(InboxPart):
    """Part of the inbox: `w` and `r`."""

    def action_mail_request(self) -> None:
        """Ask which kind of request, then for its fields."""
        line = self._of_client()
        if line is not None:
            self._begin(line, self._ask_kind)

    def action_mail_complaint(self) -> None:
        """Ask what the complaint is about."""
        line = self._of_client()
        if line is not None:
            self._begin(line, self._ask_complaint, with_account=True)

    def _begin(
        self, line: InboxLine, then: Callable[[ForRequest], None], *, with_account: bool = False
    ) -> None:
        number = line.whose.client_number or ""
        work = partial(inbox_work.for_request, mail_id=line.id, number=number, with_account=with_account)
        self.change(line, work, then)

    def _of_client(self) -> InboxLine | None:
        """Return the message under the cursor when it waits and its client is known; else say why not."""
        line = self.waiting()
        if line is not None and line.whose.client_number is None:
            self.refuse(
                why_not(line)
                if line.readings
                else _("Choose the client first: %(key)s.") % {"key": ACTIONS["mail-client"].shown_key}
            )
            return None
        return line

    def _ask_kind(self, found: ForRequest) -> None:
        line, card = found.message.line, found.card
        likely = LIKELY.get(line.intent)
        kinds = sorted(kinds_for(card, tuple(LETTERS)), key=lambda kind: kind is not likely)

        def chosen(kind: str | None) -> None:
            if kind is None:
                return
            if RequestKind(kind) is RequestKind.COMPLAINT:
                self._begin(line, self._ask_complaint, with_account=True)
                return
            dialog = NewRequestDialog(card, None, RequestKind(kind), nobody_to_tell, mail=_from_mail(found))
            self.app.push_screen(dialog, partial(self._taken_in, line))

        title = _("Which request?")
        self.app.push_screen(KindDialog(title, kinds=kinds, remarks=remarks_for(card)), chosen)

    def _ask_complaint(self, found: ForRequest) -> None:
        line = found.message.line
        invoice = found.message.understood.invoice_number
        dialog = ComplaintDialog(
            found.card,
            None,
            nobody_to_tell,
            related=related_of(found.card, found.account, invoice=invoice or ""),
            subject=ComplaintSubject.READING if line.readings and not invoice else ComplaintSubject.BILL,
            mail=_from_mail(found),
        )
        self.app.push_screen(dialog, partial(self._taken_in, line))

    def _taken_in(self, line: InboxLine, view: RequestView | None) -> None:
        if view is not None:
            self.tell(saved_words(view))
            self.done_with(line.id)


def _from_mail(found: ForRequest) -> FromMail:
    """Return what the message says for the fields of a form, and its words as the client's own."""
    message = found.message

    def take_in(office: Office, new: NewRequest) -> RequestView:
        return inbox_work.to_request(office, message.line.id, new)

    told = {RequestField.PHONE: message.understood.phone or ""}
    if message.line.whose.certainty is Certainty.SURE:  # a stranger's address is no proposal
        told[RequestField.EMAIL] = message.line.sender
    note = " ".join(message.text.split())[:NOTE_LENGTH]
    return FromMail(take_in, {field: value for field, value in told.items() if value}, note)
