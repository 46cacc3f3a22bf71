"""Numbers that no rule explains, but whose surroundings are no place for a state: a signature, small talk."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_NEAR = 30
_CLOSING = re.compile(
    r"(?:pozdr\w{0,8}|z powazaniem|z wyrazami|z pozdrowieni\w{1,4}|lacze wyrazy|uklony) |z szacunkiem"
)
_SIGNATURE = 60
"""Pieces of a signature."""
_TELLS = (
    Tag.STATE | Tag.METER | Tag.WATER | Tag.MAIN | Tag.GARDEN | Tag.HOME | Tag.GIVE | Tag.NOW | Tag.TOOK
    | Tag.RIGHT | Tag.WRONG | Tag.OLD | Tag.GAVE | Tag.PAST | Tag.THATIS | Tag.COPULA | Tag.DOUBT | Tag.ABOUT
    | Tag.READER | Tag.THEIRS | Tag.GUESS
)  # fmt: skip


def of_something_else(pieces: list[Piece], number: Literal, stated: Collection[int]) -> bool:
    """Tell whether a clause speaks in several words of no dial: `piszę z telefonu 14`.

    `stated` is where states stand; a number in the clause of one may be meant with it.
    """
    clause = pieces[number.first].clause
    near = pieces[max(0, number.first - _NEAR) : number.unit + _NEAR]
    own = [piece for piece in near if piece.clause == clause]
    if number.cubic or any(pieces[first].clause == clause for first in stated):
        return False
    spoken = [piece for piece in own if piece.sort is Sort.WORD]
    return len(spoken) >= 2 and not any(piece.says(_TELLS) or kind_of(piece) is Kind.METER for piece in own)


def below_greeting(pieces: list[Piece], at: int) -> bool:
    """Tell whether a number stands with the writer's name and titles, where no word speaks of a dial."""
    line = pieces[at].line
    own = [piece for piece in pieces[max(0, at - _NEAR) : at + _NEAR] if piece.line == line]
    if not any(piece.sort is Sort.WORD for piece in own) or any(
        piece.says(Tag.STATE | Tag.METER | Tag.NOW | Tag.MAIN | Tag.GARDEN) for piece in own
    ):
        return False
    return any(
        piece.line < line and _CLOSING.match(f"{piece.plain} {after.plain}")
        for piece, after in pairwise(pieces[max(0, at - _SIGNATURE) : at])
        if piece.sort is Sort.WORD
    )
