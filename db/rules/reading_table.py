"""The table of reading checks: one function a row, run in the order of `FindingCode`.

Levels: OK saves, WARN needs a reason code, BLOCK a supervisor's sign-off. REFUSE is kept for what
nobody may override, because the record would contradict itself: a state longer than the dial, a
day without this meter or in the future, a second reading of a day, a state above a later one.
After a refusal of the state, the meter or the day the rest of the table has nothing to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.rules import checks_entry as entry_rows
from db.rules import checks_use as use_rows
from db.rules.levels import Finding, Level, worst
from db.rules.reading_case import Case, build_case
from db.rules.reading_facts import ReadingCheck, ReadingContext, ReadingEntry


def examine(entry: ReadingEntry, context: ReadingContext) -> ReadingCheck:
    """Return what the table says about `entry`; without repairs."""
    case = build_case(entry, context)
    findings: list[Finding] = []
    for row in _ROWS:
        findings.extend(row(case))
        if findings and row in _GATES and worst(findings) is Level.REFUSE:
            break
    return ReadingCheck(
        previous=case.previous,
        days=case.days,
        consumption=case.consumption,
        rollover=case.rollover,
        expectation=case.expectation,
        findings=tuple(findings),
        level=worst(findings),
    )


_Row = Callable[[Case], Iterator[Finding]]

_ROWS: tuple[_Row, ...] = (
    entry_rows.state_fits_dial,
    entry_rows.meter_there,
    entry_rows.day_not_future,
    entry_rows.after_last,
    entry_rows.day_free,
    use_rows.notice_open,
    use_rows.not_below,
    use_rows.in_range,
    use_rows.moved,
    use_rows.contract_runs,
    use_rows.garden_below_main,
    use_rows.verified,
    use_rows.not_too_many,
)

_GATES: tuple[_Row, ...] = (
    entry_rows.state_fits_dial,
    entry_rows.meter_there,
    entry_rows.day_not_future,
    entry_rows.day_free,
)
"""Rows whose refusal leaves nothing for the next ones to judge."""
