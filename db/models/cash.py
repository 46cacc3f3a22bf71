"""The day's cash: counted by whoever took it, or a supervisor for them; signed for by somebody else."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Grosze, Instant, choice
from db.records.cash_day import CashEvent

DESK_MONEY = "method IN ('cash', 'card')"
"""What goes through a till, in the very words of the index: SQLite uses it for no others."""


class CashDayRow(Table, table=True):
    """A step of a till's day: counted, signed for, opened again. Append-only."""

    __tablename__ = "cash_day"
    __table_args__ = (
        sa.UniqueConstraint("staff_id", "day", "version"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("kind = 'closed' OR by_id <> staff_id", name="four_eyes"),
        sa.CheckConstraint("kind <> 'closed' OR by_id = staff_id OR reason <> ''", name="why"),
        sa.Index("ix_cash_day_day", "day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    """Whose till."""
    day: date
    version: int
    """1, 2, ...: two steps at once cannot both be the next one."""
    kind: CashEvent = Field(sa_type=choice(CashEvent, "kind"))
    cash_expected: Decimal = Field(sa_type=Grosze)
    card_expected: Decimal = Field(sa_type=Grosze)
    """What the ledger said then."""
    cash_counted: Decimal = Field(sa_type=Grosze)
    card_counted: Decimal = Field(sa_type=Grosze)
    """Of a signature, what was signed for."""
    reason: str = Field(default="", max_length=300)
    by_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Instant)
