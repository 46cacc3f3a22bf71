"""Which of two states of one meter is meant: the dial's beside the bill's, or the one that is picked."""

from __future__ import annotations

import re

from db.rules.inbox.page import Kind
from db.rules.inbox.pairing import Paired
from db.rules.inbox.settling import may_be_same
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_REACH = 40
_BILLED = re.compile(
    r"\b(?:w oparciu o|na podstawie|przy stanie|do stanu|od stanu|przyjet\w{1,2}|przyjel\w{1,4}"
    r"|zalozon\w{1,2}"
    r"|rozlicz\w{1,6}|podano|wpisan\w{1,2}|wystawi\w{1,5}|nalicz\w{1,6}|radiow\w{1,3}|zdaln\w{1,4}"
    r"|nakladk\w|modul\w{0,2}|obciaz\w{1,6}|portal\w{0,2}|e[ -]?bok\w{0,2}|aplikacj\w|apk\w|apce"
    r"|stronie|internet\w{1,6}|system\w{0,2}|radi[ao]\w{0,2}|wystawion\w{1,2})\b"
)
_NOUN = r"(?:stan|odczyt|wskazanie|wartosc|liczb\w|cyfr\w)"
_TAKE = re.compile(
    r"\b(?:ksiegowac|zaksiegowac|zapisac|wpisac|przyjac|uwzglednic|brac|wziac|liczyc|rozliczyc|wprowadzic"
    r"|wazny jest|wazna jest|liczy sie|obowiazuje|chodzi o|aktualny jest)"
    rf" (?:prosze )?(?:mi )?(?:tylko |jedynie |wylacznie )?(?:ten|te|to|tego|tamten)(?: {_NOUN})? "
    r"(?:z )?([a-z]{2,16})"
)
_THAT_ONE = re.compile(
    r"\b(?:ksiegowac|zaksiegowac|zapisac|wpisac|przyjac|przyjecie|wpisanie|zapisanie|uwzglednienie"
    r"|uwzglednic|wziac|wprowadzic|odnotowac)"
    r" (?:mi )?(?:(?:tylko|jedynie|wylacznie) (?:ten )?|(?:tylko |jedynie )?(?:stan|odczyt|wskazani)\w{0,2}"
    r" (?:tylko )?(?:tego |z (?:tego )?)?)"
    r"(nowego|nowy|starego|stary)\b(?! (?:adres|numer|tel|klient))"
)
"""Of two meters of an exchange the one that is to be entered."""
_AGES = ("now", "zaloz", "zamontowan", "star", "dotychczasow", "zdemontowan", "wymontowan", "zdjet")
_FACE = ("tarcz", "liczydl", "beben", "cyferblat")
_SHOWN = ("jest", "mam", "mamy", "stoi", "wynosi")
_LAST = ("ostatni", "drug", "pozniejsz", "nowsz", "dolny")
_FIRST = ("pierwsz", "wczesniejsz", "starsz", "gorny")
_MONTHS = (
    "styczn",
    "lut",
    "marc",
    "kwietn",
    "maj",
    "czerwc",
    "lipc",
    "sierpn",
    "wrzesn",
    "pazdz",
    "listop",
    "grudn",
)


def chosen(pieces: list[Piece], paired: list[Paired]) -> list[Paired]:
    """Return the states without those that the text sets beside the one to be booked.

    `Naliczono do stanu 1596, a na wodomierzu jest 1523` is 1523; `dziś 655, ale proszę zapisać tylko
    ten październikowy` is the one of October.
    """
    if len(paired) < 2:
        return paired
    if (picked := _picked(pieces, paired)) is not None:
        return [item for item in paired if item is picked or not may_be_same(item, picked)]
    if (wanted := _of_exchange(pieces, paired)) is not None:
        return [wanted]
    dial = [item for item in paired if _of_dial(pieces, item)]
    billed = [item for item in paired if item not in dial and _of_bill(pieces, item)]
    return [item for item in paired if item not in billed or not any(may_be_same(item, one) for one in dial)]


def _picked(pieces: list[Piece], paired: list[Paired]) -> Paired | None:
    """Return the state that the writer picks by its place or its month, if exactly one is meant."""
    text = " ".join(piece.plain or "#" for piece in pieces if piece.sort is not Sort.SIGN)
    found = _TAKE.search(text)
    if found is None or any(not may_be_same(paired[0], item) for item in paired[1:]):
        return None
    if found[1].startswith(_LAST):
        return paired[-1]
    if found[1].startswith(_FIRST):
        return paired[0]
    month = next((at for at, stem in enumerate(_MONTHS, 1) if found[1].startswith(stem)), 0)
    kept = [item for item in paired if item.state.day[5:7] == f"{month:02}"]
    return kept[0] if len(kept) == 1 else None


def _of_exchange(pieces: list[Piece], paired: list[Paired]) -> Paired | None:
    """Return of the states of an old and a new meter the one that is asked for: `wpisać stan nowego`."""
    if len(paired) != 2:
        return None
    words = [piece for piece in pieces if piece.sort is Sort.WORD]
    text = " ".join(
        word.plain if at and words[at - 1].sentence == word.sentence else f". {word.plain}"
        for at, word in enumerate(words)
    )
    if (found := _THAT_ONE.search(text)) is None:
        return None
    ages = [_age(pieces, item) for item in paired]
    wanted = "now" if found[1].startswith("now") else "star"
    return paired[ages.index(wanted)] if sorted(ages) == ["now", "star"] else None


def _age(pieces: list[Piece], item: Paired) -> str:
    """Return whether the nearest word before a state says the old or the new meter; empty if none does."""
    for piece in reversed(pieces[max(0, item.state.literal.first - _REACH) : item.state.literal.first]):
        if piece.sort is Sort.DIGITS:
            break
        if piece.sort is Sort.WORD and piece.plain.startswith(_AGES):
            return "now" if piece.plain.startswith(("now", "zaloz", "zamontowan")) else "star"
    return ""


def _own(pieces: list[Piece], item: Paired, *, since_number: bool) -> list[Piece]:
    """Return what stands before a state in its sentence, back to the number before it if asked."""
    first = item.state.literal.first
    found: list[Piece] = []
    for piece in reversed(pieces[max(0, first - _REACH) : first]):
        if piece.sentence != pieces[first].sentence or (since_number and piece.sort is Sort.DIGITS):
            break
        found.insert(0, piece)
    return found


def _says_bill(words: list[Piece]) -> bool:
    plain = " ".join(piece.plain for piece in words if piece.sort is Sort.WORD)
    return any(piece.says(Tag.INVOICE | Tag.THEIRS) for piece in words) or bool(_BILLED.search(plain))


def _of_dial(pieces: list[Piece], item: Paired) -> bool:
    own = _own(pieces, item, since_number=True)
    dial = any(
        piece.says(Tag.METER | Tag.NOW)
        or piece.plain.startswith(_FACE)
        or piece.plain in _SHOWN
        or kind_of(piece) is Kind.METER
        or _today(piece)
        for piece in own
    )
    return dial and not _says_bill(own)


def _today(piece: Piece) -> bool:
    return piece.claim is not None and piece.claim.kind is Kind.DAY and piece.claim.relative


def _of_bill(pieces: list[Piece], item: Paired) -> bool:
    return _says_bill(_own(pieces, item, since_number=False))
