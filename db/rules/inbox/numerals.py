"""Polish numerals in words, as somebody dictates them: `czterysta osiemdziesiąt siedem`."""

from __future__ import annotations

from functools import lru_cache

_ONES = {
    "zero": 0,
    "jeden": 1, "jedna": 1, "jedno": 1,
    "dwa": 2, "dwie": 2,
    "trzy": 3,
    "cztery": 4,
    "piec": 5, "pienc": 5,
    "szesc": 6, "szec": 6, "szejsc": 6,
    "siedem": 7, "siedm": 7,
    "osiem": 8, "osim": 8, "osm": 8,
    "dziewiec": 9, "dziewienc": 9, "dziwiec": 9,
}  # fmt: skip
_TEENS = {
    "dziesiec": 10, "dziesienc": 10, "jedenascie": 11, "dwanascie": 12, "trzynascie": 13, "czternascie": 14,
    "pietnascie": 15, "szesnascie": 16, "siedemnascie": 17, "osiemnascie": 18, "dziewietnascie": 19,
}  # fmt: skip
_TENS = {
    "dwadziescia": 20, "dwadziescie": 20, "trzydziesci": 30, "trzydziescie": 30, "czterdziesci": 40,
    "piecdziesiat": 50, "szescdziesiat": 60, "siedemdziesiat": 70, "osiemdziesiat": 80,
    "dziewiecdziesiat": 90,
}  # fmt: skip
_HUNDREDS = {
    "sto": 100, "dwiescie": 200, "trzysta": 300, "czterysta": 400, "piecset": 500, "szescset": 600,
    "szejset": 600, "szesset": 600, "siedemset": 700, "osiemset": 800, "dziewiecset": 900,
}  # fmt: skip
_THOUSAND = frozenset({"tysiac", "tysiace", "tysiecy", "tys", "tysionc", "tysiency"})
_ALL = {**_ONES, **_TEENS, **_TENS, **_HUNDREDS}
_LONGEST_GLUED = 60


@lru_cache(maxsize=4096)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the numeral words that `word`, in bare small letters, is or is glued of; none if it is none."""
    known = _known(word)
    if known:
        return (known,)
    if not 9 <= len(word) <= _LONGEST_GLUED:
        return ()
    ways: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            head, piece = ways[start], word[start:end]
            if head is not None and (piece in _ALL or piece in _THOUSAND):
                ways[end] = (*head, piece)
                break
    return ways[-1] or ()


def _known(word: str) -> str | None:
    if word in _ALL or word in _THOUSAND:
        return word
    if len(word) < 7:
        return None
    return next((name for name in _ALL if len(name) >= 7 and _like(name, word)), None)


def _like(name: str, word: str) -> bool:
    if abs(len(name) - len(word)) > 1 or name[0] != word[0]:
        return False
    at = 0
    while at < min(len(name), len(word)) and name[at] == word[at]:
        at += 1
    pairs = (name[at + 1 :], word[at + 1 :]), (name[at:], word[at + 1 :]), (name[at + 1 :], word[at:])
    return any(one == other for one, other in pairs)


def value_of(words: list[str]) -> str | None:
    """Return the digits of a numeral, its words as of `parts_of`; None where they make none.

    `zero zero cztery osiem siedem`, one digit after another, is `00487`; so is `cztery osiem siedem`.
    """
    if len(words) > 1 and all(word in _ONES for word in words):
        return "".join(str(_ONES[word]) for word in words)
    while len(words) > 1 and words[0] == "zero":
        words = words[1:]
    total, group, room = 0, 0, 1000
    for word in words:
        if word in _THOUSAND:
            if total or (room == 1000 and group):
                return None
            total, group, room = (group or 1) * 1000, 0, 1000
            continue
        value = _ALL[word]
        size = 1 if value < 10 else 10 if value < 100 else 100
        if size >= room and not (value == 0 and len(words) == 1):
            return None
        group += value
        room = 1 if 10 <= value < 20 or size == 1 else size
    return str(total + group)
