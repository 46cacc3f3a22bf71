"""What the words around a number make of it: a state, or something that only looks like one."""

from __future__ import annotations

from enum import IntEnum

from db.rules.inbox.brackets import in_apposition
from db.rules.inbox.comparisons import ANCHOR, without_comparisons
from db.rules.inbox.page import Kind
from db.rules.inbox.page import words as words_of
from db.rules.inbox.sayings import (
    APOLOGY,
    BILL_SAYS,
    DENIED,
    FORESEEN,
    LEFT_OUT,
    LIMITED,
    LONG_AGO,
    MINE,
    NOT_TAKE,
    ON_BILL,
    ON_DIAL,
    ONCE,
    OTHERS_METER,
    OWN,
    OWN_SLIP,
    PAPERS,
    SAME,
    SLIP,
    STILL,
    SUPPOSED,
    THEIRS,
    THERE,
    WAS,
    WAS_LONG_AGO,
    WITH_YOU,
)
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

ADVERSE = (
    Tag.OLD
    | Tag.GAVE
    | Tag.USE
    | Tag.GUESS
    | Tag.THEIRS
    | Tag.FOREIGN
    | Tag.TANK
    | Tag.MONEY
    | Tag.WRONG
    | Tag.LATER
)
_RESTORE = Tag.GIVE | Tag.NOW | Tag.RIGHT | Tag.KEEP
_LESS = ("od", "przed", "o", "za", "po", "niz", "powyzej", "ponizej", "przekracza", "minimum", "maksimum")
"""Words right before a number that is a bound, or the end of a span."""
_COLD = words_of("woda wody zimna zimnej zimne zimny zw wasz wasza ma to")
_LINKS = words_of("a i ale natomiast zas")
_MOST = 40
"""Pieces of a clause that are looked at."""


class Verdict(IntEnum):
    """What a number is, as far as its words say."""

    NO = 0
    """Something else."""
    NONE = 1
    """They say nothing."""
    PAST = 2
    """A state that was: the present one where none other is named."""
    YES = 3
    RIGHT = 4
    """A state that takes the place of one given before."""


_CERTAIN = ANCHOR | Tag.USE | Tag.GUESS | Tag.INVOICE | Tag.THEIRS | Tag.MONEY | Tag.FOREIGN | Tag.PAST


def judge_before(clauses: list[list[Piece]]) -> Verdict:
    """Judge by the clauses before a number, the nearest first; the nearest that tells counts."""
    if len(clauses) > 1 and in_apposition(clauses[0], clauses[1]):
        return Verdict.NO
    shown = bool(clauses) and clauses[0][-1].is_sign(":")
    for place, clause in enumerate(clauses):
        if place and shown and not any(piece.says(_CERTAIN) for piece in clause):
            continue
        verdict = judge_clause(clause[-_MOST:], nearest=place == 0)
        if verdict is not Verdict.NONE:
            return Verdict.NO if verdict < Verdict.RIGHT and _there(clause, clauses) else verdict
    return Verdict.NONE


_POINTERS = ("tam", "ktorej", "ktorym", "ktorych")


def _there(clause: list[Piece], clauses: list[list[Piece]]) -> bool:
    """Tell whether `tam` or `na której` points to an invoice or a letter spoken of before."""
    if not any(piece.plain in _POINTERS for piece in clause):
        return False
    return any(piece.says(Tag.INVOICE | Tag.PAPER) for other in clauses for piece in other)


def judge_clause(clause: list[Piece], *, nearest: bool = True) -> Verdict:
    """Judge by one clause that stands before a number, right before it if `nearest`."""
    words = [piece for piece in clause if piece.sort in (Sort.WORD, Sort.CLAIM)]
    if not words:
        return Verdict.NONE
    plain = " ".join(piece.plain for piece in words if piece.sort is Sort.WORD)
    if _behind_own_slip(clause):
        return Verdict.RIGHT
    words, limited = without_comparisons(words)
    if _said_by_others(words, plain):
        return Verdict.NO
    if SAME.search(plain) and (
        ONCE.search(plain) or any(word.says(Tag.INVOICE | Tag.PAPER | Tag.OLD) for word in words)
    ):
        return Verdict.YES
    if _printed(words, plain) or (nearest and words and _numbers_it(words, clause)):
        return Verdict.NO
    if SLIP.search(plain):
        return Verdict.RIGHT
    anchor, restored = _last(words, ANCHOR), _last(words, _RESTORE)
    if _last(words, Tag.SEAL) > _last(words, Tag.STATE | Tag.METER | Tag.GIVE | Tag.TOOK):
        return Verdict.NO
    adverse = _last(words, ADVERSE)
    if adverse >= 0 and _counts(words, adverse, anchor, restored):
        return Verdict.NO
    read = (nearest and not clause[-1].is_sign(",")) or any(word.says(Tag.TOOK) for word in words)
    if read and any(word.says(Tag.READER) for word in words) and restored < 0:
        return Verdict.NO
    if any(word.says(Tag.RIGHT) for word in words) or (anchor >= 0 and MINE.search(plain)):
        return Verdict.RIGHT
    if any(word.says(Tag.PAST) for word in words) or (restored < 0 and ONCE.search(plain)):
        return Verdict.NO if LONG_AGO.search(plain) else Verdict.PAST
    if nearest and WAS_LONG_AGO.search(plain):
        return Verdict.NO
    if anchor >= 0:
        return Verdict.YES
    return Verdict.NO if limited else _weakly(words, plain)


