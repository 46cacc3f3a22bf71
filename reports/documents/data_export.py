"""The letter of a copy of personal data (Art. 15 GDPR), alone or with the copy behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.records.documents import to_json
from db.records.privacy_letters import DataExport
from reports.documents.blocks import (
    Block,
    Closing,
    Column,
    Head,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
    Title,
)
from reports.documents.printed import printed
from reports.documents.words import long_day, tied, whole

TITLE = "Kopia danych osobowych"
_OPENING = (
    "w odpowiedzi na żądanie dostępu do danych (art. 15 rozporządzenia Parlamentu Europejskiego i Rady (UE) "
    "2016/679, RODO) przekazujemy kopię danych osobowych, które o Państwu przetwarzamy. Dane są w "
    "załączniku do tego pisma oraz w pliku JSON, który może odczytać program komputerowy."
)


def paper(letter: DataExport) -> Paper:
    """Return what the letter says, without the copy."""
    return Paper(
        title=f"{TITLE} {letter.number}",
        number=letter.number,
        client_number=letter.client_number,
        letterhead=letter.letterhead,
        created=letter.issued_at,
        language=letter.language,
        blocks=tuple(_blocks(letter)),
    )


def paper_with_copy(letter: DataExport, copy: Iterable[Block]) -> Paper:
    """Return the letter with the copy of the data behind it."""
    alone = paper(letter)
    return replace(alone, blocks=(*alone.blocks, Title("Załącznik: kopia danych"), *copy))


def render(letter: DataExport) -> bytes:
    """Return the letter as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(letter), to_json(letter))


def _blocks(letter: DataExport) -> Iterator[Block]:
    known = (("Nr dokumentu", letter.number), ("Nr klienta", letter.client_number))
    place = f"{letter.letterhead.town}, {long_day(letter.issued_on)}"
    yield Head(known, letter.client_name, letter.mailing_lines, place)
    yield Title(TITLE)
    yield Paragraph("Szanowni Państwo,")
    yield Paragraph(tied(_OPENING))
    for section in letter.sections:
        yield Section(section.heading, tuple(tied(text) for text in section.sentences))
    rows = tuple(Row((part.what, whole(part.count))) for part in letter.parts)
    yield Table((Column("Co zawiera kopia", 140), Column("Pozycji", 25, "R")), rows)
    yield Paragraph(f"Skrót SHA-256 pliku JSON: {letter.sha256}", quiet=True)
    yield Closing((letter.agent, "Biuro Obsługi Klienta"))
