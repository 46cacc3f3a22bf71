"""The table of reading checks, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from db.rules.levels import FindingCode, Level, worst
from db.rules.reading_checks import (
    Channel,
    MeterRole,
    NoticeFacts,
    ReadingContext,
    ReadingEntry,
    ReasonCode,
    check_reading,
    client_readings_in_row,
    may_save,
)
from db.rules.reading_facts import REASON_LABELS
from tests.rules.town import CONTEXT, HISTORY, METER, TODAY, entry, past, steady

LAST_DAY = HISTORY[-1].day
YESTERDAY = TODAY - timedelta(days=1)
GARDEN = replace(METER, number="70000001", role=MeterRole.GARDEN)
REMOVED = replace(METER, removed_on=YESTERDAY, removed_state=498)
FULL = steady(99_995, 12)


class Row(NamedTuple):
    """What is typed, in which context, and what the table must say."""

    typed: ReadingEntry
    context: ReadingContext
    findings: dict[FindingCode, Level]


def ctx(**changes: object) -> ReadingContext:
    return replace(CONTEXT, **changes)  # type: ignore[arg-type]  # keyword names are checked by replace()


def client_given(count: int) -> ReadingContext:
    """Return a context in which the last `count` readings were the client's."""
    marked = tuple(
        replace(reading, channel=Channel.PHONE if at >= len(HISTORY) - count else Channel.FIELD)
        for at, reading in enumerate(HISTORY)
    )
    return ctx(history=marked)


def with_estimate(state: int) -> ReadingContext:
    estimate = replace(HISTORY[-1], day=TODAY - timedelta(days=30), state=state, real=False)
    return ctx(history=(*HISTORY, estimate))


