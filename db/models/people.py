"""Staff and their shell sessions."""

from datetime import datetime

from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.people import Channel, Role


class Staff(Table, table=True):
    """A member of staff."""

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    role: Role = Field(sa_type=choice(Role, "role"))
    password_hash: str = Field(max_length=255)
    active: bool = True
    channel: Channel = Field(default=Channel.PHONE, sa_type=choice(Channel, "channel"))
    must_change_password: bool = False
    failures: int = 0
    wait_until: datetime | None = Field(default=None, sa_type=Instant)
    last_sign_in: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    version: int = 1


class StaffSession(Table, table=True):
    """A sign-in from the shell; only the token's hash is kept."""

    __tablename__ = "staff_session"

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
