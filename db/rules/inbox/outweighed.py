"""Of two numbers for one meter, the one that says itself a state beside one that counts or numbers.

A unit, leading zeros and the word `stan` right before speak for a number by itself, whatever else a
sentence tells: `Szkoła nr 5 podaje wskazanie 11 264 m3`, `1 licznik, 1 stan: 00529`.
"""

from __future__ import annotations

from db.rules.inbox.page import words
from db.rules.inbox.pairing import Paired
from db.rules.inbox.settling import may_be_same
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_MARGIN = 3
"""By which one must outweigh the other."""
_SHORT = 2
"""Digits of what may be dropped."""
_LABEL = 3
"""Pieces before a number in which its label stands."""
_SEVERAL = ("liczniki", "licznikow", "wodomierze", "wodomierzach", "drug", "jednym", "oba", "obu")
"""Words of several meters: a small state may be that of a new one."""
_NO_NOUNS = words("i a oraz na w z od do to jest byl bylo czyli dzis dzisiaj teraz")


def outweighed(pieces: list[Piece], paired: list[Paired]) -> list[Paired]:
    """Return the states without those that only count or number something beside another of their meter."""
    if len(paired) < 2 or any(piece.plain.startswith(_SEVERAL) for piece in pieces):
        return paired
    return [
        item
        for item in paired
        if not _counts(pieces, item)
        or not any(
            may_be_same(one, item)
            and len(_digits(one)) > len(_digits(item))
            and _weight(pieces, one) - _weight(pieces, item) >= _MARGIN
            for one in paired
        )
    ]


def _digits(item: Paired) -> str:
    return item.state.literal.written.lstrip("0")


def _counts(pieces: list[Piece], item: Paired) -> bool:
    """Tell whether one or two digits stand behind `nr` and the like, or before what may be counted."""
    literal = item.state.literal
    if len(_digits(item)) > _SHORT or literal.cubic:
        return False
    if literal.first and pieces[literal.first - 1].says(Tag.NUMBER | Tag.PLACE):
        return True
    following = pieces[literal.last] if literal.last < len(pieces) else None
    return following is not None and following.sort is Sort.WORD and following.plain not in _NO_NOUNS


def _weight(pieces: list[Piece], item: Paired) -> int:
    """Return how much speaks for a number as a state."""
    literal = item.state.literal
    led = len(literal.written) > _LABEL and literal.written.startswith("0")
    size = min(len(literal.written), _LABEL) - 1
    return 3 * literal.cubic + 2 * led + 2 * _labelled(pieces, literal.first) + size - 2 * literal.spelt


def _labelled(pieces: list[Piece], first: int) -> bool:
    """Tell whether a state or a meter is named right before a number."""
    for piece in reversed(pieces[max(0, first - _LABEL) : first]):
        if piece.sort is Sort.DIGITS or piece.is_sign(",;."):
            return False
        if piece.says(Tag.STATE | Tag.METER | Tag.NOW):
            return True
    return False
