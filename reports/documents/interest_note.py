"""The interest note (nota odsetkowa, Art. 481 of the Civil Code); outside VAT."""

from __future__ import annotations

from db.records.documents import to_json
from db.records.letters import InterestNote
from reports.documents.blocks import (
    Block,
    Closing,
    Column,
    Head,
    Paper,
    Paragraph,
    Parties,
    Party,
    Payment,
    Row,
    Table,
    Title,
)
from reports.documents.figures import account, figure, money, percent
from reports.documents.invoice import period
from reports.documents.payment_code import payload
from reports.documents.printed import printed
from reports.documents.words import long_day

NAME = "Nota odsetkowa"


def paper(note: InterestNote, *, mark: str = "") -> Paper:
    """Return what the note says; `mark` is the word and day of a duplicate."""
    head = note.letterhead
    blocks: tuple[Block, ...] = (
        Head(
            (("Data wystawienia", long_day(note.issued_on)), ("Nr klienta", note.client_number)),
            note.client_name,
            note.mailing_lines,
        ),
        Title(f"{NAME} nr {note.number}", mark),
        Parties(
            (
                Party("Wierzyciel", head.name, (*head.address_lines, f"NIP {head.nip}")),
                Party("Dłużnik", note.client_name, note.mailing_lines),
            )
        ),
        Paragraph(
            "Na podstawie art. 481 Kodeksu cywilnego naliczamy odsetki ustawowe za opóźnienie w zapłacie "
            "należności wymienionych niżej."
        ),
        _table(note),
        _payment(note),
        Paragraph("Odsetki za opóźnienie nie podlegają podatkowi od towarów i usług.", quiet=True),
        Closing((note.agent, "Biuro Obsługi Klienta")),
    )
    return Paper(
        title=f"{NAME} {note.number}",
        number=note.number,
        client_number=note.client_number,
        letterhead=head,
        created=note.issued_at,
        language=note.language,
        blocks=blocks,
    )


def render(note: InterestNote) -> bytes:
    """Return the note as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(note), to_json(note))


def _table(note: InterestNote) -> Table:
    rows = [
        Row(
            (
                row.document,
                figure(row.principal),
                period(row.first, row.last),
                str(row.days),
                percent(row.rate),
                figure(row.interest),
            )
        )
        for row in note.rows
    ]
    columns = (
        Column("Dokument", 63),
        Column("Należność (zł)", 23, "R"),
        Column("Okres opóźnienia", 38, "R"),
        Column("Dni", 10, "R"),
        Column("Stopa", 13, "R"),
        Column("Odsetki (zł)", 18, "R"),
    )
    return Table(columns, (*rows, Row(("Razem", "", "", "", "", figure(note.total)), strong=True)))


def _payment(note: InterestNote) -> Payment:
    return Payment(
        "Do zapłaty",
        money(note.total),
        (
            ("Słownie", note.in_words),
            ("Termin płatności", long_day(note.due_on)),
            ("Nr rachunku", account(note.account)),
            ("Tytuł przelewu", f"{NAME} {note.number}"),
        ),
        payload(note.letterhead, note.account, note.total, f"{NAME} {note.number}"),
    )
