"""New documents from the card: what can be issued, each by one digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.i18n import _
from bok_tui.screens import client_work, paper_work
from bok_tui.screens.client_papers import CardPapers
from bok_tui.screens.client_work import Printed
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.figures import day_text
from bok_tui.wording.papers import NewPaper, new_paper_words, settled_words
from db.clock import office_day
from db.errors import BokError
from db.records.billing import ContractBilled
from db.records.clients import ContractView
from db.records.documents import DocumentKind
from db.records.people import Role

YEAR = timedelta(days=365)
DUPLICATED = (DocumentKind.INVOICE, DocumentKind.CORRECTION, DocumentKind.INTEREST_NOTE)


class CardLetters(CardPapers):
    """Part of the card: `n`."""

    def action_new_document(self) -> None:
        """Ask what is to be issued."""
        if self.card is None:
            return
        if self.account is None:
            self.with_account(self._ask_paper)
        else:
            self._ask_paper()

    @property
    def _supervisor(self) -> bool:
        staff = self.bok.workplace.staff
        return staff is not None and staff.role is Role.SUPERVISOR

    def _ask_paper(self) -> None:
        number, supervisor = self._duplicated(), self._supervisor
        options = [
            (paper.value, new_paper_words(paper, number=number, supervisor=supervisor)) for paper in NewPaper
        ]

        def picked(key: str | None) -> None:
            if key is not None:
                self._issue(NewPaper(key), number)

        self.app.push_screen(PickDialog(_("Which document is to be issued?"), options), picked)

    def _duplicated(self) -> str:
        """Return the document under the cursor if it may be duplicated, else the newest invoice."""
        kinds = {paper.number: paper.kind for paper in self.papers}
        if kinds.get(self.current_paper) in DUPLICATED:
            return self.current_paper
        return self.current_invoice.number if self.current_invoice else ""

    def _issue(self, paper: NewPaper, number: str) -> None:
        match paper:
            case NewPaper.CONFIRMATION:
                self._confirm_last()
            case NewPaper.SETTLEMENT:
                self._ask_contract()
            case NewPaper.DUPLICATE if not number:
                self._tell_none(_("There is no invoice yet."))
            case NewPaper.INTEREST if self._supervisor:
                question = _("Charge the client %(client)s the interest for delay up to today?")
                self._if_sure(question % {"client": self.number}, partial(self._issue_letter, paper, number))
            case _:
                self._issue_letter(paper, number)

    def _confirm_last(self) -> None:
        readings = [line for line, _meter in self.confirmable()]
        if self.fresh is None and not readings:
            self._tell_none(_("There is no reading to confirm."))
            return
        last = self.fresh.id if self.fresh else max(readings, key=lambda line: (line.day, line.id)).id
        self._write(partial(client_work.print_confirmation, reading_id=last))

    def _issue_letter(self, paper: NewPaper, number: str) -> None:
        if paper is NewPaper.INTEREST:
            self.account = None  # it will stand there
        since = office_day(self.bok.workplace.clock()) - YEAR
        self._write(
            partial(paper_work.issue_paper, paper=paper, client=self.number, document=number, since=since)
        )

    def _write(self, work: Callable[..., Printed]) -> None:
        folder = self.bok.workplace.settings.documents

        def written(printed: Printed) -> None:
            self.action_show_tab("documents")
            self.tell_printed(printed)

        def not_written(error: BokError) -> None:
            # it may be issued all the same, and only its file could not be written
            self.tell_refusal(error)
            self.load_documents()

        self.ask(partial(work, folder=folder), written, refused=not_written, contact_id=self.contact_id)

    # -- the final settlement

    def _ask_contract(self) -> None:
        contracts = self.card.contracts if self.card else ()
        if len(contracts) == 1:
            self._ask_settlement(contracts[0])
            return
        known = {contract.number: contract for contract in contracts}

        def picked(key: str | None) -> None:
            if key is not None:
                self._ask_settlement(known[key])

        options = [(contract.number, _contract_words(contract)) for contract in contracts]
        self.app.push_screen(PickDialog(_("Which contract is to be billed?"), options), picked)

    def _ask_settlement(self, contract: ContractView) -> None:
        settle = partial(self._settle, contract.number)
        if not self._supervisor:
            settle()
            return
        question = _("Bill the contract %(contract)s now?")
        if contract.ends_on is None:
            question = _(
                "The contract %(contract)s runs on: bill the last period that is over, if no run has?"
            )
        self._if_sure(question % {"contract": _contract_words(contract)}, settle)

    def _settle(self, contract: str) -> None:
        self.ask(
            partial(paper_work.settle_contract, contract=contract),
            self._settled,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _settled(self, billed: ContractBilled) -> None:
        if billed.invoice is None:
            self.app.bell()
            self.tell(settled_words(billed), Tone.WARNING)
            return
        self.tell(settled_words(billed))
        self.asked_invoice = billed.invoice
        self.reload(partial(self.action_show_tab, "invoices"))

    # -- asking and telling

    def _if_sure(self, question: str, do: partial[None]) -> None:
        self.app.push_screen(ConfirmDialog(question), lambda yes: do() if yes else None)

    def _tell_none(self, words: str) -> None:
        self.app.bell()
        self.tell(words, Tone.WARNING)


def _contract_words(contract: ContractView) -> str:
    if contract.ends_on is None:
        return contract.number
    return _("%(contract)s, ended on %(day)s") % {
        "contract": contract.number,
        "day": day_text(contract.ends_on),
    }
