"""A meter that was exchanged: the last state of the old one, which is a former one, and the new one's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_GONE = (
    "star", "zdemontowa", "zdjet", "zdjal", "wymontowa", "odkreco", "dotychczasow", "zabran", "usuniet",
    "wymienian",
)  # fmt: skip
_COME = (
    "now", "zalozo", "zalozy", "zamontowa", "zainstalowa", "wkreco", "wstawi", "zakladan", "montowan",
)  # fmt: skip
_SWAP = (
    "wymian", "wymien", "podmien", "montaz", "demontaz", "zdemontowa", "zamontowa", "zdjet", "zdjal",
    "przeloz",
)  # fmt: skip
_AT_THE_END, _AT_FIRST = ("koncow", "ostateczn"), ("poczatkow", "startow")
"""What a state is called that a meter goes or comes with."""
_BOOK = (
    r"(?:za)?ksiegowa\w{1,3}|(?:za|w)pisa\w{1,3}|przyj[ae]\w{1,4}|uwzglednie\w{1,3}|uwzglednic|wziac"
    r"|wprowadz\w{2,4}|odnotowa\w{1,3}|rozlicz\w{1,5}|rozliczeni\w{1,3}"
)
_OLD = r"star(?:y|ego|ym|emu)|(?:zdemont|wymont)owan\w{1,3}|zdjet\w{1,3}|koncow\w{1,3}|dotychczasow\w{1,3}"
_BOTH = r"ob(?:a|u|ydwa|ydwu|ydwoch|ie|a te|oje)"
_ASKS_OLD = re.compile(
    rf"\b(?:{_BOOK}) (?:(?!nie\b|a\b|ale\b|tylko\b|now)\w{{1,14}} ){{0,4}}?(?:{_OLD}|{_BOTH})\b"
    rf"|\b(?:{_OLD}|{_BOTH}) (?:(?!nie\b|#)\S{{1,14}} ){{0,4}}?(?:prosze|prosimy|do rozlicz\w{{1,4}}"
    rf"|do zaksiegowania|do wpisania)\b"
)
_ASKS_NEW = re.compile(
    rf"\b(?:{_BOOK}) (?:(?!nie\b)\w{{1,14}} ){{0,4}}?now(?:y|ego|ym)\b(?! (?:adres|numer|tel|klient))"
)
_REACH = 14
"""Pieces behind a meter's number in which its state stands."""
_HEAD = 6
"""Pieces before a meter's number in which the text says what became of it."""
_FAR = 24


@dataclass(frozen=True, slots=True)
class Exchange:
    """Where the states of two meters of an exchange stand."""

    certain: frozenset[int] = frozenset()
    """States whatever the verbs are."""
    gone: frozenset[int] = frozenset()
    """Last states of meters that were taken away, which nobody asks to book."""


def exchanged(pieces: list[Piece], numbers: list[Literal]) -> Exchange:
    """Return what a text that tells of an exchange says of its numbers.

    Of `Stary nr 81234567 zakończył na 990, nowy nr 81234570 ruszył od 3` the 3 is the state: the
    other is a former one, as in the fitter's protocol, unless the writer asks to book it too. Only
    the first number behind a meter's is its state, in its sentence.
    """
    if not any(piece.plain.startswith(_SWAP) for piece in pieces):
        return Exchange()
    ages = {number.first: _age(pieces, numbers, place) for place, number in enumerate(numbers)}
    gone = frozenset(first for first, age in ages.items() if age == "old")
    come = frozenset(first for first, age in ages.items() if age == "new")
    certain = _beside_meters(pieces, numbers)
    wanted = asked_ages(pieces)
    if not (gone and come) or "old" in wanted:
        return Exchange(certain)
    return Exchange(certain - gone, gone)


