"""Numbers that other numbers of the text make: a consumption is the difference of two states."""

from __future__ import annotations

from dataclasses import dataclass
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


_ADDS = ("przyby", "dosz", "przyros", "zuzy", "nabil", "dobil", "doda", "plus", "wiecej", "przeplyn")
_SUPPOSES = ("powin", "mial", "bedzie", "wychodz")


@dataclass(frozen=True, slots=True)
class Totals:
    """Where states stand that a text adds up, and where what they are added up of."""

    certain: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()


def totals(pieces: list[Piece], numbers: list[Literal]) -> Totals:
    """Return what `od ostatniego odczytu (1310) przybyło 26, razem na liczniku 1336` adds up.

    The last of three numbers of a sentence is the state if it is the sum of a former one and a use
    before it, and is said to be what the dial shows.
    """
    certain: set[int] = set()
    gone: set[int] = set()
    for old, use, total in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if _adds_up(pieces, old, use, total):
            certain.add(total.first)
            gone |= {old.first, use.first}
    return Totals(frozenset(certain - gone), frozenset(gone))


def _adds_up(pieces: list[Piece], old: Literal, use: Literal, total: Literal) -> bool:
    if old.decimals or use.decimals or total.decimals:
        return False
    if int(old.written) + int(use.written) != int(total.written) or not int(use.written):
        return False
    sentence = pieces[total.first].sentence
    head = [p for p in pieces[max(0, old.first - 12) : use.first] if p.sentence == sentence]
    added = [p for p in pieces[old.unit : total.first] if p.sentence == sentence]
    last = [p for p in pieces[use.unit : total.first] if p.sentence == sentence]
    return (
        pieces[use.first].sentence == sentence
        and any(p.says(Tag.OLD | Tag.PAST) for p in head)
        and any(p.plain.startswith(_ADDS) or p.is_sign("+") for p in added)
        and any(p.says(Tag.STATE | Tag.METER | Tag.NOW | Tag.GIVE) for p in last)
        and not any(p.says(Tag.GUESS | Tag.THEIRS) or p.plain.startswith(_SUPPOSES) for p in last)
    )


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
