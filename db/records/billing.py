"""What a billing run looks at, contract by contract, and what it says it did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.records.charges import ChargeLine, SettledInterval
from db.records.clients import Address, MeterRole
from db.records.money import SkipReason


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a contract is billed for, both ends inside."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MeterState:
    """A dial on a day; whole m³."""

    day: date
    state: int
    rollover: bool = False
    reading_id: int | None = None


@dataclass(frozen=True, slots=True)
class MeterCase:
    """A meter of a point with what is known of it up to the end of the window."""

    id: int
    number: str
    role: MeterRole
    digits: int
    verified_until: date
    installed: MeterState
    removed: MeterState | None
    settled: MeterState | None
    """Where the last invoice that settled a real reading left off."""
    readings: tuple[MeterState, ...]
    """Real readings that count, oldest first."""
    pending: tuple[date, ...] = ()
    """Days of readings that wait for a supervisor."""
    estimated: MeterState | None = None
    """Where the last estimate since `settled` left off."""


@dataclass(frozen=True, slots=True)
class PointCase:
    """A supply point and its meters."""

    id: int
    postal: Address
    sewage: bool
    meters: tuple[MeterCase, ...]

    @property
    def address(self) -> str:
        """The address in one line."""
        return self.postal.line


@dataclass(frozen=True, slots=True)
class ContractCase:
    """Everything that the bill of one contract follows from, but for the prices."""

    contract_id: int
    starts_on: date
    ends_on: date | None
    group_id: int | None
    """The tariff group it began with."""
    window: Window
    points: tuple[PointCase, ...]
    estimated_until: date | None = None
    """Last day charged by estimates since the last real reading."""
    estimated_lines: tuple[ChargeLine, ...] = ()
    """What those estimates charged."""
    intervals: tuple[SettledInterval, ...] = ()
    """Settled real intervals, oldest first; loaded where an estimate may be needed."""
    groups_since: tuple[tuple[date, int], ...] = ()
    """The groups it came to later, each from its first day on, oldest first."""


@dataclass(frozen=True, slots=True)
class SettledRow:
    """What a bill settles on one meter; whole m³."""

    meter_id: int
    number: str
    role: MeterRole
    start: MeterState
    end: MeterState
    consumption: int
    estimated: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why a contract gets no invoice."""

    reason: SkipReason
    detail: str = ""
    """A number or an address, or the English template of a refusal."""
    params: Mapping[str, object] = field(default_factory=dict)

    def stored(self) -> str:
        """Return detail and values as one text."""
        return json.dumps([self.detail, {name: str(value) for name, value in self.params.items()}])

    @classmethod
    def restored(cls, reason: SkipReason, text: str) -> Skipped:
        """Return what `stored` made a text of."""
        detail, params = json.loads(text)
        return cls(reason, detail, params)


@dataclass(frozen=True, slots=True)
class SkippedContract:
    """A line of a billing run's protocol."""

    contract: str
    client_number: str
    skipped: Skipped


@dataclass(frozen=True, slots=True)
class ChunkDone:
    """What one transaction of a billing run did."""

    last_contract_id: int | None
    """Where the next one goes on; None when there is no more."""
    billed: int
    skipped: int
    by_email: int = 0
    """Of a trial: how many of those billed would go by e-mail."""


@dataclass(frozen=True, slots=True)
class RunStart:
    """A billing run that was begun or goes on."""

    run_id: int | None
    """None for a dry run."""
    contracts: int
    """How many are due in the period and not billed."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """The protocol of a billing run."""

    period: str
    """`2026-10`."""
    billed: int
    skipped: tuple[SkippedContract, ...]
    skipped_count: int
    reasons: dict[SkipReason, int]
    gross: Decimal
    """Sum of the invoices, PLN."""
    dry_run: bool
    by_email: int = 0
    """How many of them go by e-mail; the others are printed."""


@dataclass(frozen=True, slots=True)
class ContractBilled:
    """What became of billing one contract from its card."""

    contract: str
    client_number: str
    window: Window
    invoice: str | None
    """Number of the invoice; None when there is none."""
    gross: Decimal
    """PLN."""
    skipped: Skipped | None
    """Why there is no invoice."""


@dataclass(frozen=True, slots=True)
class BillPreview:
    """What the next invoice would be if a reading were taken."""

    water: int
    """Whole m³ of the interval."""
    days: int
    """Of the interval between the readings."""
    gross: Decimal
    """PLN."""
    window: Window
    """The days that the invoice would be for."""
