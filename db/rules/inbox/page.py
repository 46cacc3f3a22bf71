"""The text of a message as it is searched: bare small letters, and what was already read of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

MOST = 24_000
"""Characters of a text that are looked at; nobody writes more about a meter."""

_STROKED = {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "³": "3", "²": "2"}
_DASHES = frozenset("‐‑‒–—―−－﹣")
_BULLETS = frozenset("•·▪●◦‣*")
_QUOTES = frozenset("„”“»«’‘′`´\"'")


class Kind(StrEnum):
    """What a stretch of text was read as; much of it only keeps its digits away."""

    DAY = "day"
    CLIENT = "client"
    METER = "meter"
    INVOICE = "invoice"
    PHONE = "phone"
    ADDRESS = "address"
    WEB = "web"
    ACCOUNT = "account"
    PAPER = "paper"
    """Number of a notice, a contract, a case or another paper."""
    NOTICE = "notice"
    """Number of a reader's notice."""
    PERSON = "person"
    """PESEL, NIP or another number of a person or a company."""
    MONEY = "money"
    HOUR = "hour"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text and what it says."""

    kind: Kind
    start: int
    end: int
    value: str = ""
    relative: bool = False
    """A day that is counted from the message's: `wczoraj`."""


@dataclass(slots=True)
class Page:
    """A text, and `rest`: the same length in bare small letters, with what was claimed blanked out."""

    text: str
    rest: str
    claims: list[Claim] = field(default_factory=list)
    cells: dict[int, str] = field(default_factory=dict)
    """Where states stand in a table, and the meter of each."""

    def take(self, kind: Kind, start: int, end: int, value: str = "") -> None:
        """Claim a stretch, so that nothing else is read from it."""
        if end > start:
            self.claims.append(Claim(kind, start, end, value))
            self.rest = f"{self.rest[:start]}{BLANK * (end - start)}{self.rest[end:]}"

    def take_all(
        self, kind: Kind, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | None]
    ) -> None:
        """Claim every match that `read` makes a value of."""
        found = [(match.start(), match.end(), read(match)) for match in pattern.finditer(self.rest)]
        self.take_many([Claim(kind, start, end, value) for start, end, value in found if value is not None])

    def take_many(self, claims: list[Claim]) -> None:
        """Claim many stretches at once, given in the order of the text."""
        pieces: list[str] = []
        at = 0
        for claim in claims:
            if claim.start < at:
                continue
            pieces += [self.rest[at : claim.start], BLANK * (claim.end - claim.start)]
            at = claim.end
            self.claims.append(claim)
        pieces.append(self.rest[at:])
        self.rest = "".join(pieces)


_ZERO = re.compile(
    r"(?<=[0-9])o{1,4}(?=[0-9])|(?<=[0-9]{2})o{1,3}(?![a-z])"
    r"|(?<![a-z0-9])o{1,4}(?=[0-9]{2})"
)
"""The letter that is typed for a zero."""
_UNIT = re.compile(r"(?:(?<=[\[(_|;])|(?<=[a-z]{3} )) ?m ?\^?3(?= ?[\]):=|;\n\t])")
"""The unit where it heads something and follows no number: `stan [m3]:`."""
_LEADER = re.compile(r"(?<=[a-z]) ?\.{3,}(?= +[0-9])")
"""Dots that lead from a label to its number: `Obecnie ........ 729`."""
BLANK = "\x00"
"""Stands where something was claimed."""


def open_page(text: str) -> Page:
    """Return `text`, cut at `MOST` characters, with nothing claimed yet."""
    text = text[:MOST]
    rest = _ZERO.sub(lambda found: "0" * len(found[0]), flat(text))
    rest = _LEADER.sub(lambda found: ":".rjust(len(found[0])), rest)
    return Page(text, _UNIT.sub(lambda found: " " * len(found[0]), rest))


def flat(text: str) -> str:
    """Return `text` in bare small letters, character for character: `Żółć №³` is `zolc n3`."""
    if text.isascii() and not any(sign in text for sign in "\"'`*\t\r\x00"):
        return text.lower()
    return "".join(map(_bare, text))


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    if char in "\n":
        return char
    if char.isspace() or not char.isprintable():
        return " "
    if char in _DASHES:
        return "-"
    if char in _QUOTES:
        return '"'
    if char in _BULLETS:
        return "*"
    low = char.lower()
    low = _STROKED.get(low, low)
    base = next(iter(unicodedata.normalize("NFKD", low)), low)
    return base if len(base) == 1 else char


def words(text: str) -> frozenset[str]:
    """Return the words of `text`: how a list of Polish words is best read."""
    return frozenset(text.split())


def runs(rest: str) -> Iterator[re.Match[str]]:
    """Yield the smallest pieces of `rest`: claimed stretches, digits, words, line ends, signs."""
    return _PIECES.finditer(rest)


_PIECES = re.compile(rf"{BLANK}+|[0-9]+|[^\W\d_]+|\n|\S")
