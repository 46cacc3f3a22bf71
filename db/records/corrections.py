"""Corrections of invoices: what is ordered and what comes of it. Amounts are PLN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CorrectionKind(StrEnum):
    """What was wrong with an invoice (Art. 106j)."""

    READING = "reading"
    """It settled a reading that no longer counts: it is computed anew from those that do."""
    PRICE = "price"
    """It was computed by the wrong tariff."""
    BUYER = "buyer"
    """The buyer's name, address or NIP; amounts stay."""
    VOID = "void"
    """All of it: it is taken back whole, and its period can be billed anew."""


@dataclass(frozen=True, slots=True)
class CorrectionOrder:
    """What a correction is asked to set right."""

    kind: CorrectionKind
    why: str
    """In words, as the letter says it."""
    group: str = ""
    """Of a wrong price: code of the right tariff group; without, the contract's group of today."""
    may_estimate: bool = False
    """Of a wrong reading: charge the average where no reading closes the days any more."""


@dataclass(frozen=True, slots=True)
class IssuedCorrection:
    """A correction that has its number."""

    number: str
    document_id: int
    corrects: str
    """Number of the invoice at the root, not of a correction before this one."""
    before: Decimal
    """Gross that stood before."""
    after: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceToCorrect:
    """An invoice that settled a reading which counts no more."""

    number: str
    """Of the invoice at the root."""
    client_number: str
    meter: str
    day: date
    """Of the reading."""
    state: int
    gross: Decimal
    """What stands of the invoice today."""
