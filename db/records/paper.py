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
