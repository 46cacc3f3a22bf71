"""The letter that answers a request for erasure (Art. 17 GDPR): what is gone, what stays and until when."""

from __future__ import annotations

from collections.abc import Iterator

from db.records.documents import to_json
from db.records.privacy_letters import ErasureDecision
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
from reports.documents.words import long_day, short_day, tied

TITLE = "Odpowiedź na żądanie usunięcia danych osobowych"
_OPENING = (
    "w odpowiedzi na żądanie usunięcia danych (art. 17 rozporządzenia Parlamentu Europejskiego i Rady (UE) "
    "2016/679, RODO) informujemy, że dane wymienione niżej usunęliśmy dnia "
)
_STAYING = (
    "Pozostałych danych nie możemy usunąć wcześniej, ponieważ prawo nakazuje je przechowywać albo są "
    "potrzebne do ustalenia, dochodzenia lub obrony roszczeń (art. 17 ust. 3 lit. b i e RODO). Do upływu "
    "podanych terminów używamy ich tylko w tych celach."
)


def paper(letter: ErasureDecision) -> Paper:
    """Return what the letter says."""
    return Paper(
        title=f"{TITLE} {letter.number}",
        number=letter.number,
        client_number=letter.client_number,
        letterhead=letter.letterhead,
        created=letter.issued_at,
        language=letter.language,
        blocks=tuple(_blocks(letter)),
    )


def render(letter: ErasureDecision) -> bytes:
    """Return the letter as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(letter), to_json(letter))


def _blocks(letter: ErasureDecision) -> Iterator[Block]:
    known = (("Nr dokumentu", letter.number), ("Nr klienta", letter.client_number))
    place = f"{letter.letterhead.town}, {long_day(letter.issued_on)}"
    yield Head(known, letter.client_name, letter.mailing_lines, place)
    yield Title(TITLE)
    yield Paragraph("Szanowni Państwo,")
    yield Paragraph(tied(_OPENING) + long_day(letter.issued_on))
    yield Section("Usunęliśmy", letter.erased)
    if letter.retained:
        yield Paragraph(tied(_STAYING))
        rows = tuple(Row((part.what, short_day(part.until), part.basis)) for part in letter.retained)
        columns = (Column("Co pozostaje", 70), Column("Do dnia", 22), Column("Podstawa", 73))
        yield Table(columns, rows)
    yield Section("Pouczenie", tuple(tied(text) for text in letter.instruction))
    yield Closing((letter.agent, "Biuro Obsługi Klienta"))
