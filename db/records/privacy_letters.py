"""Letters that answer the rights of Art. 15 and Art. 17 GDPR: frozen snapshots, taken at their issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from db.records.paper import DocumentKind, Letterhead


@dataclass(frozen=True, slots=True)
class LetterSection:
    """A heading and the sentences under it."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedPart:
    """A part of the exported data and how many rows it has."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class DataExport:
    """The letter of a copy of somebody's data; the copy itself is enclosed and not kept with it."""

    kind: ClassVar[DocumentKind] = DocumentKind.DATA_EXPORT

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    sections: tuple[LetterSection, ...]
    """Purposes and legal bases, recipients, retention, source, rights."""
    parts: tuple[ExportedPart, ...]
    sha256: str
    """Of the JSON file that was handed out with the letter."""
    agent: str
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class RetainedPart:
    """What an erasure leaves, until when, and the law that asks for it."""

    what: str
    until: date
    basis: str


@dataclass(frozen=True, slots=True)
class ErasureDecision:
    """What was erased at a client's request, what stays and until when.

    Names nothing that was erased: the address is one that the invoices keep.
    """

    kind: ClassVar[DocumentKind] = DocumentKind.ERASURE_DECISION

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    erased: tuple[str, ...]
    retained: tuple[RetainedPart, ...]
    instruction: tuple[str, ...]
    agent: str
    language: str = "pl"
    layout: int = 1
