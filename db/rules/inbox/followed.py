"""What follows a number: that it is the right one, that it was read, or a taunt."""

from __future__ import annotations

import re

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_ASSURES = re.compile(
    r"(?:(?:i|a|no|juz|tym razem) ){0,2}(?:na pewno|na bank|na sto procent|teraz dobrze"
    r"|(?:tak|te|to|ten|ta|tyle) prosze (?:mi )?(?:wpisac|przyjac|zapisac|zaksiegowac|uwzglednic|rozliczyc)"
    r"|(?:to|ten|ta|te|tak) (?:jest |stan |liczba |wartosc )?(?:to |ta |ten |juz )?(?:dobr[eya]|poprawn[eya]"
    r"|prawidlow[eya]|wlasciw[eya]|ostateczn[eya]|prawdziw[eya]|pewn[eya]|aktualn[eya])(?: (?:stan"
    r"|odczyt|liczba"
    r"|wartosc|wersja|cyfra))?)"
)


_TAUNTS = ("zadowol", "starczy", "wystarcz", "szczesliw", "pasuje", "doczekal")


def taunts(behind: list[Piece]) -> bool:
    """Tell whether the only question behind a number asks nothing of it: `jest 1622, zadowoleni?`"""
    words = [piece.plain for piece in behind if piece.sort is Sort.WORD]
    return 0 < len(words) <= 3 and words[-1].startswith(_TAUNTS) and words[0] != "czy"


def assured(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `na pewno` or `to jest dobre` follows: just this number is the right one."""
    words: list[str] = []
    for piece in pieces[literal.unit : literal.unit + 8]:
        if piece.sort in (Sort.DIGITS, Sort.CLAIM, Sort.LINE) or (words and piece.sort is Sort.SIGN):
            break
        words += [piece.plain] if piece.sort is Sort.WORD else []
    return _ASSURES.fullmatch(" ".join(words)) is not None


def noted(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `, spisane wczoraj` follows."""
    at = literal.unit
    if at + 1 >= len(pieces) or not pieces[at].is_sign(",-("):
        return False
    skipped = Tag.METER | Tag.NUMBER
    rest = [p for p in pieces[at : at + 8] if not (p.is_sign(",-(") or p.says(skipped))]
    while rest and kind_of(rest[0]) is Kind.METER:
        rest.pop(0)
    return bool(rest) and rest[0].says(Tag.TOOK) and rest[0].sentence == pieces[at].sentence
