"""Charges: what a bill is computed from, and what comes out of it.

Volumes are m³, amounts PLN, prices net; every figure is an exact Decimal and every span of days
holds both its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.records.clients import MeterRole


class Service(StrEnum):
    """What is charged, in the order of a bill's lines."""

    WATER = "water"
    SEWAGE = "sewage"
    STANDING = "standing"


class Unit(StrEnum):
    """What a line's quantity counts."""

    M3 = "m3"
    MONTH = "month"


UNITS = {Service.WATER: Unit.M3, Service.SEWAGE: Unit.M3, Service.STANDING: Unit.MONTH}


@dataclass(frozen=True, slots=True)
class DialReading:
    """One state of a dial."""

    day: date
    state: Decimal
    """m³, at most three decimals."""
    rollover: bool = False
    """The dial passed its last figure since the reading before."""


@dataclass(frozen=True, slots=True)
class MeterReadings:
    """A meter with its readings in order of time; an exchanged one is two meters of one role."""

    number: str
    role: MeterRole
    digits: int
    """Figures before the decimal point."""
    verified_until: date
    readings: tuple[DialReading, ...]


@dataclass(frozen=True, slots=True)
class Prices:
    """Net prices from a day until the day before the next: PLN for a m³, and for a month."""

    valid_from: date
    water: Decimal
    standing: Decimal
    sewage: Decimal | None = None
    """May be missing where no sewage is charged."""


@dataclass(frozen=True, slots=True)
class VatRates:
    """The VAT rate of each service, in per cent."""

    water: Decimal
    standing: Decimal
    sewage: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Which days are billed, and of what contract."""

    period_first: date
    period_last: date
    contract_first: date
    contract_last: date | None
    """None while it runs."""
    sewage: bool
    """Whether the point discharges sewage."""


@dataclass(frozen=True, slots=True)
class ChargeInput:
    """A bill described from nothing but itself."""

    terms: Terms
    prices: tuple[Prices, ...]
    vat: VatRates
    meters: tuple[MeterReadings, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one interval took, read or estimated."""

    first: date
    """The day after the reading before."""
    last: date
    """The day of the reading."""
    days: int
    water: int
    """Litres."""
    sewage: int
    """Litres: the water without what garden meters show, never below 0."""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class SettledInterval:
    """What a settled interval between two real readings took; for estimates."""

    days: int
    consumption: Decimal


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A line of a bill: one service at one price."""

    service: Service
    first: date
    last: date
    quantity: Decimal
    """m³ to three decimals, or months to four."""
    unit: Unit
    price: Decimal
    net: Decimal
    vat_rate: Decimal


@dataclass(frozen=True, slots=True)
class VatRow:
    """The totals of one VAT rate."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What a bill's lines add up to."""

    vat: tuple[VatRow, ...]
    """From the highest rate down."""
    net: Decimal
    vat_total: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Charges:
    """A computed bill."""

    lines: tuple[ChargeLine, ...]
    totals: Totals
    days: int
    """Of the interval between the readings."""
    estimated: bool = False
    """Without a reading; the next real one settles it."""
