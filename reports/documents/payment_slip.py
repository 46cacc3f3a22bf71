"""A transfer form filled in for the client (polecenie przelewu / wpłata gotówkowa)."""

from __future__ import annotations

from db.records.documents import to_json
from db.records.letters import PaymentSlip
from reports.documents.blocks import Block, Closing, Fact, Form, Head, Paper, Paragraph, Title
from reports.documents.figures import account, figure
from reports.documents.payment_code import payload
from reports.documents.printed import printed
from reports.documents.words import long_day

NAME = "Blankiet wpłaty"

_HOW = (
    "Poniższy blankiet można opłacić w banku lub na poczcie albo przepisać jego dane do bankowości "
    "elektronicznej."
)
_CODE = " Kod QR odczytuje aplikacja mobilna banku."


def paper(slip: PaymentSlip) -> Paper:
    """Return what the form says."""
    head = slip.letterhead
    blocks: tuple[Block, ...] = (
        Head(_references(slip), slip.payer, slip.payer_lines, f"{head.town}, {long_day(slip.issued_on)}"),
        Title(NAME),
        Paragraph(_HOW + _CODE if _payload(slip) else _HOW),
        Form("Polecenie przelewu / wpłata gotówkowa", _boxes(slip), _payload(slip)),
        Closing((), notes=("Prosimy nie zmieniać numeru rachunku: jest przypisany do Państwa konta.",)),
    )
    return Paper(
        title=f"{NAME} {slip.number}",
        number=slip.number,
        client_number=slip.client_number,
        letterhead=head,
        created=slip.issued_at,
        language=slip.language,
        blocks=blocks,
    )


def render(slip: PaymentSlip) -> bytes:
    """Return the form as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(slip), to_json(slip))


def _references(slip: PaymentSlip) -> tuple[Fact, ...]:
    facts = [("Nr dokumentu", slip.number), ("Nr klienta", slip.client_number)]
    if slip.due_on is not None:
        facts.append(("Termin płatności", long_day(slip.due_on)))
    return tuple(facts)


def _boxes(slip: PaymentSlip) -> tuple[Fact, ...]:
    head = slip.letterhead
    return (
        ("Nazwa odbiorcy", ", ".join((head.name, *head.address_lines))),
        ("Nr rachunku odbiorcy", account(slip.account)),
        ("Waluta i kwota", f"PLN {figure(slip.amount)}"),
        ("Kwota słownie", slip.in_words),
        ("Nazwa zleceniodawcy", ", ".join((slip.payer, *slip.payer_lines))),
        ("Tytułem", slip.title),
    )


def _payload(slip: PaymentSlip) -> str | None:
    return payload(slip.letterhead, slip.account, slip.amount, slip.title)
