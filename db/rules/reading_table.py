"""The table of reading checks: one function a row, run in the order of `FindingCode`.

Levels: OK saves, WARN needs a reason code, BLOCK a supervisor's sign-off. REFUSE is kept for what
nobody may override, because the record would contradict itself: a state longer than the dial, a
day without this meter or in the future, a second reading of a day, a state above a later one.
After a refusal of the state, the meter or the day the rest of the table has nothing to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from db.records.clients import MeterRole
from db.rules.dial import dial_size, rollover_consumption
from db.rules.expected import expect, use_periods
from db.rules.levels import Finding, FindingCode, Level, Param, worst
from db.rules.reading_facts import (
    FIELD_CHANNELS,
    Expectation,
    PastReading,
    PreviousState,
    ReadingCheck,
    ReadingContext,
    ReadingEntry,
)
from db.words import N_

ROLLOVER_ALWAYS = 200
"""m³ up to which a use over the dial's end is believed (GSAN)."""
ROLLOVER_TIMES = 2
"""... or up to this many times the expected use (GSAN)."""
FAR_TIMES = 3
"""Times the highest usual use above which a supervisor has to see the reading. A leak seldom
triples a bill, a digit too many multiplies it by ten: asking for a reason is cheap below."""
FAR_ROOM = 30
"""m³ above the highest usual use that never need a supervisor: three times GSAN's floor, so that
a filled pool or a return home in a house with hardly any use stays the agent's affair."""
TRUNCATION = 1
"""m³ by which two dials that cut off their decimals may seem to disagree."""
EXCHANGE_NEAR = timedelta(days=365)
"""A meter this close to the end of its verification, or past it, may have been exchanged."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One entry with everything that is derived from its context once."""

    entry: ReadingEntry
    context: ReadingContext
    own: tuple[PastReading, ...]
    """This meter's readings, by day."""
    previous: PreviousState
    days: int
    consumption: int
    rollover: bool
    expectation: Expectation


def examine(entry: ReadingEntry, context: ReadingContext) -> ReadingCheck:
    """Return what the table says about `entry`; without repairs."""
    case = _case(entry, context)
    findings: list[Finding] = []
    for row in _ROWS:
        findings.extend(row(case))
        if row in _GATES and worst(findings) is Level.REFUSE:
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


def _case(entry: ReadingEntry, context: ReadingContext) -> _Case:
    meter = context.meter
    own = tuple(sorted((r for r in context.history if r.meter_number == meter.number), key=lambda r: r.day))
    # an estimate is no state of the dial: the use is counted from the last real one
    before = [reading for reading in own if reading.real and reading.day < entry.day]
    previous = (
        PreviousState(before[-1].day, before[-1].state, opening=False)
        if before
        else PreviousState(meter.installed_on, meter.installed_state, opening=True)
    )
    meters = (*context.earlier_meters, meter)
    periods = use_periods((r for r in context.history if r.day < entry.day), meters)
    expectation = expect(periods, since=previous.day, until=entry.day)
    consumption = entry.state - previous.state
    turned = rollover_consumption(previous.state, entry.state, meter.digits)
    rollover = consumption < 0 <= entry.state and _believable(turned, expectation)
    return _Case(
        entry=entry,
        context=context,
        own=own,
        previous=previous,
        days=expectation.days,
        consumption=turned if rollover else consumption,
        rollover=rollover,
        expectation=expectation,
    )


def _believable(turned: int, expectation: Expectation) -> bool:
    """Tell whether a use over the dial's end is small enough to be one (GSAN)."""
    expected = expectation.expected or Decimal(0)
    return 0 < turned <= max(Decimal(ROLLOVER_ALWAYS), ROLLOVER_TIMES * expected)


def _finding(code: FindingCode, level: Level, message: str, **params: Param) -> Finding:
    return Finding(code, level, message, params)


def _format(case: _Case) -> Iterator[Finding]:
    digits = case.context.meter.digits
    if case.entry.state >= dial_size(digits):
        yield _finding(
            FindingCode.STATE_TOO_LONG,
            Level.REFUSE,
            N_("The dial has %(digits)s black digits. Leave out the red ones."),
            digits=digits,
        )


def _installed(case: _Case) -> Iterator[Finding]:
    meter, day = case.context.meter, case.entry.day
    if day < meter.installed_on:
        yield _finding(
            FindingCode.METER_NOT_INSTALLED,
            Level.REFUSE,
            N_("The meter was installed later, on %(installed)s. Correct the day."),
            installed=meter.installed_on,
        )
    # the closing state stands on the day of removal, so that day is taken
    if meter.removed_on is not None and day >= meter.removed_on:
        yield _finding(
            FindingCode.METER_REMOVED,
            Level.REFUSE,
            N_("The meter was removed on %(removed)s. Ask for the number on the present meter."),
            removed=meter.removed_on,
        )