def _behind_own_slip(clause: list[Piece]) -> bool:
    """Tell whether `cyfry przestawiłam:` and a meter stand before: what follows takes a state's place."""
    colon = next((at for at in range(len(clause) - 1, 0, -1) if clause[at].is_sign(":")), 0)
    head = " ".join(piece.plain for piece in clause[:colon] if piece.sort is Sort.WORD)
    tail = [piece for piece in clause[colon:] if piece.sort is Sort.WORD]
    return bool(OWN_SLIP.search(head)) and len(tail) <= 4 and not any(piece.says(ADVERSE) for piece in tail)


def _said_by_others(words: list[Piece], plain: str) -> bool:
    """Tell whether a clause denies, supposes or forbids, or tells what a bill or somebody else says."""
    if any(pattern.search(plain) for pattern in (DENIED, SUPPOSED, NOT_TAKE, OTHERS_METER)):
        return True
    if (foreseen := FORESEEN.search(plain)) and not _now_behind(words, plain, foreseen.end()):
        return True
    return (said := BILL_SAYS.search(plain)) is not None and not _restored(words, plain, said.end())


def _printed(words: list[Piece], plain: str) -> bool:
    """Tell whether a number stands on a bill or with the company, and the clause does not turn away."""
    found = (ON_BILL.search(plain), THEIRS.search(plain))
    return any(place is not None and not _restored(words, plain, place.end()) for place in found)


def _numbers_it(words: list[Piece], clause: list[Piece]) -> bool:
    """Tell whether the word right before a number says that it numbers or measures something else."""
    last = words[-1]
    counted = last.says(Tag.NUMBER) and any(word.says(Tag.METER) for word in words[-2:])
    if counted and any(piece.sort is Sort.DIGITS for piece in clause[clause.index(last) :]):
        return False  # it numbers what only counts off: `licznik nr 1: 487`
    right_before = last is clause[-1] or last.plain not in ("powyzej", "ponizej")
    if _hinders(last) or (last.plain in _LESS and right_before):
        return True
    return last is clause[-1] and last.plain in PAPERS


def _weakly(words: list[Piece], plain: str) -> Verdict:
    """Judge by words that only lead to a state: `u mnie`, `zimna`, a day, `wynosi`."""
    if OWN.fullmatch(plain):
        return Verdict.YES
    water = any(word.plain.startswith(("zimn", "zw", "wod")) for word in words)
    cold = water and (
        all(word.plain in _COLD or word.plain in _LINKS for word in words)
        or words[-1].plain in ("ma", "jest", "to")
    )
    dated = any(kind_of(word) is Kind.DAY for word in words) and len(words) <= 3
    dated = dated and not any(word.says(Tag.LIMIT) for word in words)
    return Verdict.YES if cold or dated or _copula(words) else Verdict.NONE


_CONFUSE = ("mylic", "pomylic", "mylcie", "pomylcie")
"""`nie mylić z prądem`: what follows is of another number."""


def judge_behind(behind: list[Piece]) -> Verdict:
    """Judge by the words that follow a number and its unit within its clause or the brackets behind it."""
    words = [piece for piece in behind if piece.sort in (Sort.WORD, Sort.CLAIM)][:7]
    words = words[: next((at for at, word in enumerate(words) if word.plain in _CONFUSE), len(words))]
    if not words:
        return Verdict.NONE
    plain = " ".join(piece.plain for piece in words)
    if APOLOGY.search(plain):
        return Verdict.NONE
    if words[0].says(Tag.COUNTED | Tag.MONEY | Tag.FOREIGN) and not behind[0].is_sign("-"):
        return Verdict.NO
    if ON_DIAL.match(plain):
        return Verdict.YES
    red = words[0].plain.startswith("czerwon") and not LEFT_OUT.search(plain)
    if NOT_TAKE.search(plain) or red:
        return Verdict.NO
    if len(words) > 1 and words[0].plain == "na" and words[1].plain.startswith("czerwon"):
        return Verdict.NO
    if STILL.search(plain):
        return Verdict.YES
    if WAS.match(plain) or ON_BILL.search(plain) or WITH_YOU.match(plain):
        return Verdict.NO
    if words[0].says(Tag.METER) and not any(w.says(Tag.OLD | Tag.FOREIGN) for w in words[:4]):
        return Verdict.YES
    if words[0].says(Tag.STATE) or (words[0].plain == "tyle" and any(w.says(Tag.STATE) for w in words[1:4])):
        return Verdict.YES if not any(w.says(Tag.OLD | Tag.GUESS) for w in words[:4]) else Verdict.NO
    if words[0].says(Tag.TOOK):
        return Verdict.YES
    for place, word in enumerate(words[:5]):
        if word.says(Tag.GIVE | Tag.NOW) and not word.says(Tag.OLD):
            return Verdict.YES if word.says(Tag.NOW) and place < 2 else Verdict.NONE
        if word.says(Tag.FOREIGN | Tag.GUESS | Tag.TANK | Tag.READER | Tag.THEIRS):
            return Verdict.NO
        if word.says(Tag.KEEP) or (word.plain == "sie" and words[place - 1].plain == "zgadza"):
            return Verdict.NO if any(w.plain == "nie" for w in words[:place]) else Verdict.YES
        if word.says(Tag.USE) and (place < 2 or word.plain in ("zuzycia", "roznicy")):
            return Verdict.NO
        if word.plain in ("wiecej", "mniej") and place < 1:
            return Verdict.NO
        if word.says(Tag.OLD | Tag.GAVE) and not LIMITED.search(" ".join(w.plain for w in words[:place])):
            return Verdict.NO
        if word.says(Tag.WRONG) and not any(w.plain == "nie" for w in words[:place]):
            return Verdict.NO
    return Verdict.NONE


