"""Requests on the card: F5 takes one in, tab 8 lists them, F4 and m see to the letter."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.widgets import ContentSwitcher

from bok_tui.dialogs.paper import Wanted
from bok_tui.dialogs.request_kind import LETTERS, KindDialog
from bok_tui.i18n import _
from bok_tui.screens import request_work
from bok_tui.screens.client_letters import CardLetters
from bok_tui.screens.client_takes import CardTakes
from bok_tui.screens.client_work import Printed
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.request_detail import saved_words
from bok_tui.wording.request_form import kinds_for, remarks_for
from bok_tui.wording.requests import client_line
from db.records.request_views import RequestLine, RequestView
from db.records.requests import RequestKind
from db.rules.masking import mask_email
from db.rules.verification import VerificationLevel


class CardRequests(CardTakes, CardLetters):
    """Part of the card: F5 and the tab of requests."""

    fresh_request: RequestView | None = None
    """The request taken in last, until its letter is printed."""

    # -- taking in

    def action_new_request(self) -> None:
        """Ask which kind, then for its fields."""
        card = self.card
        if card is None or self.contact is None:
            return
        dialog = KindDialog(
            _("Which request?"), kinds=kinds_for(card, tuple(LETTERS)), remarks=remarks_for(card)
        )
        self.app.push_screen(dialog, self._kind_chosen)

    def _kind_chosen(self, kind: str | None) -> None:
        if kind is not None:
            self.take_in(RequestKind(kind))

    def taken_in(self, view: RequestView) -> None:
        """Tell what became of it; F4 prints its letter from now on."""
        self.fresh, self.fresh_request = None, view
        self.tell(saved_words(view) + "  " + _("F4 prints the letter, m e-mails it."))
        self.reload(self._requests_again)

    def after_reading_out(self, wanted: Wanted | None) -> None:
        """Print or e-mail the letter, when that was asked for beside what was read out."""
        if wanted is Wanted.PRINT:
            self.action_documents()
        elif wanted is Wanted.EMAIL:
            self.action_queue_email()

    # -- the letter

    def action_documents(self) -> None:
        """Print the letter about the request just taken in, else what the card would print."""
        view = self.fresh_request
        if view is None or self.fresh is not None:
            super().action_documents()
        else:
            self.print_paper(partial(request_work.print_letter, request_id=view.line.id))

    def tell_printed(self, printed: Printed) -> None:
        """Tell where a PDF is."""
        if self.fresh is None:
            self.fresh_request = None
        super().tell_printed(printed)

    def action_queue_email(self) -> None:
        """E-mail the letter about the request just taken in, else the document under the cursor."""
        view = self.fresh_request
        if view is None or self.current_paper:
            super().action_queue_email()
            return
        self.ask(
            partial(request_work.email_letter, request_id=view.line.id),
            self._letter_queued,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _letter_queued(self, sent: tuple[str, str]) -> None:
        number, address = sent
        seen = self.contact is not None and self.contact.level >= VerificationLevel.L2
        values = {"number": number, "address": address if seen else mask_email(address)}
        self.tell(_("%(number)s waits to be sent to %(address)s.") % values)
        self.reload(self._requests_again)

    # -- the tab

    def load_requests(self) -> None:
        """Fill the tab."""
        self.ask(
            partial(request_work.of_client, number=self.number),
            self._show_requests,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _requests_again(self) -> None:
        """Fill the tab again when it is the one shown."""
        if self.query_one(ContentSwitcher).current == "requests":
            self.load_requests()

    def _show_requests(self, lines: tuple[RequestLine, ...]) -> None:
        rows = [Row(line.number, client_line(line)) for line in lines]
        heading = _("Enter opens the request, F5 takes a new one in")
        self.query_one("#requests", RowList).show(rows, heading=heading)

    @on(RowList.Chosen, "#requests")
    def _request_chosen(self, event: RowList.Chosen) -> None:
        from bok_tui.screens.requests import RequestScreen

        event.stop()
        screen = RequestScreen(number=event.key, client=self.number, contact_id=self.contact_id)
        self.app.push_screen(screen, lambda _none: self.reload(self.load_requests))
