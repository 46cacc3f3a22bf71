"""Documents that leave the office: frozen snapshots of what they say, and their stored form.

A document copies what it said. Its snapshot is kept as canonical JSON, and the paper is made
from that text alone, so that a lost one comes out again byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, ClassVar, cast, get_args, get_origin, get_type_hints

from db.errors import WrongInput
from db.records.clients import MeterRole
from db.records.invoices import Correction, Invoice
from db.records.letters import (
    BalanceStatement,
    Demand,
    Duplicate,
    InterestNote,
    PaymentSlip,
    Receipt,
)
from db.records.paper import DocumentKind, Letterhead
from db.records.people import Channel
from db.records.readings import ReadingStatus
from db.words import N_

__all__ = [
    "WATER_SUPPLY_ACT",
    "DocumentKind",
    "Letterhead",
    "ReadingConfirmation",
    "Snapshot",
    "from_json",
    "to_json",
]

WATER_SUPPLY_ACT = (
    "Ustawa z dnia 7 czerwca 2001 r. o zbiorowym zaopatrzeniu w wodę i zbiorowym odprowadzaniu "
    "ścieków (t.j. Dz. U. z 2024 r. poz. 757)"
)
"""The act and the journal of its consolidated text, as cited on new documents."""


@dataclass(frozen=True, slots=True)
class ReadingConfirmation:
    """What the confirmation of a reading says. States and consumption are whole m³."""

    kind: ClassVar[DocumentKind] = DocumentKind.READING_CONFIRMATION

    number: str
    """The document's number, such as `P/2026/000118`."""
    issued_on: date
    issued_at: datetime
    """Aware; becomes the creation date inside the PDF."""
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    """Address the letter goes to, without the name."""
    supply_point: str
    """Address of the supply point in one line."""
    meter: str
    role: MeterRole
    digits: int
    """How many digits of whole m³ the dial has."""
    state: int
    day: date
    """The day of the reading."""
    previous_state: int | None
    previous_day: date | None
    consumption: int | None
    channel: Channel
    agent: str
    """Name of the member of staff who took the reading."""
    status: ReadingStatus
    received_on: date | None = None
    """When the reading was given to us; None means the day of issue."""
    notice: str | None = None
    """Number of the meter reader's notice that it answers."""
    reason: str | None = None
    """Why a warning was overridden, in words."""
    findings: tuple[str, ...] = ()
    """What the checks found, as sentences in `language`."""
    act: str = WATER_SUPPLY_ACT
    language: str = "pl"
    layout: int = 1
    """Layout it was first printed in: a changed layout takes the next number, old papers keep theirs."""


Snapshot = (
    ReadingConfirmation
    | Invoice
    | Correction
    | Duplicate
    | BalanceStatement
    | PaymentSlip
    | Demand
    | InterestNote
    | Receipt
)
"""Any document's snapshot."""

_SNAPSHOTS: Mapping[DocumentKind, type[Snapshot]] = {
    record.kind: record
    for record in (
        ReadingConfirmation,
        Invoice,
        Correction,
        Duplicate,
        BalanceStatement,
        PaymentSlip,
        Demand,
        InterestNote,
        Receipt,
    )
}
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(snapshot: Snapshot) -> str:
    """Return the canonical JSON of `snapshot`: sorted keys, no spaces, ISO days, instants in UTC.

    Amounts are strings with the places they have. Lone surrogates, which no database stores, become U+FFFD.
    """
    text = json.dumps(_plain(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _SURROGATE.sub("\ufffd", text)


def from_json(kind: DocumentKind, text: str) -> Snapshot:
    """Return the snapshot stored as `text`; raise `WrongInput` when it is not one of `kind`."""
    try:
        return cast(Snapshot, _built(_SNAPSHOTS[kind], json.loads(text)))
    except (ValueError, TypeError, KeyError) as error:
        raise WrongInput(N_("The stored document (%(kind)s) cannot be read."), kind=kind.value).with_details(
            str(error)
        ) from error


def _plain(value: object) -> object:
    """Return `value` in JSON's own types; thousands of invoices a second pass here."""
    kind = type(value)
    if kind in _PLAIN_ALREADY:
        return value
    if kind is Decimal:
        return _amount(value)  # type: ignore[arg-type]  # its type was just looked at
    if kind is date:
        return value.isoformat()  # type: ignore[attr-defined]  # a day
    if kind is tuple:
        return [_plain(item) for item in value]  # type: ignore[attr-defined]  # a tuple
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat()
    names = _field_names(kind)  # type: ignore[arg-type]  # every type can be hashed
    return value if names is None else {name: _plain(getattr(value, name)) for name in names}


_PLAIN_ALREADY = frozenset({str, int, bool, NoneType})


def _amount(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("an amount needs to be finite")
    return format(value, "f")


@lru_cache(maxsize=128)
def _field_names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a record's fields; None for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


@lru_cache(maxsize=32)
def _hints(record: type) -> Mapping[str, Any]:
    return get_type_hints(record)


def _built(wanted: Any, value: Any) -> object:
    """Return `value`, as `json.loads` gave it, as the type `wanted`; raise on anything else."""
    if get_origin(wanted) is UnionType:
        if value is None:
            return None
        (wanted,) = (part for part in get_args(wanted) if part is not NoneType)
    if get_origin(wanted) is tuple:
        return tuple(_built(get_args(wanted)[0], item) for item in _checked(value, list))
    if is_dataclass(wanted):
        return _record(wanted, _checked(value, dict))
    if wanted in (date, datetime):
        return wanted.fromisoformat(_checked(value, str))
    if wanted is Decimal:
        return _decimal(_checked(value, str))
    if issubclass(wanted, StrEnum):
        return wanted(_checked(value, str))
    return _checked(value, wanted)


def _decimal(text: str) -> Decimal:
    """Return the plain figure `text`: no exponent, no sign but a minus, no blanks."""
    if not _FIGURE.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no amount")
    return Decimal(text)


def _record(wanted: Any, values: Mapping[str, Any]) -> object:
    known = {field.name for field in fields(wanted)}
    if strange := sorted(set(values) - known):
        raise ValueError(f"unknown field {strange[0]}")
    hints = _hints(wanted)
    return wanted(**{name: _built(hints[name], value) for name, value in values.items()})


def _checked(value: Any, wanted: type) -> Any:
    if type(value) is not wanted:
        raise TypeError(f"{wanted.__name__} expected, not {type(value).__name__}")
    return value
