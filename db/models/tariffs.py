"""Tariffs and interest rates: dated rows, never constants."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import TenThousandths, choice
from db.records.charges import Service


class TariffGroup(Table, table=True):
    """A group of customers with the same prices (taryfowa grupa odbiorców)."""

    __tablename__ = "tariff_group"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=12, unique=True)
    name: str = Field(max_length=80)


class TariffPrice(Table, table=True):
    """A net price in PLN, valid from its day until the day before the next. Append-only."""

    __tablename__ = "tariff_price"
    __table_args__ = (
        sa.UniqueConstraint("group_id", "service", "starts_on"),
        sa.CheckConstraint("price >= 0 AND vat_rate >= 0", name="amounts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="tariff_group.id")
    service: Service = Field(sa_type=choice(Service, "service"))
    starts_on: date
    price: Decimal = Field(sa_type=TenThousandths)
    vat_rate: Decimal = Field(sa_type=TenThousandths)
    """Percent."""
    approval: str = Field(default="", max_length=120)
    """By which decision, in words."""


class InterestRate(Table, table=True):
    """Statutory interest for delay (Art. 481 KC), percent a year, from its day on. Append-only."""

    __tablename__ = "interest_rate"
    __table_args__ = (sa.CheckConstraint("rate >= 0", name="rate"),)

    id: int | None = Field(default=None, primary_key=True)
    starts_on: date = Field(unique=True)
    rate: Decimal = Field(sa_type=TenThousandths)
    source: str = Field(default="", max_length=120)
