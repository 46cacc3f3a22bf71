"""A page as a row of pieces that know their sentence, clause and line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from db.rules.inbox.lexicon import tags_of
from db.rules.inbox.page import BLANK, Claim, Kind, Page, runs, words
from db.rules.inbox.phrases import PHRASES
from db.rules.inbox.tags import Tag

WRAPPED = 56
"""Characters from which on a line may have been broken by a program and go on in the next."""

_SHORTENED = words(
    "nr ul bl bud tel ok godz m st wod licz kl im sw os al pl tzn tj np gm woj dn kom mieszk lok"
    " odcz wodom fabr ser"
    " poz ew ewid p ob ost popr poprz zuz glow gl ogr szesc max min ww wg dot zal inz mgr dr pn sz"
    " r br bm hab odb"
    " prod pok skr kontr wew wewn tys godz zw cw ca l prod leg ur obec akt"
)


_STAIRS = words("a b c d e f g i ii iii iv v vi")


class Sort(StrEnum):
    """What a piece is."""

    WORD = "word"
    DIGITS = "digits"
    SIGN = "sign"
    LINE = "line"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a run of digits, a sign, a line end, or something claimed."""

    sort: Sort
    plain: str
    start: int
    end: int
    tags: int
    sentence: int
    clause: int
    line: int
    claim: Claim | None = None
    capital: bool = False
    """It begins with a capital and goes on in small letters."""
    shouted: bool = False
    """It is all capitals."""

    def is_sign(self, signs: str) -> bool:
        """Tell whether it is one of `signs`."""
        return self.sort is Sort.SIGN and self.plain in signs

    def says(self, tags: int) -> bool:
        """Tell whether it says one of `tags`."""
        return self.tags & tags != 0


_Raw = tuple[Sort, str, int, int, "Claim | None"]


def pieces_of(page: Page) -> list[Piece]:
    """Return the pieces of `page`, claimed stretches as one each."""
    claims = {claim.start: claim for claim in page.claims}
    raw = _raw(page, claims)
    ends = _Ends(page, raw)
    pieces: list[Piece] = []
    sentence = clause = line = 0
    for at, (sort, plain, start, end, claim) in enumerate(raw):
        tags = _tags(raw, at) if sort is Sort.WORD else Tag.NONE
        capital = sort is Sort.WORD and page.text[start:end].istitle()
        shouted = sort is Sort.WORD and page.text[start:end].isupper()
        pieces.append(Piece(sort, plain, start, end, tags, sentence, clause, line, claim, capital, shouted))
        if sort is Sort.LINE:
            line += 1
        if ends.sentence(at):
            sentence, clause = sentence + 1, clause + 1
        elif ends.clause(at):
            clause += 1
    return pieces


def _tags(raw: list[_Raw], at: int) -> int:
    """Return what a word says, taken together with the one before it."""
    before = raw[at - 1][1] if at else ""
    after = raw[at + 1][1] if at + 1 < len(raw) else ""
    if raw[at][1] == "kl" and _staircase(raw, at):
        return Tag.PLACE
    if raw[at][1] == "l" and after == "." and not before.isdigit():
        return Tag.METER
    together = PHRASES.get((before, raw[at][1]))
    if together is None and (raw[at][1], after) == ("ok", ","):
        return Tag.NONE
    return tags_of(raw[at][1]) if together is None else together


def _staircase(raw: list[_Raw], at: int) -> bool:
    """Tell whether `kl. B` or `kl. II` names a staircase, no client."""
    behind = [one for one in raw[at + 1 : at + 3] if one[1] != "."]
    return bool(behind) and behind[0][0] is Sort.WORD and behind[0][1] in _STAIRS


