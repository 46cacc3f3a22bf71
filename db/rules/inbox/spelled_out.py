"""A state told digit by digit and then as one number: `zero, zero, sześć, dwa, czyli 62`."""

from __future__ import annotations

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import words
from db.rules.inbox.sums import Totals
from db.rules.inbox.tokens import Piece

_SO = words("czyli tj tzn znaczy")
_FEWEST = 3
"""Digits of a row that no list of small states would be."""


def spelled_out(pieces: list[Piece], numbers: list[Literal]) -> Totals:
    """Return where numbers stand that the digits in words before them make, and where those stand."""
    certain: set[int] = set()
    gone: set[int] = set()
    for place, number in enumerate(numbers):
        digits = _digits_before(pieces, numbers[:place], number)
        told = "".join(digit.written for digit in digits).lstrip("0")
        if len(digits) >= _FEWEST and told and told == number.written.lstrip("0"):
            certain.add(number.first)
            gone |= {digit.first for digit in digits}
    return Totals(frozenset(certain), frozenset(gone))


def _digits_before(pieces: list[Piece], before: list[Literal], number: Literal) -> list[Literal]:
    """Return the row of single digits that `czyli` parts from a number."""
    ahead = pieces[max(0, number.first - 3) : number.first]
    if not any(piece.plain in _SO for piece in ahead):
        return []
    row: list[Literal] = []
    end = number.first - 1
    for literal in reversed(before):
        near = all(p.is_sign(",-.") or p.plain in _SO for p in pieces[literal.unit : end])
        if len(literal.written) != 1 or literal.decimals is not None or not near:
            break
        row.insert(0, literal)
        end = literal.first
    return row
