"""The day of the states: of all days that a text names the one on which the dial was read."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from db.rules.inbox.page import Kind, words
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_ELSEWHERE = (
    Tag.INVOICE
    | Tag.PAPER
    | Tag.SEAL
    | Tag.MONEY
    | Tag.PHONE
    | Tag.OLD
    | Tag.LATER
    | Tag.GAVE
    | Tag.USE
    | Tag.READER
)
_READ = Tag.STATE | Tag.TOOK | Tag.METER
_REACH = 24
_SENTENCE = 60
_AWAY = (
    "wyjezdz",
    "wyjad",
    "wracam",
    "wroc",
    "urlop",
    "wczas",
    "wakacj",
    "platno",
    "termin",
    "nieobecn",
    "mecz",
)
_LEAVES = ("zamkn", "opusc", "wyprowadz", "zdal", "oddal", "przekazal", "sprzedal", "zwroc", "zakonczy")
_REMOVED = ("zdjet", "zdjal", "zdjel", "zdemontowa", "wymontowa", "odkreco")
_SHOWS = ("pokazuj", "wskazuj", "teraz", "obecni", "stoi")
_DONE = ("lismy", "lysmy", "lem", "lam", "l", "la", "li", "ly")
_HEAD, _SAME, _OWN = 2, 3, 5
_THAT_DAY = re.compile(
    r"\b(?:tego|tym|ten|w ten) (?:samego |samym |sam )?(?:dnia|dniu|dzien)\b|\bw (?:dniu|chwili"
    r"|momencie) (?:przekaz|sprzed"
    r"|wyprowadz|wymian|podpis|zdani|odbior|przeje|wprowadz)\w{1,6}|\bprzy (?:wydani|przekazani|odbior"
    r"|wymian|sprzedaz|zdani|wyprowadz|podpis)\w{1,4}|\bwtedy\b|\bwowczas\b"
)


def taken_on(pieces: list[Piece], states: list[State], *, together: bool = False) -> date | None:
    """Return the day of the states; None where the text names none for them.

    `tego dnia` and `wtedy` mean the day that was named last before. With `together` only a day in
    the sentence of a state counts.
    """
    best: tuple[int, str] | None = None
    for at, piece in enumerate(pieces):
        if kind_of(piece) is not Kind.DAY or piece.claim is None or not piece.claim.value:
            continue
        rank = _rank(pieces, at, states)
        if rank >= _SAME and any(state.day == piece.claim.value for state in states):
            rank = _OWN
        if together and rank < _SAME:
            continue
        later = best is not None and rank == best[0] == _HEAD and piece.claim.value > best[1]
        if rank and (best is None or rank > best[0] or later):
            best = (rank, piece.claim.value)
    if (best is None or best[0] < _SAME) and not together:
        best = _that_day(pieces, states) or best
    return date.fromisoformat(best[1]) if best else None


def _that_day(pieces: list[Piece], states: list[State]) -> tuple[int, str] | None:
    """Return the day that `tego dnia` in the sentence of a state points back to."""
    for state in states:
        at = state.literal.first
        near = [piece for piece in pieces[max(0, at - 30) : at + 15] if piece.sentence == pieces[at].sentence]
        if not _THAT_DAY.search(" ".join(piece.plain for piece in near if piece.sort is not Sort.LINE)):
            continue
        for piece in reversed(pieces[:at]):
            if piece.claim is not None and piece.claim.kind is Kind.DAY and piece.claim.value:
                return 1, piece.claim.value
    return None


def _rank(pieces: list[Piece], at: int, states: list[State]) -> int:
    """Return how well a day fits the states: 0 for a day of something else."""
    sentence = pieces[at].sentence
    nearest = _governor(pieces, at)
    back = pieces[at - 1].plain if at else ""
    claim = pieces[at].claim
    since = back == "od" and claim is not None and claim.relative
    if (
        back == "do"
        or (back == "co" and not (claim is not None and claim.relative))
        or since
        or _away(pieces, at)
        or _if_ahead(pieces, at)
        or _of_other_number(pieces, at, states)
        or _of_paper(pieces, at)
        or _of_former(pieces, at, states)
        or _of_removal(pieces, at, states)
    ):
        return 0
    swapped = states and _exchanged(pieces, at)
    if swapped and all(_goes_on(pieces, state, at) for state in states):
        return 0
    if swapped and nearest is not None and nearest.says(Tag.READER):
        return 1
    if nearest is not None and nearest.says(_ELSEWHERE) and not nearest.says(Tag.STATE):
        return 0
    if any(pieces[state.literal.first].sentence == sentence for state in states):
        return 4 if nearest is not None and nearest.says(_READ) else 3
    if not states:
        near = pieces[max(0, at - _SENTENCE) : at + _SENTENCE]
        if any(piece.says(Tag.LATER) for piece in near if piece.sentence == sentence):
            return 0
        own = [piece for piece in pieces[max(0, at - 12) : at + 12] if piece.clause == pieces[at].clause]
        return _HEAD if any(piece.says(Tag.STATE | Tag.TOOK) for piece in own) else 0
    if _asks(pieces, at):
        return 0
    if _exchanged(pieces, at) and states and all(_started(pieces, state) for state in states):
        return 0
    if nearest is not None and nearest.says(_READ):
        return 2
    if _all_of_sentence(pieces, at):
        return 2
    return 1 if _for_states(pieces, at) or _left_on(pieces, at, states) else 0


def _left_on(pieces: list[Piece], at: int, states: list[State]) -> bool:
    """Tell whether a day is the one of leaving a place, and a state is called its last: `stan końcowy`."""
    last = any(
        piece.plain.startswith("koncow") and piece.sentence == pieces[state.literal.first].sentence
        for state in states
        for piece in pieces[max(0, state.literal.first - 8) : state.literal.first]
    )
    clause = [p for p in pieces[max(0, at - 12) : at + 12] if p.clause == pieces[at].clause]
    return last and any(piece.plain.startswith(_LEAVES) and piece.plain.endswith(_DONE) for piece in clause)


def _away(pieces: list[Piece], at: int) -> bool:
    """Tell whether the clause of a day tells of a journey or a payment: `wracam 10.12`."""
    if at and pieces[at - 1].says(Tag.TOOK):
        return False  # `spisane dziś jak wróciłam`
    near = pieces[max(0, at - 12) : at + 12]
    return any(
        piece.plain.startswith(_AWAY) and not piece.says(Tag.STATE)
        for piece in near
        if piece.clause == pieces[at].clause
    )


def _of_other_number(pieces: list[Piece], at: int, states: list[State]) -> bool:
    """Tell whether a day stands in brackets behind a number that is no state: `było 276 (20 maja)`."""
    here = at - 1
    while here > 0 and pieces[here].plain in ("z", "ze", "dnia", "dn", "w", "na", "."):
        here -= 1
    if not states or here < 1 or not pieces[here].is_sign("("):
        return False
    here -= 1
    while here > 0 and (pieces[here].is_sign("^.") or pieces[here].plain.startswith(("m", "kub"))):
        here -= 1
    own = any(state.literal.first <= here < state.literal.unit for state in states)
    return not own and pieces[here].sort is Sort.DIGITS


def _of_paper(pieces: list[Piece], at: int) -> bool:
    """Tell whether a day alone in brackets is that of a paper: `na kartkę zostawioną w drzwiach (15.03)`."""
    ends = at + 1 < len(pieces) and pieces[at + 1].is_sign(")")
    here = at - 2 if at > 1 and pieces[at - 1].plain in ("z", "ze", "dnia") else at - 1
    if not ends or here < 1 or not pieces[here].is_sign("("):
        return False
    own = [p for p in pieces[max(0, here - 6) : here] if p.sentence == pieces[at].sentence]
    if any(p.sort is Sort.DIGITS or kind_of(p) is Kind.METER for p in own):
        return False
    return any(p.says(Tag.PAPER | Tag.INVOICE) for p in own) and not any(p.says(_READ) for p in own)


def _of_former(pieces: list[Piece], at: int, states: list[State]) -> bool:
    """Tell whether a day is of a former state behind the present: `mam 744; 1 kwietnia było 739`."""
    own, firsts = pieces[at].sentence, {state.literal.first for state in states}
    if not any(first < at and pieces[first].sentence == own for first in firsts):
        return False
    former = False
    for here in range(at + 1, min(at + 8, len(pieces))):
        if pieces[here].sentence != own or here in firsts:
            return False
        if pieces[here].sort is Sort.DIGITS:
            return former
        former = former or pieces[here].says(Tag.PAST | Tag.OLD)
    return False


def _of_removal(pieces: list[Piece], at: int, states: list[State]) -> bool:
    """Tell whether on a day a meter was taken away whose successor is told of: `zdjęto 3.11, nowy ma 4`."""
    own = [p for p in pieces[max(0, at - 5) : at + 3] if p.clause == pieces[at].clause]
    if not states or not any(piece.plain.startswith(_REMOVED) for piece in own):
        return False
    firsts = [state.literal.first for state in states]
    return all(
        pieces[first].clause != pieces[at].clause
        and any(p.plain.startswith(_SHOWS) or p.says(Tag.COPULA) for p in pieces[max(0, first - 6) : first])
        for first in firsts
    )


def _asks(pieces: list[Piece], at: int) -> bool:
    """Tell whether the sentence of a day is a question: `czy w Wigilię biuro jest otwarte?`"""
    return any(p.is_sign("?") for p in pieces[at : at + 30] if p.sentence == pieces[at].sentence)


def _if_ahead(pieces: list[Piece], at: int) -> bool:
    """Tell whether a day is of something still to come: `jak córka przyjedzie w sobotę`."""
    own = [piece for piece in pieces[max(0, at - 8) : at] if piece.clause == pieces[at].clause]
    return any(piece.plain in ("jak", "gdy", "kiedy") for piece in own) and any(
        piece.plain.startswith(("przyjedzi", "przyjd", "wroc", "bede", "bedzi", "bedą", "zejd", "pojd"))
        for piece in own
    )


def _exchanged(pieces: list[Piece], at: int) -> bool:
    """Tell whether the sentence of a day tells of an exchange of the meter: its states are of that day."""
    near = [piece for piece in pieces[max(0, at - 12) : at + 12] if piece.sentence == pieces[at].sentence]
    return any(piece.plain.startswith(("wymieni", "wymian", "zalozyl", "zamontowa")) for piece in near)


def _started(pieces: list[Piece], state: State) -> bool:
    """Tell whether a new meter's state is a later one than its first: `ruszył od zera, a wskazuje 2`."""
    first = state.literal.first
    own = [p for p in pieces[max(0, first - 10) : first] if p.sentence == pieces[first].sentence]
    return any(p.plain.startswith(("startowa", "wystartowa", "ruszyl", "zaczyna", "zaczal")) for p in own)


