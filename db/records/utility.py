"""The company's own particulars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UtilityParticulars:
    """The utility as it stands on its letterhead."""

    name: str
    short_name: str
    street: str
    postal_code: str
    town: str
    nip: str
    regon: str
    krs: str | None
    phone: str
    email: str
