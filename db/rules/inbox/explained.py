"""Numbers that the text itself sets aside: a neighbour's, one taken back, an example, a single digit.

What a number is told to be here outweighs the words right before it.
"""

from __future__ import annotations

import re

from db.rules.inbox.exchange import replaced
from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind, words
from db.rules.inbox.retracted import retracted
from db.rules.inbox.set_aside import set_aside
from db.rules.inbox.sums import concluded_uses, made_of_others
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_REACH = 40
_NAMES = Tag.MAIN | Tag.GARDEN | Tag.HOME | Tag.METER
_PRESENT = Tag.NOW | Tag.GIVE | Tag.RIGHT | Tag.TOOK
_LOOKED_AT = 600
_OTHERS = re.compile(
    r"\b(?:sasiad\w{0,3}|znajom\w{1,2}|koleg\w|kolezan\w{1,3}|tesc\w{1,4}|szwag\w{2,4}|kuzyn\w{0,2}|ciotk\w"
    r"|wujek|brat|siostra|u (?:niej|niego|nich|brata|siostry|syna|corki|rodzicow))\b"
)
_HOUSEHOLD = re.compile(
    r"\b(?:maz|zona|syn|corka|tata|ojciec|mama|matka|babcia|dziadek|wnuk|wnuczka|dzieci|najemca|lokator"
    r"|lokator(?:ka|ki|zy)|najemczyni|dzierzawca|dozorca|zarzadca|administrator|student)\b"
    r"(?: \w{1,12}){0,3}? (?:mowi\w{0,3}|twierdzi\w{0,3}|podal\w{0,2}|widzi\w{0,3}|uwaza\w{0,2}"
    r"|upiera\w{0,3}|wyslal\w?|przeslal\w?|zglosil\w?|utrzymuj\w{1,2})\b"
)
_MINE = re.compile(r"\b(?:ja|my|moj\w{0,3}|nasz\w{0,3}|u (?:mnie|nas)|(?:mam|mamy) (?:na|tyle))\b")
_MAKES_SURE = re.compile(
    r"\b(?:posz\w{2,6}|zesz\w{2,6}|sprawdzi\w{2,5}|sam|sama|na pewno|osobiscie|wlasnymi oczami"
    r"|poprawn\w{1,2}|prawdziw\w{1,3}|byl\w{1,2} na miejscu)\b"
)
_PASSES = re.compile(
    r"\b(?:przekroczyl|dobil|minal|przebil|stuknel|przeszedl|doszedl|przeskoczyl)\w{0,3}(?: (?:juz|wlasnie"
    r"|do|magiczn\w{1,3}|okragl\w{1,3}|rown\w{1,3}|granic\w|prog|liczb\w)){0,3}$"
)
_WENT_BY = re.compile(r"(?:juz |wlasnie )?(?:przekroczyl|minel|stuknel|przeskoczyl|peklo|padl)\w{0,3}\b")
_TURNED = re.compile(r"\bprzekreci\w{1,3} sie (?:juz )?(?:przez|z|na)$")
_STARTED = re.compile(r"\b(?:startowal|ruszyl|zaczynal|zaczal|wystartowal)\w{0,2} (?:od|z|ze)$")
"""`wystartował z 3, teraz ma 12`."""
_FIRST = re.compile(
    r"\b(?:najpierw|poczatkowo|z poczatku|na poczatku|w pierwszej chwili|za pierwszym razem|pierwotnie)\b"
)
_THEN = re.compile(
    r"\b(?:ale|potem|pozniej|teraz|jednak|drugi\w{0,3}|dopiero|a po|widze|okular\w{1,3}|sprawdz\w{1,5})\b"
)
_EXAMPLE = words(
    "przyklad przykladu przykladzie przykladem przykladowy przykladowe przykladowa instrukcja instrukcji"
    " instrukcje"
    " wzorze wzorem"
)


