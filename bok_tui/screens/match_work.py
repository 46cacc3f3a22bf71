"""What the work lists have done about money: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import NotFound
from db.records.worklists import WorkItem
from db.words import N_

if TYPE_CHECKING:
    from db.office import Office
    from db.records.bank_import import WaitingLine
    from db.records.ledger import PaymentTaken


def waiting_line(office: Office, line_id: int) -> WaitingLine | None:
    """Return a payment with all whose it may be; None when somebody has decided about it."""
    from db.queries.bank_lines import waiting_lines

    page = office.read(waiting_lines, after=line_id - 1, limit=1)
    return next((line for line in page.lines if line.id == line_id), None)


def client_name(office: Office, number: str) -> str:
    """Return whose number this is; raises NotFound."""
    from db.search import note_search, search_clients

    hits = [hit for hit in office.read(search_clients, number).hits if hit.number == number]
    if not hits:
        raise NotFound(N_("There is no client %(client)s."), client=number[:40])
    office.read(note_search, [hits[0].id])
    return hits[0].name


def book(office: Office, line_id: int, client: str, invoice: str) -> PaymentTaken:
    """Book a payment for a client."""
    from db.operations.bank_matching import book_line

    return office.do(book_line, line_id, client, invoice)


def dismiss(office: Office, line_id: int, reason: str) -> None:
    """Take off what is no client's payment."""
    from db.operations.bank_matching import dismiss_line

    office.do(dismiss_line, line_id, reason)


def to_correct(office: Office) -> tuple[WorkItem, ...]:
    """Return the invoices that settled a reading which was voided, as things to do."""
    from db.queries.invoices import invoices_to_correct

    return tuple(
        WorkItem(
            key=at,
            client_number=invoice.client_number,
            client_name="",
            meter=invoice.meter,
            day=invoice.day,
            state=invoice.state,
            amount=invoice.gross,
            title=invoice.number,
        )
        for at, invoice in enumerate(office.read(invoices_to_correct))
    )
