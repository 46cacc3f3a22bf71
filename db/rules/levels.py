"""How a rule answers: levels, the stable codes of the checks, and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Param = int | Decimal | date | str
"""A value inside a message; typed, so that the screen can write it in its own language."""


class Level(StrEnum):
    """What a finding asks of the person who wants to save."""

    OK = "ok"
    """Nothing; a finding of this level only informs."""
    WARN = "warn"
    """A reason code."""
    BLOCK = "block"
    """A supervisor's sign-off."""
    REFUSE = "refuse"
    """Nobody may override it: the record would contradict itself (a state longer than the dial,
    a second reading of a day). What is typed, or an earlier record, has to be corrected."""

    @property
    def rank(self) -> int:
        """Position from the mildest (0) to the hardest."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class FindingCode(StrEnum):
    """One code for each check of a reading, in the order in which the checks run."""

    STATE_TOO_LONG = "state_too_long"
    METER_NOT_INSTALLED = "meter_not_installed"
    METER_REMOVED = "meter_removed"
    FUTURE_DAY = "future_day"
    BEFORE_LAST = "before_last"
    ABOVE_LATER = "above_later"
    SAME_DAY = "same_day"
    NO_NOTICE = "no_notice"
    NOTICE_OVERDUE = "notice_overdue"
    ROLLOVER = "rollover"
    EXCHANGE_NOT_RECORDED = "exchange_not_recorded"
    BELOW_PREVIOUS = "below_previous"
    BELOW_ESTIMATE = "below_estimate"
    FAR_TOO_HIGH = "far_too_high"
    TOO_HIGH = "too_high"
    TOO_LOW = "too_low"
    ZERO_AFTER_USE = "zero_after_use"
    CONTRACT_ENDED = "contract_ended"
    SUPPLY_CUT_OFF = "supply_cut_off"
    GARDEN_ABOVE_MAIN = "garden_above_main"
    VERIFICATION_EXPIRED = "verification_expired"
    CLIENT_READINGS_IN_ROW = "client_readings_in_row"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has to say: an English template and its typed parameters."""

    code: FindingCode
    level: Level
    message: str
    params: Mapping[str, Param] = field(default_factory=dict)


def worst(findings: Iterable[Finding]) -> Level:
    """Return the hardest level among `findings`; `Level.OK` when there are none."""
    return max((finding.level for finding in findings), key=lambda level: level.rank, default=Level.OK)
