"""What words say that a number is a client's: labels before it, behind it, the name of a business."""

from __future__ import annotations

import re

from db.rules.inbox.page import words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, glued

_REACH = 12
_SKIPPED = words(
    "o moj moja mojego nasz nasza naszego to jest pod jako pan pani panstwa w bok twoj swoj podaje"
)
_BUSINESS = tuple(
    words(
        "firm spolk hotel hostel motel sklep szkol przedszkol zlobek zlobk wspolnot spoldzieln restaurac"
        " salon zaklad piekarni cukierni przychodni aptek warsztat myjni hurtowni kancelari biur pensjonat"
        " parafi urzad urzed osrod kawiarni pizzeri gabinet stacj klub farm gospodarstw fabryk magazyn"
        " serwis kwiaciarni fryzj silowni agroturyst zajazd kosciol dworek browar masarni pub bar"
        " stowarzyszen fundacj jednostk"
    )
)
"""How the words for a business begin."""
_INITIALS = words("sp lo zs zsp osp mops gops gok mok dps sm wm pks zoz spzoz")
_MINE = words("moj mojego nasz naszego swoj")
_KNOWN = re.compile(
    r"\b(?:mam|mamy|ma|maja|nadali\w{0,3}|nadano) (?:u|od|przez) (?:panstwa|was|wodociagow) (?:numer|nr)$"
    r"|\b(?:numer|nr),? (?:pod|po) ktorym (?:\w{1,12} ){0,5}?(?:prowadz|figuruj|znajduj|znaj|widniej|wpisan"
    r"|zarejestrowan|mac|jest|ma|ewidencjon)\w{0,6}(?: (?:to|jest))?$"
)
TELLING = (
    Tag.METER
    | Tag.STATE
    | Tag.PAPER
    | Tag.PHONE
    | Tag.INVOICE
    | Tag.MONEY
    | Tag.SERIAL
    | Tag.SEAL
    | Tag.USE
    | Tag.PLACE
)


_LEADS_TO = words("to moj nasz pewnie chyba ten jest moze byc jako")


def named_before(pieces: list[Piece], at: int, end: int) -> bool:
    """Tell whether a word before says that it is the client's; names may stand between."""
    if _labelled(pieces, at) or _known_to_them(pieces, at):
        return True
    numbered = mine = False
    names = 0
    for back in range(at - 1, max(-1, at - 1 - _REACH), -1):
        piece = pieces[back]
        if piece.says(Tag.CLIENT):
            if piece.plain == "id" and back + 1 < at and pieces[back + 1].says(Tag.METER | Tag.PAPER):
                return False
            numbered = numbered or (back > 0 and pieces[back - 1].says(Tag.NUMBER))
            return names == 0 or numbered or end - at > 1 or len(pieces[at].plain) == 6
        if piece.sort is Sort.LINE:
            if back != at - 1 and names:
                return False
        elif piece.says(Tag.NUMBER):
            numbered = True
            mine = mine or (back > 0 and pieces[back - 1].plain in _MINE)
        elif piece.says(Tag.PAPER | Tag.INVOICE) and pieces[back - 1].plain in ("w", "na", "z"):
            continue
        elif piece.says(TELLING):
            return False
        elif piece.sort is Sort.SIGN:
            if piece.plain in ".!?" and not _abbreviates(pieces, back, named=numbered):
                return False
        elif piece.plain in _SKIPPED:
            mine = mine or piece.plain in _MINE
        elif piece.sort is Sort.WORD and names < (6 if numbered else 3):
            names += 1
        else:
            return False
        if mine and numbered and not names:
            return True
    return False


def _known_to_them(pieces: list[Piece], at: int) -> bool:
    """Tell whether `ma u Państwa numer` or `numer, pod którym mnie prowadzicie, to` leads to a number."""
    head = [p for p in pieces[max(0, at - _REACH) : at] if p.sentence == pieces[at].sentence]
    if any(p.says(TELLING) or p.sort in (Sort.DIGITS, Sort.CLAIM) for p in head):
        return False
    return _KNOWN.search(" ".join(p.plain for p in head if p.sort is Sort.WORD)) is not None


