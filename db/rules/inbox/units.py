"""Units of volume behind a number: `m3`, `metrów sześciennych`, `kubików`, `[m3]`."""

from __future__ import annotations

from db.rules.inbox.tokens import Piece, Sort, glued

_LENGTHS = (
    "rur",
    "kabl",
    "dlug",
    "glebok",
    "szerok",
    "wysok",
    "plot",
    "przylacz",
    "sieci",
    "weza",
    "drut",
    "stad",
)
"""What is so many metres long."""


def unit_at(pieces: list[Piece], at: int) -> tuple[int, bool]:
    """Return where a unit of volume that begins at `at` ends, and whether there is one."""
    if at < len(pieces) and pieces[at].is_sign("[("):
        end, cubic = unit_at(pieces, at + 1)
        closed = cubic and end < len(pieces) and pieces[end].is_sign("])")
        return (end + 1, True) if closed else (at, False)
    if at >= len(pieces) or pieces[at].sort is not Sort.WORD:
        return at, False
    word = pieces[at].plain
    if word.startswith(("kubik", "kubic", "kubyk", "kubow", "kuby", "kub")) and not word.startswith("kubek"):
        return at + 1, True
    if word in ("mtr", "metrw") or (word.startswith("metr") and len(word) <= 7):
        return _after_metre(pieces, at + 1)
    if word in ("mszesc", "msz", "szescienne", "szesciennych"):
        return at + 1, True
    return _after_m(pieces, at + 1) if word in ("m", "mm") else (at, False)


def _after_metre(pieces: list[Piece], at: int) -> tuple[int, bool]:
    end = at + 1 if at < len(pieces) and pieces[at].is_sign(".") else at
    following = pieces[end].plain if end < len(pieces) else ""
    if following.startswith("szes"):
        return _dot(pieces, end + 1), True
    if following.startswith(_LENGTHS):
        return at, False
    if following in ("kw", "kwadratowe", "kwadratowych", "od", "dalej", "biezace", "biezacych"):
        return at, False
    return at, True


def _after_m(pieces: list[Piece], at: int) -> tuple[int, bool]:
    """`m` and 3, ^3, sześc., or alone; `m 5` and `m2` are no unit of volume."""
    end = at
    while end < len(pieces) and end - at < 2 and pieces[end].is_sign(".^"):
        end += 1
    if end >= len(pieces):
        return at, True
    following = pieces[end]
    if following.plain == "3" and pieces[end].start - pieces[at - 1].end <= 2:
        return end + 1, True
    if following.sort is Sort.WORD and (following.plain.startswith("szes") or following.plain == "sz"):
        return _dot(pieces, end + 1), True
    if following.sort is Sort.WORD and following.plain.startswith("kub"):
        return _dot(pieces, end + 1), True
    bare = following.sort is not Sort.DIGITS and pieces[at - 1].plain == "m"
    return (at, True) if bare else (at - 1, False)


def _dot(pieces: list[Piece], at: int) -> int:
    return at + 1 if at < len(pieces) and pieces[at].is_sign(".") and glued(pieces, at) else at
