"""The company's own particulars, the installation and the calendar."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant


class Utility(Table, table=True):
    """The utility's particulars as they stand on its letterhead; exactly one row."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=160)
    short_name: str = Field(max_length=60)
    street: str = Field(max_length=120)
    postal_code: str = Field(max_length=6)
    town: str = Field(max_length=80)
    nip: str = Field(max_length=10)
    regon: str = Field(max_length=14)
    krs: str | None = Field(default=None, max_length=10)
    phone: str = Field(max_length=20)
    email: str = Field(max_length=120)
    bank_account: str | None = Field(default=None, max_length=26)
    """NRB of the collective account."""
    routing_number: str | None = Field(default=None, max_length=8)
    """The bank's 8 digits in the clients' own account numbers."""
    account_prefix: str | None = Field(default=None, max_length=4)
    """The 4 digits by which the bank knows the utility there."""


class Installation(Table, table=True):
    """What this database is; exactly one row."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    uid: str = Field(max_length=36)
    created_at: datetime = Field(sa_type=Instant)
    demo: bool = False
    key_fingerprint: str = Field(max_length=64)
    """Tells which key signed the journal, without telling the key."""


class Holiday(Table, table=True):
    """A day on which the office does not work."""

    day: date = Field(primary_key=True)
    name: str = Field(max_length=80)
