"""Whether a number has the size and the place of a state at all."""

from __future__ import annotations

from db.rules.inbox.calendar_days import month_of
from db.rules.inbox.counting import counts_off, counts_spelt
from db.rules.inbox.lookalikes import below_zero, in_label
from db.rules.inbox.measured import a_length, a_price, a_rate, beside_price, rated
from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind, words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, glued, kind_of

_LONGEST_WHOLE = 6
_PLURALS = ("y", "i", "ow", "ek", "ej", "en", "nia", "ia", "zy", "er", "ien")
_NO_NOUNS = words(
    "jeszcze dalej potem kiedy ktory przeze przy czyli poniewaz wtedy ktory tylko oraz daty stany"
)
_LEADS = Tag.STATE | Tag.METER | Tag.NOW | Tag.GIVE | Tag.MAIN | Tag.GARDEN | Tag.COPULA | Tag.RIGHT
_AROUND = 40
_BRIEF = 16
"""Pieces of a text that is so short that a number in it hardly counts anything."""
_TELLS = Tag.STATE | Tag.METER | Tag.MAIN | Tag.GARDEN | Tag.TOOK | Tag.WATER
_ADDS = ("nabil", "nalicz", "dolicz", "przeskoczyl", "policzyl", "dodal")
_DATES = words("data date daty rok roku rocznik")
_EACH = words("kazdego danego biezacego nastepnego kolejnego przyszlego")
"""`na 25 każdego miesiąca` is a day."""
_FIGURES = (
    "jedynk", "jedynek", "dwojk", "dwojek", "trojk", "trojek", "czwork", "czworek", "szostk", "szostek",
    "siodemk", "siodemek", "osemk", "osemek", "dziewiatk", "dziewiatek", "zera", "zer",
)  # fmt: skip
"""What digits are called: `cztery jedynki` only says how a number looks."""


