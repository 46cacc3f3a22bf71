"""What is charged for, and at which prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.records.charges import Service


@dataclass(frozen=True, slots=True)
class TariffGroup:
    """A group of customers with the same prices (taryfowa grupa odbiorców)."""

    id: int
    code: str
    """Such as `G1`."""
    name: str


@dataclass(frozen=True, slots=True)
class TariffPrice:
    """A net price in PLN, valid from its day until the day before the next."""

    service: Service
    starts_on: date
    price: Decimal
    vat_rate: Decimal
    """Percent."""
    approval: str
    """By which decision, in words."""


@dataclass(frozen=True, slots=True)
class TariffView:
    """A group with its prices, oldest first, and how many contracts are billed by it."""

    group: TariffGroup
    prices: tuple[TariffPrice, ...]
    contracts: int


@dataclass(frozen=True, slots=True)
class InterestRateView:
    """Statutory interest for delay from a day on."""

    starts_on: date
    rate: Decimal
    """Percent a year."""
    source: str
    """Where it is from, in words."""
