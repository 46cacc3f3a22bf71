"""Numbers in brackets: what stands before those or behind them is said of what they hold."""

from __future__ import annotations

import re

from db.rules.inbox.numbers import Literal
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_PRINTED = Tag.GUESS | Tag.INVOICE | Tag.THEIRS | Tag.USE | Tag.GAVE
_TURNS = Tag.GIVE | Tag.NOW | Tag.RIGHT | Tag.KEEP | Tag.METER | Tag.TOOK
"""What turns from a bill to the dial."""
_REACH = 20
_DENIED = re.compile(
    r"^(?:\w{1,12} ){0,2}?(?:nie (?:odpowiada|zgadza|pokrywa|jest|sa|ma|maja)\b|(?:jest|sa) (?:bledn|zl"
    r"|zmyslon"
    r"|zawyz|nieprawd|absurd|z kosmosu))"
)


def past_brackets(pieces: list[Piece], at: int) -> int:
    """Return where to read on behind brackets at `at`: what they hold is said of what is before."""
    if at >= len(pieces) or not pieces[at].is_sign("("):
        return at
    for end in range(at + 1, min(at + 12, len(pieces))):
        if pieces[end].sort is Sort.DIGITS:
            return at
        if pieces[end].is_sign(")"):
            return end + 1
    return at


def in_brackets(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether nothing but a number stands in brackets: `odczyt z 30.09 (15 330 m3) jest błędny`."""
    before, behind = literal.first - 1, literal.unit
    if (
        before < 1
        or behind >= len(pieces)
        or not pieces[behind].is_sign(")")
        or not pieces[before].is_sign("(")
    ):
        return False
    return behind + 1 < len(pieces) and pieces[behind + 1].sort is Sort.WORD


def in_apposition(inner: list[Piece], outer: list[Piece]) -> bool:
    """Tell whether brackets only say how much something else is: `na podstawie szacunku (stan 530`."""
    if not outer[-1].is_sign("(") or any(piece.says(_TURNS) for piece in inner):
        return False
    return len(outer) > 1 and outer[-2].says(_PRINTED)


def _refused_behind(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `dziewięćset nie, bo` takes a number back: a bare `nie` and a reason behind it."""
    behind = [piece.plain for piece in pieces[literal.unit : literal.unit + 4]]
    return (
        behind[:1] == ["nie"]
        and behind[1:2] in ([","], ["-"])
        and behind[2:3] in (["bo"], ["gdyz"], ["tylko"], ["lecz"])
    )


def denied_behind(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether brackets that hold a number are followed by a denial: `(stan 1164) nie odpowiada`."""
    own = pieces[literal.first].sentence
    if _refused_behind(pieces, literal):
        return True
    opened = False
    for piece in reversed(pieces[max(0, literal.first - _REACH) : literal.first]):
        if piece.sentence != own or piece.is_sign(")"):
            return False
        if opened := piece.is_sign("("):
            break
    closed = next((at for at in range(literal.unit, min(len(pieces), literal.unit + _REACH))
                   if pieces[at].is_sign(")")), 0)  # fmt: skip
    if not (opened and closed):
        return False
    behind = [piece for piece in pieces[closed + 1 : closed + 8] if piece.sentence == own]
    return _DENIED.search(" ".join(piece.plain for piece in behind if piece.sort is Sort.WORD)) is not None
