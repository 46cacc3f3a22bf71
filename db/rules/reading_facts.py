"""What the reading checks are told and what they answer: frozen records, no logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.records.clients import MeterRole
from db.records.people import Channel
from db.rules.levels import Finding, FindingCode, Level, Param
from db.words import N_

FIELD_CHANNELS = frozenset({Channel.FIELD, Channel.RADIO})
"""Channels on which the company itself reads the meter; every other reading is the client's."""


class ReasonCode(StrEnum):
    """Why a reading with a warning is saved all the same; any reason serves any warning."""

    RECHECKED = "rechecked"
    PHOTO_SEEN = "photo_seen"
    PROPERTY_SALE = "property_sale"
    COMPLAINT = "complaint"
    ESTIMATE_CORRECTION = "estimate_correction"
    LEAK = "leak"
    LONG_ABSENCE = "long_absence"
    MORE_USE = "more_use"
    OTHER = "other"


REASON_LABELS: Mapping[ReasonCode, str] = {
    ReasonCode.RECHECKED: N_("client checked the dial again"),
    ReasonCode.PHOTO_SEEN: N_("photo of the dial seen"),
    ReasonCode.PROPERTY_SALE: N_("sale of the property"),
    ReasonCode.COMPLAINT: N_("complaint"),
    ReasonCode.ESTIMATE_CORRECTION: N_("correction of an estimate"),
    ReasonCode.LEAK: N_("leak"),
    ReasonCode.LONG_ABSENCE: N_("long absence"),
    ReasonCode.MORE_USE: N_("more use: guests, garden, building work"),
    ReasonCode.OTHER: N_("other, see the note"),
}
"""What a person reads for each reason."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The consumption that a client's own history lets us expect over `days` days."""

    low: int
    """Whole m³; less than this is unusual."""
    high: int
    """Whole m³; more than this is unusual."""
    expected: Decimal | None
    """m³, one decimal; None when there is no history to tell from."""
    average_per_month: Decimal | None
    """m³ a month over the last real periods, one decimal; None without history."""
    days: int


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """The meter that is being read."""

    number: str
    role: MeterRole
    digits: int
    """Black digits of the dial."""
    installed_on: date
    installed_state: int
    """Opening state, whole m³."""
    removed_on: date | None = None
    removed_state: int | None = None
    """Closing state, whole m³."""
    verified_until: date | None = None
    """Last day on which the meter's verification holds; None when nobody knows."""
    exchange_ordered: bool = False
    """An exchange was ordered and its protocol is not recorded yet."""


@dataclass(frozen=True, slots=True)
class PastReading:
    """An accepted reading of the point, of this meter or of one before it."""

    day: date
    state: int
    consumption: int
    """Whole m³ since the real reading (or the opening state) of this meter before it."""
    real: bool
    """False for an estimate."""
    channel: Channel
    meter_number: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the meter reader left behind: an open notice for this meter."""

    number: str
    left_on: date
    deadline: date


@dataclass(frozen=True, slots=True)
class OtherMeter:
    """Another meter of the same client, for the question whether it was the one read."""

    number: str
    role: MeterRole
    digits: int
    last_state: int
    expectation: Expectation
    """For the days from its last reading to the day of the entry."""


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """What the agent typed."""

    state: int
    day: date
    channel: Channel


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """Everything that a reading is judged by."""

    meter: MeterFacts
    today: date
    history: tuple[PastReading, ...] = ()
    """Accepted readings of the point in any order: no voided ones, none that wait for approval."""
    earlier_meters: tuple[MeterFacts, ...] = ()
    """The meters of the same point and role that this one replaced."""
    notice: NoticeFacts | None = None
    contract_ends_on: date | None = None
    """Last day of the contract; None while it runs."""
    cut_off_on: date | None = None
    """Day since which the supply is cut off; None while it flows."""
    main_consumption: int | None = None
    """For a garden meter: whole m³ of the main meter over the same days; None when not read."""
    garden_consumption: int | None = None
    """For a main meter: whole m³ of its garden meters over the same days; None when not read."""
    other_meters: tuple[OtherMeter, ...] = ()
    max_client_readings: int = 3
    """Readings in a row that the client may give before the company reads the meter itself."""


@dataclass(frozen=True, slots=True)
class PreviousState:
    """The state that the consumption is counted from."""

    day: date
    state: int
    opening: bool
    """True when it is the state at installation, not a reading."""


class RepairKind(StrEnum):
    """What may have happened to a number between the dial and the form."""

    RED_DIGITS = "red_digits"
    OTHER_METER = "other_meter"
    CONSUMPTION = "consumption"
    SWAPPED = "swapped"
    MISSING = "missing"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class Repair:
    """A state that makes sense where the typed one does not, and why it may be meant."""

    kind: RepairKind
    state: int
    meter_number: str | None
    """The meter to record it for, when it is not the one that was chosen."""
    message: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingCheck:
    """The answer of the checks."""

    previous: PreviousState
    days: int
    """From the previous state to the day of the entry."""
    consumption: int
    """Whole m³ since the previous state; below 0 only beside a finding that blocks or refuses."""
    rollover: bool
    """The dial passed its highest number once since the previous state."""
    expectation: Expectation
    findings: tuple[Finding, ...]
    """In the order of `FindingCode`."""
    level: Level
    repairs: tuple[Repair, ...] = ()

    def has(self, code: FindingCode) -> bool:
        """Tell whether a check of this code has something to say."""
        return any(finding.code is code for finding in self.findings)
