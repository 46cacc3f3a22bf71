"""Water put into the network: what somebody enters, and what is on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class WaterFigure:
    """What a person says was put into a town's network in a month."""

    town: str
    month: date
    """Its first day."""
    volume: int
    """Whole m³."""
    note: str = ""
    """Where the figure is from."""


@dataclass(frozen=True, slots=True)
class WaterEntry:
    """A figure on file."""

    town: str
    month: str
    """`YYYYMM`."""
    volume: int
    note: str
    entered_by: str
    """A login; empty for the program."""
    entered_at: datetime
    replaced: bool
    """A later entry of the same town and month counts instead."""


class WaterResult(StrEnum):
    """What became of a figure."""

    ENTERED = "entered"
    REPLACED = "replaced"
    """Entered, and an earlier one counts no more."""
    UNCHANGED = "unchanged"
    """The very same is on file already: nothing was written."""
    DOUBTFUL = "doubtful"
    """Far from what the town usually takes: not written until somebody says that it is right."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class WaterOutcome:
    """What became of one figure."""

    figure: WaterFigure
    result: WaterResult
    before: int | None = None
    """m³ that counted until now."""
    message: str = ""
    """Why it was refused or is doubtful, `N_`-marked."""
    params: Mapping[str, object] = field(default_factory=dict)
