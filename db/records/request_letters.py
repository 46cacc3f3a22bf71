"""What letters about requests say: frozen snapshots, taken at their issue, with the very text.

The text comes from `db.rules.mail_texts`; a letter keeps it, so that a changed template changes no
letter that has been sent. No PESEL, NIP, account, phone or e-mail stands in it in clear, except the
address that e-invoices go to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from db.records.paper import DocumentKind, Letterhead


@dataclass(frozen=True, slots=True)
class LetterFact:
    """A label and what it labels."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LetterText:
    """What all letters about requests have."""

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    request_number: str
    title: str
    """What the letter is called."""
    paragraphs: tuple[str, ...]
    """After the greeting, the agent's own words among them."""
    instruction: tuple[str, ...]
    """What the reader may do about it: how to appeal, whom to call."""
    agent: str
    facts: tuple[LetterFact, ...] = ()
    """What was asked for, or what the account is."""
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class RequestConfirmation(LetterText):
    """That a request, or a complaint, was received."""

    kind: ClassVar[DocumentKind] = DocumentKind.REQUEST_CONFIRMATION


@dataclass(frozen=True, slots=True)
class RequestDecision(LetterText):
    """That a request was approved and from when, or rejected, why, and how to appeal."""

    kind: ClassVar[DocumentKind] = DocumentKind.REQUEST_DECISION


@dataclass(frozen=True, slots=True)
class InformationRequest(LetterText):
    """What is still needed to decide a request, and by when."""

    kind: ClassVar[DocumentKind] = DocumentKind.INFORMATION_REQUEST


@dataclass(frozen=True, slots=True)
class EInvoiceConfirmation(LetterText):
    """From which day invoices go by e-mail, and where to."""

    kind: ClassVar[DocumentKind] = DocumentKind.EINVOICE_CONFIRMATION


@dataclass(frozen=True, slots=True)
class EbokActivation(LetterText):
    """That an account in e-BOK waits for its link; the link itself goes by e-mail only."""

    kind: ClassVar[DocumentKind] = DocumentKind.EBOK_ACTIVATION


@dataclass(frozen=True, slots=True)
class ComplaintAnswer(LetterText):
    """How a complaint was decided, and the consumer's 14 days (Art. 7a consumer rights act)."""

    kind: ClassVar[DocumentKind] = DocumentKind.COMPLAINT_ANSWER
