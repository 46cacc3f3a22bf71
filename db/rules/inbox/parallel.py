"""Numbers in the same construction as a state: `Łazienka: 45`, below it `Kuchnia: 1203 m3`.

A row is a room, a floor, a flat, a building or `pierwszy` with a number. Rows of one message are read
alike: where one of them gives a state, the next one does too, though it has no unit or few digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.rules.inbox.numbers import Literal, literals
from db.rules.inbox.page import Kind, flat, words
from db.rules.inbox.stated import State
from db.rules.inbox.surroundings import words_from
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort
from db.rules.inbox.verdicts import Verdict

_ROOMS = (
    "kuchni", "lazienk", "piwnic", "pralni", "toalet", "kotlown", "lazien", "spizarni", "korytarz",
    "przedpok", "suteren", "warsztat", "sklep", "biur", "magazyn", "gabinet", "stajni", "obor",
    "szklarni", "zaplecz", "salon", "recepcj", "restauracj", "hotel", "umywaln", "szatni", "stolowk",
    "swietlic", "oficyn", "kawiarni", "myjni", "stodol", "chlewni", "kurnik", "aneks", "wc",
)  # fmt: skip
_FLOORS = ("parter", "pietr", "poddasz", "strych", "gora", "gory", "gorze", "dol", "antresol", "przyziem")
_NUMBERED = (
    "mieszkan", "lokal", "budyn", "blok", "klatk", "hala", "hali", "pion", "segment", "garaz", "dom",
    "skrzydl", "punkt", "sala", "sali", "strona", "boks", "pawilon", "pokoj", "pokoi",
    "obiekt", "wejsci", "lazienk", "sklep", "biur", "magazyn",
)  # fmt: skip
"""What has a number or a letter of its own, which is no state: `mieszkanie 12`."""
_TURNS = ("pierwsz", "drug", "trzeci", "czwart", "jeden", "jedn")
_ALLOWED = words(
    "w we na z ze u nr stan stany to jest lewy lewa prawy prawa nowy stary nowa stara moj nasz duza mala duzy"
    " maly wieksza mniejsza gorna dolna gorny dolny"
)
_SIDES = ("star", "now", "lew", "praw", "duz", "mal", "wiek", "mniej", "gorn", "doln")
_LETTERS = words("a b c d e i ii iii iv v")
_TOLD = Tag.STATE | Tag.METER | Tag.GIVE | Tag.NOW | Tag.NUMBER | Tag.WATER | Tag.COPULA | Tag.HOME
_REACH = 10
_ANY = "any"
"""The head of rows whose words are nothing but a name: `Kowalscy: 45`, below it `Nowakowie: 1203`."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A number with the words that name its place."""

    number: Literal
    head: str
    index: str
    """What counts such places off: `2` of `mieszkanie 2`, `b` of `hala B`."""
    led: bool
    """A colon or a dash stands right before the number."""
    stated: bool
    """A word of a state names it too."""
    before: bool
    """The words stand before the number, not behind it."""


def in_parallel(pieces: list[Piece], states: list[State], refused: set[str]) -> list[State]:
    """Return the states with those that stand in rows like theirs and were not told to be states."""
    found = literals(pieces) if states else []
    rows = [row for number in found if (row := _row(pieces, number)) is not None]
    taken = {state.literal.first for state in states}
    given = [row for row in rows if row.number.first in taken]
    others = [
        row
        for row in rows
        if row.number.first not in taken
        and row.number.state not in refused
        and any(_alike(pieces, row, one) for one in given)
    ]
    if not others:
        return states
    added = [_state(pieces, row.number) for row in others]
    sure = {row.number.first for row in given}
    for state in states:
        told = state.literal.first in sure
        added.append(replace(state, sure=True, verdict=max(state.verdict, Verdict.YES)) if told else state)
    return sorted(added, key=lambda state: state.literal.first)


def _state(pieces: list[Piece], number: Literal) -> State:
    return State(number, words_from(pieces, number, max(0, number.first - 12)), True, Verdict.YES)


def _row(pieces: list[Piece], number: Literal) -> _Row | None:
    """Return the row of a number that nothing but a place stands beside; None if there is none."""
    if number.spelt or len(number.written) > 6 or not _ends(pieces, number):
        return None
    at, led = number.first - 1, False
    while at >= 0 and pieces[at].is_sign(":=-|"):
        at, led = at - 1, True
    label: list[Piece] = []
    while at >= 0 and len(label) < _REACH and not _bounds(pieces, at):
        label.insert(0, pieces[at])
        at -= 1
    if label:
        return _named(label, number, led=led, before=True)
    behind: list[Piece] = []
    here = number.unit
    while here < len(pieces) and len(behind) < 4 and pieces[here].sort is Sort.WORD:
        behind.append(pieces[here])
        here += 1
    return _named(behind, number, led=False, before=False)