def _goes_on(pieces: list[Piece], state: State, at: int) -> bool:
    """Tell whether another sentence says what a new meter shows by now: `stoi na nim już 6`."""
    first = state.literal.first
    own = [p for p in pieces[max(0, first - 8) : first] if p.sentence == pieces[first].sentence]
    return pieces[first].sentence != pieces[at].sentence and any(p.plain == "juz" for p in own)


def _for_states(pieces: list[Piece], at: int) -> bool:
    """Tell whether a day in another sentence is that of the states: alone, behind `na`, or relative."""
    claim = pieces[at].claim
    before = pieces[at - 1] if at else None
    if before is not None and before.is_sign(":."):
        before = pieces[at - 2] if at > 1 else None
    if before is not None and before.plain in _TELLS:
        return True
    sentence = [p for p in pieces[max(0, at - 30) : at + 30] if p.sentence == pieces[at].sentence]
    if claim is not None and claim.relative:
        return True
    head = [p.plain for p in pieces[max(0, at - 5) : at] if p.sentence == pieces[at].sentence]
    if {"bylo", "to"} <= set(head) <= {"bylo", "to", "w", "dnia"}:
        return True
    return _only_tells(sentence)


def _only_tells(sentence: list[Piece]) -> bool:
    """Tell whether no word says anything but that a day follows; a single digit counts the lines off."""
    told = [p for p in sentence if p.sort is Sort.WORD or (p.sort is Sort.DIGITS and len(p.plain) > 1)]
    return all(p.plain in _TELLS for p in told)


