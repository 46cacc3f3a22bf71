"""A copy of everything that is kept about a client (Art. 15 GDPR), as tables of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from db.records.contacts import Purpose
from db.records.people import Channel

Cell: TypeAlias = str | int | bool | date | datetime | Decimal | None
"""A value as filed; members of enumerations are their words for programs."""


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column: its key in JSON, its Polish heading on paper, its share of the width."""

    key: str
    title: str
    share: int = 2


@dataclass(frozen=True, slots=True)
class PersonalPart:
    """One kind of data: `readings`, `payments`."""

    key: str
    title: str
    columns: tuple[PartColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All parts but the look-ups, which are read page by page up to `looks_until`."""

    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    as_of: datetime
    parts: tuple[PersonalPart, ...]
    looks_until: int
    """The newest entry of the access log when the copy was begun."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """That somebody in the office looked at the data, when and what for; never who."""

    seq: int
    at: datetime
    action: str
    """VIEW, REVEAL, PRINT, EXPORT, SEARCH."""
    scope: str
    """Which screen or fields."""
    purpose: Purpose | None
    """Of the contact that it served; None for work without a caller."""
    channel: Channel | None
