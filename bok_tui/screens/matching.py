"""Payments of bank files that wait: shown by one key, booked by the next."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _
from bok_tui.screens import match_work
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.figures import money_text
from bok_tui.wording.matching import booked_words, line_words, suggestion_words
from db.records.bank_import import WaitingLine
from db.records.ledger import PaymentTaken
from db.records.worklists import WorkItem

OTHER = "other"


class Matching(ListScreen):
    """Part of the work lists: what is done about a payment under the cursor."""

    @property
    @abstractmethod
    def payment(self) -> WorkItem | None:
        """The payment under the cursor; the whole list knows."""

    # -- whose it is

    def action_match(self) -> None:
        """Show whose payment it may be; a digit books it."""
        self._with_line(self._ask_whose)

    def action_other_client(self) -> None:
        """Ask for the client whose payment it is."""
        self._with_line(self._ask_number)

    def _with_line(self, then: Callable[[WaitingLine], None]) -> None:
        item = self.payment
        if item is None:
            self.app.bell()
            self.tell(_("This is for the list of payments to match."), Tone.WARNING)
            return

        def take(line: WaitingLine | None) -> None:
            if line is not None:
                then(line)
                return
            self.tell(_("Somebody has decided about this payment meanwhile."), Tone.WARNING)
            self.reload()

        self.ask(partial(match_work.waiting_line, line_id=item.key), take, refused=self.refused_change)

    def _ask_whose(self, line: WaitingLine) -> None:
        if not line.suggestions:
            self._ask_number(line)
            return

        def picked(key: str | None) -> None:
            if key == OTHER:
                self._ask_number(line)
            elif key is not None:
                chosen = line.suggestions[int(key)]
                self._book(line, chosen.client_number, chosen.invoice or "")

        options = [(str(at), suggestion_words(one)) for at, one in enumerate(line.suggestions)]
        options.append((OTHER, _("another client …")))
        title = _("Whose payment is it?")
        self.app.push_screen(PickDialog(title, options, lines=line_words(line), wide=True), picked)

    def _ask_number(self, line: WaitingLine) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                number, *invoice = text.split(maxsplit=1)
                self._ask_sure(line, number, "".join(invoice).upper())

        hint = _("A client number; behind it the invoice, when the payer named one.")
        dialog = TextDialog(
            _("Whose payment is it?"), label=_("Client"), lines=(*line_words(line), hint), limit=60
        )
        self.app.push_screen(dialog, typed)

    def _ask_sure(self, line: WaitingLine, number: str, invoice: str) -> None:
        def named(name: str) -> None:
            values = {"amount": money_text(line.amount), "client": number, "name": name}
            question = _("Book %(amount)s for the client %(client)s, %(name)s?") % values
            book = partial(self._book, line, number, invoice)
            self.app.push_screen(ConfirmDialog(question), lambda yes: book() if yes else None)

        self.ask(partial(match_work.client_name, number=number), named, refused=self.refused_change)

    def _book(self, line: WaitingLine, client: str, invoice: str) -> None:
        def booked(taken: PaymentTaken) -> None:
            self.tell(booked_words(client, line, taken), Tone.DONE)
            self.reload()

        self.ask(
            partial(match_work.book, line_id=line.id, client=client, invoice=invoice),
            booked,
            refused=self.refused_change,
        )

    # -- no client's payment

    def action_dismiss_line(self) -> None:
        """Take off what is no client's payment, with a reason."""
        if self.payment is not None and not self.supervisor:
            self.app.bell()
            self.tell(_("Only a supervisor dismisses a payment."), Tone.WARNING)
            return
        self._with_line(self._ask_reason)

    def _ask_reason(self, line: WaitingLine) -> None:
        def dismissed(_done: None) -> None:
            self.tell(_("Dismissed: %(amount)s.") % {"amount": money_text(line.amount)}, Tone.DONE)
            self.reload()

        def typed(reason: str | None) -> None:
            if reason is not None:
                self.ask(
                    partial(match_work.dismiss, line_id=line.id, reason=reason),
                    dismissed,
                    refused=self.refused_change,
                )

        dialog = TextDialog(_("No client's payment"), label=_("Reason"), lines=line_words(line), limit=200)
        self.app.push_screen(dialog, typed)