def _all_of_sentence(pieces: list[Piece], at: int) -> bool:
    """Tell whether `Z dnia 24 listopada.` is all of a sentence, and the only day of it."""
    sentence = [p for p in pieces[max(0, at - 30) : at + 30] if p.sentence == pieces[at].sentence]
    days = sum(kind_of(piece) is Kind.DAY for piece in sentence)
    return days == 1 and len(sentence) > 2 and _only_tells(sentence)


_TELLS = words(
    "na z dane dnia czas data date day dn dzien dniu stan odczyt kiedy dla wszystkich obu obydwu odczytow"
    " stanow"
)


def _governor(pieces: list[Piece], at: int) -> Piece | None:
    """Return the word that says what a day is of: in its clause before it, behind it, or beyond."""
    before = _reach(pieces, at, -1)
    behind = _reach(pieces, at, 1)
    own = [piece for piece in before if piece.clause == pieces[at].clause]
    ahead = [piece for piece in behind if piece.clause == pieces[at].clause]
    read = any(piece.says(_READ) for piece in own)
    for piece in (*own, *ahead, *behind[:4]):
        if piece.plain.startswith("protokol") and (read or _of_handover(pieces, at)):
            continue  # `odczyt z protokołu z 1 grudnia` is the day of the reading
        if read and piece.plain.startswith("kart") and any(p.says(Tag.TOOK) for p in own):
            continue  # `zapisała to na kartce w niedzielę`
        if piece.says(_ELSEWHERE | _READ):
            return piece
    return next((piece for piece in before if piece.says(_READ)), None)


def _of_handover(pieces: list[Piece], at: int) -> bool:
    """Tell whether a day is that of the protocol of a handover, which holds the reading before it."""
    near = pieces[max(0, at - _REACH) : at]
    return any(
        one.plain.startswith("protokol")
        and two.plain.startswith(("zdawcz", "odbior", "przekaz", "zdani"))
        and any(back.sort is Sort.DIGITS and back.sentence == one.sentence for back in near[:place])
        for place, (one, two) in enumerate(pairwise(near))
    )


def _reach(pieces: list[Piece], at: int, step: int) -> list[Piece]:
    """Return the pieces of the day's sentence from it on, up to the next number."""
    found: list[Piece] = []
    here = at + step
    while 0 <= here < len(pieces) and len(found) < _REACH:
        if pieces[here].sentence != pieces[at].sentence or pieces[here].sort is Sort.DIGITS:
            break
        found.append(pieces[here])
        here += step
    return found
