"""States in a text: which of its numbers are what the dial shows, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from db.rules.inbox.lexicon import Tag
from db.rules.inbox.numbers import Literal, glued, literals
from db.rules.inbox.page import Kind
from db.rules.inbox.tokens import Piece, Sort, kind_of
from db.rules.inbox.verdicts import Verdict, judge_before, judge_behind, speaks_of_month

MOST = 60
"""States of one message; a longer list is no letter of a client."""
MOST_NUMBERS = 400
"""Numbers of one message that are looked at."""
_LONGEST_WHOLE = 6
_APART = frozenset({Kind.CLIENT, Kind.PHONE, Kind.ADDRESS, Kind.WEB})
"""What parts the words about one number from those about the next."""
_JOINED = frozenset("i oraz a albo lub".split())
_UNSURE = re.compile(
    r"\bnie (?:wiem|jestem pew\w{1,3}|mam pewnosci)(?: ,)? ?(?:czy|ktor\w{1,3}|jak|na pewno|dokladnie|co do)\b|\bnie jestem pew\w{1,3}\b|\bglowy nie dam\b"
)
_SLIPS = frozenset("pomylka blad poprawka poprawiam errata korekta literowka sprostowanie poprawnie".split())
_SECOND = frozenset(
    "w na drugi drugim drugiego druga drugiej trzeci trzecim trzeciego pierwszy pierwszym".split()
)
_EITHER = frozenset("albo lub".split())


@dataclass(frozen=True, slots=True)
class State:
    """A number that is the state of a meter."""

    literal: Literal
    first: int
    """Piece where the words that tell so begin."""
    sure: bool
    """The words say so; else it only stands where a state would stand."""
    verdict: Verdict
    subject: bool = False
    """It stands in the subject."""
    day: str = ""
    """The day that is said of just this number, in ISO form."""
    doubt: bool = False
    """The writer asks or is not certain."""

    @property
    def value(self) -> str:
        """The state as a string."""
        return self.literal.state

    @property
    def left_over(self) -> bool:
        """It is the only number that nothing else explains; no word says that it is a state."""
        return self.verdict is Verdict.NONE


def find_states(pieces: list[Piece]) -> list[State]:
    """Return the states in order, those that a later one corrects left out."""
    numbers = [number for number in literals(pieces) if not _counts_things(pieces, number)]
    numbers = numbers[:MOST_NUMBERS]
    states: list[State] = []
    verdicts: list[Verdict] = []
    for place, literal in enumerate(numbers):
        before = numbers[place - 1] if place else None
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        told = (in_turn(pieces, literal, after) if after else 0) or (
            3 - in_turn(pieces, before, literal) if before and in_turn(pieces, before, literal) else 0
        )
        state, verdict = _judge(pieces, literal, before, after, verdicts[-1] if verdicts else Verdict.NONE)
        if told == 1 and state is None:
            state = State(
                literal, _words_from(pieces, literal, max(0, literal.first - 12)), True, Verdict.YES
            )
        elif told == 2:
            state = None
        if state and len(states) < MOST:
            if (
                not _refused(pieces, literal)
                and _takes_back(pieces, literal, before)
                and states
                and states[-1].literal is before
            ):
                states.pop()
                verdicts[-1] = Verdict.NO
            states.append(state)
        verdicts.append(verdict)
    refused = {number.state for number in numbers if _refused(pieces, number)}
    return _settled(pieces, [state for state in states if state.value not in refused])


def _counts_things(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number counts days, persons or other things: the words before it may speak of the next."""
    following = pieces[literal.last] if literal.last < len(pieces) else None
    return following is not None and not literal.cubic and following.says(Tag.COUNTED)


