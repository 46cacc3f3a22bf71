"""Numbers that other numbers of the text make: a consumption is the difference of two states."""

from __future__ import annotations

from itertools import pairwise

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_STATED = Tag.STATE | Tag.METER | Tag.MAIN | Tag.GARDEN | Tag.HOME | Tag.NOW
_NEAR = 1
"""Sentences around in which the two others stand."""
_MOST = 60
"""Numbers of a text in which this is looked for: there are as many pairs as their square."""


def made_of_others(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the numbers stand that are a difference of two states near them, and no more.

    `Z 812 zrobiło się 840, czyli 28` tells of 28 that it was used, whatever its words are. The
    difference is smaller than both and follows the first of them.
    """
    if not 3 <= len(numbers) <= _MOST:
        return frozenset()
    return frozenset(number.first for number in numbers if _is_difference(pieces, number, numbers))


def concluded_uses(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where `czyli 32` concludes from a number before it, in its sentence, that is more than twice it.

    `Teraz 512, czyli 32 od ostatniego razu`: a state that is put right is of the same size.
    """
    return frozenset(
        number.first
        for before, number in pairwise(numbers)
        if pieces[before.first].sentence == pieces[number.first].sentence
        and int(number.written) * 2 < int(before.written)
        and _concluded(pieces, number)
        and not _named(pieces, number)
    )


def _named(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether a word since the number before says that this one is a state."""
    for piece in reversed(pieces[max(0, number.first - 6) : number.first]):
        if piece.sentence != pieces[number.first].sentence or piece.sort is Sort.DIGITS:
            return False
        if piece.says(_STATED) or kind_of(piece) is Kind.METER:
            return True
    return False


def _concluded(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether `czyli 7` or `różnica 7` is said of so small a number."""
    near = [piece for piece in pieces[max(0, number.first - 3) : number.first] if piece.sort is Sort.WORD]
    return any(piece.plain in ("czyli", "tj", "wiec", "wychodzi") or piece.says(Tag.USE) for piece in near)


def _is_difference(pieces: list[Piece], number: Literal, numbers: list[Literal]) -> bool:
    if number.decimals is not None or _named(pieces, number):
        return False
    if len(number.written.lstrip("0")) < 2 and not _concluded(pieces, number):
        return False
    value, sentence = int(number.written), pieces[number.first].sentence
    others = [
        int(other.written)
        for other in numbers
        if other.first != number.first
        and other.decimals is None
        and abs(pieces[other.first].sentence - sentence) <= _NEAR
        and int(other.written) > 2 * value
    ]
    return any(one - other == value for one in others for other in others)
