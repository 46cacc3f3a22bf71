"""Whether the words before a number speak of a pressure or another medium's meter, and of no water meter."""

from __future__ import annotations

from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_REACH = 30


def pressed(pieces: list[Piece], at: int) -> bool:
    """Tell whether a number goes on from a pressure in its sentence: `na manometrze 4, a powinno być 6`."""
    own = [piece for piece in pieces[max(0, at - _REACH) : at] if piece.sentence == pieces[at].sentence]
    gauge = max((here for here, piece in enumerate(own) if piece.says(Tag.GAUGE)), default=-1)
    if gauge < 0:
        return False
    behind = own[gauge + 1 :]
    told = Tag.STATE | Tag.METER | Tag.WATER | Tag.MAIN | Tag.GARDEN | Tag.GIVE | Tag.TOOK | Tag.CLIENT
    return any(piece.sort is Sort.DIGITS for piece in behind) and not any(
        piece.says(told) for piece in behind
    )


def gauged(clauses: list[list[Piece]]) -> bool:
    """Tell whether the words since the number before speak of a pressure and then of no water meter."""
    words = [piece for clause in reversed(clauses) for piece in clause]
    told = [
        at
        for at, piece in enumerate(words)
        if piece.says(Tag.STATE | Tag.METER | Tag.WATER | Tag.MAIN | Tag.GARDEN)
        and not piece.plain.startswith(("wskazuj", "pokazuj"))
        and not (at and piece.says(Tag.WATER) and words[at - 1].says(Tag.GAUGE))
    ]
    return max(
        max((at for at, piece in enumerate(words) if piece.says(Tag.GAUGE)), default=-1),
        _foreign_meter(words),
    ) > max(told, default=-1)


def _foreign_meter(words: list[Piece]) -> int:
    """Return behind which of some words a meter of electricity or gas is named; -1 if none is."""
    for at in range(len(words) - 1, 0, -1):
        if words[at].says(Tag.FOREIGN) and words[at - 1].plain.startswith(("licznik", "podlicznik")):
            return len(words)
        if words[at].says(Tag.WATER | Tag.METER | Tag.MAIN | Tag.GARDEN):
            return -1
    return -1
