"""Letters about requests and about personal data as the office issues them, to be varied by the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from db.records.ebok import EInvoiceState
from db.records.people import Channel
from db.records.privacy_letters import DataExport, ErasureDecision, ExportedPart, RetainedPart
from db.records.request_letters import (
    ComplaintAnswer,
    EbokActivation,
    EInvoiceConfirmation,
    InformationRequest,
    RequestConfirmation,
    RequestDecision,
)
from db.records.requests import ComplaintSubject, RequestField, RequestKind, RequestState
from db.rules.privacy_text import ERASED, EXPORT_SECTIONS, INSTRUCTION
from db.rules.request_letter_text import LetterMatter, composed
from tests.reports.examples import HEAD

OFFICE = {"utility": HEAD.name, "phone": HEAD.phone}
ADDRESSED: dict[str, Any] = {
    "issued_on": date(2026, 11, 22),
    "issued_at": datetime(2026, 11, 22, 9, 41, 7, tzinfo=UTC),
    "letterhead": HEAD,
    "client_number": "123456",
    "client_name": "Łukasz Żółw",
    "mailing_lines": ("ul. Lipowa 4/12", "43-400 Mirowice"),
    "agent": "Anna Nowak",
}


def matter(kind: RequestKind, state: RequestState, **more: Any) -> LetterMatter:
    """Return a request of the third of November."""
    known: dict[str, Any] = {"received_on": date(2026, 11, 3), "deadline": date(2026, 12, 3)} | more
    return LetterMatter("W/2026/00418", kind, state, "123456", Channel.PHONE, **known)


def written(record: Any, number: str, about: LetterMatter, paragraph: str = "") -> Any:
    """Return the letter of that record about a request."""
    text = composed(record.kind, about, today=date(2026, 11, 22), office=OFFICE, paragraph=paragraph)
    said = {name: getattr(text, name) for name in ("title", "paragraphs", "instruction", "facts")}
    return record(number=number, request_number=about.number, **ADDRESSED, **said)


ADDRESS = (
    (RequestField.STREET, "ul. Źródlana"),
    (RequestField.HOUSE, "7"),
    (RequestField.FLAT, None),
    (RequestField.POSTAL_CODE, "43-400"),
    (RequestField.TOWN, "Mirowice"),
)
RECEIVED: RequestConfirmation = written(
    RequestConfirmation,
    "PW/2026/0000118",
    matter(RequestKind.MAILING_ADDRESS, RequestState.SUBMITTED, items=ADDRESS),
)
REJECTED: RequestDecision = written(
    RequestDecision,
    "RW/2026/0000031",
    matter(RequestKind.NAME, RequestState.REJECTED, reason="not_proved"),
    "Dokument można przynieść do biura albo przesłać pocztą elektroniczną.",
)
APPLIED: RequestDecision = written(
    RequestDecision,
    "RW/2026/0000032",
    matter(
        RequestKind.PESEL,
        RequestState.APPLIED,
        effective_on=date(2026, 11, 22),
        items=((RequestField.PESEL, "44051401359"),),
    ),
)
QUESTION: InformationRequest = written(
    InformationRequest,
    "UW/2026/0000007",
    matter(
        RequestKind.NAME, RequestState.NEEDS_INFO, asked="name_proof", asked_note="Brakuje strony drugiej."
    ),
)
EINVOICE: EInvoiceConfirmation = written(
    EInvoiceConfirmation,
    "EF/2026/0000044",
    matter(
        RequestKind.EINVOICE_ON,
        RequestState.APPLIED,
        einvoice=(EInvoiceState.CONFIRMED, "lukasz.zolw@example.com", date(2026, 11, 23)),
    ),
)
EBOK: EbokActivation = written(
    EbokActivation,
    "EB/2026/0000012",
    matter(RequestKind.EBOK_REGISTRATION, RequestState.APPLIED, login="zolw.lukasz"),
)
ANSWER: ComplaintAnswer = written(
    ComplaintAnswer,
    "OR/2026/0000003",
    matter(
        RequestKind.COMPLAINT,
        RequestState.REJECTED,
        subject=ComplaintSubject.READING,
        decision_note="Odczyt z dnia 31 października 2026 r. (1 487 m³) jest zgodny ze zdjęciem wodomierza.",
    ),
)
EXPORT = DataExport(
    number="RODO15/2026/0000001",
    sections=EXPORT_SECTIONS,
    parts=(ExportedPart("Dane identyfikacyjne i kontaktowe", 6), ExportedPart("Wglądy w dane", 1042)),
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    **ADDRESSED,
)
ERASURE = ErasureDecision(
    number="RODO17/2026/0000001",
    erased=ERASED,
    retained=(
        RetainedPart("Faktury i korekty", date(2031, 12, 31), "art. 86 § 1 Ordynacji podatkowej"),
        RetainedPart("Imię, nazwisko i adres", date(2031, 12, 31), "art. 106e ustawy o VAT"),
    ),
    instruction=INSTRUCTION,
    **ADDRESSED,
)

LETTERS = (RECEIVED, REJECTED, QUESTION, EINVOICE, EBOK, ANSWER, EXPORT, ERASURE)
"""One of every kind."""
