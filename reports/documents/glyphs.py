"""What our typefaces can print, and what happens to what they cannot."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
REGULAR = FONTS / "DejaVuSans-subset.ttf"
BOLD = FONTS / "DejaVuSans-Bold-subset.ttf"

REPLACEMENT = "\ufffd"
"""Printed where a character has no glyph: a reader sees that something is missing."""

COMMON = frozenset(
    "".join(map(chr, range(0x20, 0x7F)))
    + "ĄąĆćĘęŁłŃńÓóŚśŹźŻż"
    + "ÁáÄäČčÉéĚěÍíÖöŘřŠšßÚúÜüÝýŽž"
    + "\u00a0§«°±²³µ·»½×÷‐‑–—’„”•…€№−≈≤≥\ufffd"
)
"""What nearly every letter is made of: Polish, its neighbours' letters, quotation marks and dashes.

All of it composed, visible and in both faces: such text is printed as it stands.
"""

_MOST_MARKS = 4
_TOO_MANY_MARKS = re.compile(rf"([\u0300-\u036f]{{{_MOST_MARKS}}})[\u0300-\u036f]+")


@lru_cache(maxsize=1)
def printable_codes() -> frozenset[int]:
    """Return the code points that both faces have a glyph for."""
    from fontTools.ttLib import TTFont

    def codes(face: Path) -> set[int]:
        with TTFont(face, lazy=True) as font:
            return set(font.getBestCmap())

    return frozenset(codes(REGULAR) & codes(BOLD))


def printable(text: str) -> str:
    """Return `text` as it can be printed on one paragraph.

    Letters are composed, control and formatting characters go, line ends become spaces, and
    what has no glyph (or is a pile of more than four accents) shows as `REPLACEMENT`.
    """
    if COMMON.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    composed = _TOO_MANY_MARKS.sub(rf"\1{REPLACEMENT}", composed)
    return "".join(map(_printed, composed))


def _printed(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    for spelling in (character, unicodedata.normalize("NFD", character)):
        if all(ord(part) in printable_codes() for part in spelling):
            return spelling
    return REPLACEMENT
