"""What may have happened to a number between the dial and the form, and the state that was meant.

A repair is offered only where the typed state makes no sense and the repaired one does: nothing
that the checks would themselves block, and at most three, best first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from db.rules.dial import dial_size
from db.rules.levels import FindingCode, Level
from db.rules.reading_facts import (
    Expectation,
    ReadingCheck,
    ReadingContext,
    ReadingEntry,
    Repair,
    RepairKind,
)
from db.rules.reading_table import examine
from db.words import N_

MOST_REPAIRS = 3
RED_DIGITS = (3, 2, 1)
"""Red digits on a dial, the usual number first."""
MOST_GUESSES = 2
"""A lost digit that could have been any of more than this many is not guessed."""

IMPLAUSIBLE = frozenset(
    {
        FindingCode.STATE_TOO_LONG,
        FindingCode.EXCHANGE_NOT_RECORDED,
        FindingCode.BELOW_PREVIOUS,
        FindingCode.FAR_TOO_HIGH,
        FindingCode.TOO_HIGH,
        FindingCode.TOO_LOW,
    }
)
"""Findings that speak against the number itself."""

_MESSAGES = {
    RepairKind.RED_DIGITS: N_("Red digits read too? %(state)s,%(red)s gives the state %(state)s."),
    RepairKind.CONSUMPTION: N_("Is %(typed)s the use, not the state? Then the state is %(state)s."),
    RepairKind.SWAPPED: N_("Two digits swapped? %(state)s instead of %(typed)s."),
    RepairKind.MISSING: N_("A digit missing? %(state)s instead of %(typed)s."),
    RepairKind.DOUBLED: N_("A digit too many? %(state)s instead of %(typed)s."),
    RepairKind.OTHER_METER: N_("The other meter? %(state)s fits the meter %(meter)s."),
}


def repairs_for(entry: ReadingEntry, context: ReadingContext, check: ReadingCheck) -> tuple[Repair, ...]:
    """Return the repairs for `entry`, best first; none when its state makes sense as it is.

    `check` is what the table says of it.
    """
    if not any(finding.code in IMPLAUSIBLE for finding in check.findings):
        return ()
    found: dict[tuple[int, str | None], Repair] = {}
    for repair in (*_red_digits(entry, context, check), *_other_meters(entry, context)):
        found.setdefault((repair.state, repair.meter_number), repair)
    for kind, states in (
        (RepairKind.CONSUMPTION, _as_consumption(entry.state, check)),
        (RepairKind.SWAPPED, _swapped(entry.state, context.meter.digits)),
        (RepairKind.MISSING, _missing(entry.state)),
        (RepairKind.DOUBLED, _one_less(entry.state)),
    ):
        fitting = [state for state in dict.fromkeys(states) if _fits(state, entry, context, check)]
        if len(fitting) <= MOST_GUESSES:
            for state in fitting:
                repair = Repair(kind, state, None, _MESSAGES[kind], {"typed": entry.state, "state": state})
                found.setdefault((state, None), repair)
    return tuple(found.values())[:MOST_REPAIRS]


def _red_digits(entry: ReadingEntry, context: ReadingContext, check: ReadingCheck) -> Iterator[Repair]:
    """Cut off what may be decimals; the dial may stand still, so only a high use speaks against it."""
    for red in RED_DIGITS:
        state, rest = divmod(entry.state, 10**red)
        if entry.state >= 10**red and _fits(state, entry, context, check, at_least=0):
            params = {"state": state, "red": f"{rest:0{red}d}"}
            yield Repair(RepairKind.RED_DIGITS, state, None, _MESSAGES[RepairKind.RED_DIGITS], params)


def _other_meters(entry: ReadingEntry, context: ReadingContext) -> Iterator[Repair]:
    """Find the client's other meters whose dial may show this state."""
    for other in context.other_meters:
        used = entry.state - other.last_state
        if entry.state < dial_size(other.digits) and _usual(used, other.expectation):
            yield Repair(
                RepairKind.OTHER_METER,
                entry.state,
                other.number,
                _MESSAGES[RepairKind.OTHER_METER],
                {"state": entry.state, "meter": other.number},
            )


def _as_consumption(typed: int, check: ReadingCheck) -> Iterator[int]:
    """The use since the previous state, given instead of the state."""
    if typed > 0:
        yield check.previous.state + typed


def _swapped(typed: int, digits: int) -> Iterator[int]:
    """Exchange each two neighbours, leading zeros of the dial included."""
    text = f"{typed:0{digits}d}"
    for at in range(len(text) - 1):
        yield int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def _missing(typed: int) -> Iterator[int]:
    """Put each digit at each place."""
    text = str(typed)
    for at in range(len(text) + 1):
        for digit in "0123456789":
            yield int(text[:at] + digit + text[at:])


def _one_less(typed: int) -> Iterator[int]:
    """Leave out each digit, doubled ones first."""
    text = str(typed)
    places = sorted(range(len(text)), key=lambda at: text[at] != text[at - 1 : at])
    for at in places:
        yield int(text[:at] + text[at + 1 :] or "0")


def _fits(
    state: int,
    entry: ReadingEntry,
    context: ReadingContext,
    check: ReadingCheck,
    *,
    at_least: int | None = None,
) -> bool:
    """Tell whether the checks let `state` pass and find its use usual."""
    low = check.expectation.low if at_least is None else at_least
    # what is expected does not hang on the state typed: nearly all guesses end here
    if state == entry.state or not low <= state - check.previous.state <= check.expectation.high:
        return False
    return examine(replace(entry, state=state), context).level.rank < Level.BLOCK.rank


def _usual(used: int, expectation: Expectation) -> bool:
    return max(expectation.low, 0) <= used <= expectation.high
