"""What neighbouring numbers are to each other: a list, a span, a correction, `poprzedni i obecny`."""

from __future__ import annotations

import re

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.sayings import THERE
from db.rules.inbox.surroundings import is_rough
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_THIS = frozenset(["ten", "tamten", "to", "ta", "drugi", "trzeci"])
_JOINED = frozenset(["i", "oraz", "a", "albo", "lub"])
_SLIPS = frozenset(
    [
        "pomylka",
        "edit",
        "edycja",
        "update",
        "aktualizacja",
        "blad",
        "poprawka",
        "poprawiam",
        "errata",
        "korekta",
        "literowka",
        "sprostowanie",
        "poprawnie",
    ]
)
_ROSE = re.compile(r"(?:juz |nam |mi |sie ){0,2}\w{3,14}(?:lo|la|l|alo) (?:sie |juz |nam |mi ){0,2}(?:na|do)")
"""`z 480 podskoczyło na 512`."""
_WROTE = re.compile(r"(?:w|za|s|od)pisala?|(?:w|za|s)pisano|odczytala?|odczytano")
"""What somebody else did: the writer says `wpisałem`."""
_ENTER = re.compile(
    r"(?:w|za)pisz(?:cie)?|wpisujcie|zapisujcie|przyjmijcie|bierzcie|przyjmujcie|wpisac|przyjac"
)
_SO = frozenset(["czyli", "wiec", "zatem", "to", "dlatego"])
_SLIPPED = re.compile(
    r"\b(?:przepraszam|sorry|sorki|pardon|wybaczcie)\b(?! (?:za|ze)\b)|\b(?:oj|ups|ojej|stop|wroc|jednak)\b"
    r"|\b(?:pomyl|przestaw)\w{2,5}|\b(?:poprawk|korekt|sprostowan|errat|literowk)\w{1,2}|\bpoprawiam\b"
    r"|\bzle (?:przepisal|spisal|spojrzal|podal|wpisal|odczytal)\w{1,3}"
)
"""What says that something given before was wrong."""
_ROLES = Tag.MAIN | Tag.GARDEN | Tag.HOME
_OR = frozenset(["moze", "albo", "lub", "czy", "a", "nawet", "ewentualnie", "badz", "gora", "no"])
_SECOND = frozenset(
    [
        "w",
        "na",
        "drugi",
        "drugim",
        "drugiego",
        "druga",
        "drugiej",
        "trzeci",
        "trzecim",
        "trzeciego",
        "pierwszy",
        "pierwszym",
    ]
)


