"""Several meters with a state each: whatever stands outside of their rows is no state of theirs.

A row is a line, a sentence or a part of one that names a single meter. Where every meter has a row
with its own state, a house number, a client's or a running number around cannot shift the states
from one meter to the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.rules.inbox.page import Kind
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, kind_of
from db.rules.inbox.verdicts import Verdict


def chunks_of(pieces: list[Piece]) -> list[int]:
    """Return for each piece the part of its sentence that it stands in, brackets never parting."""
    chunks: list[int] = []
    chunk = depth = 0
    for at, piece in enumerate(pieces):
        depth = max(0, depth + piece.is_sign("([") - piece.is_sign(")]"))
        if at and piece.sentence != pieces[at - 1].sentence:
            chunk, depth = chunk + 1, 0
        elif depth == 0 and (piece.is_sign(",;|") or piece.says(Tag.ALSO)):
            chunk += 1
        chunks.append(chunk)
    return chunks


def own_states(pieces: list[Piece], states: list[State]) -> list[State] | None:
    """Return the states without those of no meter, where each of several meters has its own; else None."""
    meters = {at: piece.claim.value for at, piece in enumerate(pieces) if _is_meter(piece) and piece.claim}
    if len(set(meters.values())) < 2 or len(states) < 2:
        return None
    chunks = chunks_of(pieces)
    places = ([piece.line for piece in pieces], [piece.sentence for piece in pieces], chunks)
    for place in places:
        if kept := _in_rows(place, meters, states):
            return _with_apart(pieces, states, kept)
    if (each := _behind_each(meters, states)) is not None:
        return each
    kept = _in_rows(places[0], meters, states, some=True)
    return _with_apart(pieces, states, kept) if kept else None


def _with_apart(pieces: list[Piece], states: list[State], kept: list[State]) -> list[State]:
    """Return the states of rows, and those outside of them that are some of their own."""
    lines = {pieces[state.literal.first].line for state in kept}
    return [state for state in states if state in kept or _stands_apart(pieces, state, lines)]


def _is_meter(piece: Piece) -> bool:
    return kind_of(piece) is Kind.METER


def _in_rows(
    place: Sequence[int], meters: dict[int, str], states: list[State], *, some: bool = False
) -> list[State]:
    """Return the states that stand in a row of each meter, all behind its number or all before it.

    With `some`, two rows with one state each are enough: other meters have none.
    """
    rows: dict[int, int] = {}
    for at in meters:
        if place[at] in rows and meters[rows[place[at]]] != meters[at]:
            return []
        rows.setdefault(place[at], at)
    inside = [(rows[row], state) for state in states if (row := place[state.literal.first]) in rows]
    behind = [state for at, state in inside if at < state.literal.first]
    before = [state for at, state in inside if at > state.literal.first]
    for side in (behind, before):
        served = {meters[rows[place[state.literal.first]]] for state in side}
        if served == set(meters.values()) or (some and len(side) == len(served) > 1):
            return side
    return []


def _stands_apart(pieces: list[Piece], state: State, lines: set[int]) -> bool:
    """Tell whether a state outside of the rows is one of its own: of a role, or one that puts right."""
    if state.verdict is Verdict.RIGHT:
        return True
    line = pieces[state.literal.first].line
    near = [
        piece
        for piece in pieces[max(0, state.literal.first - 8) : state.literal.unit + 6]
        if piece.line == line
    ]
    return any(piece.says(Tag.MAIN | Tag.GARDEN) for piece in near) and line not in lines


def _behind_each(meters: dict[int, str], states: list[State]) -> list[State] | None:
    """Return the states behind the meters, where behind each, the last too, stands exactly one."""
    spots = sorted(meters)
    if len(set(meters.values())) < len(spots):
        return None
    bounds = [*spots[1:], 1 << 60]
    for spot, bound in zip(spots, bounds, strict=True):
        if sum(spot < state.literal.first < bound for state in states) != 1:
            return None
    return [state for state in states if state.literal.first > spots[0] or state.verdict is Verdict.RIGHT]
