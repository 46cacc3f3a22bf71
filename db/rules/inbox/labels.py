"""States that name their meter by a word: `Na dole jest 20118833, na górze 20118834. Dół 311, góra 87`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.rules.inbox.page import Kind, words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_STEM = 3
_NEAR = 4
_REACH = 30
_STEPS = 5
_BETWEEN = words("to ma jest w na")
_TURNS = words("na w a i oraz drugi druga")
"""Words that turn to another meter: `na dole to 20118833, na górze`."""
_NO_LABEL = Tag.STATE | Tag.METER | Tag.NOW | Tag.GIVE | Tag.NUMBER | Tag.CLIENT


def meters_by_label(pieces: list[Piece], numbers: Iterable[int]) -> dict[int, str]:
    """Return for where each number stands the meter that the word right before it names, if any."""
    labels = {first: at for first in numbers if (at := _label(pieces, first)) is not None}
    stems = {pieces[at].plain[:_STEM] for at in labels.values()}
    beside = _beside_meters(pieces, stems, set(labels.values()))
    named = {first: beside.get(pieces[at].plain[:_STEM]) for first, at in labels.items()}
    return {first: meter for first, meter in named.items() if meter}


def labelled_otherwise(pieces: list[Piece], given: Mapping[int, str | None]) -> bool:
    """Tell whether the word before a state stands elsewhere beside the number of another meter.

    `Sklep 377, magazyn 41. Numery: 20118834 (magazyn), 20118833 (sklep)`: in turn they would be crossed.
    """
    labels = {first: at for first in given if (at := _label(pieces, first)) is not None}
    for first, label in labels.items():
        stem = pieces[label].plain[:_STEM]
        for at, piece in enumerate(pieces):
            if at in labels.values() or piece.sort is not Sort.WORD or piece.plain[:_STEM] != stem:
                continue
            nearest = _nearest_meter(pieces, at)
            if nearest and given[first] and nearest != given[first]:
                return True
    return False


def _nearest_meter(pieces: list[Piece], at: int) -> str | None:
    """Return the meter number nearest to a word on its line, a few pieces away at most."""
    near = [
        (abs(here - at), pieces[here])
        for here in range(max(0, at - _STEPS), min(len(pieces), at + _STEPS + 1))
        if kind_of(pieces[here]) is Kind.METER and pieces[here].line == pieces[at].line
    ]
    claim = min(near, key=lambda one: one[0])[1].claim if near else None
    return claim.value if claim else None


def _label(pieces: list[Piece], first: int) -> int | None:
    """Return where the noun right before a state stands: `sklep 2`, `dół: 311`."""
    for at in range(first - 1, max(-1, first - _NEAR), -1):
        piece = pieces[at]
        if piece.is_sign(":-=") or piece.plain in _BETWEEN:
            continue
        named = piece.sort is Sort.WORD and len(piece.plain) >= _STEM
        return at if named and not piece.says(_NO_LABEL) else None
    return None


def _beside_meters(pieces: list[Piece], stems: set[str], but: set[int]) -> dict[str, str]:
    """Return the meter that stands behind each of some words on its line, of several the last."""
    found: dict[str, str] = {}
    for at, piece in enumerate(pieces):
        stem = piece.plain[:_STEM]
        if at in but or piece.sort is not Sort.WORD or stem not in stems or stem in found:
            continue
        number = None
        for here in pieces[at + 1 : at + _REACH]:
            other = here.plain[:_STEM] in stems and here.plain[:_STEM] != stem
            if here.line != piece.line or (number and (here.plain in _TURNS or other)):
                break
            if kind_of(here) is Kind.METER and here.claim:
                number = here.claim.value
        if number:
            found[stem] = number
    return found


def names_value(region: list[Piece], *, padded: bool) -> bool:
    """Tell whether nothing but `wartość:` stands before a number since the last that says what it is."""
    words = [piece for piece in region if piece.sort is not Sort.LINE and not piece.is_sign(":=-,;.")]
    if words and padded and words[-1].plain in ("liczba", "liczby", "cyfra", "numerki"):
        return True  # zeros at the front are those of a dial
    return bool(words) and words[-1].plain in ("wartosc", "wielkosc") and len(words) <= 2
