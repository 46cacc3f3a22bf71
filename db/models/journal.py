"""The two hash-chained logs: what was changed, and who looked at what."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, big_id


class AuditEntry(Table, table=True):
    """A change: who, when, what, before and after. Append-only, chained."""

    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("ix_audit_entry_client_id", "client_id", "seq"),)

    seq: int = Field(primary_key=True, sa_type=big_id(), sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    staff_id: int | None = None
    staff_login: str = Field(max_length=40)
    action: str = Field(max_length=60)
    subject: str = Field(max_length=80)
    """What it happened to, e.g. `reading 812`."""
    client_id: int | None = None
    contact_id: int | None = None
    before: str | None = Field(default=None, sa_type=sa.Text)
    after: str | None = Field(default=None, sa_type=sa.Text)
    """JSON; personal data masked."""
    mac: str = Field(max_length=64)


class AccessEntry(Table, table=True):
    """A look at a client's data, with the contact it served; no values. Append-only, chained."""

    __tablename__ = "access_entry"
    __table_args__ = (
        sa.Index("ix_access_entry_client_id", "client_id", "seq"),
        sa.Index("ix_access_entry_staff_id", "staff_id", "seq"),
        sa.Index("ix_access_entry_at", "at", "staff_id"),
    )

    seq: int = Field(primary_key=True, sa_type=big_id(), sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    staff_id: int | None = None
    staff_login: str = Field(max_length=40)
    client_id: int | None = None
    contact_id: int | None = None
    action: str = Field(max_length=12)
    """VIEW, REVEAL, PRINT, EXPORT, SEARCH."""
    scope: str = Field(max_length=160)
    """Which screen or fields."""
    mac: str = Field(max_length=64)


class ChainHead(Table, table=True):
    """The newest entry of a log; the row that serialises its writers."""

    __tablename__ = "chain_head"

    log: str = Field(primary_key=True, max_length=12)
    seq: int = Field(default=0, sa_type=big_id())
    mac: str = Field(max_length=64)
