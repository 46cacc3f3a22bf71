"""Which states hold: sure ones before others, later before earlier, those put right, one for each meter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.incoming import StatedReading
from db.rules.inbox.calendar_days import month_of
from db.rules.inbox.elsewhere import of_something_else
from db.rules.inbox.pairing import Paired
from db.rules.inbox.stated import State
from db.rules.inbox.tokens import Piece, Sort
from db.rules.inbox.verdicts import Verdict


def settled(pieces: list[Piece], states: list[State]) -> list[State]:
    """Drop what only may be one where others surely are, and a past one beside a present one."""
    told = [state for state in states if state.verdict is not Verdict.NONE]
    kept = [state for state in told if state.sure and state.verdict is not Verdict.PAST]
    kept = kept or _of_last_month([state for state in told if state.sure])
    kept = _of_the_writer(pieces, kept)
    if not kept:
        return told or (states[:1] if len({state.value for state in states}) == 1 else [])
    kept = _made_sure(kept)
    spare = [state for state in states if state.left_over and not state.literal.spelt]
    kept = [replace(one, doubt=one.doubt or any(_rivals(pieces, one, two) for two in spare)) for one in kept]
    certain = {one.value for one in kept if not one.doubt and len(one.literal.written) > 1}
    kept = [replace(one, doubt=one.doubt and one.value not in certain) for one in kept]
    return [*_alone_above(pieces, states, kept), *kept]


def _made_sure(states: list[State]) -> list[State]:
    """Leave out what is asked of a number that is given for certain later: `Czy to możliwe? Tak, 1310.`"""
    certain = {state.value: at for at, state in enumerate(states) if not state.doubt}
    return [
        state for at, state in enumerate(states) if not (state.doubt and certain.get(state.value, -1) > at)
    ]


def _alone_above(pieces: list[Piece], states: list[State], kept: list[State]) -> list[State]:
    """Return the state that is all of the subject and contradicts the only one of the text."""
    if len(kept) != 1 or kept[0].subject:
        return []
    first = next((state for state in states if state.literal.first == 0), None)
    if first is None or pieces[first.literal.unit].sort is not Sort.LINE or first.value == kept[0].value:
        return []
    return [first] if len(first.literal.written) == len(kept[0].literal.written) else []


def _of_last_month(states: list[State]) -> list[State]:
    """Return of the states of several months that of the last: December is before January then."""
    months = [month_of(state.month) or 0 for state in states]
    if len(set(months)) < 2 or not all(months):
        return states
    turned = max(months) - min(months) > 6
    last = max(months, key=lambda month: month + 12 * (turned and month <= 6))
    return [state for state, month in zip(states, months, strict=True) if month == last]


def _of_the_writer(pieces: list[Piece], states: list[State]) -> list[State]:
    """Return of `mąż spisał 943, ja 493` the writer's own, where that is what is asked for: `wpisać moje`."""
    mine = [state for state in states if pieces[state.literal.first - 1].plain == "ja"]
    wanted = any(
        piece.plain in ("moje", "moj", "moja")
        and pieces[at - 1].plain in ("wpisac", "przyjac", "uwzglednic", "zapisac")
        for at, piece in enumerate(pieces)
    )
    return [replace(state, doubt=False) for state in mine] if wanted and len(mine) == 1 else states


def _rivals(pieces: list[Piece], one: State, two: State) -> bool:
    """Tell whether a number that nothing explains stands in the sentence of a state and is as long."""
    near = pieces[one.literal.first].sentence == pieces[two.literal.first].sentence
    alike = abs(len(one.literal.written) - len(two.literal.written)) <= 1 and one.value != two.value
    if not (near and alike) or one.literal.written.lstrip("0") == two.literal.written.lstrip("0"):
        return False
    if of_something_else(pieces, two.literal, [one.literal.first]):
        return False
    year = len(two.literal.written) == 4 and two.literal.written[:2] in ("19", "20")
    head = [piece.plain for piece in pieces[max(0, two.literal.first - 5) : two.literal.first]]
    aside = "(" in head and ")" not in head
    return len(two.literal.written) >= 2 and not year and not aside


def in_order(paired: list[Paired], asked: list[str]) -> None:
    """Give the states of an answer the meters that the letter asks for, in its order, if as many."""
    if 2 <= len(paired) == len(asked) and not any(item.meter or item.role for item in paired):
        for item, meter in zip(paired, asked, strict=True):
            item.meter = meter


def corrected(paired: list[Paired]) -> list[Paired]:
    """Drop states that later ones put right, and those of earlier days, of what may be one meter."""
    kept: list[Paired] = []
    for item in paired:
        if item.state.verdict is Verdict.RIGHT:
            replaced = [one for one in kept if may_be_same(one, item)]
            if len({one.state.value for one in replaced} - {item.state.value}) > 1 and not (
                item.meter or item.role
            ):
                item.state = replace(item.state, doubt=True)
            for other in replaced:
                kept.remove(other)
                if item.meter is None and item.role is None:
                    item.meter, item.role = other.meter, other.role
        kept.append(item)
    return [item for item in kept if not any(_later(other, item) for other in kept)]


def _later(one: Paired, other: Paired) -> bool:
    """Tell whether one is a state of a later day of what may be the same meter."""
    same = one.role == other.role and (one.meter == other.meter or not (one.meter and other.meter))
    return same and bool(other.state.day) and one.state.day > other.state.day


def may_be_same(one: Paired, other: Paired) -> bool:
    """Tell whether two states may be those of one meter."""
    meters = one.meter is None or other.meter is None or one.meter == other.meter
    return meters and (one.role is None or other.role is None or one.role == other.role)


def contradictory(readings: Sequence[StatedReading]) -> bool:
    """Tell whether two states are those of one meter, or cannot be told apart."""
    for at, one in enumerate(readings):
        for other in readings[at + 1 :]:
            apart = (one.meter and other.meter and one.meter != other.meter) or (
                one.role and other.role and one.role != other.role
            )
            half = bool(one.meter) != bool(other.meter) or bool(one.role) != bool(other.role)
            if not apart and not half:
                return True
    return False
