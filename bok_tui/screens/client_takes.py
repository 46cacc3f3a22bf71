"""Which form takes a kind of request in, and what is told when it was."""

from __future__ import annotations

from abc import abstractmethod

from bok_tui.dialogs.account import AccountDialog
from bok_tui.dialogs.complaint import ComplaintDialog
from bok_tui.dialogs.einvoice import EInvoiceDialog
from bok_tui.dialogs.new_request import NewRequestDialog
from bok_tui.dialogs.paper import Wanted
from bok_tui.dialogs.read_out import ReadOutDialog
from bok_tui.dialogs.registration import RegistrationDialog
from bok_tui.dialogs.verification import Verified
from bok_tui.i18n import _
from bok_tui.screens.client_money import CardMoney
from bok_tui.screens.ebok_work import Activated
from bok_tui.widgets.row_list import RowList
from bok_tui.wording.related import Related, related_of
from db.records.ebok import PortalAccountView, RegistrationOutcome
from db.records.request_views import RequestView
from db.records.requests import ComplaintSubject, RequestKind


class CardTakes(CardMoney):
    """Part of the card: the forms behind F5."""

    @abstractmethod
    def taken_in(self, view: RequestView) -> None:
        """Tell what became of a request; the part of requests does."""

    @abstractmethod
    def after_reading_out(self, wanted: Wanted | None) -> None:
        """See to the letter; the part of requests does."""

    @abstractmethod
    def caller_verified(self, result: Verified | None) -> None:
        """Show who was verified; the whole card does."""

    def take_in(self, kind: RequestKind) -> None:
        """Open the form of a kind."""
        match kind:
            case RequestKind.COMPLAINT:
                if self.account is None:
                    self.with_account(self._take_complaint)
                else:
                    self._take_complaint()
            case RequestKind.EINVOICE_ON:
                self._take_einvoice()
            case RequestKind.EBOK_REGISTRATION | RequestKind.EBOK_UNLOCK:
                self._take_account()
            case _:
                self._take_fields(kind)

    def _take_fields(self, kind: RequestKind) -> None:
        if self.card is None or self.contact is None:
            return
        meter = self.current_meter.number if self.current_meter else ""
        dialog = NewRequestDialog(self.card, self.contact, kind, self.caller_verified, meter=meter)
        self.app.push_screen(dialog, self._done)

    def _done(self, view: RequestView | None) -> None:
        if view is not None:
            self.taken_in(view)

    # -- complaints

    def _take_complaint(self) -> None:
        if self.card is None or self.contact is None:
            return
        dialog = ComplaintDialog(
            self.card,
            self.contact,
            self.caller_verified,
            related=self._related(),
            subject=self._subject(),
        )
        self.app.push_screen(dialog, self._done)

    def _subject(self) -> ComplaintSubject:
        """Return what the cursor points at."""
        if self.query_one("#meters RowList", RowList).has_focus:
            return ComplaintSubject.READING
        return ComplaintSubject.BILL

    def _related(self) -> Related:
        current = self.current_invoice
        return related_of(
            self.card, self.account, invoice=current.number if current else "", meter=self.current_meter
        )

    # -- e-invoices and e-BOK

    def _take_einvoice(self) -> None:
        if self.card is not None and self.contact is not None:
            dialog = EInvoiceDialog(self.card, self.contact, self.caller_verified)
            self.app.push_screen(dialog, self._einvoice_on)

    def _einvoice_on(self, done: Activated | None) -> None:
        if done is None:
            return
        self.taken_in(done.request)
        activation = done.activation
        lines = [
            _("The first invoice by e-mail is one issued on this day or later; earlier ones stay paper.")
        ]
        if not activation.view.email_confirmed:
            lines.append(
                _("A link waits to be sent to the address: it counts once the client has opened it.")
            )
        title = _("E-invoice: %(number)s") % {"number": activation.request_number}
        dialog = ReadOutDialog(title, f"{activation.active_from:%d.%m.%Y}", lines)
        self.app.push_screen(dialog, self.after_reading_out)

    def _take_account(self) -> None:
        card, contact = self.card, self.contact
        if card is None or contact is None:
            return
        if card.portal is None:
            self.app.push_screen(RegistrationDialog(card, contact, self.caller_verified), self._registered)
        else:
            dialog = AccountDialog(card, contact, self.caller_verified, card.portal)
            self.app.push_screen(dialog, self._account_done)

    def _registered(self, outcome: RegistrationOutcome | None) -> None:
        if outcome is not None and outcome.account is not None:
            words = _("Registered in e-BOK: login %(login)s. A link waits to be sent to the e-mail address.")
            self.tell(words % {"login": outcome.account.login})
        self.reload()  # wrong answers count against the caller

    def _account_done(self, account: PortalAccountView | None) -> None:
        if account is not None:
            self.reload()