def month_said(words: list[Piece]) -> str:
    """Return the month or the season that is named as a time: `we wrześniu`, `latem`; nothing if none is."""
    found = ONCE.search(" ".join(word.plain for word in words if word.sort is Sort.WORD))
    return found[0].rpartition(" ")[2] if found else ""


def _last(words: list[Piece], tags: int) -> int:
    return next((at for at in range(len(words) - 1, -1, -1) if words[at].says(tags)), -1)


def _restored(words: list[Piece], plain: str, end: int) -> bool:
    """Tell whether behind a place that is not the writer's dial the sentence turns to it."""
    rest = plain[end:].split()
    tail = [word for word in words if word.sort is Sort.WORD][-len(rest) :] if rest else []
    return (
        any(word.says(_RESTORE) and not _of_a_state(word) for word in tail)
        or " na liczniku" in plain[end:]
        or " na wodomierzu" in plain[end:]
    )


def _now_behind(words: list[Piece], plain: str, end: int) -> bool:
    """Tell whether behind a place in a clause its words turn to what is given now."""
    count = len(plain[end:].split())
    return any(word.says(Tag.GIVE | Tag.NOW | Tag.METER) for word in words[len(words) - count :])


def _of_a_state(word: Piece) -> bool:
    """Tell whether a word only says which state a paper prints: `stan bieżący`, `aktualny odczyt`."""
    return word.plain.startswith(("biezac", "obecn", "aktualn")) and not word.plain.endswith("ie")


def _hinders(word: Piece) -> bool:
    """Tell whether the word right before a number says that it counts or names something else."""
    if word.says(Tag.METER | Tag.STATE | Tag.MAIN | Tag.GARDEN):
        return False
    return word.says(
        Tag.NUMBER | Tag.PHONE | Tag.PLACE | Tag.SEAL | Tag.CLIENT | Tag.SERIAL
    ) and not word.says(Tag.HOME)


def _counts(words: list[Piece], adverse: int, anchor: int, restored: int) -> bool:
    """Tell whether an adverse word is about the number: behind the last anchor, or right beside the state."""
    word = words[adverse]
    if word.says(Tag.STATE | Tag.NOW) and not word.says(Tag.OLD | Tag.GUESS):
        return False
    if adverse > restored >= 0 and adverse < anchor and anchor - adverse > 3:
        return False
    if restored > adverse:
        return False
    metered = words[adverse - 1].says(Tag.METER) and kind_of(words[min(adverse + 1, len(words) - 1)])
    if word.says(Tag.TANK) and adverse and metered is Kind.METER:
        return False
    if word.plain in ("sasiad", "sasiadka") and any(w.says(Tag.TOOK) for w in words):
        return False  # who read it for the writer
    if word.says(Tag.FOREIGN):
        return not any(w.says(Tag.WATER) for w in words[adverse + 1 :])
    told = _last(words, ANCHOR & ~Tag.METER)
    if word.says(Tag.USE) and not word.says(Tag.STATE):
        return told < adverse
    if anchor > adverse and word.says(Tag.MONEY | Tag.LATER | Tag.TANK):
        return False
    return anchor - adverse <= 3


def _copula(words: list[Piece]) -> bool:
    """Tell whether `jest` or the like ends the words: few ones, or behind a day counted from today."""
    at = len(words) - 1
    while at > 0 and words[at].plain in THERE:
        at -= 1
    if words[at].says(Tag.COPULA) and any(word.claim is not None and word.claim.relative for word in words):
        return True
    return (
        words[at].says(Tag.COPULA)
        and words[at].plain not in ("to", "ma", "mam", "mamy", "sa")
        and (len(words) <= 4 or words[at].plain in ("stoi", "wynosi"))
    )
