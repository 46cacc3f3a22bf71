"""What invoices and corrections say: frozen snapshots, taken once and for all at their issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from db.records.charges import Service
from db.records.clients import MeterRole
from db.records.paper import DocumentKind, Letterhead


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an invoice; amounts in PLN."""

    service: Service
    starts_on: date
    ends_on: date
    quantity: Decimal
    """m³ (3 decimals), or months of a standing charge (4 decimals)."""
    price: Decimal
    """Net."""
    net: Decimal
    vat_rate: Decimal
    """Percent."""
    estimated: bool = False
    supply_point: str | None = None
    """Which of several supply points, when the contract has more than one."""


@dataclass(frozen=True, slots=True)
class VatTotal:
    """The totals of one VAT rate, PLN."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Bill:
    """Lines and their totals (Art. 106e)."""

    lines: tuple[BilledLine, ...]
    vat_totals: tuple[VatTotal, ...]
    """From the highest rate down."""
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class SettledMeter:
    """What was settled on one meter; states and consumption are whole m³."""

    number: str
    role: MeterRole
    from_day: date
    from_state: int
    to_day: date
    to_state: int
    consumption: int
    estimated: bool = False
    rollover: bool = False
    removed: bool = False
    """The meter was taken out on `to_day`."""


@dataclass(frozen=True, slots=True)
class MonthlyUse:
    """Use of water in one month, from readings spread over their days."""

    month: str
    """`2026-10`."""
    volume: int
    """Whole m³."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who is charged, as on the day of issue."""

    name: str
    address_lines: tuple[str, ...]
    nip: str | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """What an invoice says (Art. 106e)."""

    kind: ClassVar[DocumentKind] = DocumentKind.INVOICE

    number: str
    """`FAK/YYYYMM/NNNNNNN/CCCCCC/YYYYMMDD`."""
    issued_on: date
    issued_at: datetime
    """Aware; becomes the creation date inside the PDF."""
    letterhead: Letterhead
    client_number: str
    contract_number: str
    buyer: Buyer
    mailing_lines: tuple[str, ...]
    """Address the letter goes to, without the name."""
    supply_point: str
    tariff: str
    """Code and name of the tariff group."""
    starts_on: date
    """First day of the billing period."""
    ends_on: date
    due_on: date
    account: str
    """The client's own account number (NRB, 26 digits)."""
    bill: Bill
    in_words: str
    """The amount to pay, in Polish words."""
    meters: tuple[SettledMeter, ...]
    history: tuple[MonthlyUse, ...] = ()
    """The last 24 months, oldest first."""
    explanation: tuple[str, ...] = ()
    """The bill explained in up to three Polish sentences."""
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction invoice says (Art. 106j): before, after, and the difference."""

    kind: ClassVar[DocumentKind] = DocumentKind.CORRECTION

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    contract_number: str
    corrected_number: str
    corrected_on: date
    """Day of issue of the corrected invoice."""
    reason: str
    buyer: Buyer
    """As it should be."""
    buyer_before: Buyer | None
    """As it was, when the buyer's data are what is corrected."""
    mailing_lines: tuple[str, ...]
    supply_point: str
    tariff: str
    starts_on: date
    ends_on: date
    due_on: date
    account: str
    before: Bill
    after: Bill
    difference: Bill
    """After less before: its lines are those of `before` negated and those of `after`."""
    in_words: str
    """The absolute difference, in Polish words."""
    meters: tuple[SettledMeter, ...]
    """As they should have been settled."""
    language: str = "pl"
    layout: int = 1
