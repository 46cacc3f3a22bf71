"""Which of the paired states hold: later ones before earlier, those put right, one for each meter."""

from __future__ import annotations

from collections.abc import Sequence

from db.records.incoming import StatedReading
from db.rules.inbox.pairing import Paired
from db.rules.inbox.verdicts import Verdict


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
            for other in [one for one in kept if may_be_same(one, item)]:
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