def _refused(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `nie` or `zamiast` stands right before a number: it holds nowhere in the text."""
    back = pieces[literal.first - 1] if literal.first else None
    return (
        back is not None
        and back.plain in ("nie", "zamiast")
        and back.sentence == pieces[literal.first].sentence
    )


def _settled(pieces: list[Piece], states: list[State]) -> list[State]:
    """Drop what only may be one where others surely are, and a past one beside a present one."""
    told = [state for state in states if state.verdict is not Verdict.NONE]
    kept = [state for state in told if state.sure and state.verdict is not Verdict.PAST]
    kept = kept or [state for state in told if state.sure]
    if not kept:
        return told or (states if len(states) == 1 else [])
    spare = [state for state in states if state.left_over and not state.literal.spelt]
    return [replace(one, doubt=one.doubt or any(_rivals(pieces, one, two) for two in spare)) for one in kept]


def _rivals(pieces: list[Piece], one: State, two: State) -> bool:
    """Tell whether a number that nothing explains stands in the sentence of a state and is as long."""
    near = pieces[one.literal.first].sentence == pieces[two.literal.first].sentence
    alike = abs(len(one.literal.written) - len(two.literal.written)) <= 1 and one.value != two.value
    year = len(two.literal.written) == 4 and two.literal.written[:2] in ("19", "20")
    head = [piece.plain for piece in pieces[max(0, two.literal.first - 5) : two.literal.first]]
    aside = "(" in head and ")" not in head
    return near and alike and len(two.literal.written) >= 2 and not year and not aside


def _judge(
    pieces: list[Piece], literal: Literal, before: Literal | None, after: Literal | None, last: Verdict
) -> tuple[State | None, Verdict]:
    if not _may_be(pieces, literal):
        return None, Verdict.NO
    region, start = _region(pieces, literal, before)
    verdict = judge_before(region)
    behind = judge_behind(_behind(pieces, literal, after, verdict))
    if behind is Verdict.NONE and verdict is Verdict.NONE and _noted(pieces, literal):
        behind = Verdict.YES
    if before is not None and _between(pieces, before, literal):
        return None, Verdict.NO
    if behind is Verdict.NO or _about(pieces, literal) or _range_start(pieces, literal, after):
        return None, Verdict.NO
    listed = before is not None and _continues(pieces, before, literal, start)
    if before is not None and _refused(pieces, before) and _instead(pieces, before.unit, literal.first):
        verdict = Verdict.RIGHT
    takes_back = _takes_back(pieces, literal, before) and not _refused(pieces, literal)
    if _put_right(pieces[start : literal.first]):
        verdict = Verdict.RIGHT
    if verdict is Verdict.NONE and (listed or takes_back):
        verdict = last if not takes_back or last is not Verdict.NO else Verdict.NONE
    if verdict is Verdict.NONE and before is not None and _range_start(pieces, before, literal):
        verdict = Verdict.YES
    if verdict is Verdict.NONE and behind is Verdict.YES:
        verdict = Verdict.YES
    if verdict is Verdict.PAST and _asked(pieces, literal) and speaks_of_month(pieces[start : literal.first]):
        return None, Verdict.NO
    sure = verdict >= Verdict.PAST
    if verdict is Verdict.NONE:
        verdict, sure = _by_place(pieces, literal, start)
    if verdict is Verdict.NONE and not literal.spelt and not _asked(pieces, literal):
        return State(
            literal,
            _words_from(pieces, literal, start),
            False,
            Verdict.NONE,
            doubt=_doubtful(pieces, literal),
        ), verdict
    if verdict <= Verdict.NONE or (literal.spelt and not _spelt_may(literal, sure)):
        return None, verdict
    first = _words_from(pieces, literal, start)
    return State(
        literal,
        first,
        sure,
        verdict,
        subject=pieces[literal.first].line == 0,
        day=_own_day(pieces, literal, start),
        doubt=_doubtful(pieces, literal),
    ), verdict


def _may_be(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a number has the size and the place of a state at all."""
    whole = literal.written.lstrip("0")
    if len(whole) > _LONGEST_WHOLE and literal.decimals is None:
        return False
    following = pieces[literal.unit] if literal.unit < len(pieces) else None
    if _names_year(pieces, literal) or _house(pieces, literal) or _a_rate(pieces, literal):
        return False
    if following is not None and following.is_sign("%"):
        return False
    return not (len(literal.written) <= 2 and not literal.cubic and _ordinal(pieces, literal))


def _house(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a name stands before one or two digits, as in `odczyt Polna 9`."""
    if len(literal.written) > 2 or literal.cubic or not literal.first:
        return False
    back = pieces[literal.first - 1]
    if back.sort is Sort.WORD and back.shouted and not back.tags and 1 < len(back.plain) < 4:
        return any(piece.capital or piece.plain.islower() and not piece.shouted for piece in pieces[:3])
    if literal.decimals:
        return False
    named = back.sort is Sort.WORD and back.capital and not back.tags and len(back.plain) > 3
    return named and literal.first > 1 and pieces[literal.first - 2].sort is Sort.WORD


def _a_rate(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the number is of a flow or a use: `2,5 m3/h`."""
    at = literal.unit
    return literal.cubic and at < len(pieces) and pieces[at].is_sign("/") and glued(pieces, at + 1)


def _names_year(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the subject says `odczyt 2026`."""
    year = len(literal.written) == 4 and literal.written.startswith("20") and not literal.cubic
    back = pieces[literal.first - 1] if literal.first else None
    return year and back is not None and back.line == 0 and back.plain.startswith("odczyt")


def _ordinal(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a small number only counts off: `1. licznik`, `licznik nr 2: 112`."""
    at = literal.first
    following = pieces[literal.last] if literal.last < len(pieces) else None
    begins = at == 0 or pieces[at - 1].sort is Sort.LINE
    behind = [p for p in pieces[literal.last : literal.last + 12] if p.line == pieces[at].line]
    more = any(p.sort is Sort.DIGITS or kind_of(p) is Kind.METER for p in behind)
    if begins and following is not None and following.is_sign(".)") and len(behind) > 1:
        return True
    back = pieces[at - 1] if at else None
    if back is not None and back.is_sign("."):
        back = pieces[at - 2] if at > 1 else None
    return back is not None and back.says(Tag.METER | Tag.NUMBER) and more and len(literal.written) == 1


def _region(pieces: list[Piece], literal: Literal, before: Literal | None) -> tuple[list[list[Piece]], int]:
    """Return the clauses before a number back to the one before it, nearest first, and where they begin."""
    sentence = pieces[literal.first].sentence
    floor = before.unit if before else 0
    start = literal.first
    while start > floor and pieces[start - 1].sentence == sentence and literal.first - start < 80:
        if kind_of(pieces[start - 1]) in _APART:
            break
        start -= 1
    clauses: list[list[Piece]] = []
    for piece in reversed(pieces[start : literal.first]):
        if not clauses or clauses[-1][-1].clause != piece.clause:
            clauses.append([])
        clauses[-1].append(piece)
    return [clause[::-1] for clause in clauses], start


def _behind(pieces: list[Piece], literal: Literal, after: Literal | None, verdict: Verdict) -> list[Piece]:
    """Return what follows a number in its clause or in brackets; nothing where the next number follows in it."""
    at = literal.unit
    if at < len(pieces) and pieces[at].is_sign("(["):
        at += 1
    if at >= len(pieces):
        return []
    clause = pieces[at].clause
    bracketed = _bracketed(pieces, literal)
    end = at
    while (
        end < len(pieces)
        and (pieces[end].clause == clause or bracketed)
        and kind_of(pieces[end]) not in _APART
        and pieces[end].sentence == pieces[literal.first].sentence
        and end - at < 12
    ):
        end += 1
    if after is not None and after.first < end:
        glued_unit = pieces[at : at + 1]
        return glued_unit if glued_unit and glued_unit[0].says(Tag.COUNTED | Tag.MONEY | Tag.FOREIGN) else []
    return pieces[at:end]


def _noted(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether `, spisane wczoraj` follows."""
    at = literal.unit
    return at + 1 < len(pieces) and pieces[at].is_sign(",-(") and pieces[at + 1].says(Tag.TOOK)


def _bracketed(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether nothing but a number stands in brackets: `odczyt z 30.09 (15 330 m3) jest błędny`."""
    before, behind = literal.first - 1, literal.unit
    if (
        before < 1
        or behind >= len(pieces)
        or not pieces[behind].is_sign(")")
        or not pieces[before].is_sign("(")
    ):
        return False
    return behind + 1 < len(pieces) and pieces[behind + 1].sort is Sort.WORD


def in_turn(pieces: list[Piece], first: Literal, second: Literal) -> int:
    """Return which of two joined numbers is the present one in `poprzedni i obecny: 450 i 487`: 1, 2, or 0."""
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


def _between(pieces: list[Piece], before: Literal, literal: Literal) -> bool:
    """Tell whether two numbers are the ends of `między 610 a 620`, `610-620`."""
    if not _about(pieces, before):
        return False
    words = [p.plain for p in pieces[before.unit : literal.first]]
    return words in (["a"], ["i"], ["do"], ["-"])


def _range_start(pieces: list[Piece], literal: Literal, after: Literal | None) -> bool:
    """Tell whether a number is the first of `z 450 na 487`, `od 450 do 487` or `450 -> 487`."""
    if after is None or after.first - literal.unit > 3:
        return False
    between = "".join(piece.plain for piece in pieces[literal.unit : after.first])
    back = pieces[literal.first - 1].plain if literal.first else ""
    return between in ("->", "-->", "→", "=>") or (back in ("z", "ze", "od") and between in ("na", "do"))


def _put_right(region: list[Piece]) -> bool:
    """Tell whether `pomyłka:` or `poprawka:` stands right before a number."""
    words = [piece for piece in region if piece.sort is Sort.WORD]
    return bool(words) and region[-1].is_sign(":") and words[-1].plain in _SLIPS


def _instead(pieces: list[Piece], start: int, end: int) -> bool:
    """Tell whether `tylko` or `lecz` stands between a number that is refused and the next."""
    words = [piece.plain for piece in pieces[start:end] if piece.sort is Sort.WORD]
    return words[:1] in (["tylko"], ["lecz"], ["ale"], ["a"]) and len(words) <= 2


def _continues(pieces: list[Piece], before: Literal, literal: Literal, start: int) -> bool:
    """Tell whether a number only goes on with a list, in its sentence or as the next line of the same form."""
    if abs(len(before.written) - len(literal.written)) > 2:
        return False
    if start == before.unit:
        return _lists(pieces, start, literal.first)
    between = pieces[before.unit : literal.first]
    lines = sum(piece.sort is Sort.LINE for piece in between)
    labels = [piece for piece in between if piece.sort is Sort.WORD]
    unknown = 1 <= len(labels) <= 2 and not any(label.tags for label in labels)
    return lines == 1 and unknown and between[-1].is_sign(":-=") and len(between) <= 7


def _lists(pieces: list[Piece], start: int, end: int) -> bool:
    """Tell whether one number only continues the one before: `487, 112`, `487 i 112`, `487, w łazience 112`."""
    between = pieces[start:end]
    words = [piece for piece in between if piece.plain not in _JOINED and not piece.is_sign(",;/:-")]
    if not words:
        return len(between) <= 3
    if between[0] is not words[0] and all(piece.plain in _SECOND for piece in words):
        return True
    place = len(words) <= 3 and words[0].plain in ("w", "we", "na") and not any(piece.tags for piece in words)
    return place and between[0] is not words[0] and all(piece.sort is Sort.WORD for piece in words)


def _takes_back(pieces: list[Piece], literal: Literal, before: Literal | None) -> bool:
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


def _about(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the number is only roughly meant: `około 480`, `~480`, `między 480 a 490`, `plus minus`."""
    at = literal.first
    own = pieces[at].sentence
    near = [p for p in pieces[max(0, at - 4) : at] if p.sentence == own and p.sort is not Sort.LINE]
    for back in reversed(near):
        if back.says(Tag.ABOUT) or back.is_sign("~≈<>"):
            return True
        if back.says(Tag.STATE | Tag.NOW) or back.is_sign(",:;"):
            break
    head = [p.plain for p in pieces[max(0, at - 3) : at]]
    tail = [p.plain for p in pieces[literal.unit : literal.unit + 3]]
    return (
        head[-2:] in (["mniej", "wiecej"], ["plus", "minus"])
        or tail[:2]
        in (
            ["plus", "minus"],
            ["z", "groszami"],
            ["z", "hakiem"],
            ["z", "kawalkiem"],
        )
        or tail[:3] == ["mniej", "wiecej"]
    )


def _spelt_may(literal: Literal, sure: bool) -> bool:
    return literal.cubic or (sure and len(literal.written) >= 2)


def _by_place(pieces: list[Piece], literal: Literal, start: int) -> tuple[Verdict, bool]:
    """Judge a number whose words say nothing: beside a meter or a role, below a heading, or alone."""
    region = pieces[start : literal.first]
    if _met_behind(pieces, literal):
        return Verdict.YES, True
    if any(p.says(Tag.HOME) for p in region[-3:]) and any(p.says(Tag.GARDEN) for p in pieces):
        return Verdict.YES, True
    if any(kind_of(p) is Kind.METER or p.says(Tag.MAIN | Tag.GARDEN | Tag.METER) for p in region):
        return (Verdict.NONE, False) if _asked(pieces, literal) else (Verdict.YES, True)
    if region and region[-1].is_sign(":=-") and any(p.plain in ("woda", "zimna", "zw") for p in region):
        return Verdict.YES, True
    if region and region[-1].is_sign(":") and any(kind_of(p) is Kind.DAY for p in region):
        return Verdict.YES, True
    if region and region[-1].plain in ("to", "mam", "jest") and region[-1].sort is Sort.WORD:
        return Verdict.YES, False
    heading = _heading(pieces, literal, start)
    if heading is not Verdict.NONE:
        return heading, True
    if (literal.cubic or _alone(pieces, literal)) and not _asked(pieces, literal):
        return Verdict.YES, False
    return Verdict.NONE, False


def _met_behind(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether a meter or a role ends the words right behind: `487 (81234567)`, `112 - ogrodowy`, `487 to główny`."""
    at = literal.unit
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


def _asked(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the sentence of a number asks something, its digits perhaps: `64 m3 w miesiąc?`, `48?`."""
    sentence = pieces[literal.first].sentence
    for piece in pieces[literal.unit : literal.unit + 40]:
        if piece.is_sign("?"):
            return True
        if piece.sentence != sentence:
            break
    head = pieces[max(0, literal.first - 12) : literal.first]
    return any(
        piece.plain in ("ile", "czy", "cena", "kosztuje") and piece.sentence == sentence for piece in head
    )


def _own_day(pieces: list[Piece], literal: Literal, start: int) -> str:
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


def _words_from(pieces: list[Piece], literal: Literal, start: int) -> int:
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


def _doubtful(pieces: list[Piece], literal: Literal) -> bool:
    """Tell whether the writer is not certain, or asks about the number itself."""
    sentence = pieces[literal.first].sentence
    low = literal.first
    while low and pieces[low - 1].sentence == sentence and literal.first - low < 60:
        low -= 1
    high = literal.unit
    while high < len(pieces) and pieces[high].sentence == sentence and high - literal.unit < 60:
        high += 1
    before, behind = pieces[low : literal.first], pieces[literal.unit : high]
    own = pieces[literal.first].clause
    if any(p.says(Tag.DOUBT) for p in (*before[-8:], *behind[:6]) if p.clause == own):
        return True
    if any(p.says(Tag.DOUBT) and p.plain != "pewnie" for p in (*before[-8:], *behind[:6])):
        return True
    if _UNSURE.search(" ".join(piece.plain for piece in (*before[-12:], *behind[:12]))):
        return True
    if any(p.plain in _EITHER for p in (*before[-1:], *behind[:1])):
        return True
    asks = any(p.is_sign("?") for p in behind)
    tail = behind[:3]
    return asks and (any(p.plain == "czy" for p in before) or any(p.is_sign("?") for p in tail))
