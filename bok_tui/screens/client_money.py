"""Money on the card: invoices, payments, the ledger, a bill explained, a payment at the desk."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from textual import on

from bok_tui.dialogs.paper import ExplainDialog, PaperDialog, Wanted
from bok_tui.dialogs.payment import PaymentDialog
from bok_tui.i18n import _
from bok_tui.screens import client_work, money_work
from bok_tui.screens.client_part import CardPart
from bok_tui.screens.client_work import Printed
from bok_tui.screens.money_work import Preview
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.money import (
    entry_words,
    invoice_words,
    ledger_heading,
    paid_words,
    payment_words,
)
from db.errors import BokError
from db.records.ledger import AccountView, DeskPayment, InvoiceLineView, PaymentTaken

MONEY_TABS = ("invoices", "payments", "ledger")


class CardMoney(CardPart):
    """Part of the card: the tabs of money, `w` and `p`."""

    account: AccountView | None = None
    last_path: str
    asked_invoice: str
    """Asked for on the command line; the cursor goes there once."""

    def load_account(self) -> None:
        """Fill the tabs of money."""
        self.ask(
            partial(money_work.account, number=self.number),
            self._show_account,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _show_account(self, account: AccountView) -> None:
        self.account = account
        invoices = [Row(line.number, invoice_words(line)) for line in account.invoices]
        self.query_one("#invoices", RowList).show(
            invoices, heading=_("Enter shows the invoice, F4 prints it, w explains it, p takes a payment")
        )
        if self.asked_invoice:
            self.query_one("#invoices", RowList).select(self.asked_invoice)
            self.asked_invoice = ""
        self.query_one("#payments", RowList).show(
            [Row(str(line.id), payment_words(line)) for line in account.payments]
        )
        self.query_one("#ledger", RowList).show(
            [Row(str(at), entry_words(line)) for at, line in enumerate(account.entries)],
            heading=ledger_heading(account.account),
        )

    @property
    def current_invoice(self) -> InvoiceLineView | None:
        """The invoice under the cursor of its tab, else the newest one."""
        if self.account is None or not self.account.invoices:
            return None
        row = self.query_one("#invoices", RowList).current
        known = {line.number: line for line in self.account.invoices}
        return known.get(row.key if row else "", self.account.invoices[0])

    # -- reading and explaining

    @on(RowList.Chosen, "#invoices")
    def _invoice_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.read_document(event.key)

    def read_document(self, number: str) -> None:
        """Show a document as text."""
        self.ask(
            partial(money_work.preview, number=number),
            self._previewed,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _previewed(self, preview: Preview) -> None:
        def then(wanted: Wanted | None) -> None:
            if wanted is Wanted.PRINT:
                self.print_document(preview.number)
            elif wanted is Wanted.EXPLAIN:
                self._explain(preview)
            elif wanted is Wanted.HAND_OVER:
                self.hand_over(preview.number)
            elif wanted is Wanted.EMAIL:
                self.queue_email(preview.number)

        dialog = PaperDialog(preview.text, explained=bool(preview.explanation))
        self.app.push_screen(dialog, then)

    def action_explain(self) -> None:
        """Explain the invoice under the cursor, or the newest one."""
        if self.account is None:
            self.with_account(self._explain_current)
        else:
            self._explain_current()

    def with_account(self, then: Callable[[], None]) -> None:
        """Read the account and go on with `then`."""

        def take(account: AccountView) -> None:
            self._show_account(account)
            then()

        self.ask(
            partial(money_work.account, number=self.number),
            take,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _explain_current(self) -> None:
        invoice = self.current_invoice
        if invoice is None:
            self.app.bell()
            self.tell(_("There is no invoice yet."))
            return
        self.ask(
            partial(money_work.preview, number=invoice.number),
            self._explain,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _explain(self, preview: Preview) -> None:
        if preview.explanation:
            self.app.push_screen(ExplainDialog(preview.number, preview.explanation))
        else:
            self.read_document(preview.number)

    def print_document(self, number: str) -> None:
        """Write a document's PDF, the first one ever after."""
        folder = self.bok.workplace.settings.documents
        self.ask(
            partial(client_work.print_again, number=number, folder=folder),
            self._invoice_printed,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _invoice_printed(self, printed: Printed) -> None:
        self.last_path = str(printed.path)
        words = _("%(number)s: %(path)s") % {"number": printed.number, "path": printed.path}
        self.tell(words + "  " + _("c copies the path"))

    @abstractmethod
    def hand_over(self, number: str) -> None:
        """Note that a document was given to the client; the part of papers does."""

    @abstractmethod
    def queue_email(self, number: str) -> None:
        """Queue a document to the client's address; the part of papers does."""

    # -- paying

    def action_pay(self) -> None:
        """Take a payment."""
        if self.card is None:
            return
        on_invoices = self.query_one("#invoices", RowList).has_focus
        invoice = self.current_invoice.number if on_invoices and self.current_invoice else ""
        self.app.push_screen(PaymentDialog(self.card.balance, invoice=invoice), self._pay)

    def _pay(self, payment: DeskPayment | None) -> None:
        if payment is not None:
            self.ask(
                partial(money_work.pay, payment=payment),
                self._paid,
                refused=self.tell_refusal,
                contact_id=self.contact_id,
            )

    def _paid(self, taken: PaymentTaken) -> None:
        words = paid_words(taken)
        if taken.receipt is None:
            self.tell(words)
            self.reload(self.load_account)
            return
        folder = self.bok.workplace.settings.documents

        def written(printed: Printed) -> None:
            self.last_path = str(printed.path)
            self.tell(f"{words}  {printed.path}  " + _("c copies the path"))
            self.reload(self.load_account)

        def not_written(error: BokError) -> None:
            # the money is booked: the receipt can be printed again from the documents
            self.tell_refusal(error)
            self.reload(self.load_account)

        self.ask(
            partial(client_work.print_again, number=taken.receipt, folder=folder),
            written,
            refused=not_written,
            contact_id=self.contact_id,
        )