C = FindingCode
TABLE = {
    "plausible": Row(entry(499), ctx(), {}),
    "same as the highest usual": Row(entry(487 + 22), ctx(), {}),
    "state longer than the dial": Row(entry(487_123), ctx(), {C.STATE_TOO_LONG: Level.REFUSE}),
    "state one above the dial": Row(entry(100_000), ctx(), {C.STATE_TOO_LONG: Level.REFUSE}),
    "before installation": Row(
        entry(3, METER.installed_on - timedelta(days=1)), ctx(), {C.METER_NOT_INSTALLED: Level.REFUSE}
    ),
    "removed meter": Row(entry(499), ctx(meter=REMOVED), {C.METER_REMOVED: Level.REFUSE}),
    "on the day of removal": Row(entry(499, YESTERDAY), ctx(meter=REMOVED), {C.METER_REMOVED: Level.REFUSE}),
    "future day": Row(entry(499, TODAY + timedelta(days=1)), ctx(), {C.FUTURE_DAY: Level.REFUSE}),
    "before the last reading": Row(
        entry(484, LAST_DAY - timedelta(days=20)),
        ctx(),
        {C.BEFORE_LAST: Level.BLOCK, C.NO_NOTICE: Level.WARN},
    ),
    "before the removal of the meter": Row(
        entry(495, YESTERDAY - timedelta(days=2)), ctx(meter=REMOVED), {C.BEFORE_LAST: Level.BLOCK}
    ),
    "before the last and above it": Row(
        entry(488, LAST_DAY - timedelta(days=20)),
        ctx(),
        {C.BEFORE_LAST: Level.BLOCK, C.ABOVE_LATER: Level.REFUSE},
    ),
    "same day, same state": Row(entry(487, LAST_DAY), ctx(), {C.SAME_DAY: Level.REFUSE}),
    "same day, other state": Row(entry(488, LAST_DAY), ctx(), {C.SAME_DAY: Level.REFUSE}),
    "day of installation": Row(entry(1, METER.installed_on), ctx(history=()), {C.SAME_DAY: Level.REFUSE}),
    "no notice": Row(entry(499), ctx(notice=None), {C.NO_NOTICE: Level.WARN}),
    "no notice, in person": Row(
        entry(499, channel=Channel.IN_PERSON), ctx(notice=None), {C.NO_NOTICE: Level.WARN}
    ),
    "no notice, the reader's own": Row(entry(499, channel=Channel.FIELD), ctx(notice=None), {}),
    "notice past its deadline": Row(
        entry(499),
        ctx(notice=NoticeFacts("Z/1", date(2026, 11, 1), YESTERDAY)),
        {C.NOTICE_OVERDUE: Level.WARN},
    ),
    "day before the notice was left": Row(
        entry(499, YESTERDAY), ctx(notice=NoticeFacts("Z/1", TODAY, TODAY)), {C.NO_NOTICE: Level.WARN}
    ),
    "day on which the notice was left": Row(
        entry(499, YESTERDAY), ctx(notice=NoticeFacts("Z/1", YESTERDAY, TODAY)), {}
    ),
    "notice on its last day": Row(entry(499), ctx(notice=NoticeFacts("Z/1", date(2026, 11, 1), TODAY)), {}),
    "rollover": Row(entry(7), FULL, {C.ROLLOVER: Level.WARN}),
    "rollover with a high use": Row(entry(40), FULL, {C.ROLLOVER: Level.WARN, C.TOO_HIGH: Level.WARN}),
    "too much for a rollover": Row(entry(206), FULL, {C.BELOW_PREVIOUS: Level.BLOCK}),
    "below previous": Row(entry(486), ctx(), {C.BELOW_PREVIOUS: Level.BLOCK}),
    "small, but no exchange in sight": Row(entry(5), ctx(), {C.BELOW_PREVIOUS: Level.BLOCK}),
    "small, exchange ordered": Row(
        entry(5),
        ctx(meter=replace(METER, exchange_ordered=True)),
        {C.EXCHANGE_NOT_RECORDED: Level.BLOCK},
    ),
    "small, verification ends soon": Row(
        entry(5),
        ctx(meter=replace(METER, verified_until=date(2026, 12, 31))),
        {C.EXCHANGE_NOT_RECORDED: Level.BLOCK},
    ),
    "below, not small, exchange ordered": Row(
        entry(400), ctx(meter=replace(METER, exchange_ordered=True)), {C.BELOW_PREVIOUS: Level.BLOCK}
    ),
    "below an estimate": Row(entry(495), with_estimate(500), {C.BELOW_ESTIMATE: Level.WARN}),
    "above an estimate": Row(entry(505), with_estimate(500), {}),
    "too high": Row(entry(487 + 23), ctx(), {C.TOO_HIGH: Level.WARN}),
    "highest for a reason": Row(entry(487 + 66), ctx(), {C.TOO_HIGH: Level.WARN}),
    "far too high": Row(entry(487 + 67), ctx(), {C.FAR_TOO_HIGH: Level.BLOCK}),
    "too low": Row(entry(487 + 3), ctx(), {C.TOO_LOW: Level.WARN}),
    "lowest usual": Row(entry(487 + 4), ctx(), {}),
    "zero after use": Row(entry(487), ctx(), {C.ZERO_AFTER_USE: Level.WARN}),
    "zero after two days": Row(
        entry(487, LAST_DAY + timedelta(days=2)), ctx(notice=NoticeFacts("Z/1", LAST_DAY, TODAY)), {}
    ),
    "zero where nothing is used": Row(entry(487), steady(487, 0), {}),
    "contract ended, water used": Row(
        entry(499), ctx(contract_ends_on=date(2026, 10, 31)), {C.CONTRACT_ENDED: Level.BLOCK}
    ),
    "contract ends today": Row(entry(499), ctx(contract_ends_on=TODAY), {}),
    "contract ended, nothing used": Row(
        entry(487), ctx(contract_ends_on=date(2026, 10, 31)), {C.ZERO_AFTER_USE: Level.WARN}
    ),
    "cut off, water used": Row(
        entry(499), ctx(cut_off_on=date(2026, 10, 1)), {C.SUPPLY_CUT_OFF: Level.BLOCK}
    ),
    "garden above main": Row(
        entry(499),
        ctx(meter=replace(METER, role=MeterRole.GARDEN), main_consumption=10),
        {C.GARDEN_ABOVE_MAIN: Level.BLOCK},
    ),
    "garden above main by a cut-off decimal": Row(
        entry(499), ctx(meter=replace(METER, role=MeterRole.GARDEN), main_consumption=11), {}
    ),
    "garden, main not read": Row(entry(499), ctx(meter=replace(METER, role=MeterRole.GARDEN)), {}),
    "main below garden": Row(entry(499), ctx(garden_consumption=14), {C.GARDEN_ABOVE_MAIN: Level.BLOCK}),
    "verification ended, main": Row(
        entry(499), ctx(meter=replace(METER, verified_until=YESTERDAY)), {C.VERIFICATION_EXPIRED: Level.OK}
    ),
    "verification ended, garden": Row(
        entry(499),
        ctx(meter=replace(METER, role=MeterRole.GARDEN, verified_until=YESTERDAY)),
        {C.VERIFICATION_EXPIRED: Level.WARN},
    ),
    "verification ends today": Row(entry(499), ctx(meter=replace(METER, verified_until=TODAY)), {}),
    "verification not known": Row(entry(499), ctx(meter=replace(METER, verified_until=None)), {}),
    "third reading of the client": Row(entry(499), client_given(2), {}),
    "fourth reading of the client": Row(entry(499), client_given(3), {C.CLIENT_READINGS_IN_ROW: Level.WARN}),
    "reader after three of the client": Row(entry(499, channel=Channel.FIELD), client_given(3), {}),
    "several at once": Row(
        entry(487 + 30),
        replace(client_given(4), notice=None, contract_ends_on=YESTERDAY),
        {
            C.NO_NOTICE: Level.WARN,
            C.TOO_HIGH: Level.WARN,
            C.CONTRACT_ENDED: Level.BLOCK,
            C.CLIENT_READINGS_IN_ROW: Level.WARN,
        },
    ),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_row_of_the_table(row: Row) -> None:
    check = check_reading(row.typed, row.context)
    assert {finding.code: finding.level for finding in check.findings} == row.findings
    assert check.level is worst(check.findings)


def test_every_code_has_a_row() -> None:
    assert {code for row in TABLE.values() for code in row.findings} == set(FindingCode)


def test_the_order_of_findings_is_that_of_the_codes() -> None:
    order = list(FindingCode)
    for row in TABLE.values():
        places = [order.index(finding.code) for finding in check_reading(row.typed, row.context).findings]
        assert places == sorted(places)


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_messages_are_short_and_complete(row: Row) -> None:
    for finding in check_reading(row.typed, row.context).findings:
        text = finding.message % finding.params
        assert len(text) <= 92
        assert text.endswith((".", "?"))


def test_consumption_is_counted_from_the_last_real_state() -> None:
    check = check_reading(entry(505), with_estimate(500))
    assert (check.previous.state, check.days, check.consumption) == (487, 60, 18)


def test_consumption_over_a_rollover() -> None:
    check = check_reading(entry(7), FULL)
    assert (check.rollover, check.consumption) == (True, 12)


def test_a_late_reading_is_counted_from_the_state_before_its_day() -> None:
    check = check_reading(entry(484, LAST_DAY - timedelta(days=20)), ctx())
    assert (check.previous.state, check.days, check.consumption) == (475, 40, 9)


def test_the_first_reading_is_counted_from_the_opening_state() -> None:
    fresh = replace(METER, installed_on=TODAY - timedelta(days=20), installed_state=2)
    check = check_reading(entry(9), ctx(meter=fresh, history=()))
    assert check.previous.opening
    assert (check.days, check.consumption, check.level) == (20, 7, Level.OK)


def test_a_new_meter_is_judged_by_the_use_of_the_old_one() -> None:
    exchange = TODAY - timedelta(days=30)
    old = replace(METER, removed_on=exchange, removed_state=493)
    new = replace(METER, number="90000001", installed_on=exchange, installed_state=1)
    context = ctx(meter=new, earlier_meters=(old,))
    check = check_reading(entry(7), context)
    assert check.expectation.expected == 6
    assert (check.consumption, check.level) == (6, Level.OK)


def test_a_late_reading_before_a_rollover_fits_on_either_side_of_it() -> None:
    days = [TODAY - timedelta(days=back) for back in (180, 120, 60)]
    context = ctx(history=past((days[0], 99_980), (days[1], 99_992), (days[2], 4), meter=METER))
    between = days[1] + timedelta(days=30)
    assert not check_reading(entry(99_998, between), context).has(C.ABOVE_LATER)
    assert not check_reading(entry(2, between), context).has(C.ABOVE_LATER)
    assert check_reading(entry(500, between), context).has(C.ABOVE_LATER)


def test_client_readings_in_row_stop_at_the_readers() -> None:
    assert client_readings_in_row(client_given(2).history, before=TODAY) == 2
    assert client_readings_in_row(client_given(0).history, before=TODAY) == 0
    assert client_readings_in_row((), before=TODAY) == 0


@pytest.mark.parametrize(
    ("level", "bare", "with_reason", "signed_off"),
    [
        (Level.OK, True, True, True),
        (Level.WARN, False, True, False),
        (Level.BLOCK, False, False, True),
        (Level.REFUSE, False, False, False),
    ],
)
def test_who_may_save(level: Level, bare: bool, with_reason: bool, signed_off: bool) -> None:
    assert may_save(level, reason=None, signed_off=False) is bare
    assert may_save(level, reason=ReasonCode.RECHECKED, signed_off=False) is with_reason
    assert may_save(level, reason=None, signed_off=True) is signed_off


def test_every_reason_has_its_words() -> None:
    assert set(REASON_LABELS) == set(ReasonCode)
    assert max(len(code) for code in ReasonCode) <= 24


def test_levels_are_ranked() -> None:
    assert [level.rank for level in (Level.OK, Level.WARN, Level.BLOCK, Level.REFUSE)] == [0, 1, 2, 3]
    assert worst([]) is Level.OK
