"""Who may say that the company read a meter itself: such a reading needs no notice and no reason."""

from __future__ import annotations

from db.records.people import Channel, Role
from db.rules.reading_facts import FIELD_CHANNELS
from db.words import N_

COMPANYS_OWN = frozenset({Role.SUPERVISOR, Role.SYSTEM})
"""Roles that record what the company's readers and radio bring in."""

_REFUSAL = N_(
    "Readings by the company's readers or radio are recorded by a supervisor."
    " Choose how the client gave this one: phone, email, in_person, letter, ebok or sms."
)


def company_channel_refusal(role: Role, channel: Channel) -> str | None:
    """Return why that role may not record by that channel; None when it may."""
    return _REFUSAL if channel in FIELD_CHANNELS and role not in COMPANYS_OWN else None
