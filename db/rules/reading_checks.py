"""The check of a reading as the form, the shell and the recording operation use it.

`check_reading` is the table of `reading_table` plus the repairs of `diagnosis`; the types are
handed on from `reading_facts`, so that one import serves.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.clients import MeterRole
from db.records.people import Channel
from db.rules.checks_use import client_readings_in_row
from db.rules.diagnosis import repairs_for
from db.rules.levels import Level
from db.rules.reading_facts import (
    FIELD_CHANNELS,
    REASON_LABELS,
    Expectation,
    MeterFacts,
    NoticeFacts,
    OtherMeter,
    PastReading,
    PreviousState,
    ReadingCheck,
    ReadingContext,
    ReadingEntry,
    ReasonCode,
    Repair,
    RepairKind,
)
from db.rules.reading_table import examine

__all__ = [
    "FIELD_CHANNELS",
    "REASON_LABELS",
    "Channel",
    "Expectation",
    "MeterFacts",
    "MeterRole",
    "NoticeFacts",
    "OtherMeter",
    "PastReading",
    "PreviousState",
    "ReadingCheck",
    "ReadingContext",
    "ReadingEntry",
    "ReasonCode",
    "Repair",
    "RepairKind",
    "check_reading",
    "client_readings_in_row",
    "may_save",
]


def check_reading(entry: ReadingEntry, context: ReadingContext) -> ReadingCheck:
    """Return findings in the order of the table, the level they add up to, and repairs."""
    check = examine(entry, context)
    return replace(check, repairs=repairs_for(entry, context, check))


def may_save(level: Level, *, reason: ReasonCode | None, signed_off: bool) -> bool:
    """Tell whether a reading of this level may be saved as one that counts.

    WARN needs a reason; BLOCK a supervisor's sign-off, which covers warnings beside it; REFUSE is
    never saved.
    """
    if level is Level.OK:
        return True
    if level is Level.WARN:
        return reason is not None
    return level is Level.BLOCK and signed_off