def may_be(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number has the size and the place of a state at all."""
    whole = literal.written.lstrip("0")
    if len(whole) > _LONGEST_WHOLE and literal.decimals is None:
        return False
    following = pieces[literal.unit] if literal.unit < len(pieces) else None
    if (
        _names_year(pieces, literal)
        or _house(pieces, literal)
        or below_zero(pieces, literal)
        or a_rate(pieces, literal)
        or a_price(pieces, literal)
    ):
        return False
    if beside_price(pieces, literal) or a_length(pieces, literal):
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
    behind = pieces[literal.unit : literal.unit + 7]
    digit = any(piece.plain.startswith("cyfr") for piece in behind[:3])
    last = any(piece.plain.startswith(("ostatni", "trzeci", "koncow")) for piece in behind)
    return digit or (last and any(piece.plain.startswith("cyfr") for piece in behind))


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
    if back is not None and in_label(pieces, back, literal):
        return True
    if back is not None and back.is_sign("."):
        back = pieces[at - 2] if at > 1 else None
    return back is not None and back.says(Tag.METER | Tag.NUMBER) and more and len(literal.written) == 1


def counts_change(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `z 5 na 4` is of a count: its sentence does not speak of a dial."""
    near = pieces[max(0, literal.first - _AROUND) : literal.unit + _AROUND]
    own = pieces[literal.first].sentence
    told = any(piece.says(_TELLS) for piece in near if piece.sentence == own)
    return len(literal.written) <= 2 and not literal.cubic and not told


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
    behind = [p.plain for p in pieces[literal.last : literal.last + 4] if p.sort is Sort.WORD]
    if dated and behind[:2] in (["to", "rok"], ["jest", "rok"], ["to", "legalizacja"]):
        return True
    year = len(literal.written) == 4 and literal.written.startswith("20") and not literal.cubic
    back = pieces[literal.first - 1] if literal.first else None
    if back is None or not year:
        return False
    named = back.capital and not back.tags and len(back.plain) > 2
    heads = back.line == 0 and back.says(Tag.STATE | Tag.METER) and literal.unit == literal.last
    return named or back.plain in _DATES or (heads and "2015" <= literal.written <= "2035")


def counted(pieces: list[Piece], numbers: list[Literal]) -> list[Literal]:
    """Return the numbers without those that count things: days, persons.

    Where no word of a longer text tells of a dial or of water, one and two digits count something:
    `liczbę mieszkańców z 4 na 3`, `Przemysłowa 4`.
    """
    told = len(pieces) <= _BRIEF or any(p.says(_TELLS) or kind_of(p) is Kind.METER for p in pieces)
    return [
        number
        for number in numbers
        if not counts_things(pieces, number)
        and not counts_off(pieces, number)
        and (told or number.cubic or number.spelt or len(number.written) > 2 or not _in_words(pieces, number))
    ]


def _in_words(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether words stand in the sentence of a number."""
    near = pieces[max(0, literal.first - _AROUND) : literal.unit + _AROUND]
    own = pieces[literal.first].sentence
    return any(piece.sort is Sort.WORD and piece.sentence == own for piece in near)


def counts_things(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number counts days or persons: the words before it may speak of the next."""
    if literal.cubic:
        return False
    at = literal.last
    if rated(pieces, literal):
        return True
    if [piece.plain[:5] for piece in pieces[at + 1 : at + 2]] == ["miesi"] and pieces[at].plain in _EACH:
        return True
    if any(piece.plain in ("nie", "zamiast") for piece in pieces[at : at + 3]):
        digits = [here for here in range(at, min(at + 5, len(pieces))) if pieces[here].sort is Sort.DIGITS]
        at = digits[0] + 1 if digits else at  # `5, a nie 3 osoby`
    if at < len(pieces) and len(literal.written) == 1 and pieces[at].plain.startswith(_FIGURES):
        return True
    if at < len(pieces) and (pieces[at].says(Tag.COUNTED) or pieces[at].plain.startswith("metr")):
        return True  # metres of something that is long
    return _in_litres(pieces, literal) or _counted_before(pieces, literal) or _counts_unknown(pieces, literal)


def _in_litres(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number is measured in litres as the one before it: `nalałem 100 litrów, a nabił 112`."""
    own = pieces[literal.first].sentence
    for back in range(literal.first - 1, max(-1, literal.first - 8), -1):
        piece = pieces[back]
        if piece.sentence != own or piece.plain.startswith(("stan", "odczyt")):
            return False
        if piece.says(Tag.METER) and not pieces[literal.first - 1].plain.startswith(_ADDS):
            return False
        if piece.plain.startswith("litr") and pieces[back - 1].sort is Sort.DIGITS:
            return True
    return False


def _counts_unknown(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether one or two digits stand before a noun that is none of a meter's: `84 schody`."""
    at = literal.last
    if len(literal.written) > 2 or literal.decimals or at >= len(pieces):
        return False
    noun = pieces[at]
    if literal.spelt:
        return counts_spelt(noun)
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
    if back >= 0 and pieces[back].plain in ("lat", "wiek") and len(literal.written) <= 2:
        return True
    if back > 0 and len(literal.written) <= 2 and _head_of_cattle(pieces, back, literal):
        return True
    if back < 0 or not pieces[back].says(Tag.COUNTED) or pieces[back].says(Tag.STATE | Tag.METER | Tag.PLACE):
        return False
    if not pieces[back].plain.endswith(("ow", "ob", "dni", "ci")):
        return False
    end = pieces[literal.last] if literal.last < len(pieces) else None
    return end is None or end.sort is Sort.LINE or end.is_sign(".,;)!")


def _head_of_cattle(pieces: list[Piece], back: int, literal: Literal) -> bool:
    """Tell whether `, krów 31` counts things beside another number: a bare plural of its own clause."""
    noun = pieces[back]
    if noun.sort is not Sort.WORD or noun.tags or noun.capital or noun.shouted or len(noun.plain) < 4:
        return False
    if not noun.plain.endswith(("ow", "kur", "koz", "swin", "owiec", "kaczek", "kluczy", "okien", "drzew")):
        return False
    end = pieces[literal.last] if literal.last < len(pieces) else None
    ends = end is None or end.sort is Sort.LINE or end.is_sign(".,;)!")
    own = pieces[max(0, back - _AROUND) : back - 1]
    told = any(p.sort is Sort.DIGITS and p.sentence == noun.sentence for p in own)
    return ends and told and (pieces[back - 1].is_sign(",;") or pieces[back - 1].plain in ("i", "oraz"))


def like_a_client(pieces: list[Piece], start: int, literal: Literal) -> bool:
    """Tell whether six digits that no word calls a state may be a client's: `ja 102481`."""
    if len(literal.written) != 6 or literal.written[0] == "0" or literal.cubic or literal.decimals:
        return False
    told = Tag.STATE | Tag.METER | Tag.GIVE | Tag.TOOK | Tag.RIGHT | Tag.NOW
    return not any(piece.says(told) for piece in pieces[start : literal.first])


def month_in_brackets(pieces: list[Piece], start: int, literal: Literal) -> bool:
    """Tell whether brackets only name the month of another such number: `zużycie 412 (wrzesień 506)`."""
    head = pieces[max(start, literal.first - 4) : literal.first]
    inside = next((at for at, piece in enumerate(head) if piece.is_sign("(")), None)
    if inside is None or inside + 1 == len(head):
        return False
    return all(kind_of(p) is Kind.DAY or month_of(p.plain) or p.is_sign(":-") for p in head[inside + 1 :])
