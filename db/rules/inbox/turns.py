"""Two states whose meters are told behind them: `208 i 54. Pierwszy główny, drugi ogród`."""

from __future__ import annotations

from db.records.clients import MeterRole
from db.rules.inbox.pairing import Paired
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_FIRST, _SECOND = ("pierwsz", "najpierw", "pierw"), ("drug", "potem", "nastepn", "kolejn")
_MORE, _LESS = ("wiekszy", "wieksza", "wieksze", "wyzszy", "wyzsza"), ("mniejsz", "nizsz")
_REACH = 40
"""Pieces behind the last state that are looked at."""


def told_behind(pieces: list[Piece], paired: list[Paired]) -> list[Paired]:
    """Return the two states with the roles that the text gives them in turn behind them.

    `Pierwszy` and `drugi` count in the order of the text, `większy` and `mniejszy` by size. Nothing
    changes where a state has a role, or where not each of the two is given another one.
    """
    if len(paired) != 2 or any(item.role for item in paired):
        return paired
    end = paired[1].state.literal.unit
    behind = pieces[end : end + _REACH]
    ordered = sorted(paired, key=lambda item: float(item.state.value), reverse=True)
    for items, cues in ((paired, (_FIRST, _SECOND)), (ordered, (_MORE, _LESS))):
        roles = [_role(behind, cue, other) for cue, other in zip(cues, reversed(cues), strict=True)]
        if set(roles) == {MeterRole.MAIN, MeterRole.GARDEN}:
            for item, role in zip(items, roles, strict=True):
                item.role = role
            break
    return paired


def _role(behind: list[Piece], cue: tuple[str, ...], other: tuple[str, ...]) -> MeterRole | None:
    """Return the first role that is named behind a cue, before the other cue or a number."""
    at = next((at for at, p in enumerate(behind) if p.sort is Sort.WORD and p.plain.startswith(cue)), None)
    if at is None:
        return None
    for piece in behind[at + 1 :]:
        if piece.plain.startswith(other) or piece.sort is Sort.DIGITS:
            return None
        if piece.says(Tag.GARDEN):
            return MeterRole.GARDEN
        if piece.says(Tag.MAIN | Tag.HOME):
            return MeterRole.MAIN
    return None
