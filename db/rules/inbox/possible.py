"""Whether a number has the size and the place of a state at all."""

from __future__ import annotations

from db.rules.inbox.lexicon import Tag
from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind, words
from db.rules.inbox.tokens import Piece, Sort, glued, kind_of

_LONGEST_WHOLE = 6
_PLURALS = ("y", "i", "ow", "ek", "ej", "en", "nia", "ia", "zy")
_NO_NOUNS = words(
    "jeszcze dalej potem kiedy ktory przeze przy czyli poniewaz wtedy ktory tylko oraz daty stany"
)
_LEADS = Tag.STATE | Tag.METER | Tag.NOW | Tag.GIVE | Tag.MAIN | Tag.GARDEN | Tag.COPULA | Tag.RIGHT


def may_be(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number has the size and the place of a state at all."""
    whole = literal.written.lstrip("0")
    if len(whole) > _LONGEST_WHOLE and literal.decimals is None:
        return False
    following = pieces[literal.unit] if literal.unit < len(pieces) else None
    if _names_year(pieces, literal) or _house(pieces, literal) or _a_rate(pieces, literal):
        return False
    if following is not None and following.is_sign("%"):
        return False
    if (
        following is not None
        and following.is_sign("?")
        and glued(pieces, literal.unit)
        and _hidden(pieces, literal)
    ):
        return False
    return not (len(literal.written) <= 2 and not literal.cubic and _ordinal(pieces, literal))


def _hidden(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `48? ostatniej cyfry nie widać` leaves a digit open."""
    return any(piece.plain.startswith("cyfr") for piece in pieces[literal.unit : literal.unit + 3])


def _ordinal(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a small number only counts off: `1. licznik`, `licznik nr 2: 112`."""
    at = literal.first
    following = pieces[literal.last] if literal.last < len(pieces) else None
    begins = at == 0 or pieces[at - 1].sort is Sort.LINE
    behind = [p for p in pieces[literal.last : literal.last + 12] if p.line == pieces[at].line]
    more = any(p.sort is Sort.DIGITS or kind_of(p) is Kind.METER for p in behind)
    if begins and following is not None and following.is_sign(".)") and len(behind) > 1:
        return True
    back = pieces[at - 1] if at else None
    if back is not None and back.is_sign("."):
        back = pieces[at - 2] if at > 1 else None
    return back is not None and back.says(Tag.METER | Tag.NUMBER) and more and len(literal.written) == 1


def _house(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a name stands before one or two digits, as in `odczyt Polna 9`."""
    if len(literal.written) > 2 or literal.cubic or not literal.first:
        return False
    back = pieces[literal.first - 1]
    if back.sort is Sort.WORD and back.shouted and not back.tags and 1 < len(back.plain) < 4:
        return any(piece.capital or (piece.plain.islower() and not piece.shouted) for piece in pieces[:3])
    if literal.decimals:
        return False
    named = back.sort is Sort.WORD and back.capital and not back.tags and len(back.plain) > 3
    before = pieces[literal.first - 2] if named and literal.first > 1 else None
    return before is not None and (before.sort is Sort.WORD or (back.line == 0 and before.is_sign("-,:;(/|")))


def _names_year(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the subject says `odczyt 2026`, or a clause `legalizacja na tarczy 2021`."""
    dated = len(literal.written) == 4 and literal.written[:2] in ("19", "20") and not literal.cubic
    near = pieces[max(0, literal.first - 5) : literal.first]
    if dated and any(p.says(Tag.SEAL) and p.clause == pieces[literal.first].clause for p in near):
        return True
    year = len(literal.written) == 4 and literal.written.startswith("20") and not literal.cubic
    back = pieces[literal.first - 1] if literal.first else None
    return year and back is not None and back.line == 0 and back.plain.startswith("odczyt")


def _a_rate(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the number is of a flow or a use: `2,5 m3/h`."""
    at = literal.unit
    return literal.cubic and at < len(pieces) and pieces[at].is_sign("/") and glued(pieces, at + 1)


def counts_things(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number counts days or persons: the words before it may speak of the next."""
    if literal.cubic:
        return False
    at = literal.last
    if any(piece.plain in ("nie", "zamiast") for piece in pieces[at : at + 3]):
        digits = [here for here in range(at, min(at + 5, len(pieces))) if pieces[here].sort is Sort.DIGITS]
        at = digits[0] + 1 if digits else at  # `5, a nie 3 osoby`
    if at < len(pieces) and (pieces[at].says(Tag.COUNTED) or pieces[at].plain.startswith("metr")):
        return True  # metres of something that is long
    return _counted_before(pieces, literal) or _counts_unknown(pieces, literal)


def _counts_unknown(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether one or two digits stand before a noun that is none of a meter's: `84 schody`."""
    at = literal.last
    if len(literal.written) > 2 or literal.decimals or literal.spelt or at >= len(pieces):
        return False
    noun = pieces[at]
    if noun.sort is not Sort.WORD or noun.tags or noun.capital or noun.shouted or len(noun.plain) < 4:
        return False
    if not noun.plain.endswith(_PLURALS) or noun.plain in _NO_NOUNS or noun.plain.endswith("my"):
        return False
    back = pieces[literal.first - 1] if literal.first else None
    return back is None or not (back.says(_LEADS) or back.is_sign(":=-") or kind_of(back) is Kind.METER)


def _counted_before(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `osób 2` or `uczniów: 287` ends a clause."""
    back = literal.first - 1
    if back > 0 and pieces[back].is_sign(":"):
        back -= 1
    if back < 0 or not pieces[back].says(Tag.COUNTED) or pieces[back].says(Tag.STATE | Tag.METER | Tag.PLACE):
        return False
    if not pieces[back].plain.endswith(("ow", "ob", "dni", "ci")):
        return False
    end = pieces[literal.last] if literal.last < len(pieces) else None
    return end is None or end.sort is Sort.LINE or end.is_sign(".,;)!")
