"""Which of the encodings in use in Poland a file is written in: detected, never assumed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

CANDIDATES = ("cp1250", "iso8859-2", "cp852")
"""Encodings of one byte a letter, the likeliest first: Windows, old Unix, DOS."""
LOOKED_AT_HEAD = 64
"""Bytes of the beginning that tell UTF-16 by its zeros."""
LOOKED_AT = 20_000
"""Letters beyond ASCII that are looked at."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOWER, _UPPER = frozenset("ąćęłńóśźż"), frozenset("ĄĆĘŁŃÓŚŹŻ")
_TYPED = frozenset("„”–—…°²³§·«»’‚×\u00a0")
"""What else a Polish office types."""
_BEYOND = re.compile(r"(?s)(?:(?<=(.))|\A)([^\x00-\x7f])(?=(.?))")
"""A letter beyond ASCII between its neighbours."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and the encoding that made sense of it."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Return `data` as text: by its byte order mark, as strict UTF-8, else by its Polish letters.

    UTF-16 is known without its mark as well: every other byte of an ASCII header is zero.

    Bytes that no encoding knows are shown as U+FFFD; nothing is raised.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding)
    if encoding := _unmarked_utf16(data[:LOOKED_AT_HEAD]):
        return Decoded(data.decode(encoding, "replace"), encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    readable = [decoded for encoding in CANDIDATES if (decoded := _try(data, encoding))]
    return max(readable, key=lambda decoded: plausibility(decoded.text))


def _unmarked_utf16(head: bytes) -> str:
    """Return which UTF-16 the first bytes look like; nothing for text of one byte a letter."""
    if len(head) < 4 or not head.count(0):
        return ""
    even, odd = head[::2], head[1::2]
    if odd.count(0) * 2 > len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) * 2 > len(even) and not odd.count(0) else ""


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def plausibility(text: str) -> int:
    """Return how much the letters beyond ASCII look like Polish words; 0 when there are none."""
    found = islice(_BEYOND.finditer(text), LOOKED_AT)
    return sum(_letter(match[1] or "", match[2], match[3]) for match in found)


def _letter(before: str, letter: str, after: str) -> int:
    """Return how well `letter` fits between its neighbours: words are small, capital or capitalised."""
    if letter in _LOWER:
        return -3 if after.isupper() else 3
    if letter in _UPPER:
        return -3 if before.islower() or (before.isupper() and after.islower()) else 3
    if letter in _TYPED:
        return 0
    return -1 if letter.isalpha() else -4
