"""What the card has done for it about money: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import BokError
from db.records.billing import BillPreview, Skipped
from db.records.documents import DocumentKind
from db.records.ledger import AccountView, DeskPayment, PaymentTaken

if TYPE_CHECKING:
    from bok_tui.wording.bill import BillQuestion
    from db.office import Office


@dataclass(frozen=True, slots=True)
class Preview:
    """A document to be read on the screen."""

    number: str
    text: str
    explanation: tuple[str, ...]
    """Sentences that explain a bill; none for other documents."""


def account(office: Office, number: str) -> AccountView:
    """Return a client's balance, invoices, payments and ledger."""
    from db.queries.ledger import account_view

    return office.read(account_view, number)


def preview(office: Office, number: str) -> Preview:
    """Return an issued document as text, and what explains it."""
    from db.queries.documents import document
    from db.records.documents import from_json
    from db.records.invoices import Invoice
    from reports.documents.as_text import as_text

    view = office.read(document, number)
    said = from_json(view.kind, view.snapshot) if view.kind is DocumentKind.INVOICE else None
    explanation = said.explanation if isinstance(said, Invoice) else ()
    return Preview(view.number, as_text(view.kind, view.snapshot), explanation)


def pay(office: Office, payment: DeskPayment) -> PaymentTaken:
    """Book money taken at the desk."""
    from db.operations.payments import take_payment

    return office.do(take_payment, payment)


def bill_of_reading(office: Office, question: BillQuestion) -> BillPreview | Skipped | None:
    """Return the invoice that a reading would make; None when it cannot be told.

    It is a help beside the form: whatever stands against it is said when the reading is saved.
    """
    from db.queries.bill_preview import bill_preview

    try:
        return office.read(
            bill_preview, question.meter, question.state, question.day, rollover=question.rollover
        )
    except BokError:
        return None