def of_business(pieces: list[Piece], at: int, end: int) -> bool:
    """Tell whether `firma nr 7421` or `Hotel Sowa (7421)` names a business by its four digits."""
    head = at - 1
    if end != at + 1 or len(pieces[at].plain) != 4 or head < 0:
        return False
    bracketed = pieces[head].is_sign("(") and end < len(pieces) and pieces[end].is_sign(")")
    ends = end < len(pieces) and (pieces[end].is_sign(".,;") or pieces[end].sort is Sort.LINE)
    listed = pieces[head].is_sign(",") and ends
    if not (bracketed or listed or pieces[head].says(Tag.NUMBER) or pieces[head].is_sign(".")):
        return False
    for back in range(head, max(-1, at - _REACH), -1):
        piece = pieces[back]
        if piece.sort is Sort.WORD and (piece.plain.startswith(_BUSINESS) or piece.plain in _INITIALS):
            return True
        if piece.sort is Sort.DIGITS and back and _numbers_school(pieces, back):
            continue
        if piece.sentence != pieces[at].sentence or piece.sort in (Sort.DIGITS, Sort.CLAIM):
            return False
        if piece.says(TELLING | Tag.GIVE) and not (piece.capital and back > 0):
            return False
    return False


def _numbers_school(pieces: list[Piece], at: int) -> bool:
    """Tell whether one to three digits are a part of a name: `SP 44`, `Przedszkole nr 7`."""
    before = pieces[at - 1]
    named = before.plain in _INITIALS or before.plain.startswith(_BUSINESS) or before.says(Tag.NUMBER)
    return len(pieces[at].plain) <= 3 and named


def _labelled(pieces: list[Piece], at: int) -> bool:
    """Tell whether `numer klienta znalazłam na fakturze:` stands before: a label, words and a colon."""
    if at < 3 or not pieces[at - 1].is_sign(":-="):
        return False
    if pieces[at - 2].is_sign(")]") and _explained(pieces, at - 2):
        return True
    if not pieces[at - 1].is_sign(":"):
        return False
    for back in range(at - 2, max(0, at - 12), -1):
        piece = pieces[back]
        if piece.sort not in (Sort.WORD, Sort.SIGN) or piece.sentence != pieces[at].sentence:
            return False
        if piece.says(Tag.METER | Tag.STATE):
            return False
        if piece.says(Tag.CLIENT):
            return pieces[back - 1].says(Tag.NUMBER)
    return False


def _explained(pieces: list[Piece], end: int) -> bool:
    """Tell whether a bracket that ends at `end` only explains the word before it: `Klient (firma):`."""
    for back in range(end - 1, max(0, end - 8), -1):
        if pieces[back].is_sign("(["):
            return pieces[back - 1].says(Tag.CLIENT) and not pieces[back - 1].says(TELLING)
        if pieces[back].sort is not Sort.WORD or pieces[back].says(TELLING & ~(Tag.PLACE | Tag.INVOICE)):
            return False
    return False


def _abbreviates(pieces: list[Piece], at: int, *, named: bool) -> bool:
    """Tell whether a dot ends a short form: `nr.`, and `s.c.` within the name behind a label."""
    short = named and len(pieces[at - 1].plain) == 1
    return glued(pieces, at) and (short or pieces[at - 1].says(Tag.NUMBER | Tag.CLIENT))


def refused(pieces: list[Piece], at: int) -> bool:
    """Tell whether a client number is said to be wrong or another's: `zły numer klienta (220015)`."""
    named = False
    for back in range(at - 1, max(-1, at - 8), -1):
        piece = pieces[back]
        if piece.sentence != pieces[at].sentence or piece.sort is Sort.DIGITS or piece.is_sign(",;"):
            return False
        if piece.says(Tag.CLIENT):
            named = True
        elif named and (piece.says(Tag.WRONG) or (piece.says(Tag.OLD) and pieces[back + 1].says(Tag.NUMBER))):
            return True
        elif not (piece.says(Tag.NUMBER) or piece.sort is Sort.SIGN):
            return False
    return False


def named_behind(pieces: list[Piece], at: int, end: int) -> bool:
    """Tell whether `- nr klienta` or `(numer klienta)` follows, and no other number behind that."""
    here = end
    while (
        here < len(pieces)
        and here < end + 6
        and (
            pieces[here].is_sign("-(,:=") or pieces[here].says(Tag.NUMBER) or pieces[here].plain in _LEADS_TO
        )
    ):
        here += 1
    numbered = pieces[at - 1].says(Tag.NUMBER) if at else False
    if (
        (here == end and not numbered)
        or here >= len(pieces)
        or not pieces[here].says(Tag.CLIENT)
        or pieces[here].says(Tag.METER)
    ):
        return False
    if not any(
        piece.says(Tag.NUMBER) or piece.is_sign("(") or piece.plain == "to"
        for piece in pieces[max(0, at - 1) : here]
    ):
        return False
    return not any(piece.sort is Sort.DIGITS or piece.is_sign(":") for piece in pieces[here + 1 : here + 3])
