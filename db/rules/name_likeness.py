"""How much the name on a transfer is that of a client."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher
from functools import lru_cache

from db.rules.text import fold

ALIKE = 0.66
"""From this share of a client's names on, the payer is taken to be the client: two of three."""

_LEGAL = frozenset(
    {"sp", "z", "o", "zoo", "s", "a", "sa", "c", "j", "k", "spolka", "akcyjna", "cywilna", "jawna"}
    | {"ograniczona", "odpowiedzialnoscia"}
)
"""Legal forms tell nobody apart."""
_SHORTEST_FUZZY = 5
_SAME_WORD = 0.86
_CUT = 4


def name_likeness(payer: str, client: str) -> float:
    """Return the share of the client's names, 0 to 1, that stand in `payer`, in any order.

    `payer` may hold an address too. Case, diacritics, legal forms, one wrong letter in a long name
    and a name that the bank cut make no difference.
    """
    names = [word for word in _words(client) if word not in _LEGAL]
    words = frozenset(_words(payer))
    if not names:
        return 0.0
    return sum(_stands(name, words) for name in names) / len(names)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return the folded words; one payer is compared with many clients, one client with many payers."""
    return tuple(fold(text).split())


def _stands(name: str, words: Collection[str]) -> bool:
    if name in words:
        return True
    if len(name) < _SHORTEST_FUZZY:
        return False
    return any(_same(name, word) for word in words if len(word) >= _CUT)


def _same(name: str, word: str) -> bool:
    if name.startswith(word):
        return True
    if word[0] != name[0] or abs(len(word) - len(name)) > 1:
        return False
    return SequenceMatcher(None, name, word, autojunk=False).ratio() >= _SAME_WORD
