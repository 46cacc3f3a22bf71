"""How a number is presented that no word calls a state: behind a colon, behind `mam`, all by itself."""

from __future__ import annotations

from db.rules.inbox.stated import State
from db.rules.inbox.surroundings import spelt_alone
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort
from db.rules.inbox.told import turns_to

_OF_OTHERS = (
    Tag.MONEY
    | Tag.INVOICE
    | Tag.USE
    | Tag.FOREIGN
    | Tag.THEIRS
    | Tag.GUESS
    | Tag.TANK
    | Tag.GAUGE
    | Tag.PHONE
    | Tag.PAPER
)


def shown(pieces: list[Piece], state: State) -> bool:
    """Tell whether a colon leads to a state and its clause ends behind it."""
    first, unit = state.literal.first, state.literal.unit
    ends = unit >= len(pieces) or pieces[unit].is_sign(".!,;:-()") or pieces[unit].sort is Sort.LINE
    ends = ends or pieces[unit].says(Tag.NUMBER | Tag.CLIENT | Tag.ALSO)
    led = first > 0 and (pieces[first - 1].is_sign(":") or turns_to(pieces, first))
    return (
        (led and ends)
        or _found_there(pieces, state)
        or (state.literal.spelt and spelt_alone(pieces, state.literal))
    )


def _found_there(pieces: list[Piece], state: State) -> bool:
    """Tell whether the writer went and looked: `zszedłem do piwnicy, tam 702`."""
    first = state.literal.first
    if len(state.literal.written) < 3 or not first:
        return False
    before = pieces[max(0, first - 14) : first]
    near = [*before, *pieces[state.literal.unit : state.literal.unit + 6]]
    own = [piece for piece in near if piece.sentence == pieces[first].sentence]
    if any(piece.says(_OF_OTHERS) for piece in own):
        return False
    end = pieces[state.literal.unit] if state.literal.unit < len(pieces) else None
    ends = end is None or end.sort is not Sort.WORD or end.plain in ("i", "a", "oraz")
    plain = [piece.plain for piece in before[-3:]] if ends else [""]
    if plain[-1] == "tam" or plain == ["z", "mojej", "strony"]:
        return True
    behind = [piece.plain for piece in pieces[state.literal.unit : state.literal.unit + 2]]
    looked = ends and before[-1].is_sign(",:-") and any(piece.says(Tag.TOOK) for piece in own)
    return looked or (behind[:1] == ["to"] and behind[1:] in (["liczba"], ["wartosc"], ["cyfra"]))


def had(pieces: list[Piece], state: State) -> bool:
    """Tell whether `mam` or `jest` stands right before a state of two digits or more."""
    before = pieces[state.literal.first - 1].plain if state.literal.first else ""
    return before in ("mam", "mamy", "jest") and len(state.literal.written) > 1


def handed(pieces: list[Piece], state: State) -> bool:
    """Tell whether `to macie` leads to a number that is all of a sentence: `Chcieliście, to macie. 1555.`"""
    first, unit = state.literal.first, state.literal.unit
    ends = unit >= len(pieces) or pieces[unit].is_sign(".!") or pieces[unit].sort is Sort.LINE
    if not ends or len(state.literal.written) < 2 or first < 2:
        return False
    led = pieces[first - 2] if pieces[first - 1].is_sign(".!,:-") else pieces[first - 1]
    return led.plain in ("macie", "masz")


def each_named(pieces: list[Piece], states: list[State]) -> bool:
    """Tell whether one state stands right behind `główny` and the other behind `ogrodowy`."""
    if len(states) != 2:
        return False
    before = [_noun(pieces, state) for state in states]
    roles = [next((tag for tag in (Tag.MAIN, Tag.GARDEN) if one.says(tag)), 0) for one in before]
    return set(roles) == {Tag.MAIN, Tag.GARDEN} and all(one.plain.endswith("y") for one in before)


def _noun(pieces: list[Piece], state: State) -> Piece:
    at = state.literal.first - 1
    return pieces[at - 1] if at > 0 and pieces[at].is_sign(":-=,") else pieces[at]


def by_itself(pieces: list[Piece], state: State) -> bool:
    """Tell whether a state is a sentence of its own."""
    sentence = pieces[state.literal.first].sentence
    around = pieces[max(0, state.literal.first - 12) : state.literal.unit + 12]
    words = [piece for piece in around if piece.sentence == sentence and piece.sort is Sort.WORD]
    return len(words) <= (2 if state.literal.cubic else 0)
