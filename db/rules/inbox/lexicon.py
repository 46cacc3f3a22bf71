"""What single Polish words say about the numbers beside them; forgiving one typing error in long words."""

from __future__ import annotations

from functools import lru_cache

from db.rules.inbox.tags import Tag
from db.rules.inbox.vocabulary import NEVER, NEVER_BEGIN, WORDS

LONG = 6
"""Letters from which on a typing error is forgiven."""


def _table() -> tuple[dict[str, int], dict[str, int]]:
    whole: dict[str, int] = {}
    stems: dict[str, int] = {}
    for tag, text in WORDS:
        for word in text.split():
            into, key = (stems, word[:-1]) if word.endswith("*") else (whole, word)
            into[key] = into.get(key, Tag.NONE) | tag
    return whole, stems


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _sound(word: str) -> str:
    """Return letters that sound alike as one: `rz` and `z`, `ch` and `h`, `u` and `ó`."""
    return word.replace("prz", "psz").replace("rz", "z").replace("ch", "h").replace("u", "o")


_WHOLE, _STEMS = _table()
_SOUNDS = {_sound(word): tag for word, tag in _WHOLE.items() if len(word) >= LONG - 1}
_STEM_SOUNDS = {_sound(stem): tag for stem, tag in _STEMS.items() if len(stem) >= LONG - 1}
_LONG_STEMS = {stem: tag for stem, tag in _STEMS.items() if len(stem) >= LONG}
_SHORTENED: dict[str, str] = {short: stem for stem in _LONG_STEMS for short in (*_without_one(stem), stem)}
_LENGTHS = sorted({len(stem) for stem in _STEMS}, reverse=True)
_FUZZY = sorted({len(stem) + more for stem in _LONG_STEMS for more in (-1, 0, 1)}, reverse=True)


@lru_cache(maxsize=8192)
def tags_of(word: str) -> int:
    """Return what `word`, in bare small letters, says.

    A word counts by its whole form or its stem; one of six letters and more also with one letter
    missing, too many, wrong or swapped with its neighbour, never the first.
    """
    if word in NEVER or len(word) > 40 or word.startswith(NEVER_BEGIN):
        return Tag.NONE
    found = _WHOLE.get(word, Tag.NONE)
    for length in _LENGTHS:
        if length <= len(word):
            found |= _STEMS.get(word[:length], Tag.NONE)
    return found or _mended(word) or _sounding(word)


def _sounding(word: str) -> int:
    """Return what a word says that is spelt as it sounds: `pszesyłam`, `wodomież`, `głuwny`, `pokazóje`."""
    if len(word) < LONG - 1:
        return Tag.NONE
    sound = _sound(word)
    found = _SOUNDS.get(sound, Tag.NONE)
    for length in range(len(sound), LONG - 2, -1):
        found = found or _STEM_SOUNDS.get(sound[:length], Tag.NONE)
    return found


def _mended(word: str) -> int:
    if len(word) < LONG - 1:
        return Tag.NONE
    for length in _FUZZY:
        if length > len(word):
            continue
        head = word[:length]
        for spelling in (head, *_without_one(head)):
            stem = _SHORTENED.get(spelling)
            if stem is not None and stem[0] == word[0] and abs(len(stem) - length) <= 1:
                return _LONG_STEMS[stem]
    return Tag.NONE