def _future(case: _Case) -> Iterator[Finding]:
    if case.entry.day > case.context.today:
        yield _finding(
            FindingCode.FUTURE_DAY,
            Level.REFUSE,
            N_("The day has not come yet. Type the day on which the dial was read."),
        )


def _before_last(case: _Case) -> Iterator[Finding]:
    later = [reading for reading in case.own if reading.day > case.entry.day]
    meter = case.context.meter
    states = [(reading.day, reading.state, reading.real) for reading in later]
    if meter.removed_on is not None and meter.removed_state is not None:
        states.append((meter.removed_on, meter.removed_state, True))
    if not states:
        return
    last_day, _, _ = states[-1]
    yield _finding(
        FindingCode.BEFORE_LAST,
        Level.BLOCK,
        N_("A later state is recorded, of %(last)s. Check the day; a supervisor may insert it."),
        last=last_day,
    )
    following = next(((day, state) for day, state, real in states if real), None)
    if following is not None and _beyond(case.entry.state, case.previous.state, following[1]):
        yield _finding(
            FindingCode.ABOVE_LATER,
            Level.REFUSE,
            N_("Above the later state %(state)s of %(day)s. Void the wrong one of the two first."),
            state=following[1],
            day=following[0],
        )


def _beyond(state: int, previous: int, following: int) -> bool:
    """Tell whether `state` would make the use up to the `following` state negative."""
    if following < previous:  # the dial passed its end between the two
        return following < state < previous
    return state > following


def _same_day(case: _Case) -> Iterator[Finding]:
    meter = case.context.meter
    taken = [reading for reading in case.own if reading.day == case.entry.day]
    if any(reading.state == case.entry.state for reading in taken):
        yield _finding(
            FindingCode.SAME_DAY,
            Level.REFUSE,
            N_("This state is already recorded for this day. There is nothing to save."),
        )
    elif taken:
        yield _finding(
            FindingCode.SAME_DAY,
            Level.REFUSE,
            N_("This day already has the state %(state)s. If it is wrong, void it first."),
            state=taken[0].state,
        )
    elif case.entry.day == meter.installed_on:
        yield _finding(
            FindingCode.SAME_DAY,
            Level.REFUSE,
            N_("The meter was installed that day with the state %(state)s. Take a later day."),
            state=meter.installed_state,
        )


def _notice(case: _Case) -> Iterator[Finding]:
    if case.entry.channel in FIELD_CHANNELS:
        return
    notice = case.context.notice
    if notice is None:
        yield _finding(
            FindingCode.NO_NOTICE,
            Level.WARN,
            N_("The meter reader left no notice. Why is the reading given?"),
        )
    elif case.context.today > notice.deadline:
        yield _finding(
            FindingCode.NOTICE_OVERDUE,
            Level.WARN,
            N_("The notice %(notice)s was to be answered by %(deadline)s. Why is it late?"),
            notice=notice.number,
            deadline=notice.deadline,
        )


def _below(case: _Case) -> Iterator[Finding]:
    if case.rollover:
        yield _finding(
            FindingCode.ROLLOVER,
            Level.WARN,
            N_("The dial has passed %(top)s and begun again: %(used)s m³. Is the state sure?"),
            top=dial_size(case.context.meter.digits) - 1,
            used=case.consumption,
        )
    elif case.consumption < 0:
        yield _too_small(case)
    estimates = [r for r in case.own if not r.real and case.previous.day < r.day < case.entry.day]
    if estimates and not case.rollover and case.previous.state <= case.entry.state < estimates[-1].state:
        yield _finding(
            FindingCode.BELOW_ESTIMATE,
            Level.WARN,
            N_("Below the estimate %(state)s of %(day)s; this reading corrects it. Is it sure?"),
            state=estimates[-1].state,
            day=estimates[-1].day,
        )


def _too_small(case: _Case) -> Finding:
    """Return the finding for a state below the previous one that is no rollover."""
    meter = case.context.meter
    ending = meter.verified_until is not None and case.entry.day + EXCHANGE_NEAR >= meter.verified_until
    if (meter.exchange_ordered or ending) and case.entry.state <= case.expectation.high:
        return _finding(
            FindingCode.EXCHANGE_NOT_RECORDED,
            Level.BLOCK,
            N_("Below %(previous)s: a new meter? Ask for its number; record the exchange first."),
            previous=case.previous.state,
        )
    return _finding(
        FindingCode.BELOW_PREVIOUS,
        Level.BLOCK,
        N_("Below %(previous)s of %(day)s. Ask for the black digits again, from the left."),
        previous=case.previous.state,
        day=case.previous.day,
    )


