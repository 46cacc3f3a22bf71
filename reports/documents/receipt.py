"""The receipt for money taken at the desk (dowód wpłaty KP)."""

from __future__ import annotations

from db.records.documents import to_json
from db.records.letters import Receipt
from reports.documents.balance_statement import METHODS
from reports.documents.blocks import Block, Closing, Head, Paper, Particulars, Payment, Title
from reports.documents.figures import money
from reports.documents.printed import printed
from reports.documents.words import long_day

NAME = "Dowód wpłaty KP"


def paper(receipt: Receipt) -> Paper:
    """Return what the receipt says."""
    head = receipt.letterhead
    blocks: tuple[Block, ...] = (
        Head(
            (("Nr dokumentu", receipt.number), ("Nr klienta", receipt.client_number)),
            receipt.payer,
            receipt.payer_lines,
            f"{head.town}, {long_day(receipt.issued_on)}",
        ),
        Title(f"{NAME} nr {receipt.number}"),
        Payment("Przyjęto", money(receipt.amount), (("Słownie", receipt.in_words),)),
        Particulars(
            (
                ("Wpłacający", receipt.payer),
                ("Data wpłaty", long_day(receipt.paid_on)),
                ("Sposób wpłaty", METHODS[receipt.method]),
                ("Tytułem", "; ".join(receipt.purposes) or "wpłata na konto klienta"),
                ("Osoba przyjmująca", receipt.agent),
            )
        ),
        Closing((receipt.agent, "Biuro Obsługi Klienta"), greeting="Kwotę przyjęto"),
    )
    return Paper(
        title=f"{NAME} {receipt.number}",
        number=receipt.number,
        client_number=receipt.client_number,
        letterhead=head,
        created=receipt.issued_at,
        language=receipt.language,
        blocks=blocks,
    )


def render(receipt: Receipt) -> bytes:
    """Return the receipt as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(receipt), to_json(receipt))
