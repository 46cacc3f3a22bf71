"""Documents that leave the office: frozen snapshots of what they say, and their stored form.

A document copies what it said. Its snapshot is kept as canonical JSON, and the paper is made
from that text alone, so that a lost one comes out again byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
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
from db.records.privacy_letters import DataExport, ErasureDecision
from db.records.readings import ReadingStatus
from db.records.request_letters import (
    ComplaintAnswer,
    EbokActivation,
    EInvoiceConfirmation,
    InformationRequest,
    RequestConfirmation,
    RequestDecision,
)
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
    | RequestConfirmation
    | RequestDecision
    | InformationRequest
    | EInvoiceConfirmation
    | EbokActivation
    | ComplaintAnswer
    | DataExport
    | ErasureDecision
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
        RequestConfirmation,
        RequestDecision,
        InformationRequest,
        EInvoiceConfirmation,
        EbokActivation,
        ComplaintAnswer,
        DataExport,
        ErasureDecision,
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
        read = _reader(_SNAPSHOTS[kind])  # type: ignore[arg-type]  # every type can be hashed
        return cast(Snapshot, read(json.loads(text)))
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


@lru_cache(maxsize=256)
def _reader(wanted: Any) -> Callable[[Any], object]:
    """Return what makes `wanted` of what `json.loads` gave; it raises on anything else."""
    if get_origin(wanted) is UnionType:
        (known,) = (part for part in get_args(wanted) if part is not NoneType)
        read_known = _reader(known)
        return lambda value: None if value is None else read_known(value)
    if get_origin(wanted) is tuple:
        read_item = _reader(get_args(wanted)[0])
        return lambda value: tuple([read_item(item) for item in _checked(value, list)])
    if is_dataclass(wanted):
        return _record_reader(wanted)
    if wanted in (date, datetime):
        return lambda value: wanted.fromisoformat(_checked(value, str))
    if wanted is Decimal:
        return _decimal
    if issubclass(wanted, StrEnum):
        return lambda value: wanted(_checked(value, str))
    return lambda value: _checked(value, wanted)


def _decimal(value: Any) -> Decimal:
    """Return the plain figure `value`: no exponent, no sign but a minus, no blanks."""
    if not _FIGURE.fullmatch(_checked(value, str)):
        raise ValueError(f"{value[:40]!r} is no amount")
    return Decimal(value)


def _record_reader(wanted: Any) -> Callable[[Any], object]:
    hints = get_type_hints(wanted)
    readers = {field.name: _reader(hints[field.name]) for field in fields(wanted)}

    def read(value: Any) -> object:
        values = _checked(value, dict)
        if strange := sorted(values.keys() - readers.keys()):
            raise ValueError(f"unknown field {strange[0]}")
        return wanted(**{name: readers[name](each) for name, each in values.items()})

    return read


def _checked(value: Any, wanted: type) -> Any:
    if type(value) is not wanted:
        raise TypeError(f"{wanted.__name__} expected, not {type(value).__name__}")
    return value
