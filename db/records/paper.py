"""What every document that leaves the office has: a kind, and the utility at its head."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is; the key of its snapshot and of its layout."""

    READING_CONFIRMATION = "reading_confirmation"
    INVOICE = "invoice"
    CORRECTION = "correction"
    DUPLICATE = "duplicate"
    BALANCE_STATEMENT = "balance_statement"
    PAYMENT_SLIP = "payment_slip"
    DEMAND = "demand"
    INTEREST_NOTE = "interest_note"
    RECEIPT = "receipt"
    REQUEST_CONFIRMATION = "request_confirmation"
    REQUEST_DECISION = "request_decision"
    INFORMATION_REQUEST = "information_request"
    EINVOICE_CONFIRMATION = "einvoice_confirmation"
    EBOK_ACTIVATION = "ebok_activation"
    COMPLAINT_ANSWER = "complaint_answer"
    DATA_EXPORT = "data_export"
    ERASURE_DECISION = "erasure_decision"


ACCOUNTING = frozenset(
    {
        DocumentKind.INVOICE,
        DocumentKind.CORRECTION,
        DocumentKind.DUPLICATE,
        DocumentKind.INTEREST_NOTE,
        DocumentKind.RECEIPT,
    }
)
"""Kinds that prove an entry in the books: they stay until the term of Art. 86 Ordynacja podatkowa ends."""


KEPT_KINDS = ACCOUNTING | {DocumentKind.ERASURE_DECISION}
"""Kinds that an erasure leaves as they are; the guards of the database know them as well."""

REQUEST_LETTERS = frozenset(
    {
        DocumentKind.REQUEST_CONFIRMATION,
        DocumentKind.REQUEST_DECISION,
        DocumentKind.INFORMATION_REQUEST,
        DocumentKind.EINVOICE_CONFIRMATION,
        DocumentKind.EBOK_ACTIVATION,
        DocumentKind.COMPLAINT_ANSWER,
    }
)
"""Letters about requests: they go to the address on file, so that no caller is told anything."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The utility as it presents itself on paper, on the day of issue."""

    name: str
    address_lines: tuple[str, ...]
    town: str
    """Where letters are dated."""
    nip: str
    regon: str
    phone: str
    email: str
    krs: str | None = None
    account: str | None = None
    """The collective bank account (NRB), when the letter should show one."""
