"""Mending one typing error: a letter missing, too many or wrong, or two swapped."""

from __future__ import annotations

from functools import lru_cache

from db.search.keys import WORD_LETTERS

SHORTEST = WORD_LETTERS - 1
"""Letters typed from which on a word may be one that is kept, with a letter missing."""
LONGEST = 24
ALPHABET = "aeiozwrkscnytjlmpudbghfvxq"


def worth_mending(word: str) -> bool:
    """Tell whether a folded word may hold a typing error."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


@lru_cache(maxsize=64)
def neighbours(word: str) -> tuple[str, ...]:
    """Return every spelling of a kept word that is one typing error away from `word`.

    A word of n letters has about 53 n of them: few enough to look each up in a B-tree, and
    nothing has to be kept for it but the words themselves.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = dict.fromkeys(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    found.update(dict.fromkeys(a + b[1:] for a, b in cuts if b))
    found.update(dict.fromkeys(a + letter + b for a, b in cuts for letter in ALPHABET))
    found.update(dict.fromkeys(a + letter + b[1:] for a, b in cuts if b for letter in ALPHABET))
    found.pop(word, None)
    return tuple(spelling for spelling in found if len(spelling) >= WORD_LETTERS)
