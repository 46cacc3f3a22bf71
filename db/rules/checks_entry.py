"""The first rows of the table: can this meter have shown this state on this day at all?"""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.dial import dial_size
from db.rules.levels import Finding, FindingCode, Level
from db.rules.reading_case import Case, finding
from db.words import N_


def state_fits_dial(case: Case) -> Iterator[Finding]:
    """Refuse a state with more digits than the dial."""
    digits = case.context.meter.digits
    if case.entry.state >= dial_size(digits):
        yield finding(
            FindingCode.STATE_TOO_LONG,
            Level.REFUSE,
            N_("The dial has %(digits)s black digits. Leave out the red ones."),
            digits=digits,
        )


def meter_there(case: Case) -> Iterator[Finding]:
    """Refuse a day on which this meter was not installed."""
    meter, day = case.context.meter, case.entry.day
    if day < meter.installed_on:
        yield finding(
            FindingCode.METER_NOT_INSTALLED,
            Level.REFUSE,
            N_("The meter was installed later, on %(installed)s. Correct the day."),
            installed=meter.installed_on,
        )
    # the closing state stands on the day of removal, so that day is taken
    if meter.removed_on is not None and day >= meter.removed_on:
        yield finding(
            FindingCode.METER_REMOVED,
            Level.REFUSE,
            N_("The meter was removed on %(removed)s. Ask for the number on the present meter."),
            removed=meter.removed_on,
        )


def day_not_future(case: Case) -> Iterator[Finding]:
    """Refuse a day after today."""
    if case.entry.day > case.context.today:
        yield finding(
            FindingCode.FUTURE_DAY,
            Level.REFUSE,
            N_("The day has not come yet. Type the day on which the dial was read."),
        )


def after_last(case: Case) -> Iterator[Finding]:
    """Block a day before the last state; refuse a state above the next one."""
    later = [reading for reading in case.own if reading.day > case.entry.day]
    meter = case.context.meter
    states = [(reading.day, reading.state, reading.real) for reading in later]
    if meter.removed_on is not None and meter.removed_state is not None:
        states.append((meter.removed_on, meter.removed_state, True))
    if not states:
        return
    last_day, _, _ = states[-1]
    yield finding(
        FindingCode.BEFORE_LAST,
        Level.BLOCK,
        N_("A later state is recorded, of %(last)s. Check the day; a supervisor may insert it."),
        last=last_day,
    )
    following = next(((day, state) for day, state, real in states if real), None)
    if following is not None and _beyond(case.entry.state, case.previous.state, following[1]):
        yield finding(
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


def day_free(case: Case) -> Iterator[Finding]:
    """Refuse a second state for one day."""
    meter = case.context.meter
    taken = [reading for reading in case.own if reading.day == case.entry.day]
    if any(reading.state == case.entry.state for reading in taken):
        yield finding(
            FindingCode.SAME_DAY,
            Level.REFUSE,
            N_("This state is already recorded for this day. There is nothing to save."),
        )
    elif taken:
        yield finding(
            FindingCode.SAME_DAY,
            Level.REFUSE,
            N_("This day already has the state %(state)s. If it is wrong, void it first."),
            state=taken[0].state,
        )
    elif case.entry.day == meter.installed_on:
        yield finding(
            FindingCode.SAME_DAY,
            Level.REFUSE,
            N_("The meter was installed that day with the state %(state)s. Take a later day."),
            state=meter.installed_state,
        )
