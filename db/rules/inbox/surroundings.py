"""What stands around a number: a meter in brackets, a heading above, a doubt, a question."""

from __future__ import annotations

import re

from db.rules.inbox.asides import past_condition
from db.rules.inbox.followed import taunts
from db.rules.inbox.labels import names_value
from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of
from db.rules.inbox.verdicts import ADVERSE, Verdict, judge_before

_UNSURE = re.compile(
    r"\bnie (?:wiem(?! czy (?:to )?(?:\w{1,8} )?(?:potrzebn|przyda|wystarcz|trafi|adres|mozna|wolno|doszed"
    r"|doszl"
    r"|dojdzie|dostali|dotar|w terminie|interesuj|trzeba|musz|wazn|istotn|tutaj|tu|do was|o to|dobrze robi"
    r"|dobrze rob|to dobr))"
    r"|jestem pew\w{1,3}|mam pewnosci)(?: ,)? ?(?:czy|ktor\w{1,3}|jak|na pewno|dokladnie"
    r"|co do)\b"
    r"|\bnie jestem pew\w{1,3}\b|\bglowy nie dam\b"
)
_POLITE = re.compile(
    r"\bczy (?:mogl\w{2,8}|mozna|moge|mog\w{1,3}|zechc\w{2,8}|(?:daloby|da) sie|byli?\w{1,6} (?:\w{1,12} )?"
    r"(?:lask|uprzejm|mozliw|dobr|mil)\w{1,5}) (?:\w{1,12} ){0,4}?(?:przyjac|wpisac|zapisac|odnotowac"
    r"|uwzglednic|zaksiegowac|podac|zglosic|przeslac|przyjeci[ae]|wpisani[ae])\b"
)
"""A wish that only looks like a question: `czy mogą Państwo przyjąć odczyt 377?`"""
_UNREADABLE = re.compile(
    r"\bnie (?:moge|mozna|da sie|jestem w stanie|potrafie|umiem|udalo sie)(?: \w{1,10}){0,3}? "
    r"(?:odczyta|zobaczy|przeczyta|rozczyta|dojrze|rozpozna)\w{1,3}\b"
    r"|(?<!zera )(?<!zer )(?<!zerami )\bna poczatku\b(?! (?:\w{1,8} ){0,2}zer)|\bwidac tylko\b"
)
_ROOMS = ("kuchni", "lazienk", "piwnic", "garaz", "pralni", "toalet", "kotlown")
_TURNS = ("pierwsz", "drug", "trzeci", "czwart")
_GUESSING = frozenset(["pewnie", "gdzies", "tak", "chyba", "moze", "bedzie", "jakos", "juz"])
_ANSWERED = (["tak", "to"], [",", "to"])
_ARRIVES = ("dotar", "doszed", "doszl", "wplyn", "zaksiegow", "zarejestr", "zapisal", "przyjel", "przyjet")
"""`czy stan 512 dotarł`: it was given before."""
_EITHER = frozenset(["albo", "lub"])


