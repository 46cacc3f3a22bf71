"""Issued documents as the screens and the shell see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.records.documents import DocumentKind


class DeliveryKind(StrEnum):
    """How a document left the office."""

    HANDED_OVER = "handed_over"
    QUEUED = "queued"
    """It waits to be sent by e-mail."""
    SENT = "sent"
    """The mail server took the e-mail."""
    RETURNED = "returned"
    """The e-mail could not be delivered: refused, given up, or it came back."""
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class IssuedDocumentLine:
    """An issued document in a list."""

    id: int
    kind: DocumentKind
    number: str
    client_number: str
    reading_id: int | None
    issued_at: datetime
    agent: str
    left: DeliveryKind | None = None
    """How it left the office last; None while it has not."""
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IssuedDocumentView:
    """An issued document with everything that it says."""

    id: int
    kind: DocumentKind
    number: str
    client_number: str
    reading_id: int | None
    issued_at: datetime
    agent: str
    snapshot: str
    """Canonical JSON that the paper is made from."""
    snapshot_sha256: str
    pdf_sha256: str | None
    """Hash of the first paper made from it, which is kept; None before there is one."""
    repeated: bool = False
    """True when it had been issued before and comes out again."""
