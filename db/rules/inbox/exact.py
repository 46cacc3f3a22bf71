"""One state said twice, once with its decimals: `402, a dokładnie 402,85` is 402.85."""

from __future__ import annotations

from dataclasses import replace

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, kind_of
from db.rules.inbox.verdicts import Verdict

_REACH = 30
"""Pieces between the two."""


def said_exactly(pieces: list[Piece], states: list[State], numbers: list[Literal]) -> list[State]:
    """Return the states, each as exactly as the text gives it anywhere near.

    Whole metres behind the exact number hold where the writer gives just them: `402,85, więc
    podaję 402`.
    """
    kept = list(states)
    for number in numbers:
        if number.decimals is None:
            continue
        for state in [one for one in kept if _same(pieces, one.literal, number)]:
            if state.literal.first > number.first and _given(pieces, number, state):
                kept = [one for one in kept if one.literal.first != number.first]
            elif any(one.literal.first == number.first for one in kept):
                kept.remove(state)
            else:
                kept[kept.index(state)] = replace(state, literal=number)
    return kept


def _same(pieces: list[Piece], whole: Literal, exact: Literal) -> bool:
    """Tell whether one number is the whole metres of another near it, with no other meter between."""
    if whole.decimals is not None or whole.written.lstrip("0") != exact.written.lstrip("0"):
        return False
    low, high = min(whole.unit, exact.unit), max(whole.first, exact.first)
    between = pieces[low:high]
    return len(between) <= _REACH and not any(
        kind_of(piece) is Kind.METER or piece.says(Tag.MAIN | Tag.GARDEN) for piece in between
    )


def _given(pieces: list[Piece], exact: Literal, state: State) -> bool:
    words = pieces[exact.unit : state.literal.first]
    return state.verdict is Verdict.RIGHT or any(word.says(Tag.GIVE) for word in words)