def asked_ages(pieces: list[Piece]) -> frozenset[str]:
    """Return of which meters of an exchange the writer asks to book the states: old, new or both."""
    words = [piece for piece in pieces if piece.sort is not Sort.SIGN]
    text = " ".join(
        (piece.plain or "#") if at and words[at - 1].sentence == piece.sentence else f". {piece.plain or '#'}"
        for at, piece in enumerate(words)
    )
    old, new = _ASKS_OLD.search(text), _ASKS_NEW.search(text)
    if old is None:
        return frozenset(["new"] if new else [])
    both = re.search(rf"\b{_BOTH}\b", old[0]) or new or re.search(r"\bnow\w{1,3}\b", text[old.end() :][:40])
    return frozenset(["old", "new"] if both else ["old"])


def _age(pieces: list[Piece], numbers: list[Literal], place: int) -> str:
    """Return whether the nearest word before a number speaks of the old or the new meter; else nothing."""
    first = numbers[place].first
    floor = max(numbers[place - 1].unit if place else 0, first - _FAR)
    for piece in reversed(pieces[floor:first]):
        started = piece.plain.startswith("startowa")  # no `stary`
        if piece.sort is Sort.WORD and not started and piece.plain.startswith((*_GONE, *_AT_THE_END)):
            return "old"
        if piece.sort is Sort.WORD and piece.plain.startswith((*_COME, *_AT_FIRST)):
            return "new"
    return ""


def _beside_meters(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the states behind the numbers of one old and one new meter stand, if both do."""
    meters = [at for at, piece in enumerate(pieces) if kind_of(piece) is Kind.METER]
    gone = {at for at in meters if _headed(pieces, at, _GONE)}
    come = {at for at in meters if _headed(pieces, at, _COME)} - gone
    if len(gone) != 1 or len(come) != 1 or len(meters) != 2:
        return frozenset()
    found = [_behind(pieces, at, numbers) for at in meters]
    return frozenset(found) if all(found) else frozenset()


def replaced(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the states of an exchange stand of which the text gives later ones too.

    `20.10 wymieniono: stary 81234567 miał 640, nowy 81234570 od 0. Dziś nowy pokazuje 7`: the
    first two are in the fitter's protocol.
    """
    told = {piece.sentence for piece in pieces if piece.plain.startswith(_SWAP)}
    told |= {
        pieces[at].sentence
        for at, piece in enumerate(pieces)
        if kind_of(piece) is Kind.METER and (_headed(pieces, at, _GONE) or _headed(pieces, at, _COME))
    }
    swapped = any(piece.plain.startswith(_SWAP) for piece in pieces)
    if not (told and swapped):
        return frozenset()
    last = max(told)
    if not any(pieces[number.first].sentence > last and _of_now(pieces, number) for number in numbers):
        return frozenset()
    return frozenset(number.first for number in numbers if pieces[number.first].sentence in told)


def _of_now(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether `dziś` or `obecnie` stands before a number in its sentence."""
    near = pieces[max(0, number.first - _REACH) : number.first]
    own = [piece for piece in near if piece.sentence == pieces[number.first].sentence]
    return any(
        (piece.says(Tag.NOW) and not piece.plain.startswith("now"))
        or (kind_of(piece) is Kind.DAY and piece.claim is not None and piece.claim.relative)
        for piece in own
    )


def _headed(pieces: list[Piece], at: int, beginnings: tuple[str, ...]) -> bool:
    """Tell whether one of some words stands before a meter's number, back to the number before."""
    for back in range(at - 1, max(-1, at - 1 - _HEAD), -1):
        piece = pieces[back]
        if piece.sort is Sort.DIGITS or kind_of(piece) is Kind.METER:
            return False
        if piece.sentence != pieces[at].sentence:
            return False
        if piece.sort is Sort.WORD and piece.plain.startswith(beginnings):
            return True
    return False


def _behind(pieces: list[Piece], at: int, numbers: list[Literal]) -> int:
    """Return where the first number behind a meter stands, before the next meter; 0 if none does."""
    for number in numbers:
        if number.first < at:
            continue
        between = pieces[at + 1 : number.first]
        apart = len(between) > _REACH or pieces[number.first].sentence != pieces[at].sentence
        other = any(kind_of(piece) is Kind.METER or piece.says(Tag.USE | Tag.FOREIGN) for piece in between)
        return 0 if apart or other or number.spelt else number.first
    return 0
