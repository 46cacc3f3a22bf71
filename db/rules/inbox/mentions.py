"""Where a text speaks of a meter: by its number, or by what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from db.records.clients import MeterRole
from db.rules.inbox.page import Kind, words
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_NOT_METERS = words("budynek budynku ulica ulicy zawor zaworu wejscie wejscia lokal plac")
"""What else can be a main one."""
_NEAR = 12


@dataclass(slots=True)
class Mention:
    """A meter as the text speaks of it at one place."""

    at: int
    last: int
    number: str | None = None
    role: MeterRole | None = None

    def joins(self, other: Mention) -> bool:
        """Tell whether the other may be the same meter: what both say agrees, and it adds something."""
        numbers = not (self.number and other.number) or self.number == other.number
        return numbers and (not (self.role and other.role) or self.role == other.role)

    def add(self, other: Mention) -> None:
        """Take over what the other says."""
        self.number, self.role = self.number or other.number, self.role or other.role
        self.at, self.last = min(self.at, other.at), max(self.last, other.last)


def mentions_in(pieces: list[Piece], states: list[State], *, every: bool = False) -> list[Mention]:
    """Return where the text speaks of a meter, of one taken away too where it has `every` one's state."""
    telling = {pieces[state.literal.first].sentence for state in states}
    telling |= {piece.sentence for piece in pieces if piece.says(Tag.METER) or kind_of(piece) is Kind.METER}
    garden = any(piece.says(Tag.GARDEN) for piece in pieces)
    found: list[Mention] = []
    for at, piece in enumerate(pieces):
        if kind_of(piece) is Kind.METER and piece.claim and not every and _gone(pieces, at):
            continue
        if kind_of(piece) is Kind.METER and piece.claim:
            found.append(Mention(at, at, number=piece.claim.value))
        elif piece.sentence in telling and piece.says(Tag.MAIN | Tag.GARDEN | Tag.HOME):
            if piece.plain.endswith("ych") or _of_reading(pieces, at) or _beside_another(pieces, at, states):
                continue
            if at and pieces[at - 1].plain in _NOT_METERS:
                continue
            if (at and pieces[at - 1].plain in ("nie", "brak", "bez")) or (
                piece.says(Tag.HOME) and not garden
            ):
                continue
            role = MeterRole.GARDEN if piece.says(Tag.GARDEN) else MeterRole.MAIN
            found.append(Mention(at, at, role=role))
    return found


def _counts(piece: Piece) -> bool:
    return piece.sort is Sort.DIGITS or kind_of(piece) in (Kind.OTHER, Kind.MONEY)


def _beside_another(pieces: list[Piece], at: int, states: list[State]) -> bool:
    """Tell whether a garden only stands beside a number that is no state: `wylałem 2 m3 na trawnik`."""
    clause = pieces[at].clause
    first = [state.literal.first for state in states]
    if any(pieces[one].clause == clause for one in first):
        return False
    if first and _left_alone(pieces, at):
        return True
    near = range(max(0, at - _NEAR), min(len(pieces), at + _NEAR))
    counted = [here for here in near if pieces[here].clause == clause and _counts(pieces[here])]
    others = [here for here in near if here != at and pieces[here].clause == clause]
    metered = any(pieces[here].says(Tag.METER | Tag.STATE) for here in others)
    return bool(counted) and not metered


def _left_alone(pieces: list[Piece], at: int) -> bool:
    """Tell whether `podlicznik w warsztacie 66` names the meter of a number that is no state."""
    if not pieces[at].says(Tag.METER):
        return False
    for here in range(at + 1, min(at + _NEAR, len(pieces))):
        if pieces[here].clause != pieces[at].clause or pieces[here].says(Tag.NUMBER):
            return False
        if pieces[here].sort is Sort.DIGITS:
            return True
    return False


def _gone(pieces: list[Piece], at: int) -> bool:
    """Tell whether a meter is spoken of as taken away: `zdemontowano 30100046`."""
    clause = [piece for piece in pieces[max(0, at - 6) : at] if piece.clause == pieces[at].clause]
    if any(piece.plain.startswith(("zdemontowa", "wymontowa")) for piece in clause):
        return True
    bare = [piece for piece in clause if not piece.says(Tag.NUMBER | Tag.METER) and piece.sort is Sort.WORD]
    return bool(bare) and bare[-1].says(Tag.OLD) and not bare[-1].says(Tag.STATE)


def _of_reading(pieces: list[Piece], at: int) -> bool:
    """Tell whether `główny` is said of the reading and there is no other role: `odczyt główny`."""
    if not at or not pieces[at].says(Tag.MAIN) or not pieces[at - 1].plain.startswith("odczyt"):
        return False
    return not any(piece.says(Tag.GARDEN) for piece in pieces)