def _bounds(pieces: list[Piece], at: int) -> bool:
    """Tell whether a label begins behind a piece: a line, a sign, another number, `i`."""
    piece = pieces[at]
    if piece.sort is Sort.CLAIM:
        return not (
            _flat(piece) or (piece.end - piece.start <= 2 and at > 0 and _counted_off(pieces[at - 1]))
        )
    if piece.sort is Sort.DIGITS:
        named = at > 0 and (_counted_off(pieces[at - 1]) or pieces[at + 1].is_sign(":"))
        return len(piece.plain) > 2 or not named
    if piece.is_sign("."):
        return not pieces[at - 1].says(Tag.NUMBER)
    lettered = pieces[at + 1].is_sign(":") or (at > 0 and _counted_off(pieces[at - 1]))
    joins = piece.plain in ("i", "a", "oraz") and not lettered
    return piece.sort is not Sort.WORD or joins or piece.plain in ("m", "kubikow")


def _flat(piece: Piece) -> str:
    """Return the noun of `mieszkanie 2`, which was read as an address; empty for anything else."""
    said = flat(piece.claim.value).split() if piece.claim and piece.claim.kind is Kind.ADDRESS else []
    return said[0] if len(said) == 2 and said[0].startswith(_NUMBERED) and len(said[1]) <= 3 else ""


def _counted_off(piece: Piece) -> bool:
    return piece.plain.startswith(_NUMBERED) or piece.says(Tag.METER | Tag.NUMBER)


def _named(label: list[Piece], number: Literal, *, led: bool, before: bool) -> _Row | None:
    """Return the row whose words are `label`, if they say nothing but a place."""
    head = index = ""
    if led and before and (generic := _unknown(label)):
        return _Row(number, *generic, led, stated=False, before=True)
    for at, piece in enumerate(label):
        if piece.sort is Sort.CLAIM:
            head, index = head or _flat(piece), f"#{piece.start}"
        elif piece.sort is Sort.DIGITS or (head and piece.plain in _LETTERS):
            if piece.sort is Sort.DIGITS and piece is not label[-1]:
                return None  # `w bloku 7 na 3 piętrze`
            index = piece.plain
        elif piece.plain.startswith((*_ROOMS, *_FLOORS, *_NUMBERED, *_TURNS)):
            head = head or piece.plain
            index = index or _side([*label[max(0, at - 1) : at], *label[at + 1 : at + 2]])
        elif piece.plain not in _ALLOWED and (not piece.says(_TOLD) or piece.says(~_TOLD)):
            return None
    if not head and index and (meter := next((p for p in label if p.says(Tag.METER)), None)):
        head = meter.plain
    if not head:
        return None
    stated = any(piece.says(Tag.STATE | Tag.METER) for piece in label)
    return _Row(number, head, index, led, stated, before)


def _unknown(label: list[Piece]) -> tuple[str, str] | None:
    """Return the noun and the index of `apartament 1:`, `Kowalscy:`, `A:`, which no other rule knows."""
    noun, index = label[0], label[1].plain if len(label) == 2 else ""
    known = noun.plain.startswith((*_ROOMS, *_FLOORS, *_NUMBERED, *_TURNS)) or (
        len(noun.plain) > 1 and noun.says(~Tag.NUMBER)
    )
    if noun.sort is not Sort.WORD or known or len(label) > 2 or (noun.says(Tag.NUMBER) and not index):
        return None
    if index and not (len(index) == 1 or index in _LETTERS):
        return None
    return (_ANY if not index else noun.plain), index or f"#{noun.start}"


def _side(beside: list[Piece]) -> str:
    """Return what tells `stary dom` from `nowy dom`, `łazienka duża` from `łazienka mała`."""
    return next((piece.plain for piece in beside if piece.plain.startswith(_SIDES)), "")


def _ends(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether nothing is said behind a number but its place or the next row's."""
    if number.unit >= len(pieces):
        return True
    piece = pieces[number.unit]
    if piece.sort is Sort.WORD:
        if len(number.written) <= 2 and piece.plain.startswith((*_NUMBERED, "pietr")):
            return False  # `na 3 piętrze`
        place = (*_ROOMS, *_FLOORS, *_NUMBERED, *_TURNS)
        return piece.plain.startswith(place) or piece.plain in _ALLOWED or piece.says(Tag.ALSO)
    heads = piece.is_sign(":-=|") and any(p.sort is Sort.DIGITS for p in pieces[number.unit + 1 :][:1])
    return not heads and not piece.is_sign("(/?%") and piece.sort is not Sort.CLAIM


def _alike(pieces: list[Piece], row: _Row, given: _Row) -> bool:
    """Tell whether a row is made as the one of a state."""
    one, two = pieces[row.number.first], pieces[given.number.first]
    if row.before is not given.before or abs(one.line - two.line) > 2:
        return False
    if row.number.state == given.number.state:
        return False
    if _ANY in (row.head, given.head):
        return row.head == given.head and abs(one.line - two.line) <= 1
    if row.head[:4] == given.head[:4]:
        return row.index != given.index
    floors = row.head.startswith(_FLOORS) and given.head.startswith(_FLOORS)
    if row.head.startswith((*_NUMBERED, "pietr")) and not row.index and not floors:
        bare = row.head.startswith(_ROOMS)
        return (row.led or bare) and (one.line == two.line or not given.stated)
    return True