def far_too_high(expectation: Expectation) -> int:
    """Return the m³ above which a use needs a supervisor."""
    return max(FAR_TIMES * expectation.high, expectation.high + FAR_ROOM)


def _range(case: _Case) -> Iterator[Finding]:
    used, expectation = case.consumption, case.expectation
    if used > far_too_high(expectation):
        yield _finding(
            FindingCode.FAR_TOO_HIGH,
            Level.BLOCK,
            N_("Far too high: %(used)s m³ instead of %(high)s at most. Ask to read the dial again."),
            used=used,
            high=expectation.high,
        )
    elif used > expectation.high:
        yield _finding(
            FindingCode.TOO_HIGH,
            Level.WARN,
            N_("High: %(used)s m³ instead of %(high)s at most. Ask about a leak or guests."),
            used=used,
            high=expectation.high,
        )
    elif 0 < used < expectation.low:
        yield _finding(
            FindingCode.TOO_LOW,
            Level.WARN,
            N_("Low: %(used)s m³ instead of %(low)s at least. Ask whether anybody lived there."),
            used=used,
            low=expectation.low,
        )


def _zero(case: _Case) -> Iterator[Finding]:
    expected = case.expectation.expected
    # over a day or two a household may well use less than the dial can show
    if case.consumption == 0 and expected is not None and expected >= 1:
        yield _finding(
            FindingCode.ZERO_AFTER_USE,
            Level.WARN,
            N_("The dial has not moved since %(day)s. Is the house empty, or the meter stuck?"),
            day=case.previous.day,
        )


def _contract(case: _Case) -> Iterator[Finding]:
    context = case.context
    for code, since, message in (
        (
            FindingCode.CONTRACT_ENDED,
            context.contract_ends_on,
            N_("%(used)s m³ used and the contract ended on %(day)s. Whose water is it?"),
        ),
        (
            FindingCode.SUPPLY_CUT_OFF,
            context.cut_off_on,
            N_("%(used)s m³ used and the supply is cut off since %(day)s. Send a visit."),
        ),
    ):
        if since is not None and case.entry.day > since and case.consumption > 0:
            yield _finding(code, Level.BLOCK, message, used=case.consumption, day=since)


def _garden(case: _Case) -> Iterator[Finding]:
    context = case.context
    if context.meter.role is MeterRole.GARDEN:
        garden: int | None = case.consumption
        main = context.main_consumption
    else:
        garden, main = context.garden_consumption, case.consumption
    if garden is None or main is None or main < 0 or garden <= main + TRUNCATION:
        return
    yield _finding(
        FindingCode.GARDEN_ABOVE_MAIN,
        Level.BLOCK,
        N_("Garden %(garden)s m³, main meter only %(main)s m³. Were the two meters mixed up?"),
        garden=garden,
        main=main,
    )


def _verification(case: _Case) -> Iterator[Finding]:
    meter, day = case.context.meter, case.entry.day
    if meter.verified_until is None or day <= meter.verified_until:
        return
    if meter.role is MeterRole.GARDEN:
        yield _finding(
            FindingCode.VERIFICATION_EXPIRED,
            Level.WARN,
            N_("Verification ended on %(until)s: not deducted until the client has it exchanged."),
            until=meter.verified_until,
        )
    else:
        # the company's own duty (Art. 15 sec. 3): nothing that the caller could give a reason for
        yield _finding(
            FindingCode.VERIFICATION_EXPIRED,
            Level.OK,
            N_("Verification ended on %(until)s. The reading counts; we owe an exchange."),
            until=meter.verified_until,
        )


def _in_row(case: _Case) -> Iterator[Finding]:
    if case.entry.channel in FIELD_CHANNELS:
        return
    count = 1 + client_readings_in_row(case.own, before=case.entry.day)
    if count > case.context.max_client_readings:
        yield _finding(
            FindingCode.CLIENT_READINGS_IN_ROW,
            Level.WARN,
            N_("Client's reading no. %(count)s in a row. Order a control reading."),
            count=count,
        )


def client_readings_in_row(history: tuple[PastReading, ...], *, before: date) -> int:
    """Return how many real readings before that day the client gave since the company's last."""
    count = 0
    for reading in sorted(history, key=lambda r: r.day, reverse=True):
        if reading.day >= before or not reading.real:
            continue
        if reading.channel in FIELD_CHANNELS:
            break
        count += 1
    return count


_Row = Callable[[_Case], Iterator[Finding]]

_ROWS: tuple[_Row, ...] = (
    _format,
    _installed,
    _future,
    _before_last,
    _same_day,
    _notice,
    _below,
    _range,
    _zero,
    _contract,
    _garden,
    _verification,
    _in_row,
)

_GATES: tuple[_Row, ...] = (_format, _installed, _future, _same_day)
"""Rows whose refusal leaves nothing for the next ones to judge."""
