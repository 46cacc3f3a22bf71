"""Numbers that the words behind them take back: a joke, another meter's, one not to be booked."""

from __future__ import annotations

import re

from db.rules.inbox.numbers import Literal
from db.rules.inbox.tokens import Piece, Sort

_REACH = 40
_BOOK = r"(?:za)?(?:ksiegow|ksiegu|wpis|zapis|bra|bier|licz|rozlicz|uwzgledni|przyjm)\w{0,5}"
_RETRACTS = re.compile(
    r"^(?:w [a-z]{3,12} )?(?:(?:ale|a|nie|oj|ups|ojej|stop|wroc|cofam|sorry|pardon|przepraszam|kurcze|pomylka"
    r"|chwila|moment|zaraz|no|ach|czekaj\w{0,3}) ){0,4}"
    r"(?:to (?:nie|byl\w?|chyba) (?:\w{1,6} )?(?:ten |moj )?(?:licznik|wodomierz|stan|odczyt|gaz|prad"
    r"|ciepl|z )|to jest (?:\w{1,6} )?(?:gaz|prad|ciepl|z (?:gaz|prad|ciepl))"
    r"|to (?:gaz|prad)|to (?:(?:sa|byly|byl|jest|od|te|ten|z|obie|oba|licznik\w?|wodomierz\w?) ){0,3}"
    r"(?:ciepl|gorac|cwu\b)"
    r"|(?:nie ten|zly|cudzy|inny) (?:licznik|wodomierz|numer)"
    r"|(?:tylko |lecz |i )?(?:zle|blednie|mylnie|krzywo) (?:sie )?(?:spojrz|popatrz|odczyt|przeczyt"
    r"|zobacz|spis)\w{0,3}(?:al|al[aei]m?|eli|ano)(?: \w{1,12}){0,3} "
    r"(?:bo|gdyz|poniewaz|powinn\w|jest|wskazuje|pokazuje|faktycznie|prawidlow\w{1,3})\b)"
)
"""What takes the number before it back, where another follows."""
_SETS_ASIDE = re.compile(
    r"\b(?:z (?:sufitu|kosmosu|palca|kapelusza|powietrza)|zmyslon\w{1,3}|wymyslon\w{1,3})\b"
    rf"|\b(?:go|jego|tego|ich|tamtego) (?:prosze )?(?:juz )?nie (?:prosze )?{_BOOK}\b"
    rf"|\bprosze (?:go|tego|ich) nie\b|\bnie {_BOOK} (?:go|tego|ich|jego)\b"
)
"""What says of the number before it that it is not to be booked."""
_JOKES = re.compile(r"(?<!nie )\b(?:zart(?:uje|owalem|owalam|ujemy)?|powaznie|na serio)\b")
_MEDIUM = re.compile(r"^(?:(?:a|ale|nie|oj|ups|o) ){0,3}to (?:jest |sa )?(?:gaz|prad|ciepl)")
_ALL_OF_THEM = re.compile(
    r"\b(?:to sa|to byly|te to|te sa) (?:\w{1,8} )?(?:ciepl|gorac|gaz|prad|cudz|sasiad)"
    r"|\bto (?:od |z )?(?:ciepl|gorac)(?:a|e|ej)\b"
)


def retracted(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the numbers stand that are taken back: `777, ten jest z sufitu, proszę go nie księgować`.

    A joke and another medium's meter take back only what another number follows.
    """
    found: set[int] = set()
    for place, number in enumerate(numbers):
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        tail = _tail(pieces, number, after)
        if _SETS_ASIDE.search(tail) or (after and (_RETRACTS.search(tail) or _JOKES.search(tail))):
            found.add(number.first)
        if after and (_ALL_OF_THEM.search(tail) or _MEDIUM.search(tail)):
            own = pieces[number.first].sentence
            found |= {one.first for one in numbers[: place + 1] if pieces[one.first].sentence == own}
    return frozenset(found)


def _tail(pieces: list[Piece], number: Literal, after: Literal | None) -> str:
    """Return the words from a number to the next, or to the end of its sentence."""
    end = min(after.first if after else len(pieces), number.unit + _REACH)
    own = pieces[number.first].sentence
    behind = [piece for piece in pieces[number.unit : end] if after or piece.sentence == own]
    return " ".join(piece.plain for piece in behind if piece.sort is Sort.WORD)
