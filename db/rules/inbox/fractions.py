"""The part of a cubic metre behind whole ones: `645 i pół kubika`, `0 0 4 6 1 | 302`, `00312, czerwone 478`.

Red digits are the decimals of the number before them where the writer gives both as one number. Who
sets the black ones beside the red ones gives the black ones, as the office asks for them.
"""

from __future__ import annotations

import re

from db.rules.inbox.tokens import Piece, Sort
from db.rules.inbox.units import unit_at

_MOST_RED = 3
_LEAST_RED = 2
_WORDS = 5
"""Words and signs that may stand between whole metres and their red digits."""
_LINKS = frozenset(["i", "a", "oraz", "plus", "zas", "to", "jest", "sa", "te", "cyfry", "cyferki", "na", "po",
                    "przecinku", "cyferkach", "polu", "tle", "polach"])  # fmt: skip
_BLACK_OR_LEFT_OUT = re.compile(
    r"\bczarn|\bpomi|\bnie (?:poda|pis|spis|licz|trzeba|wiem|przepis|czyt|brac|bier)|\bbez\b|\bolal|\bignor"
    r"|\bczy\b|\bktor|\?"
)
_WHOLE = re.compile(r"(?<![\d.,])\d{2,6} ?(?:[,;(\-+]? ?(?:a|i|oraz|plus|zas)?) ?(?:na )?\(? ?$")
_SEEN = 60
"""Characters around that say which digits are meant."""


def with_red(text: str, start: int, end: int) -> bool:
    """Tell whether red digits at `start` to `end` of a bare text belong to the whole metres before them."""
    head, tail = text[max(0, start - _SEEN) : start], text[end : end + _SEEN]
    if _WHOLE.search(head.rstrip("(")) is None or not text[start:end].rstrip(") ")[-2:].isdigit():
        return False
    return _BLACK_OR_LEFT_OUT.search(f"{head} {text[start:end]} {tail}") is None


def fraction(pieces: list[Piece], at: int, end: int) -> tuple[str, int] | None:
    """Return the decimals that words or a bar put behind the whole metres from `at` up to `end`.

    They come with where they end; None where there are none.
    """
    return half(pieces, end) or _behind_bar(pieces, at, end) or _red(pieces, at, end)


def half(pieces: list[Piece], end: int) -> tuple[str, int] | None:
    """Read `i pół kubika`, `kubików i pół`; not `i pół roku`."""
    start = unit_at(pieces, end)[0]
    if [piece.plain for piece in pieces[start : start + 2]] != ["i", "pol"]:
        return None
    after = start + 2
    following = pieces[after] if after < len(pieces) else None
    ends = following is None or following.sort in (Sort.SIGN, Sort.LINE, Sort.CLAIM)
    return ("5", after) if ends or unit_at(pieces, after)[1] else None


def _behind_bar(pieces: list[Piece], at: int, end: int) -> tuple[str, int] | None:
    """Read the digits behind a bar, or single ones behind a comma, where the whole ones show every wheel."""
    wheels = end - at >= 4 and all(len(piece.plain) == 1 for piece in pieces[at:end])
    padded = end - at == 1 and len(pieces[at].plain) >= 5 and pieces[at].plain.startswith("0")
    if end + 1 >= len(pieces) or not (wheels or padded):
        return None
    barred, last = pieces[end].is_sign("|"), end + 1
    if barred and pieces[last].sort is Sort.DIGITS and len(pieces[last].plain) == _MOST_RED:
        return pieces[last].plain, last + 1
    if not wheels or not pieces[end].is_sign("|,"):
        return None
    while last < len(pieces) and pieces[last].sort is Sort.DIGITS and len(pieces[last].plain) == 1:
        last += 1
    digits = "".join(piece.plain for piece in pieces[end + 1 : last])
    return (digits, last) if _LEAST_RED <= len(digits) <= _MOST_RED else None


def _red(pieces: list[Piece], at: int, end: int) -> tuple[str, int] | None:
    """Read `a czerwone cyferki to 478`."""
    sentence, red = pieces[at].sentence, False
    for here in range(end, min(len(pieces), end + _WORDS + 2)):
        piece = pieces[here]
        if piece.sentence != sentence:
            return None
        if piece.sort is Sort.DIGITS:
            fits = red and _LEAST_RED <= len(piece.plain) <= _MOST_RED
            return (piece.plain, here + 1) if fits and _given_together(pieces, at, here) else None
        red = red or piece.plain.startswith("czerwon")
        if not (piece.plain.startswith("czerwon") or piece.plain in _LINKS or piece.is_sign(",;:=(-+")):
            return None
    return None


def _given_together(pieces: list[Piece], at: int, last: int) -> bool:
    near = pieces[max(0, at - 12) : last + 12]
    said = " ".join(piece.plain for piece in near if piece.sentence == pieces[at].sentence)
    return _BLACK_OR_LEFT_OUT.search(said) is None
