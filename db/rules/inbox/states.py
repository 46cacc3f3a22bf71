"""States in a text: which of its numbers are what the dial shows, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection

from db.rules.inbox.asides import past_condition, without_brackets, without_reasons
from db.rules.inbox.brackets import denied_behind, in_brackets, past_brackets
from db.rules.inbox.exact import said_exactly
from db.rules.inbox.exchange import exchanged
from db.rules.inbox.explained import explained
from db.rules.inbox.followed import assured, noted
from db.rules.inbox.gauges import gauged, pressed
from db.rules.inbox.labels import meters_by_label
from db.rules.inbox.lookalikes import by_chance
from db.rules.inbox.meant import agrees, meant, red, undecided
from db.rules.inbox.numbers import Literal, literals
from db.rules.inbox.page import Kind
from db.rules.inbox.parallel import in_parallel
from db.rules.inbox.possible import (
    counted,
    counts_change,
    like_a_client,
    may_be,
    month_in_brackets,
)
from db.rules.inbox.sequences import (
    according_to,
    continues,
    decided,
    denies_next,
    ends_span,
    in_turn,
    instead,
    is_refused,
    misread,
    of_a_bill,
    put_right,
    range_start,
    said_anew,
    takes_back,
)
from db.rules.inbox.set_aside import meant_behind, named_states
from db.rules.inbox.settling import settled
from db.rules.inbox.spelled_out import spelled_out
from db.rules.inbox.stated import Found, State
from db.rules.inbox.sums import totals
from db.rules.inbox.surroundings import (
    by_place,
    doubtful,
    is_asked,
    is_rough,
    own_day,
    spelt_alone,
    words_from,
)
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of
from db.rules.inbox.verdicts import ADVERSE, Verdict, judge_before, judge_behind, month_said

MOST = 300
"""States of one message; a longer list is no letter of a client."""
MOST_NUMBERS = 1_500
"""Numbers of one message that are looked at."""
_OTHER_WATER = ("ciepl", "gorac", "gaz", "prad")
_APART = frozenset({Kind.CLIENT, Kind.PHONE, Kind.ADDRESS, Kind.WEB})
"""What parts the words about one number from those about the next."""


def find_states(pieces: list[Piece], cells: Collection[int] = ()) -> Found:
    """Return the states in order, those that a later one corrects left out.

    `cells` is where the states of tables begin.
    """
    claimed = {p.claim.value for p in pieces if p.claim and kind_of(p) in (Kind.CLIENT, Kind.METER)}
    numbers = [
        number
        for number in counted(pieces, literals(pieces))
        if number.written not in claimed or by_chance(pieces, number)
    ]
    cut = len(numbers) > MOST_NUMBERS
    numbers = numbers[:MOST_NUMBERS]
    cut, states, verdicts = _listed(pieces, numbers, cells, cut)
    refused = _refused(pieces, numbers, verdicts)
    kept = settled(pieces, [state for state in states if state.value not in refused])
    kept = in_parallel(pieces, said_exactly(pieces, kept, numbers), refused)
    known = refused | {state.value for state in kept}
    sure = {state.literal.first for state in (*states, *kept) if state.sure}
    unexplained = [
        number
        for number, verdict in zip(numbers, verdicts, strict=True)
        if verdict is not Verdict.NO and number.state not in known and number.first not in sure
    ]
    bare = [] if kept else [state for state in states if state.left_over]
    return Found(kept, unexplained, bare, cut)


def _listed(
    pieces: list[Piece], numbers: list[Literal], cells: Collection[int], cut: bool
) -> tuple[bool, list[State], list[Verdict]]:
    """Return whether the states were cut, the states, and what is said of each number."""
    exchange = exchanged(pieces, numbers)
    total = totals(pieces, numbers)
    digits = spelled_out(pieces, numbers)
    aside = explained(pieces, numbers) | exchange.gone | total.gone | digits.gone
    certain = exchange.certain | total.certain | digits.certain
    certain = (certain | meant_behind(pieces, numbers) | named_states(pieces, numbers)) - aside
    certain |= {number.first for number in numbers if pieces[number.first].start in cells}
    labels = meters_by_label(pieces, [number.first for number in numbers])
    states: list[State] = []
    verdicts: list[Verdict] = []
    for place, literal in enumerate(numbers):
        before = numbers[place - 1] if place else None
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        told = _of_two(pieces, before, literal, after)
        state, verdict = _judge(pieces, literal, before, after, verdicts[-1] if verdicts else Verdict.NONE)
        labelled = verdict is Verdict.NONE and literal.first in labels
        if (told == 1 and state is None) or literal.first in certain or labelled:
            state = State(literal, words_from(pieces, literal, max(0, literal.first - 12)), True, Verdict.YES)
            verdict = Verdict.YES
        elif told == 2 or literal.first in aside:
            state, verdict = None, Verdict.NO
        if state and len(states) >= MOST:
            cut = True
        elif state:
            again = not is_refused(pieces, literal) and takes_back(pieces, literal, before)
            if again and states and states[-1].literal is before:
                states.pop()
                verdicts[-1] = Verdict.NO
            states.append(state)
        verdicts.append(verdict)
    return cut, states, verdicts


def _of_two(pieces: list[Piece], before: Literal | None, literal: Literal, after: Literal | None) -> int:
    """Return 1 for the present one of `poprzedni i obecny: 450 i 487`, 2 for the other, else 0."""
    ahead = in_turn(pieces, literal, after) if after else 0
    back = in_turn(pieces, before, literal) if before else 0
    return ahead or (3 - back if back else 0)


def _refused(pieces: list[Piece], numbers: list[Literal], verdicts: list[Verdict]) -> set[str]:
    """Return the values that the writer refuses, but those that are said to be right later on."""
    found: set[str] = set()
    for number, verdict in zip(numbers, verdicts, strict=True):
        if is_refused(pieces, number):
            found.add(number.state)
        elif verdict is Verdict.RIGHT:
            found.discard(number.state)
    return found


def _judge(
    pieces: list[Piece], literal: Literal, before: Literal | None, after: Literal | None, last: Verdict
) -> tuple[State | None, Verdict]:
    """Return the state that a number is, if it is one, and what its words make of it."""
    if _is_other(pieces, literal, before, after):
        return None, Verdict.NO
    region, start = _region(pieces, literal, before)
    if gauged(region):
        return None, Verdict.NO
    told = judge_before(region)
    behind = judge_behind(_behind(pieces, literal, after, told))
    if behind is Verdict.NO or is_rough(pieces, literal) or range_start(pieces, literal, after):
        return None, Verdict.NO
    verdict = _by_neighbours(pieces, literal, before, start, told, last)
    if behind is Verdict.YES and told is Verdict.NONE and verdict is Verdict.NO:
        verdict = Verdict.YES
    if assured(pieces, literal) and verdict is not Verdict.NO:
        verdict = Verdict.RIGHT
    if verdict is Verdict.NONE and (behind is Verdict.YES or noted(pieces, literal)):
        verdict = Verdict.YES
    if last is Verdict.NO and verdict <= Verdict.YES and month_in_brackets(pieces, start, literal):
        return None, Verdict.NO
    if verdict is Verdict.YES and like_a_client(pieces, start, literal):
        return None, Verdict.NONE
    asked = is_asked(pieces, literal)
    if verdict is Verdict.PAST and asked and month_said(pieces[start : literal.first]):
        return None, Verdict.NO
    sure = verdict >= Verdict.PAST
    if verdict is Verdict.NONE:
        verdict, sure = by_place(pieces, literal, start)
    left_over = verdict is Verdict.NONE and not asked and (not literal.spelt or spelt_alone(pieces, literal))
    if not left_over and (
        verdict <= Verdict.NONE or (literal.spelt and not _spelt_may(pieces, literal, sure))
    ):
        return None, verdict
    state = State(
        literal,
        words_from(pieces, literal, start),
        sure,
        verdict,
        subject=pieces[literal.first].line == 0,
        day=own_day(pieces, literal, start),
        doubt=doubtful(pieces, literal),
        month=month_said(pieces[start : literal.first]) if verdict is Verdict.PAST else "",
    )
    return state, verdict


def _is_other(pieces: list[Piece], literal: Literal, before: Literal | None, after: Literal | None) -> bool:
    """Tell whether a number cannot be a state: its size, a span, a pressure, red digits, a denial."""
    return (
        not may_be(pieces, literal)
        or (before is not None and ends_span(pieces, before, literal))
        or pressed(pieces, literal.first)
        or red(pieces, literal)
        or undecided(pieces, literal, before, after)
        or denied_behind(pieces, literal)
    )


def _by_neighbours(
    pieces: list[Piece],
    literal: Literal,
    before: Literal | None,
    start: int,
    told: Verdict,
    last: Verdict,
) -> Verdict:
    """Judge by the number before: a list that goes on, a number put right, the end of `z 450 na 487`."""
    if put_right(pieces[start : literal.first]) or meant(pieces, literal) or decided(pieces, literal):
        return Verdict.RIGHT
    if told is Verdict.NO and agrees(pieces, literal) and not _of_use(pieces[start : literal.first]):
        return Verdict.YES
    asserted = told is not Verdict.NO or _only_given(pieces[start : literal.first])
    if asserted and denies_next(pieces, literal):
        return Verdict.RIGHT
    if before is None:
        return told
    if misread(pieces, literal, before) or said_anew(pieces, literal, before):
        return Verdict.RIGHT
    if is_refused(pieces, before) and instead(pieces, before.unit, literal.first):
        return Verdict.RIGHT
    if told is Verdict.YES and last is Verdict.NO and according_to(pieces, start):
        return Verdict.NO
    if told is not Verdict.NONE:
        return told
    if takes_back(pieces, literal, before) and not is_refused(pieces, literal):
        between = pieces[before.unit : literal.first]
        summed = any(piece.plain in ("czyli", "tj", "tzn") for piece in between)
        return last if last is not Verdict.NO or summed else Verdict.NONE
    if continues(pieces, before, literal, start):
        return last
    if not range_start(pieces, before, literal):
        return Verdict.NONE
    return Verdict.NO if of_a_bill(pieces, before) or counts_change(pieces, literal) else Verdict.YES


def _only_given(region: list[Piece]) -> bool:
    """Tell whether nothing but that it was given speaks against a number: `podałam 521, nie 512`."""
    return any(piece.says(Tag.GAVE) for piece in region) and not any(
        piece.says(ADVERSE & ~Tag.GAVE) for piece in region
    )


def _used_up(piece: Piece) -> bool:
    """Tell whether `przybyło` or `zużyliśmy` stands there, which behind a number is said of that."""
    return piece.says(Tag.USE) and piece.plain.endswith(("lo", "lem", "lam", "smy", "la", "li"))


def _of_use(region: list[Piece]) -> bool:
    return any(piece.says(Tag.USE | Tag.OLD) for piece in region)


def _region(pieces: list[Piece], literal: Literal, before: Literal | None) -> tuple[list[list[Piece]], int]:
    """Return the clauses before a number back to the one before it, nearest first, and where they begin."""
    sentence = pieces[literal.first].sentence
    floor = past_brackets(pieces, before.unit) if before else 0
    start = literal.first
    while floor < literal.first and before and _used_up(pieces[floor]):
        floor += 1
    while start > floor and pieces[start - 1].sentence == sentence and literal.first - start < 80:
        if kind_of(pieces[start - 1]) in _APART and not (
            kind_of(pieces[start - 1]) is Kind.ADDRESS and pieces[start].is_sign(":")
        ):
            break
        start -= 1
    clauses: list[list[Piece]] = []
    for piece in reversed(without_reasons(past_condition(without_brackets(pieces[start : literal.first])))):
        if not clauses or clauses[-1][-1].clause != piece.clause:
            clauses.append([])
        clauses[-1].append(piece)
    return [clause[::-1] for clause in clauses], start


def _behind(pieces: list[Piece], literal: Literal, after: Literal | None, verdict: Verdict) -> list[Piece]:
    """Return what follows a number in its clause or in brackets; nothing where a number follows there."""
    at = literal.unit
    if at < len(pieces) and pieces[at].is_sign("(["):
        at += 1
    if at >= len(pieces):
        return []
    clause = pieces[at].clause
    if at == literal.unit and clause != pieces[literal.first].clause:
        return []
    bracketed = in_brackets(pieces, literal)
    end = at
    while (
        end < len(pieces)
        and (pieces[end].clause == clause or bracketed)
        and kind_of(pieces[end]) not in _APART
        and pieces[end].sort is not Sort.DIGITS
        and pieces[end].sentence == pieces[literal.first].sentence
        and end - at < 12
    ):
        end += 1
    if end < len(pieces) and pieces[end].sort is Sort.DIGITS and pieces[end].clause == clause:
        glued_unit = pieces[at : at + 1] if at == literal.unit and end > at else []
        if verdict is Verdict.YES and end == at + 1 and pieces[at].plain.startswith(_OTHER_WATER):
            return []  # it is said of the next number
        return (
            glued_unit
            if glued_unit
            and (glued_unit[0].says(Tag.COUNTED | Tag.MONEY | Tag.FOREIGN) or _used_up(glued_unit[0]))
            else []
        )
    return pieces[at:end]


def _spelt_may(pieces: list[Piece], literal: Literal, sure: bool) -> bool:
    return literal.cubic or (sure and len(literal.written) >= 2) or spelt_alone(pieces, literal)
