"""Numbers that measure or price something else: a length, an area, a flow, marks, money."""

from __future__ import annotations

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind, words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, glued, kind_of

_AROUND = 40
_TELLS = Tag.STATE | Tag.METER | Tag.MAIN | Tag.GARDEN | Tag.TOOK | Tag.WATER
_COSTS = ("cena", "ceny", "cene", "koszt", "stawk", "taryf")
_SIZED = words("ma mam liczy okolo")
_PLACES = ("dom", "mieszkani", "dzialk", "lokal", "hala", "budyn", "powierzchni", "garaz", "sklep", "biur")
_PRICES = (
    "ile",
    "cen",
    "koszt",
    "plac",
    "staw",
    "oplat",
    "taryf",
    "drog",
    "tan",
    "zaplac",
    "podwyz",
    "wynosi",
)


def rated(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number gives marks: either one of `daję 2 na 10`."""
    if literal.decimals or len(literal.written) > 2:
        return False
    scales, first = ("5", "6", "10", "20"), literal.first
    behind = [piece.plain for piece in pieces[literal.unit : literal.unit + 2]]
    if (
        len(behind) > 1
        and behind[0] == "na"
        and behind[1] in scales
        and int(literal.written) <= int(behind[1])
    ):
        return first == 0 or pieces[first - 1].plain not in ("z", "ze", "zmiana", "wzroslo")
    back = [piece.plain for piece in pieces[max(0, first - 3) : first]]
    marked = len(back) == 3 and back[2] == "na" and literal.written in scales and back[1].isdigit()
    return marked and len(back[1]) < 3 and int(back[1]) <= int(literal.written) and back[0] not in ("z", "ze")


def a_length(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `15 m` is a length: one or two digits, no cube, and no word of a dial before them."""
    if (
        not literal.cubic
        or literal.unit - literal.last != 1
        or not pieces[literal.last].plain.startswith("m")
    ):
        return False
    if pieces[literal.first - 1].plain in _SIZED and pieces[literal.first - 2].plain.startswith(_PLACES):
        return literal.first > 1  # `dom ma 120 metrów`
    if pieces[literal.last].plain != "m":
        return False
    clause = [
        p
        for p in pieces[max(0, literal.first - 12) : literal.first]
        if p.clause == pieces[literal.first].clause
    ]
    return len(literal.written) <= 2 and not any(
        p.says(_TELLS | Tag.GIVE | Tag.NOW | Tag.COPULA) for p in clause
    )


def a_rate(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the number is of a flow or a use: `2,5 m3/h`."""
    at = literal.unit
    return literal.cubic and at < len(pieces) and pieces[at].is_sign("/") and glued(pieces, at + 1)


def a_price(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `1 m3` is what something costs so much for."""
    if not literal.cubic or literal.state != "1":
        return False
    near = pieces[max(0, literal.first - _AROUND) : literal.unit + _AROUND]
    own = pieces[literal.first].sentence
    return any(piece.plain.startswith(_PRICES) for piece in near if piece.sentence == own)


def beside_price(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether two decimals stand with an amount of money and no meter: `po 8,40, dziś 10,12`."""
    if literal.decimals is None or len(literal.decimals) != 2 or literal.cubic:
        return False
    own = pieces[literal.first].sentence
    near = pieces[max(0, literal.first - _AROUND) : literal.unit + _AROUND]
    near = [piece for piece in near if piece.sentence == own]
    if any(p.says(Tag.STATE | Tag.METER) and not p.plain.startswith("widz") for p in near):
        return False
    asked = pieces[max(0, literal.first - _AROUND) : literal.first]
    told = any(p.plain.startswith(_COSTS) and p.sentence >= own - 1 for p in asked)
    return told or any(kind_of(p) is Kind.MONEY for p in near)
