"""Letters about requests: they differ in their text alone."""

from __future__ import annotations

from collections.abc import Iterator

from db.records.documents import to_json
from db.records.request_letters import (
    ComplaintAnswer,
    EbokActivation,
    EInvoiceConfirmation,
    InformationRequest,
    RequestConfirmation,
    RequestDecision,
)
from reports.documents.blocks import Block, Closing, Head, Paper, Paragraph, Particulars, Section, Title
from reports.documents.printed import printed
from reports.documents.words import long_day, tied

RequestLetter = (
    RequestConfirmation
    | RequestDecision
    | InformationRequest
    | EInvoiceConfirmation
    | EbokActivation
    | ComplaintAnswer
)
"""Any letter about a request."""


def paper(letter: RequestLetter) -> Paper:
    """Return what the letter says."""
    return Paper(
        title=f"{letter.title} {letter.number}",
        number=letter.number,
        client_number=letter.client_number,
        letterhead=letter.letterhead,
        created=letter.issued_at,
        language=letter.language,
        blocks=tuple(_blocks(letter)),
    )


def render(letter: RequestLetter) -> bytes:
    """Return the letter as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(letter), to_json(letter))


def _blocks(letter: RequestLetter) -> Iterator[Block]:
    known = (
        ("Nr dokumentu", letter.number),
        ("Nr sprawy", letter.request_number),
        ("Nr klienta", letter.client_number),
    )
    place = f"{letter.letterhead.town}, {long_day(letter.issued_on)}"
    yield Head(known, letter.client_name, letter.mailing_lines, place)
    yield Title(letter.title)
    yield Paragraph("Szanowni Państwo,")
    for text in letter.paragraphs:
        yield Paragraph(tied(text))
    if letter.facts:
        yield Particulars(tuple((fact.label, fact.value) for fact in letter.facts))
    if letter.instruction:
        yield Section("Pouczenie", tuple(tied(text) for text in letter.instruction))
    yield Closing((letter.agent, "Biuro Obsługi Klienta"))
