"""What a number is compared with: `12 m3 od ostatniego odczytu` does not speak of that reading's state."""

from __future__ import annotations

from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, kind_of

ANCHOR = Tag.STATE | Tag.GIVE | Tag.NOW | Tag.RIGHT | Tag.TOOK | Tag.METER | Tag.KEEP
"""What leads to a state."""


def without_comparisons(words: list[Piece]) -> tuple[list[Piece], bool]:
    """Return the words without `od ostatniego odczytu` and the like, and whether there was one."""
    kept: list[Piece] = []
    found = False
    at = 0
    while at < len(words):
        if words[at].says(Tag.LIMIT) or words[at].plain in ("do", "z"):
            end = _comparison_end(words, at)
            if end and (words[at].says(Tag.LIMIT) and words[at].plain not in ("ponizej", "powyzej")):
                found, at = True, end
                continue
        kept.append(words[at])
        at += 1
    return kept, found


def _comparison_end(words: list[Piece], at: int) -> int:
    """Return where a comparison that begins with a preposition ends; 0 if nothing former follows."""
    for here in range(at + 1, min(at + 4, len(words))):
        if words[here].says(Tag.OLD):
            end = here + 1
            while (
                end < len(words)
                and end < here + 3
                and (words[end].says(Tag.STATE | Tag.METER) or kind_of(words[end]) is Kind.DAY)
            ):
                if words[end].plain in ("stan", "odczyt", "wskazanie") and end > here + 1:
                    break
                end += 1
            return end
        if words[here].says(ANCHOR) and not words[here].says(Tag.STATE):
            return 0
    return 0