def is_refused(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `nie` or `zamiast` stands right before a number: it holds nowhere in the text."""
    back = pieces[literal.first - 1] if literal.first else None
    if back is None or back.sentence != pieces[literal.first].sentence:
        return False
    if back.plain == "zamiast" and (
        _given_before(pieces, literal.unit) or _by_another(pieces, literal.first)
    ):
        return False
    return back.plain in ("nie", "zamiast") or _given_instead(pieces, literal)


def _given_before(pieces: list[Piece], end: int) -> bool:
    """Tell whether `podałem` follows: what was given before is the number in front of `zamiast`."""
    return any(piece.says(Tag.GAVE) for piece in pieces[end : end + 3])


def _given_instead(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number was given by mistake: the first of `1280 zamiast 1208 podałem`."""
    at = literal.unit
    if at + 1 >= len(pieces) or pieces[at].plain != "zamiast" or pieces[at + 1].sort is not Sort.DIGITS:
        return False
    return _given_before(pieces, at + 2) or _by_another(pieces, at + 1)


def _by_another(pieces: list[Piece], at: int) -> bool:
    """Tell whether somebody else wrote the first of `inkasent wpisał 730 zamiast 703`."""
    near = [piece for piece in pieces[max(0, at - 10) : at] if piece.sentence == pieces[at].sentence]
    return any(_WROTE.fullmatch(piece.plain) for piece in near) and not any(
        piece.plain.startswith("pros") for piece in near
    )


def denies_next(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `, nie 430` or `, zamiast 430` follows: just this number is the right one."""
    if _given_instead(pieces, literal):
        return False
    words = [p for p in pieces[literal.unit : literal.unit + 4] if not p.is_sign(",-(")]
    if words and words[0].plain in _JOINED:
        words = words[1:]
    return len(words) > 1 and words[0].plain in ("nie", "zamiast") and words[1].sort is Sort.DIGITS


def _lists(pieces: list[Piece], start: int, end: int) -> bool:
    """Tell whether one number only continues the one before: `487 i 112`, `487, w łazience 112`."""
    between = pieces[start:end]
    words = [piece for piece in between if piece.plain not in _JOINED and not piece.is_sign(",;/:-")]
    if not words:
        return len(between) <= 3
    if between[0] is not words[0] and all(piece.plain in _SECOND for piece in words):
        return True
    if len(words) == 1 and _is_label(words[0]) and start > 1 and _is_label(pieces[start - 2]):
        return between[0] is not words[0]
    if words[0].plain in _THIS and between[0] is not words[0] and len(words) <= 6:
        return not any(piece.says(~Tag.ALSO) or piece.sort is not Sort.WORD for piece in words[1:])
    place = len(words) <= 3 and words[0].plain in ("w", "we", "na") and not any(piece.tags for piece in words)
    return place and between[0] is not words[0] and all(piece.sort is Sort.WORD for piece in words)


def _is_label(piece: Piece) -> bool:
    """Tell whether a word may name a place of a meter: `sklep 19, biuro 2`."""
    named = piece.sort is Sort.WORD and not piece.tags and len(piece.plain) > 2
    return named and piece.plain not in THERE


def continues(pieces: list[Piece], before: Literal, literal: Literal, start: int) -> bool:
    """Tell whether a number only goes on with a list, in its sentence or on the next line."""
    if abs(len(before.written) - len(literal.written)) > 2:
        return False
    if start == before.unit:
        return _lists(pieces, start, literal.first)
    between = pieces[before.unit : literal.first]
    if any(kind_of(piece) is Kind.METER for piece in between):
        return False
    lines = sum(piece.sort is Sort.LINE for piece in between)
    labels = [piece for piece in between if piece.sort is Sort.WORD]
    unknown = 1 <= len(labels) <= 2 and not any(label.tags for label in labels)
    return lines == 1 and unknown and between[-1].is_sign(":-=") and len(between) <= 7


def instead(pieces: list[Piece], start: int, end: int) -> bool:
    """Tell whether `tylko` or `lecz` stands between a number that is refused and the next."""
    words = [piece.plain for piece in pieces[start:end] if piece.sort is Sort.WORD]
    return words[:1] in (["tylko"], ["lecz"], ["ale"], ["a"]) and len(words) <= 2


def according_to(pieces: list[Piece], start: int) -> bool:
    """Tell whether a number is what one before was counted by: `naliczono 38 m3 według stanu 461`."""
    if start + 1 >= len(pieces) or pieces[start].plain not in ("wg", "wedlug", "podlug", "od", "do"):
        return False
    return (
        pieces[start + 1].says(Tag.STATE | Tag.METER | Tag.OLD | Tag.NOW)
        or pieces[start + 1].sort is Sort.DIGITS
    )


def put_right(region: list[Piece]) -> bool:
    """Tell whether `pomyłka:` or `poprawka:` stands right before a number."""
    words = [piece for piece in region if piece.sort is Sort.WORD]
    if not words or not region[-1].is_sign(":,-") or words[-1].plain not in _SLIPS:
        return False
    return region[-1].is_sign(":") or len(words) <= 2


def decided(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `czyli wpisujcie 1176` ends a doubt: the number stands in the text before."""
    head = [p.plain for p in pieces[max(0, literal.first - 4) : literal.first] if p.sort is Sort.WORD]
    if not head or not _ENTER.fullmatch(head[-1]) or not any(word in _SO for word in head[:-1]):
        return False
    said = [p.plain.lstrip("0") for p in pieces[: literal.first] if p.sort is Sort.DIGITS]
    return literal.written.lstrip("0") in said


def misread(pieces: list[Piece], literal: Literal, before: Literal) -> bool:
    """Tell whether `oj, źle spojrzałam,` stands between two numbers: the second is the right one."""
    between = pieces[before.unit : literal.first]
    if len(between) > 12 or not between or not between[-1].is_sign(",:-.!"):
        return False
    words = [piece.plain for piece in between if piece.sort is Sort.WORD]
    slip = any(word in ("zle", "blednie", "mylnie", "krzywo") or word.startswith("pomyl") for word in words)
    return slip and any(word.endswith(("lam", "lem", "lismy")) for word in words)


def said_anew(pieces: list[Piece], literal: Literal, before: Literal) -> bool:
    """Tell whether `sorry, ogrodowy 23` puts another state for the one given of the same meter."""
    between = pieces[before.unit : literal.first]
    head = [piece for piece in between if piece.says(_ROLES) or kind_of(piece) is Kind.METER]
    if len(between) > 20 or not head or len(between) - between.index(head[-1]) > 5:
        return False
    slip = " ".join(p.plain for p in between[: between.index(head[-1])] if p.sort is Sort.WORD)
    if _SLIPPED.search(slip) is None:
        return False
    return any(_same_meter(piece, head[-1]) for piece in pieces[: before.first])


def _same_meter(one: Piece, other: Piece) -> bool:
    if other.claim is not None:
        return one.claim is not None and one.claim.value == other.claim.value
    garden = other.says(Tag.GARDEN)
    return one.says(Tag.GARDEN) if garden else one.says(Tag.MAIN | Tag.HOME)


def takes_back(pieces: list[Piece], literal: Literal, before: Literal | None) -> bool:
    """Tell whether `tzn.`, `przepraszam` or `nie,` between two numbers puts the second for the first."""
    if before is None or literal.first - before.unit > 9:
        return False
    between = pieces[before.unit : literal.first]
    if any(piece.says(Tag.USE | Tag.OLD | Tag.MAIN | Tag.GARDEN | Tag.METER) for piece in between):
        return False
    words = [piece for piece in between if piece.sort is Sort.WORD]
    return any(word.says(Tag.THATIS | Tag.WRONG) for word in words) or (
        bool(words)
        and words[0].plain == "nie"
        and len(words) == 1
        and any(p.is_sign(",.-") for p in between[-2:])
    )


def in_turn(pieces: list[Piece], first: Literal, second: Literal) -> int:
    """Return which of two numbers is the present one in `poprzedni i obecny: 450 i 487`, 1 or 2; else 0."""
    between = pieces[first.unit : second.first]
    if not 1 <= len(between) <= 2 or not all(p.plain in _JOINED or p.is_sign("/,;") for p in between):
        return 0
    sentence = pieces[first.first].sentence
    head = [p for p in pieces[max(0, first.first - 10) : first.first] if p.sentence == sentence]
    for at in range(len(head) - 2):
        one, joint, other = head[at : at + 3]
        if not (joint.plain in _JOINED or joint.is_sign("/,-")):
            continue
        if one.says(Tag.OLD) and other.says(Tag.NOW):
            return 2
        if one.says(Tag.NOW) and other.says(Tag.OLD):
            return 1
    return 0


def range_start(pieces: list[Piece], literal: Literal, after: Literal | None) -> bool:
    """Tell whether a number is the first of `z 450 na 487`, `od 450 do 487` or `450 -> 487`."""
    if after is None or after.first - literal.unit > 3:
        return False
    between = "".join(piece.plain for piece in pieces[literal.unit : after.first])
    back = pieces[literal.first - 1].plain if literal.first else ""
    if back in ("z", "ze") and between in ("zrobilosie", "jestjuz", "przeszlona", "przeskoczylna", "mamyjuz"):
        return True
    if back in ("z", "ze") and _ROSE.fullmatch(" ".join(p.plain for p in pieces[literal.unit : after.first])):
        return True
    return between in ("->", "-->", "→", "=>") or (back in ("z", "ze", "od") and between in ("na", "do"))


def of_a_bill(pieces: list[Piece], before: Literal) -> bool:
    """Tell whether a range is what the company counted: `rozliczyli mnie od 1310 do 1402`."""
    clause = pieces[before.first].clause
    head = [p for p in pieces[max(0, before.first - 12) : before.first] if p.clause == clause]
    return any(piece.says(Tag.THEIRS | Tag.INVOICE | Tag.GUESS | Tag.MONEY) for piece in head)


def ends_span(pieces: list[Piece], before: Literal, literal: Literal) -> bool:
    """Tell whether two numbers are the ends of `między 610 a 620`, `610-620`."""
    if not is_rough(pieces, before):
        return False
    words = [p.plain for p in pieces[before.unit : literal.first] if not p.is_sign(",")]
    return words in (["a"], ["i"], ["do"], ["-"]) or (
        1 <= len(words) <= 3 and all(word in _OR for word in words) and words != ["a"]
    )
