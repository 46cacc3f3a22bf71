"""What holds for every reading, whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.rules.levels import FindingCode, Level, worst
from db.rules.reading_checks import (
    Channel,
    MeterFacts,
    MeterRole,
    NoticeFacts,
    PastReading,
    ReadingCheck,
    ReadingContext,
    ReadingEntry,
    RepairKind,
    check_reading,
)
from tests.rules.town import TODAY

LIKELY = (Level.OK, Level.WARN)
ORDER = {code: place for place, code in enumerate(FindingCode)}
READING_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON, Channel.FIELD)


def as_past(typed: ReadingEntry, check: ReadingCheck, meter: MeterFacts) -> PastReading:
    """Return the reading as the next check sees it once it is saved."""
    return PastReading(typed.day, typed.state, check.consumption, True, typed.channel, meter.number)


@st.composite
def contexts(draw: st.DrawFn) -> ReadingContext:
    """A meter with an accepted past; dials of 3 digits make rollovers frequent."""
    digits = draw(st.sampled_from([3, 4, 5]))
    meter = MeterFacts(
        number="1",
        role=draw(st.sampled_from(MeterRole)),
        digits=digits,
        installed_on=TODAY - timedelta(days=draw(st.integers(1, 900))),
        installed_state=draw(st.integers(0, 10**digits - 1)),
        verified_until=draw(st.none() | st.dates(date(2024, 1, 1), date(2029, 1, 1))),
        exchange_ordered=draw(st.booleans()),
    )
    context = ReadingContext(
        meter=meter,
        today=TODAY,
        notice=draw(st.none() | st.just(NoticeFacts("Z/1", date(2026, 11, 1), date(2026, 11, 25)))),
        contract_ends_on=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))),
        main_consumption=draw(st.none() | st.integers(0, 100)),
    )
    day, state = meter.installed_on, meter.installed_state
    for days, used in draw(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 60)), max_size=6)):
        day, state = day + timedelta(days=days), (state + used) % 10**digits
        if day > TODAY:
            break
        typed = ReadingEntry(state, day, draw(st.sampled_from(READING_CHANNELS)))
        check = check_reading(typed, context)
        if check.level in LIKELY:
            context = replace(context, history=(*context.history, as_past(typed, check, meter)))
    return context


@st.composite
def cases(draw: st.DrawFn) -> tuple[ReadingEntry, ReadingContext]:
    """A context and a reading that may or may not make sense in it."""
    context = draw(contexts())
    last = context.history[-1].state if context.history else context.meter.installed_state
    state = draw(
        st.integers(0, 10 ** (context.meter.digits + 3)) | st.integers(max(last - 40, 0), last + 120)
    )
    day = TODAY - timedelta(days=draw(st.integers(-2, 200)))
    return ReadingEntry(state, day, draw(st.sampled_from(READING_CHANNELS))), context


@given(cases())
def test_an_accepted_reading_never_has_a_negative_consumption(
    case: tuple[ReadingEntry, ReadingContext],
) -> None:
    check = check_reading(*case)
    if check.level in LIKELY:
        assert check.consumption >= 0
        assert check.days >= 1


@given(cases())
def test_consumption_is_the_difference_on_a_dial_of_these_digits(
    case: tuple[ReadingEntry, ReadingContext],
) -> None:
    typed, context = case
    check = check_reading(typed, context)
    turn = 10**context.meter.digits
    assert (check.previous.state + check.consumption - typed.state) % turn == 0
    assert check.consumption == typed.state - check.previous.state + (turn if check.rollover else 0)
    if check.rollover:
        assert typed.state < check.previous.state
        assert 0 < check.consumption < turn


@given(cases())
def test_findings_keep_the_order_of_the_table(case: tuple[ReadingEntry, ReadingContext]) -> None:
    findings = check_reading(*case).findings
    places = [ORDER[finding.code] for finding in findings]
    assert places == sorted(set(places))
    assert all(finding.message % finding.params for finding in findings)


@given(cases())
def test_the_answer_does_not_depend_on_the_order_of_the_history(
    case: tuple[ReadingEntry, ReadingContext],
) -> None:
    typed, context = case
    mixed = tuple(reversed(context.history))
    assert check_reading(typed, replace(context, history=mixed)) == check_reading(typed, context)


@given(contexts())
def test_accepted_readings_stay_accepted_when_checked_again(context: ReadingContext) -> None:
    """Each reading of an accepted past passes again against those before it, with the same use."""
    for at, reading in enumerate(context.history):
        typed = ReadingEntry(reading.state, reading.day, reading.channel)
        check = check_reading(typed, replace(context, history=context.history[:at]))
        assert check.level in LIKELY
        assert check.consumption == reading.consumption


@given(cases())
def test_an_accepted_reading_is_not_accepted_twice(case: tuple[ReadingEntry, ReadingContext]) -> None:
    typed, context = case
    check = check_reading(typed, context)
    if check.level in LIKELY:
        history = (*context.history, as_past(typed, check, context.meter))
        again = check_reading(typed, replace(context, history=history))
        assert [f.code for f in again.findings if f.level is Level.REFUSE] == [FindingCode.SAME_DAY]


@given(cases())
def test_repairs_pass_the_checks_where_the_typed_state_does_not(
    case: tuple[ReadingEntry, ReadingContext],
) -> None:
    typed, context = case
    check = check_reading(typed, context)
    assert len(check.repairs) <= 3
    assert len({repair.state for repair in check.repairs}) == len(check.repairs)
    for repair in check.repairs:
        assert repair.kind is not RepairKind.OTHER_METER
        assert repair.state != typed.state
        repaired = check_reading(replace(typed, state=repair.state), context)
        assert repaired.level in LIKELY
        assert 0 <= repaired.consumption <= repaired.expectation.high
        assert not repaired.repairs or repaired.has(FindingCode.TOO_LOW)


@given(cases())
def test_the_level_is_the_worst_finding(case: tuple[ReadingEntry, ReadingContext]) -> None:
    check = check_reading(*case)
    assert check.level is worst(check.findings)
    assert all(finding.level.rank <= check.level.rank for finding in check.findings)
