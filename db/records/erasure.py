"""What an erasure takes away and what it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.records.privacy_letters import RetainedPart


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What would be erased of a client today, and what stays until when."""

    client_number: str
    counts: tuple[tuple[str, int], ...]
    """Rows by table, as `erased_rows` counts them."""
    retained: tuple[RetainedPart, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure that was done."""

    client_number: str
    document: str
    """Number of the letter that says so."""
    kept_until: date
    """The last day of what stays longest of the books."""
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OldMail:
    """Incoming mail past its term."""

    spam: int
    strangers: int
    """Of no client, closed or answered."""
    waiting: int
    """Of no client and as old, but nobody has decided about it yet: it stays."""
