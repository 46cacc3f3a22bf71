"""The day of the states: of all days that a text names the one on which the dial was read."""

from __future__ import annotations

from datetime import date

from db.rules.inbox.lexicon import Tag
from db.rules.inbox.page import Kind
from db.rules.inbox.states import State
from db.rules.inbox.tokens import Piece, Sort, kind_of

_ELSEWHERE = (
    Tag.INVOICE | Tag.PAPER | Tag.SEAL | Tag.MONEY | Tag.OLD | Tag.LATER | Tag.GAVE | Tag.USE | Tag.READER
)
_READ = Tag.STATE | Tag.TOOK | Tag.METER
_REACH = 24


def taken_on(pieces: list[Piece], states: list[State]) -> date | None:
    """Return the day of the states; None where the text names none for them."""
    best: tuple[int, str] | None = None
    for at, piece in enumerate(pieces):
        if kind_of(piece) is not Kind.DAY or piece.claim is None or not piece.claim.value:
            continue
        rank = _rank(pieces, at, states)
        if rank and (best is None or rank > best[0]):
            best = (rank, piece.claim.value)
    return date.fromisoformat(best[1]) if best else None


def _rank(pieces: list[Piece], at: int, states: list[State]) -> int:
    """Return how well a day fits the states: 0 for a day of something else."""
    sentence = pieces[at].sentence
    nearest = _governor(pieces, at)
    if nearest is not None and nearest.says(_ELSEWHERE) and not nearest.says(Tag.STATE):
        return 0
    together = any(pieces[state.literal.first].sentence == sentence for state in states)
    if together:
        return 4 if nearest is not None and nearest.says(_READ) else 3
    if nearest is not None and nearest.says(_READ):
        return 2
    words = [p for p in pieces if p.sentence == sentence and p.sort in (Sort.WORD, Sort.DIGITS)]
    return (
        1
        if states
        and len(words) <= 2
        and all(w.plain in ("dnia", "data", "dn", "z", "na", "dzien") for w in words)
        else 0
    )


def _governor(pieces: list[Piece], at: int) -> Piece | None:
    """Return the word before a day, in its sentence and behind any other number, that says what the day is of."""
    for back in range(at - 1, max(-1, at - _REACH), -1):
        piece = pieces[back]
        if piece.sentence != pieces[at].sentence or piece.sort is Sort.DIGITS:
            break
        if piece.says(_ELSEWHERE | _READ):
            return piece
    for here in range(at + 1, min(len(pieces), at + 8)):
        piece = pieces[here]
        if piece.sentence != pieces[at].sentence or piece.sort is Sort.DIGITS:
            break
        if piece.says(_ELSEWHERE | _READ):
            return piece
    return None
