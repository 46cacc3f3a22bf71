"""Small numbers that count meters or states off: `licznik nr 1: 487`, `1 licznik, 1 stan: 00529`."""

from __future__ import annotations

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_ONE = words("licznik wodomierz podlicznik stan odczyt wpis adres klient lokal numer")
_SOME = words("liczniki wodomierze podliczniki stany odczyty adresy numery")
_MANY = ("ow", "ek", "pni", "cji", "osci")
_NO_NOUN = ("pozdr", "zdrow", "kubik", "metr", "gotow", "zno")
_LEADS = Tag.STATE | Tag.METER | Tag.NUMBER | Tag.NOW | Tag.GIVE


def counts_off(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a single digit tells one meter from the next or says how many there are."""
    if literal.spelt or literal.decimals is not None or literal.cubic or len(literal.written) > 1:
        return False
    return _numbers_one(pieces, literal) or _says_how_many(pieces, literal)


def counts_spelt(noun: Piece) -> bool:
    """Tell whether a noun in the genitive of many, `schodków`, is what a number in words counts."""
    if noun.sort is not Sort.WORD or noun.tags or noun.capital or noun.shouted or len(noun.plain) < 5:
        return False
    return noun.plain.endswith(_MANY) and not noun.plain.startswith(_NO_NOUN)


def _numbers_one(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `licznik 1:` or `wodomierz nr 2 -` heads another number."""
    at, behind = literal.first, pieces[literal.last : literal.last + 3]
    if not at or not pieces[at - 1].says(Tag.METER | Tag.NUMBER) or len(behind) < 2:
        return False
    if pieces[at - 1].says(Tag.NUMBER) and not any(p.says(Tag.METER) for p in pieces[max(0, at - 3) : at]):
        return False
    return behind[0].is_sign(":-=") and any(piece.sort is Sort.DIGITS for piece in behind[1:])


def _says_how_many(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `1 licznik` or `2 stany` begins a clause: nothing before leads to a state."""
    noun = pieces[literal.last] if literal.last < len(pieces) else None
    if noun is None or noun.plain not in (_ONE if literal.written == "1" else _SOME):
        return False
    own = pieces[literal.first]
    head = [p for p in pieces[max(0, literal.first - 6) : literal.first] if p.clause == own.clause]
    return not any(piece.says(_LEADS) or piece.is_sign(":=-") for piece in head)
