"""Numbers that look like a state and are none, or like a client's and are a state."""

from __future__ import annotations

from itertools import pairwise

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_LEADS = Tag.STATE | Tag.NOW | Tag.GIVE | Tag.MAIN | Tag.GARDEN | Tag.COPULA | Tag.RIGHT
_JOINED = words("i oraz a albo lub to jest po na w z")


def in_label(pieces: list[Piece], back: Piece, literal: Literal) -> bool:
    """Tell whether a number is a part of a label before a colon and a number: `Kurnik 1: 90551`."""
    behind = pieces[literal.last : literal.last + 2]
    named = back.sort is Sort.WORD and not back.says(_LEADS) and back.plain not in _JOINED
    return (
        named and len(behind) == 2 and behind[0].is_sign(":") and behind[1].sort in (Sort.DIGITS, Sort.CLAIM)
    )


def below_zero(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `minus dwanaście` is a temperature; `plus minus 480` is only roughly meant."""
    head = [piece.plain for piece in pieces[max(0, literal.first - 2) : literal.first]]
    return head[-1:] == ["minus"] and head[:1] != ["plus"]


def by_chance(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a state only happens to be the client's number: `klient 1288, na liczniku 1288`."""
    head = pieces[max(0, literal.first - 3) : literal.first]
    own = [piece for piece in head if piece.clause == pieces[literal.first].clause]
    if pieces[literal.first].line == 0 or any(p.says(Tag.NUMBER | Tag.CLIENT) for p in own):
        return False
    dial = any(one.plain == "na" and two.says(Tag.METER) for one, two in pairwise(own))
    led = len(literal.written) < 6 and any(p.plain.startswith(("stan", "wskaz", "pokaz")) for p in own)
    return dial or led or (literal.cubic and any(p.says(Tag.STATE | Tag.METER) for p in own))