def is_rough(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the number is only roughly meant: `około 480`, `~480`, `plus minus 480`."""
    at = literal.first
    own = pieces[at].sentence
    near = [p for p in pieces[max(0, at - 4) : at] if p.sentence == own and p.sort is not Sort.LINE]
    for back in reversed(near):
        if back.is_sign(">") and any(p.is_sign("-=") for p in near):
            break
        if back.is_sign("<>") and sum(p.is_sign(back.plain) for p in near) > 1:
            break  # `>> 926 <<` only points to it
        if back.says(Tag.ABOUT) or back.is_sign("~≈<>"):
            return True
        if back.says(Tag.STATE | Tag.NOW) or back.is_sign(",:;"):
            break
    head = [p.plain for p in pieces[max(0, at - 3) : at]]
    tail = [p.plain for p in pieces[literal.unit : literal.unit + 3]]
    return (
        head[-2:] in (["mniej", "wiecej"], ["plus", "minus"])
        or (len(head) > 1 and head[-1] in ("z", "ze") and head[-2] in _GUESSING)
        or tail[:2] in (["plus", "minus"], ["mniej", "wiecej"])
        or (literal.written.endswith("0") and _and_more(tail))
        or _open_end(tail)
        or (literal.spelt and tail[:1] == ["cos"])
    )


def _open_end(tail: list[str]) -> bool:
    """Tell whether `i coś` follows: the digits go on."""
    return len(tail) > 1 and tail[0] in ("i", "z") and tail[1].startswith("cos") and "po" not in tail[2:]


def _and_more(tail: list[str]) -> bool:
    """Tell whether `z groszami` follows: of `336 z groszami` the whole is known, of `300 z hakiem` not."""
    more = ("grosz", "hak", "hacz", "kawal", "ogon", "czyms", "drobn", "troch", "ulamk", "malym")
    return len(tail) > 1 and tail[0] in ("z", "i", "ze") and tail[1].startswith(more)


def is_asked(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the sentence of a number asks something, its digits perhaps: `64 m3 w miesiąc?`, `48?`."""
    sentence = pieces[literal.first].sentence
    if any(p.plain == "skoro" and p.sentence == sentence for p in pieces[: literal.first][-20:]):
        return False  # the question only draws on it
    for piece in pieces[literal.unit : literal.unit + 40]:
        if piece.is_sign("?"):
            return True
        if piece.sentence != sentence:
            break
    head = pieces[max(0, literal.first - 12) : literal.first]
    return any(
        piece.plain in ("ile", "czy", "cena", "kosztuje") and piece.sentence == sentence for piece in head
    )


def _met_behind(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a meter or a role ends the words behind: `487 (81234567)`, `112 - ogrodowy`."""
    at = literal.unit
    if _role_behind(pieces, at):
        return True
    if at >= len(pieces) or not (pieces[at].is_sign("([-") or pieces[at].plain in ("to", "na")):
        return False
    for here in range(at + 1, min(at + 6, len(pieces))):
        piece = pieces[here]
        if piece.is_sign(")],;.") or piece.sort in (Sort.DIGITS, Sort.LINE):
            return False
        if kind_of(piece) is Kind.METER or piece.says(Tag.MAIN | Tag.GARDEN):
            following = pieces[here + 1] if here + 1 < len(pieces) else None
            ends = following is None or following.is_sign(")],;.") or following.sort is Sort.LINE
            return ends or following is None or following.says(Tag.ALSO | Tag.MAIN | Tag.GARDEN | Tag.METER)
    return False


def _role_behind(pieces: list[Piece], at: int) -> bool:
    """Tell whether a role alone ends the clause behind a number: `377 główny, 41 ogrodowy`."""
    if at >= len(pieces) or not pieces[at].says(Tag.MAIN | Tag.GARDEN) or pieces[at].says(Tag.METER):
        return False
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    ends = after is None or after.is_sign(",;.") or after.sort is Sort.LINE or after.says(Tag.ALSO)
    return ends and any(p.says(Tag.MAIN) for p in pieces) and any(p.says(Tag.GARDEN) for p in pieces)


def _listed_away(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `zużycie 377 główny, 41 ogrodowy` heads a list by roles that are no states."""
    head = pieces[max(0, literal.first - 20) : literal.first]
    own = [p for p in head if p.sentence == pieces[literal.first].sentence]
    away = [at for at, p in enumerate(own) if p.says(Tag.OLD | Tag.USE | Tag.GUESS | Tag.THEIRS)]
    return bool(away) and not any(p.says(Tag.NOW | Tag.GIVE | Tag.STATE | Tag.METER) for p in own[away[-1] :])


def own_day(pieces: list[Piece], literal: Literal, start: int) -> str:
    """Return the day that is said of this number: before it since the one before, or right behind it."""
    for piece in reversed(pieces[start : literal.first]):
        if piece.claim is not None and piece.claim.kind is Kind.DAY:
            return piece.claim.value
    for piece in pieces[literal.unit : literal.unit + 6]:
        if piece.sort in (Sort.DIGITS, Sort.LINE) or piece.says(Tag.ALSO):
            break
        if piece.claim is not None and piece.claim.kind is Kind.DAY:
            return piece.claim.value
    return ""


def _heading(pieces: list[Piece], literal: Literal, start: int) -> Verdict:
    """Judge by the line above, where that names no number and ends in a colon or says only what follows."""
    line = pieces[literal.first].line
    at = start
    while at and pieces[at - 1].sort is Sort.LINE:
        at -= 1
    if at == start or not at or pieces[at - 1].line < line - 2:
        return Verdict.NONE
    above = pieces[at - 1].line
    head: list[Piece] = []
    while at and pieces[at - 1].line == above and len(head) < 30:
        at -= 1
        head.insert(0, pieces[at])
    if any(p.sort is Sort.DIGITS for p in head):
        return Verdict.NONE
    words = [p for p in head if p.sort is Sort.WORD]
    if not (head[-1].is_sign(":-=") or len(words) <= 4):
        return Verdict.NONE
    verdict = judge_before([head])
    if verdict is Verdict.NO and above == 0 and not any(p.says(ADVERSE) for p in head):
        return Verdict.NONE  # what the subject speaks of may be anything
    if verdict is Verdict.NONE and any(kind_of(p) is Kind.METER for p in head):
        return Verdict.YES
    return verdict


def _alone(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether nothing but signs and claimed things shares the number's clause or line."""
    own = pieces[literal.first]
    for step, at in ((-1, literal.first - 1), (1, literal.unit)):
        here = at
        while 0 <= here < len(pieces) and pieces[here].line == own.line and pieces[here].clause == own.clause:
            if kind_of(pieces[here]) is Kind.CLIENT and step < 0:
                break
            if pieces[here].sort in (Sort.WORD, Sort.DIGITS) and not pieces[here].says(Tag.DOUBT):
                return False
            here += step
    return len(literal.written) >= 2


def spelt_alone(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number in words of three digits or more is all of its clause or sentence."""
    before = pieces[literal.first - 1] if literal.first else None
    behind = pieces[literal.unit] if literal.unit < len(pieces) else None
    begins = before is None or before.is_sign(":,.;!-") or before.sort is Sort.LINE
    ends = behind is None or behind.is_sign(".,;!-(") or behind.sort in (Sort.LINE, Sort.CLAIM)
    return begins and ends and len(literal.written) >= 3


def words_from(pieces: list[Piece], literal: Literal, start: int) -> int:
    """Return the piece from which on the words tell of the state: the cue nearest before it."""
    telling = Tag.STATE | Tag.METER | Tag.GIVE | Tag.MAIN | Tag.GARDEN | Tag.RIGHT | Tag.NOW
    first = literal.first
    for at in range(literal.first - 1, max(start, literal.first - 14) - 1, -1):
        piece = pieces[at]
        if piece.line != pieces[literal.first].line or kind_of(piece) in (Kind.CLIENT, Kind.PHONE):
            break
        if piece.says(telling) or kind_of(piece) is Kind.METER:
            first = at
            if piece.says(Tag.STATE | Tag.GIVE):
                break
    return first


def doubtful(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the writer is not certain, or asks about the number itself."""
    sentence = pieces[literal.first].sentence
    low = literal.first
    while low and pieces[low - 1].sentence == sentence and literal.first - low < 60:
        low -= 1
    high = literal.unit
    while high < len(pieces) and pieces[high].sentence == sentence and high - literal.unit < 60:
        high += 1
    before, behind = past_condition(pieces[low : literal.first]), pieces[literal.unit : high]
    own = pieces[literal.first].clause
    if any(p.says(Tag.DOUBT) for p in (*before[-8:], *behind[:2]) if p.clause == own) and not _supposed(
        pieces, own, low, literal.first
    ):
        return True
    far = [p for p in (*before[-8:], *behind[:6]) if p.says(Tag.DOUBT) and p.plain != "pewnie"]
    near = pieces[low:high]
    far = [p for p in far if not _reason(near, p, own)]
    if any(not (_supposed(pieces, p.clause, low, high) or _of_another(near, p, own)) for p in far):
        return True
    if _UNSURE.search(" ".join(piece.plain for piece in (*before[-12:], *behind[:12]))):
        return True
    near = [*before[-16:], *(p for p in behind[:8] if p.clause == own)]
    other = any(p.says(Tag.MAIN | Tag.GARDEN) for p in near)
    if not other and _UNREADABLE.search(" ".join(piece.plain for piece in near)):
        return True
    if any(p.plain == "czy" for p in before) and any(p.plain.startswith(_ARRIVES) for p in behind[:6]):
        return True
    if any(p.plain in _EITHER for p in (*before[-1:], *behind[:1])):
        return True
    if any(p.plain == "czy" for p in behind[:2]) and any(p.sort is Sort.DIGITS for p in behind[:4]):
        return True
    if _POLITE.search(" ".join(piece.plain for piece in (*before[-12:], *behind[:12]))):
        return False
    asks = any(p.is_sign("?") for p in behind) and not taunts(behind)
    tail = behind[:3]
    return asks and (any(p.plain == "czy" for p in before) or any(p.is_sign("?") for p in tail))


def _of_another(near: list[Piece], doubt: Piece, own: int) -> bool:
    """Tell whether a doubt stands in another clause and is of another meter: `mój 65, główny chyba 20`."""
    if doubt.clause == own:
        return False
    if doubt.plain in ("pamieci", "glowy") and any(p.sort is Sort.DIGITS for p in near[: near.index(doubt)]):
        return True  # it is said of the number before
    clause = [piece for piece in near if piece.clause == doubt.clause]
    here = [piece for piece in near if piece.clause == own]
    told = Tag.MAIN | Tag.GARDEN
    named = any(p.says(told) or kind_of(p) is Kind.METER for p in clause)
    return named and any(p.says(told) or kind_of(p) is Kind.METER for p in here)


def _reason(near: list[Piece], doubt: Piece, own: int) -> bool:
    """Tell whether a doubt is only why the number is given: `nakładka chyba padła, więc przepisuję 58`."""
    clause = [piece for piece in near if piece.clause == doubt.clause]
    here = [piece for piece in near if piece.clause == own and piece.sort is Sort.WORD]
    if doubt.clause >= own or not here or any(p.says(Tag.STATE) or p.sort is Sort.DIGITS for p in clause):
        return False
    therefore = any(piece.plain in ("wiec", "dlatego", "zatem") for piece in (*clause[-2:], *here[:2]))
    return therefore and any(piece.says(Tag.GIVE | Tag.TOOK) for piece in here)


def _supposed(pieces: list[Piece], clause: int, low: int, high: int) -> bool:
    """Tell whether a doubt is only a supposition: `gdyby było niewyraźne`."""
    own = [piece.plain for piece in pieces[low:high] if piece.clause == clause]
    return any(word in ("gdyby", "jakby", "jesli", "jezeli", "gdybyscie") for word in own)


def _several(pieces: list[Piece], end: int) -> bool:
    """Tell whether two meters are named not long before."""
    return (
        len({p.claim.value for p in pieces[max(0, end - 60) : end] if kind_of(p) is Kind.METER and p.claim})
        > 1
    )


def by_place(pieces: list[Piece], literal: Literal, start: int) -> tuple[Verdict, bool]:
    """Judge a number whose words say nothing: beside a meter or a role, below a heading, or alone."""
    region = pieces[start : literal.first]
    if _role_behind(pieces, literal.unit) and _listed_away(pieces, literal):
        return Verdict.NO, False
    if _met_behind(pieces, literal):
        return Verdict.YES, True
    if any(p.says(Tag.HOME) for p in region[-3:]) and any(p.says(Tag.GARDEN) for p in pieces):
        return Verdict.YES, True
    if any(kind_of(p) is Kind.METER or p.says(Tag.MAIN | Tag.GARDEN | Tag.METER) for p in region):
        return (Verdict.NONE, False) if is_asked(pieces, literal) else (Verdict.YES, True)
    if any(p.plain.startswith("zimn") for p in region[-6:]) and not is_asked(pieces, literal):
        return Verdict.YES, True
    if region and region[-1].plain.startswith(_ROOMS) and len(literal.written) >= 2:
        return Verdict.YES, True
    if region and region[-1].is_sign(":=-") and any(p.plain in ("woda", "zimna", "zw") for p in region):
        return Verdict.YES, True
    if region and region[-1].is_sign(":") and any(kind_of(p) is Kind.DAY for p in region):
        return Verdict.YES, True
    if (
        names_value(region, padded=literal.written.startswith("00"))
        and literal.decimals is None
        and not is_asked(pieces, literal)
    ):
        return Verdict.YES, True
    if region and region[-1].plain in ("to", "mam", "jest") and region[-1].sort is Sort.WORD:
        return Verdict.YES, False
    if len(region) > 2 and region[-1].is_sign(":") and [p.plain for p in region[-3:-1]] in _ANSWERED:
        return Verdict.YES, True
    if len(region) > 1 and any(p.plain.startswith(_TURNS) for p in region[-3:]) and _several(pieces, start):
        return Verdict.YES, True
    heading = _heading(pieces, literal, start)
    if heading is not Verdict.NONE:
        return heading, True
    if (literal.cubic or _alone(pieces, literal)) and not is_asked(pieces, literal):
        return Verdict.YES, False
    return Verdict.NONE, False
