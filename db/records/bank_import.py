"""What became of a file of the bank, and the payments of it that wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """Whose payment a line is, for sure."""

    client_id: int
    client_number: str
    invoice_id: int | None
    invoice_number: str | None
    """The invoice that the payer named."""
    how: str
    """By what the payer was recognised."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Whose payments the lines of a file are."""

    digest: str
    """Of the file."""
    lines: tuple[PlannedLine | None, ...]
    """In the order of the file; None for one that has to wait for a person."""
    known: frozenset[str]
    """Keys of lines that came in with another file."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Money that the bank took back: a payment that was booked may be void."""

    line: int
    day: date
    amount: Decimal
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class BankImported:
    """What was taken from a file; `lines` is `booked` + `waiting` + `known`."""

    file_id: int | None
    """None for a trial."""
    name: str
    kind: str
    account: str
    """Of the statements, 26 digits; empty for a list of mass payments."""
    lines: int
    """Payments in the file."""
    booked: int
    waiting: int
    """Left for a person to match."""
    known: int
    """Taken from another file before: not booked again."""
    total: Decimal
    """Zlotys of all payments in the file."""
    booked_total: Decimal
    others: int
    """Movements that are no payments."""
    taken_back: tuple[TakenBack, ...]
    repeated: bool
    """This very file was imported before, and nothing was done."""
    imported_at: datetime
    """When it was imported: now, or the first time."""


@dataclass(frozen=True, slots=True)
class LineSuggestion:
    """A client whose payment a line may be."""

    client_number: str
    client_name: str
    invoice: str | None
    how: str
    score: int
    """The higher the likelier."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A payment that nobody has matched yet."""

    id: int
    day: date
    amount: Decimal
    title: str
    name: str
    account: str
    """Of the payer."""
    file: str
    imported_at: datetime
    suggestions: tuple[LineSuggestion, ...]
    """The best first."""


@dataclass(frozen=True, slots=True)
class WaitingLines:
    """A bounded page of them."""

    lines: tuple[WaitingLine, ...]
    more: bool
