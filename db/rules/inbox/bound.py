"""Of two meters and two states none is paired across a sentence that pairs one of them otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from db.rules.inbox.page import Kind, words
from db.rules.inbox.records import chunks_of
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, kind_of

_TOLD_APART = Tag.NOW | Tag.OLD | Tag.RIGHT | Tag.WRONG | Tag.INVOICE | Tag.THEIRS
_LEADING = 3
IN_TURN = words("odpowiednio kolejno")
_ON = ("to", "ma", "jest", "stan", "na", "nim", "pokazuje", "wskazuje")
_EXCHANGED = ("wymian", "wymien", "zamontow", "zalozo", "zalozy", "zamian", "zamien", "nowy", "nowego")


def bound_meters(pieces: list[Piece], states: Sequence[State]) -> dict[int, str]:
    """Return for where a state stands the meter number that it shares a sentence, or a part of one, with.

    Neither shares it with another state or number: `Na dole 311, na górze (20118834) 87.` Parts count
    only where a sentence has fewer numbers than states: `A i B mają odpowiednio 377 i 41` has as many.
    """
    sentences, parts = [piece.sentence for piece in pieces], chunks_of(pieces)
    told = [sentences[state.literal.first] for state in states]
    found = {
        spot: number
        for spot, number in _alone(pieces, states, parts).items()
        if len(_numbers(pieces, sentences).get(sentences[spot], ())) < told.count(sentences[spot])
    }
    return {**found, **_alone(pieces, states, sentences)}


def leads_elsewhere(pieces: list[Piece], states: Sequence[State], given: dict[int, str | None]) -> bool:
    """Tell whether a number that was given to a state before it leads to the next one.

    `Tu 970, u syna osobny licznik 40330182 i 455` goes on with the state of that meter.
    """
    spots = sorted(state.literal.first for state in states)
    for spot, following in pairwise(spots):
        for at in range(max(spot, following - _LEADING - 1), following):
            claim = pieces[at].claim
            if kind_of(pieces[at]) is not Kind.METER or claim is None or given.get(spot) != claim.value:
                continue
            if given.get(following) != claim.value and _leads(pieces[at + 1 : following]):
                return True
    return False


def told_in_turn(pieces: list[Piece], given: dict[int, str | None]) -> dict[int, str | None]:
    """Return the meters named in turn behind all of as many states: `340 i 19, numery odpowiednio A i B`."""
    last = max(given)
    meters = [at for at, piece in enumerate(pieces) if kind_of(piece) is Kind.METER]
    named = list(dict.fromkeys(claim.value for at in meters if (claim := pieces[at].claim)))
    if any(given.values()) or len(named) != len(given) or len(given) < 2 or meters[0] < last:
        return given
    head = [p.plain for p in pieces[last : meters[0]] if p.sentence == pieces[meters[0]].sentence]
    if not any(word in IN_TURN for word in head):
        return given
    return dict(zip(sorted(given), named, strict=True))


def _leads(between: list[Piece]) -> bool:
    """Tell whether a state is said of the number before it: `i 455`, `): 455`, `ma 455`."""
    if [piece.plain for piece in between] == ["i"]:
        return True
    return all(piece.is_sign(":-=)") or piece.plain in _ON for piece in between)


def _alone(pieces: list[Piece], states: Sequence[State], place: Sequence[int]) -> dict[int, str]:
    numbers = _numbers(pieces, place)
    shared: dict[int, list[int]] = {}
    for state in states:
        shared.setdefault(place[state.literal.first], []).append(state.literal.first)
    return {
        spots[0]: next(iter(numbers[where]))
        for where, spots in shared.items()
        if len(spots) == 1 and len(numbers.get(where, ())) == 1
    }


def _numbers(pieces: list[Piece], place: Sequence[int]) -> dict[int, set[str]]:
    """Return the meter numbers of each sentence or part of one."""
    numbers: dict[int, set[str]] = {}
    for at, piece in enumerate(pieces):
        if kind_of(piece) is Kind.METER and piece.claim:
            numbers.setdefault(place[at], set()).add(piece.claim.value)
    return numbers


def crossed(
    pieces: list[Piece], states: Sequence[State], given: dict[int, str | None]
) -> dict[int, str | None]:
    """Return the meters of the states, none where another state's sentence has the number for its own.

    What a sentence pairs by itself holds, if every state of the text is another one's.
    """
    own = bound_meters(pieces, states)
    meters = {piece.claim.value for piece in pieces if kind_of(piece) is Kind.METER and piece.claim}
    if len(states) < 2 or len(meters) < 2 or len(set(own.values())) < len(own):
        return given
    taken = {number: spot for spot, number in own.items()}
    return {
        spot: own.get(spot) or (number if number and taken.get(number, spot) == spot else None)
        for spot, number in given.items()
    }


def among_others(pieces: list[Piece], spot: int, number: str, mentioned: Sequence[tuple[int, str]]) -> bool:
    """Tell whether a state's number stands only in another sentence, and with other meters there.

    `mentioned` is where the text names the numbers of meters that are not gone. Of an exchange the
    new one is meant, of a wrong number the right one.
    """
    sentences: dict[int, set[str]] = {}
    for at, name in mentioned:
        sentences.setdefault(pieces[at].sentence, set()).add(name)
    exchanged = any(piece.says(_TOLD_APART) or piece.plain.startswith(_EXCHANGED) for piece in pieces)
    if exchanged or number in sentences.get(pieces[spot].sentence, ()):
        return False
    return all(len(names) > 1 for names in sentences.values() if number in names)
