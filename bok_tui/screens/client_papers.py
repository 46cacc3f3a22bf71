"""Documents from the card: the confirmation of a reading, issued now or again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from bok_tui.i18n import _
from bok_tui.screens import client_work
from bok_tui.screens.client_money import CardMoney
from bok_tui.screens.client_work import Printed
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.client import confirmable_words, document_words
from db.records.readings import ReadingStatus, RecordedReading

if TYPE_CHECKING:
    from db.records.issued import IssuedDocumentLine

NEW, ISSUED = "new", "issued"


class CardPapers(CardMoney):
    """Part of the card: F4 and the tab of documents."""

    fresh: RecordedReading | None
    last_path: str

    def action_documents(self) -> None:
        """Print the confirmation just earned, or the invoice under the cursor, else show what there is."""
        if self.fresh is not None:
            self._confirm(self.fresh.id)
        elif self.query_one("#invoices", RowList).has_focus and self.current_invoice is not None:
            self.print_document(self.current_invoice.number)
        else:
            self.action_show_tab("documents")

    def action_show_tab(self, tab: str) -> None:
        """Show a tab; the whole card does."""
        raise NotImplementedError

    def load_documents(self) -> None:
        """Fill the tab: documents issued, and readings that could be confirmed."""
        self.ask(
            partial(client_work.documents_of, number=self.number),
            self._show_documents,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _show_documents(self, documents: tuple[IssuedDocumentLine, ...]) -> None:
        confirmed = {document.reading_id for document in documents}
        rows = [Row(f"{ISSUED}:{document.number}", document_words(document)) for document in documents]
        for meter in self.card.meters if self.card else ():
            rows.extend(
                Row(f"{NEW}:{line.id}", confirmable_words(line, meter))
                for line in meter.recent
                if line.status in (ReadingStatus.ACCEPTED, ReadingStatus.PENDING)
                and not line.estimated
                and line.id not in confirmed
            )
        self.query_one("#documents", RowList).show(rows, heading=_("Enter prints the line under the cursor"))

    @on(RowList.Chosen, "#documents")
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        kind, _sign, key = event.key.partition(":")
        if kind == NEW:
            self._confirm(int(key))
        else:
            self._print(partial(client_work.print_again, number=key))

    def _confirm(self, reading_id: int) -> None:
        self._print(partial(client_work.print_confirmation, reading_id=reading_id))

    def _print(self, work: Callable[..., Printed]) -> None:
        folder = self.bok.workplace.settings.documents
        self.ask(
            partial(work, folder=folder), self._printed, refused=self.tell_refusal, contact_id=self.contact_id
        )

    def _printed(self, printed: Printed) -> None:
        self.fresh = None
        self.last_path = str(printed.path)
        words = _("%(number)s: %(path)s") % {"number": printed.number, "path": printed.path}
        if printed.opened:
            words += "  " + _("(opened)")
        self.tell(words + "  " + _("c copies the path"))
        self.reload(self.load_documents)