def explained(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the numbers stand that are said to be no state of the writer's."""
    found = {*made_of_others(pieces, numbers), *replaced(pieces, numbers), *retracted(pieces, numbers)}
    found |= concluded_uses(pieces, numbers) | set_aside(pieces, numbers) | below_old_heading(pieces, numbers)
    heads = [_head(pieces, numbers, place) for place in range(len(numbers))]
    mine = [place for place, head in enumerate(heads) if _MINE.search(head) and not _OTHERS.search(head)]
    said = " ".join(piece.plain for piece in pieces[:_LOOKED_AT] if piece.sort is Sort.WORD)
    sure = len(numbers) > 1 and _MAKES_SURE.search(said) is not None
    for place, (number, head) in enumerate(zip(numbers, heads, strict=True)):
        others = _OTHERS.search(head) and any(other != place for other in mine)
        others = others and not _has_number(pieces, number)
        told = sure and _HOUSEHOLD.search(head) and not _MAKES_SURE.search(head)
        behind = numbers[place + 1] if place + 1 < len(numbers) else None
        if (
            behind
            and _STARTED.search(head)
            and pieces[behind.first].sentence == pieces[number.first].sentence
        ):
            found.add(number.first)
        if behind and (_passed(pieces, number, head, behind) or _at_first(pieces, number, head, behind)):
            found.add(number.first)
        if _between_the_same(numbers, place) and (_OTHERS.search(head) or _HOUSEHOLD.search(head)):
            found.add(number.first)
        if behind and _was_then(pieces, number, behind):
            found.add(number.first)
        if others or told or _of_one_digit(pieces, number) or _an_example(pieces, number):
            found.add(number.first)
    return frozenset(found)


def _between_the_same(numbers: list[Literal], place: int) -> bool:
    """Tell whether a number stands between another one twice: `1116, mąż mówi 1110, więc 1116`."""
    if not 0 < place < len(numbers) - 1:
        return False
    before, after = numbers[place - 1].state, numbers[place + 1].state
    return before == after != numbers[place].state


def _was_then(pieces: list[Piece], number: Literal, after: Literal) -> bool:
    """Tell whether a number was of a day before the next one: `699 było w sobotę, dzisiaj mam 702`."""
    between = pieces[number.unit : after.first]
    if not between or pieces[number.first].sentence != pieces[after.first].sentence:
        return False
    clause = [piece for piece in between if piece.clause == between[0].clause]
    was = clause[0].plain in ("bylo", "byl", "byly", "mialem", "mialam")
    days = [piece.claim.value for piece in between if piece.claim is not None and kind_of(piece) is Kind.DAY]
    dated = any(kind_of(piece) is Kind.DAY for piece in clause)
    now = any(piece.says(Tag.NOW) for piece in between) or (len(days) > 1 and days[-1] > days[0])
    return was and dated and now


def _passed(pieces: list[Piece], number: Literal, head: str, after: Literal) -> bool:
    """Tell whether the dial only went past a number, and shows the next: `dobił do 1000 i jest 1003`."""
    if any(kind_of(piece) is Kind.METER for piece in pieces[number.unit : after.first]):
        return False
    tail = " ".join(piece.plain for piece in pieces[number.unit : number.unit + 3])
    more = number.decimals is None and after.decimals is None and int(number.written) < int(after.written)
    passed = _PASSES.search(head) is not None or _WENT_BY.match(tail) is not None
    return (more and passed) or _TURNED.search(head) is not None


def _at_first(pieces: list[Piece], number: Literal, head: str, after: Literal) -> bool:
    """Tell whether a number was only seen at first: `najpierw widziałem 517, ale w okularach 512`."""
    one = pieces[number.first].sentence == pieces[after.first].sentence
    tail = _tail(pieces, number, after)
    return one and _FIRST.search(head) is not None and _THEN.search(tail) is not None


def _has_number(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether the sentence of a number names its own client or meter: then it is given too."""
    near = pieces[max(0, number.first - _REACH) : number.first]
    own = [piece for piece in near if piece.sentence == pieces[number.first].sentence]
    return any(kind_of(piece) in (Kind.CLIENT, Kind.METER) for piece in own)


def below_old_heading(pieces: list[Piece], numbers: list[Literal]) -> set[int]:
    """Return where the states of a line stand that is headed as former: `Poprzednio: główny 1760, ogród 201`.

    Behind the first each has a meter's name of its own; `Poprzednio: 450, teraz 487` goes on to the present.
    """
    found: set[int] = set()
    for place, number in enumerate(numbers):
        line = pieces[number.first].line
        head = [p for p in pieces[max(0, number.first - _REACH) : number.first] if p.line == line]
        colon = next((at for at, p in enumerate(head) if p.is_sign(":")), 0)
        label, rest = head[:colon], head[colon:]
        if not any(p.says(Tag.OLD) for p in label[:2]) or any(p.sort is Sort.DIGITS for p in label):
            continue
        named = any(p.says(_NAMES) for p in pieces[number.first - 3 : number.first])
        listed = place > 0 and numbers[place - 1].first in found
        if not any(p.says(_PRESENT) for p in (*label, *rest)) and named and (listed or not any(
            p.sort is Sort.DIGITS for p in rest
        )):  # fmt: skip
            found.add(number.first)
    return found


def _head(pieces: list[Piece], numbers: list[Literal], place: int) -> str:
    """Return the words before a number in its sentence, back to the number before it."""
    number = numbers[place]
    floor = max(numbers[place - 1].unit if place else 0, number.first - _REACH)
    words = [
        piece.plain
        for piece in pieces[floor : number.first]
        if piece.sentence == pieces[number.first].sentence and piece.sort is Sort.WORD
    ]
    return " ".join(words)


def _tail(pieces: list[Piece], number: Literal, after: Literal) -> str:
    """Return the words between a number and the next."""
    end = min(after.first, number.unit + _REACH)
    return " ".join(piece.plain for piece in pieces[number.unit : end] if piece.sort is Sort.WORD)


def _of_one_digit(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether a number of one digit stands where the digits of a dial are spoken of."""
    if len(number.written) > 1 or number.cubic or number.spelt:
        return False
    near = pieces[max(0, number.first - 12) : number.unit + 8]
    own = [piece for piece in near if piece.sentence == pieces[number.first].sentence]
    return any(piece.plain.startswith(("cyfr", "cyferk", "cyferek")) for piece in own)


def _an_example(pieces: list[Piece], number: Literal) -> bool:
    """Tell whether a sentence gives a number as an example: `np. 00123`."""
    for back in range(number.first - 1, max(-1, number.first - _REACH), -1):
        piece = pieces[back]
        if piece.sentence != pieces[number.first].sentence or piece.says(Tag.GIVE | Tag.NOW):
            return False
        begins = back == 0 or pieces[back - 1].sentence != piece.sentence
        if piece.plain == "przykladowo" and (begins or not piece.capital):
            return True
        if piece.plain in _EXAMPLE or (piece.plain == "np" and number.first - back <= 3):
            return True
    return False
