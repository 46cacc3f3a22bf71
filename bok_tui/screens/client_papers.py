"""Documents from the card: read, printed, handed over, queued for e-mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from bok_tui.i18n import _
from bok_tui.screens import client_work, paper_work
from bok_tui.screens.client_money import CardMoney
from bok_tui.screens.client_work import Printed
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.papers import confirmable_words, document_words
from db.records.clients import MeterCard, ReadingLine
from db.records.readings import ReadingStatus, RecordedReading
from db.rules.masking import mask_email
from db.rules.verification import VerificationLevel

if TYPE_CHECKING:
    from db.records.issued import IssuedDocumentLine

NEW, ISSUED = "new", "issued"


class CardPapers(CardMoney):
    """Part of the card: F4 and the tab of documents."""

    fresh: RecordedReading | None
    last_path: str
    papers: tuple[IssuedDocumentLine, ...] = ()
    """What was issued to the client, newest first."""

    def action_documents(self) -> None:
        """Print the confirmation just earned, or the invoice under the cursor, else show what there is."""
        if self.fresh is not None:
            self.confirm(self.fresh.id)
        elif self.query_one("#invoices", RowList).has_focus and self.current_invoice is not None:
            self.print_document(self.current_invoice.number)
        else:
            self.action_show_tab("documents")

    def load_documents(self) -> None:
        """Fill the tab: documents issued, and readings that could be confirmed."""
        self.ask(
            partial(client_work.documents_of, number=self.number),
            self._show_documents,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _show_documents(self, documents: tuple[IssuedDocumentLine, ...]) -> None:
        self.papers = documents
        confirmed = {document.reading_id for document in documents}
        rows = [Row(f"{ISSUED}:{document.number}", document_words(document)) for document in documents]
        rows.extend(
            Row(f"{NEW}:{line.id}", confirmable_words(line, meter))
            for line, meter in self.confirmable()
            if line.id not in confirmed
        )
        heading = _("Enter prints, t text, h given, m e-mail, n new document")
        self.query_one("#documents", RowList).show(rows, heading=heading)

    def confirmable(self) -> list[tuple[ReadingLine, MeterCard]]:
        """Return the readings that may be confirmed, with their meters."""
        return [
            (line, meter)
            for meter in (self.card.meters if self.card else ())
            for line in meter.recent
            if line.status in (ReadingStatus.ACCEPTED, ReadingStatus.PENDING) and not line.estimated
        ]

    @property
    def current_paper(self) -> str:
        """Number of the document under the cursor of the tab that is shown; empty when there is none."""
        if self.query_one("#invoices", RowList).has_focus:
            return self.current_invoice.number if self.current_invoice else ""
        documents = self.query_one("#documents", RowList)
        kind, _sign, key = (documents.current.key if documents.current else "").partition(":")
        return key if documents.has_focus and kind == ISSUED else ""

    @on(RowList.Chosen, "#documents")
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        kind, _sign, key = event.key.partition(":")
        if kind == NEW:
            self.confirm(int(key))
        else:
            self.print_paper(partial(client_work.print_again, number=key))

    def confirm(self, reading_id: int) -> None:
        """Issue the confirmation of a reading, or print the one that was."""
        self.print_paper(partial(client_work.print_confirmation, reading_id=reading_id))

    def print_paper(self, work: Callable[..., Printed]) -> None:
        """Do `work`, which writes a PDF, and tell where it is."""
        folder = self.bok.workplace.settings.documents
        self.ask(
            partial(work, folder=folder),
            self.tell_printed,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def tell_printed(self, printed: Printed) -> None:
        """Tell where a PDF is, and show the papers as they are now."""
        self.fresh = None
        self.last_path = str(printed.path)
        words = _("%(number)s: %(path)s") % {"number": printed.number, "path": printed.path}
        if printed.opened:
            words += "  " + _("(opened)")
        self.tell(words + "  " + _("c copies the path"))
        self.reload(self.load_documents)

    # -- reading, and how it leaves

    def action_read_paper(self) -> None:
        """Show the document under the cursor as text."""
        if number := self._wanted_paper():
            self.read_document(number)

    def action_hand_over(self) -> None:
        """Note that the document under the cursor was given to the client."""
        if number := self._wanted_paper():
            self.hand_over(number)

    def action_queue_email(self) -> None:
        """Queue the document under the cursor to be sent by e-mail."""
        if number := self._wanted_paper():
            self.queue_email(number)

    def _wanted_paper(self) -> str:
        number = self.current_paper
        if not number:
            self.app.bell()
            self.tell(_("Put the cursor on a document first: tab 2 or 6."), Tone.WARNING)
        return number

    def hand_over(self, number: str) -> None:
        """Note that a document was given to the client."""

        def noted(number: str) -> None:
            self.tell(_("%(number)s: noted as given to the client.") % {"number": number})
            self.load_documents()

        self._leave(partial(paper_work.hand_over, number=number, document_id=self._id_of(number)), noted)

    def queue_email(self, number: str) -> None:
        """Queue a document to the client's address."""

        def queued(sent: tuple[str, str]) -> None:
            number, address = sent
            seen = self.contact is not None and self.contact.level >= VerificationLevel.L2
            values = {"number": number, "address": address if seen else mask_email(address)}
            self.tell(_("%(number)s waits to be sent to %(address)s.") % values)
            self.load_documents()

        self._leave(partial(paper_work.queue_email, number=number, document_id=self._id_of(number)), queued)

    def _leave(self, work: Callable[..., object], then: Callable[..., object]) -> None:
        self.ask(work, then, refused=self.tell_refusal, contact_id=self.contact_id)

    def _id_of(self, number: str) -> int | None:
        return next((paper.id for paper in self.papers if paper.number == number), None)
