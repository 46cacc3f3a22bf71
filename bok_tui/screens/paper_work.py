"""Documents that the card has issued and sent on their way: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bok_tui.screens.client_work import Printed, print_again
from bok_tui.wording.papers import NewPaper
from db.records.issued import DeliveryKind

if TYPE_CHECKING:
    from db.office import Office
    from db.records.billing import ContractBilled
    from db.records.issued import IssuedDocumentView


def issue_paper(
    office: Office, paper: NewPaper, *, client: str, document: str, since: date, folder: Path
) -> Printed:
    """Issue a letter about money and write its PDF.

    `document` is what a duplicate is made of, `since` the first day of a statement.
    """
    view = _issue(office, paper, client=client, document=document, since=since)
    return print_again(office, view.number, folder=folder)


def _issue(office: Office, paper: NewPaper, *, client: str, document: str, since: date) -> IssuedDocumentView:
    from db.operations import demands, letters

    match paper:
        case NewPaper.DUPLICATE:
            return office.do(letters.issue_duplicate, document)
        case NewPaper.STATEMENT:
            return office.do(letters.issue_balance_statement, client, since)
        case NewPaper.SLIP:
            return office.do(letters.issue_payment_slip, client)
        case NewPaper.DEMAND:
            return office.do(demands.issue_demand, client)
        case NewPaper.INTEREST:
            return office.do(demands.issue_interest_note, client)
        case NewPaper.CONFIRMATION | NewPaper.SETTLEMENT:
            raise ValueError(paper)  # the one has its reading, the other is an invoice


def settle_contract(office: Office, contract: str) -> ContractBilled:
    """Bill one contract by itself: an ended one to its last day."""
    from db.operations.settlement import bill_contract

    return office.do(bill_contract, contract)


def hand_over(office: Office, number: str, document_id: int | None = None) -> str:
    """Note that a document was given to the client, and return its number."""
    from db.operations.delivery import mark_delivered

    office.do(mark_delivered, document_id or _id_of(office, number), DeliveryKind.HANDED_OVER)
    return number


def queue_email(office: Office, number: str, document_id: int | None = None) -> tuple[str, str]:
    """Queue a document to the client's e-mail address; return its number and the address."""
    from db.operations.delivery import queue_for_email

    return number, office.do(queue_for_email, document_id or _id_of(office, number))


def _id_of(office: Office, number: str) -> int:
    from db.queries.documents import document

    return office.read(document, number).id
