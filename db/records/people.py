"""Staff: who may sign in and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.words import N_


class Role(StrEnum):
    """What a staff member may do; `SYSTEM` is the program itself (installation, cron)."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    SYSTEM = "system"


ROLE_WORDS: Mapping[Role, str] = {
    Role.AGENT: N_("agent"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.ADMIN: N_("administrator"),
    Role.SYSTEM: N_("the program"),
}
"""What people read for each role."""


class Channel(StrEnum):
    """How a client reached us, or a reading came in."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
    LETTER = "letter"
    EBOK = "ebok"
    SMS = "sms"
    FIELD = "field"
    RADIO = "radio"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff as the rest of the program sees them."""

    id: int
    login: str
    name: str
    role: Role
    active: bool = True
    channel: Channel = Channel.PHONE
    """The channel a new contact starts with."""
    must_change_password: bool = False
    last_sign_in: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewStaff:
    """What is needed to add a member of staff."""

    login: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A supervisor's sign-off given at the agent's desk; good for one operation."""

    supervisor: StaffMember
    nonce: str
