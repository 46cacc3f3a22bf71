"""What few words right around a number make of it: meant in an answer, one of two, the red digits."""

from __future__ import annotations

import re

from db.rules.inbox.numbers import Literal
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_REACH = 8
_MEANT = re.compile(
    r"(?<!nie )\b(?:chodzi|chodzilo|szlo|idzie) (?:\w{1,8} ){0,2}?o$"
    r"|(?<!nie )\b(?:mial(?:em|am)|mam|mielismy) na mysli$"
)
"""`tak, chodziło o 519`: the number that the office asks for, whatever was written before."""
_AGREES = 24
_TALLIES = re.compile(
    r"(?<!nie )(?<!wcale )\b(?:(?:dokladnie|wlasnie|akurat|rowno|rzeczywiscie|faktycznie) tyle"
    r"(?: samo)?(?: (?:tez|wlasnie))?(?: (?:jest|mam|stoi|ma|pokazuje|wskazuje|widze|widac|wychodzi))?"
    r"|tyle samo|to samo(?! co)|tak samo|tyle (?:wlasnie )?(?:jest|mam|stoi|ma|pokazuje|wskazuje|widze|widac)"
    r"|(?:to )?sie zgadza|zgadza (?:mi )?sie|pokrywa sie|jest zgodn\w{1,3}|zgodnie z)\b"
    r"(?! (?:tylko|jedynie) )"
)
"""What says that another number is the same."""
_CHOICE = frozenset(["albo", "lub", "czy", "ewentualnie", "badz"])
_RED = re.compile(
    r"(?<!bez )(?<!oprocz )(?<!poza )(?<!procz )(?<!pomijam )(?<!pomijajac )(?<!nie liczac )"
    r"\bczerwon\w{1,4}"
    r"(?: (?:polu|polach|pole|cyfr\w{1,3}|kolor\w{0,3}|tle|okienk\w{1,3}|czesc\w{0,2}|wskazowk\w"
    r"|na|jeszcze|jest|sa|mam|to|tez|a|juz|tam|stoi|litry)){0,4}$"
)
_OMITS = re.compile(r"\b(?:bez|nie|oprocz|procz|poza|pomi\w{2,8})\b(?: \w{1,10}){0,2}? ?czerwon\w{1,4}")


def meant(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `chodziło o` leads to a number that ends its clause and asks nothing."""
    if not _MEANT.search(_before(pieces, literal)) or kind_of(pieces[literal.first - 1]) is not None:
        return False
    for piece in pieces[literal.unit : literal.unit + _REACH]:
        if piece.clause != pieces[literal.first].clause or piece.sort is Sort.LINE:
            return not piece.is_sign("?")
        if piece.is_sign("?"):
            return False
        if piece.sort is not Sort.SIGN and not piece.says(Tag.NOT):
            return False
    return True


def agrees(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the writer says behind a number, whatever it is, that the dial shows just that.

    `Stan z prognozy, czyli 482 - na liczniku dokładnie tyle jest`: in its sentence or the next one,
    before any other number.
    """
    words: list[str] = []
    dial = False
    last = pieces[literal.first].sentence + 1
    for piece in pieces[literal.unit : literal.unit + _AGREES]:
        if piece.sentence > last or piece.sort is Sort.DIGITS or piece.is_sign("?"):
            break
        dial = dial or piece.says(Tag.METER | Tag.TOOK)
        words += [piece.plain] if piece.sort is Sort.WORD else []
    return dial and _TALLIES.search(" ".join(words)) is not None


def undecided(pieces: list[Piece], literal: Literal, before: Literal | None, after: Literal | None) -> bool:
    """Tell whether a number is one of two that differ in one unreadable digit: `565 albo 585`."""
    return (before is not None and _either(pieces, before, literal)) or (
        after is not None and _either(pieces, literal, after)
    )


def red(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `na czerwono jeszcze` leads to a number: the part of a cubic metre."""
    if literal.decimals is not None and len(literal.written) > 1:
        return False
    before = _before(pieces, literal)
    return bool(_RED.search(before)) and not _OMITS.search(before)


def _before(pieces: list[Piece], literal: Literal) -> str:
    """Return the words before a number in its clause, back to the number before it."""
    own = pieces[literal.first].sentence
    found: list[str] = []
    for piece in reversed(pieces[max(0, literal.first - _REACH) : literal.first]):
        if piece.sentence != own or piece.sort in (Sort.DIGITS, Sort.LINE) or piece.is_sign(",;."):
            break
        if piece.sort is Sort.WORD:
            found.insert(0, piece.plain)
    return " ".join(found)


def _either(pieces: list[Piece], one: Literal, two: Literal) -> bool:
    between = [piece for piece in pieces[one.unit : two.first] if not piece.is_sign(",-/(")]
    if not 1 <= len(between) <= 2 or between[0].plain not in _CHOICE:
        return False
    if any(piece.plain not in ("moze", "nawet", "tez", *_CHOICE) for piece in between[1:]):
        return False
    differing = sum(here != there for here, there in zip(one.written, two.written, strict=False))
    return len(one.written) == len(two.written) and differing == 1
