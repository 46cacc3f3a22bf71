"""A meter that was exchanged: the last state of the old one and the first of the new one."""

from __future__ import annotations

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_GONE = ("star", "zdemontowa", "zdjet", "zdjal", "wymontowa", "odkreco", "dotychczasow", "zabran")
_COME = ("now", "zalozo", "zalozy", "zamontowa", "zainstalowa", "wkreco", "wstawi", "zakladan")
_SWAP = ("wymian", "wymien", "podmien", "montaz", "zdemontowa", "zamontowa", "zdjet", "zdjal")
_HEAD = 6
"""Pieces before a meter's number in which the text says what became of it."""
_REACH = 14
"""Pieces behind a meter's number in which its state stands."""


def exchanged(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the states of an old and of a new meter stand; none where the text names no such two.

    `Stary nr 81234567 zakończył na 990, nowy nr 81234570 ruszył od 3` is two states whatever the
    verbs are; only the first number behind each meter is one, in its sentence. Without a word
    of the exchange the old one is a remark.
    """
    meters = [at for at, piece in enumerate(pieces) if kind_of(piece) is Kind.METER]
    gone = {at for at in meters if _headed(pieces, at, _GONE)}
    come = {at for at in meters if _headed(pieces, at, _COME)} - gone
    told = any(piece.plain.startswith(_SWAP) for piece in pieces)
    if not told or len(gone) != 1 or len(come) != 1 or len(meters) != 2:
        return frozenset()
    found = [_behind(pieces, at, numbers) for at in meters]
    return frozenset(found) if all(found) else frozenset()


def replaced(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the states of an exchange stand of which the text gives later ones too.

    `20.10 wymieniono: stary 81234567 miał 640, nowy 81234570 od 0. Dziś nowy pokazuje 7`: the
    first two are in the fitter's protocol.
    """
    told = {piece.sentence for piece in pieces if piece.plain.startswith(_SWAP)}
    told |= {
        pieces[at].sentence
        for at, piece in enumerate(pieces)
        if kind_of(piece) is Kind.METER and (_headed(pieces, at, _GONE) or _headed(pieces, at, _COME))
    }
    swapped = any(piece.plain.startswith(_SWAP) for piece in pieces)
    if not (told and swapped):
        return frozenset()
    last = max(told)
    if not any(pieces[number.first].sentence > last and _of_now(pieces, number) for number in numbers):
        return frozenset()
    return frozenset(number.first for number in numbers if pieces[number.first].sentence in told)


def _of_now(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether `dziś` or `obecnie` stands before a number in its sentence."""
    near = pieces[max(0, number.first - _REACH) : number.first]
    own = [piece for piece in near if piece.sentence == pieces[number.first].sentence]
    return any(
        (piece.says(Tag.NOW) and not piece.plain.startswith("now"))
        or (kind_of(piece) is Kind.DAY and piece.claim is not None and piece.claim.relative)
        for piece in own
    )


def _headed(pieces: list[Piece], at: int, beginnings: tuple[str, ...]) -> bool:
    """Tell whether one of some words stands before a meter's number, back to the number before."""
    for back in range(at - 1, max(-1, at - 1 - _HEAD), -1):
        piece = pieces[back]
        if piece.sort is Sort.DIGITS or kind_of(piece) is Kind.METER:
            return False
        if piece.sentence != pieces[at].sentence:
            return False
        if piece.sort is Sort.WORD and piece.plain.startswith(beginnings):
            return True
    return False


def _behind(pieces: list[Piece], at: int, numbers: list[Literal]) -> int:
    """Return where the first number behind a meter stands, before the next meter; 0 if none does."""
    for number in numbers:
        if number.first < at:
            continue
        between = pieces[at + 1 : number.first]
        apart = len(between) > _REACH or pieces[number.first].sentence != pieces[at].sentence
        other = any(kind_of(piece) is Kind.METER or piece.says(Tag.USE | Tag.FOREIGN) for piece in between)
        return 0 if apart or other or number.spelt else number.first
    return 0