def _raw(page: Page, claims: dict[int, Claim]) -> list[_Raw]:
    found: list[_Raw] = []
    for match in runs(page.rest):
        plain, start, end = match[0], match.start(), match.end()
        if plain[0] == BLANK:
            while start < end:  # neighbouring claims touch
                claim = claims[start]
                found.append((Sort.CLAIM, "", start, claim.end, claim))
                start = claim.end
        elif plain == "\n":
            found.append((Sort.LINE, plain, start, end, None))
        elif plain[0].isdigit() and plain.isascii():
            found.append((Sort.DIGITS, plain, start, end, None))
        elif plain[0].isalpha():
            found.append((Sort.WORD, plain, start, end, None))
        else:
            found.append((Sort.SIGN, plain, start, end, None))
    return found


class _Ends:
    """Where sentences and clauses end."""

    def __init__(self, page: Page, raw: list[_Raw]) -> None:
        self.page, self.raw = page, raw

    def sentence(self, at: int) -> bool:
        sort, plain, start, end, _ = self.raw[at]
        if sort is Sort.LINE:
            return self._line_ends(at)
        if sort is not Sort.SIGN or plain not in ".!?…":
            return False
        if at + 1 < len(self.raw) and self.raw[at + 1][2] == end and self.raw[at + 1][0] is not Sort.LINE:
            return plain != "." and self.raw[at + 1][1] not in ".!?)"
        before = self.raw[at - 1] if at else None
        glued = before is not None and before[3] == start
        return not (plain == "." and glued and before is not None and before[1] in _SHORTENED)

    def _line_ends(self, at: int) -> bool:
        """A line end is a sentence's, unless the line was long and the next begins in small letters."""
        start = self.raw[at][2]
        begin = self.page.text.rfind("\n", 0, start) + 1
        if at + 1 >= len(self.raw) or start - begin < WRAPPED or (at and self.raw[at - 1][1] == ":"):
            return True
        if "|" in self.page.text[begin:start] or "\t" in self.page.text[begin:start]:
            return True  # a row of a table
        after = self.raw[at + 1]
        if after[0] is Sort.WORD and at + 2 < len(self.raw) and self.raw[at + 2][1] == ":":
            return True
        return after[0] is Sort.LINE or not (
            after[0] in (Sort.DIGITS, Sort.CLAIM) or self.page.text[after[2]].islower()
        )

    def clause(self, at: int) -> bool:
        sort, plain, *_ = self.raw[at]
        if sort is Sort.SIGN:
            if plain == ",":
                return not self._decimal(at)
            return plain in ";()[]|"
        following = self.raw[at + 1] if at + 1 < len(self.raw) else None
        return following is not None and following[0] is Sort.WORD and following[1] in _JOINS

    def _decimal(self, at: int) -> bool:
        around = self.raw[max(0, at - 1) : at + 2]
        return (
            len(around) == 3
            and around[0][0] is Sort.DIGITS
            and around[2][0] is Sort.DIGITS
            and around[0][3] == around[1][2]
            and around[1][3] == around[2][2]
        )


_JOINS = words("a ale lecz natomiast zas tylko ktory ktora ktore bo poniewaz wiec choc oraz")


def glued(pieces: list[Piece], at: int) -> bool:
    """Tell whether a piece follows the one before it without a blank."""
    return (
        0 < at < len(pieces)
        and pieces[at].start == pieces[at - 1].end
        and pieces[at - 1].sort is not Sort.LINE
    )


def apart(pieces: list[Piece], at: int) -> bool:
    """Tell whether digits follow the piece before them behind a single blank."""
    return (
        0 < at < len(pieces)
        and pieces[at].sort is Sort.DIGITS
        and pieces[at].start == pieces[at - 1].end + 1
        and pieces[at - 1].sort is not Sort.LINE
    )


def between(pieces: list[Piece], first: int, last: int) -> str:
    """Return the bare words and signs of `pieces[first:last]`, claims as `#`, with single blanks."""
    return " ".join(piece.plain or "#" for piece in pieces[first:last])


def kind_of(piece: Piece) -> Kind | None:
    """Return what a claimed piece was read as."""
    return piece.claim.kind if piece.claim else None


NUMBERED = re.compile(r"[0-9]")
