"""Supply points, meters, readings and the notices that meter readers leave."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import CubicMetres, Instant, choice
from db.records.clients import MeterRole
from db.records.people import Channel


class SupplyPoint(Table, table=True):
    """The place where water is delivered under a contract."""

    __tablename__ = "supply_point"

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contract.id", index=True)
    address_id: int = Field(foreign_key="address.id")
    sewage: bool = True


class Meter(Table, table=True):
    """A water meter; an exchange is a removal and an installation that points at it."""

    __table_args__ = (
        sa.CheckConstraint("digits BETWEEN 4 AND 9", name="digits"),
        sa.CheckConstraint("(removed_on IS NULL) = (removed_state IS NULL)", name="removal"),
        sa.CheckConstraint("removed_on IS NULL OR removed_on >= installed_on", name="order"),
        sa.Index("ix_meter_supply_point_id", "supply_point_id"),
        sa.Index("ix_meter_number", "number"),
        sa.Index("ix_meter_verified_until", "verified_until"),
        sa.Index(
            "uq_meter_number_in_use",
            "number",
            unique=True,
            sqlite_where=sa.text("removed_on IS NULL"),
            postgresql_where=sa.text("removed_on IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20)
    """Factory number, as printed on the invoice. In use once; a property that changed hands has
    the same meter again, in a row of the new client's."""
    supply_point_id: int = Field(foreign_key="supply_point.id")
    role: MeterRole = Field(sa_type=choice(MeterRole, "role"))
    digits: int = 5
    """Black digits on the dial: it starts again at 10**digits m³."""
    location: str | None = Field(default=None, max_length=60)
    seal: str | None = Field(default=None, max_length=20)
    verified_until: date
    """Last day of the legal verification (legalizacja)."""
    installed_on: date
    installed_state: int = Field(sa_type=CubicMetres)
    removed_on: date | None = None
    removed_state: int | None = Field(default=None, sa_type=CubicMetres)
    replaces_id: int | None = Field(default=None, foreign_key="meter.id")
    version: int = 1


class ReadingNotice(Table, table=True):
    """A slip left by the meter reader who found nobody; open until answered or past its deadline."""

    __tablename__ = "reading_notice"
    __table_args__ = (
        sa.CheckConstraint("deadline >= left_on", name="order"),
        sa.Index("ix_reading_notice_meter_id_deadline", "meter_id", "deadline"),
        sa.Index("ix_reading_notice_deadline", "deadline", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    meter_id: int = Field(foreign_key="meter.id")
    left_on: date
    deadline: date
    reader: str = Field(max_length=80)


class Reading(Table, table=True):
    """A dial state on a day. Append-only: never changed, never deleted."""

    __table_args__ = (
        sa.CheckConstraint("state >= 0", name="state"),
        sa.CheckConstraint("consumption >= 0 OR needs_approval", name="consumption"),
        sa.Index("ix_reading_meter_id_day", "meter_id", "day"),
        sa.Index("ix_reading_recorded_at", "recorded_at", "staff_id"),
        sa.Index(
            "ix_reading_pending",
            "recorded_at",
            "id",
            # SQLite uses the index only for the very words in which SQLAlchemy asks
            sqlite_where=sa.text("needs_approval = 1"),
            postgresql_where=sa.text("needs_approval"),
        ),
        sa.Index(
            "ix_reading_contact_id",
            "contact_id",
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_reading_notice_id",
            "notice_id",
            sqlite_where=sa.text("notice_id IS NOT NULL"),
            postgresql_where=sa.text("notice_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    meter_id: int = Field(foreign_key="meter.id")
    day: date
    state: int = Field(sa_type=CubicMetres)
    consumption: int = Field(sa_type=CubicMetres)
    """m³ since the reading before it, as judged when it was taken."""
    rollover: bool = False
    channel: Channel = Field(sa_type=choice(Channel, "channel"))
    estimated: bool = False
    needs_approval: bool = False
    """Saved although blocked: counts only once a supervisor has approved it."""
    notice_id: int | None = Field(default=None, foreign_key="reading_notice.id")
    reason: str | None = Field(default=None, max_length=24)
    note: str = Field(default="", max_length=500)
    findings: str = Field(default="[]", sa_type=sa.Text)
    """What the checks said, as JSON."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    approved_by_id: int | None = Field(default=None, foreign_key="staff.id")
    """The supervisor who signed at the agent's desk."""
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    submission: str | None = Field(default=None, max_length=40, unique=True)
    recorded_at: datetime = Field(sa_type=Instant)


class ReadingDecision(Table, table=True):
    """What was decided about a reading afterwards. Append-only."""

    __tablename__ = "reading_decision"
    __table_args__ = (
        sa.UniqueConstraint("reading_id", "kind"),
        sa.CheckConstraint("kind IN ('approved', 'rejected', 'voided')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reading_id: int = Field(foreign_key="reading.id")
    kind: str = Field(max_length=10)
    reason: str = Field(max_length=500)
    staff_id: int = Field(foreign_key="staff.id")
    decided_at: datetime = Field(sa_type=Instant)
