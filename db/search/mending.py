"""Finds the words that somebody may have meant who made one typing error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.search import lookups
from db.search.dialects import Asker
from db.search.typos import neighbours, worth_mending

MOST_SPELLINGS = 24
"""Readings of the typed words that are looked up."""
MOST_BEGUN = 200
"""Words looked at that only begin like a neighbour of what was typed."""

Words = tuple[str, ...]


@dataclass(slots=True)
class Meant:
    """What may have been meant."""

    spellings: list[Words]
    """The typed words with their errors mended, the commonest words first."""
    of_places: set[str] = field(default_factory=set)
    """Mended words with which a word of a street or a town begins."""


def meant_by(ask: Asker, words: Words, unknown: Sequence[int]) -> Meant:
    """Return `words` with their typing errors mended.

    `unknown` are the places of the words that begin no name or place: they must be wrong, and
    each is mended. When there is none, any one word may be wrong.
    """
    meant = Meant([])
    if any(not worth_mending(words[at]) for at in unknown):
        return meant
    if not unknown:
        worth = [at for at, word in enumerate(words) if worth_mending(word)]
        found = [_with(words, at, word) for at in worth for word in _candidates(ask, words[at], meant)]
    else:
        most = max(1, MOST_SPELLINGS // len(unknown) ** 2)
        found = [words]
        for at in unknown:
            candidates = _candidates(ask, words[at], meant)[:most]
            found = [_with(old, at, word) for word in candidates for old in found]
    meant.spellings = found[:MOST_SPELLINGS]
    return meant


def _with(words: Words, at: int, word: str) -> Words:
    return (*words[:at], word, *words[at + 1 :])


def _candidates(ask: Asker, word: str, meant: Meant) -> list[str]:
    near = neighbours(word)
    rows = lookups.known_words(ask, near) or lookups.words_beginning(ask, near, MOST_BEGUN)
    meant.of_places.update(str(row[0]) for row in rows if row[2])
    ranked = sorted(rows, key=lambda row: (-row[1], row[0]))
    return [str(row[0]) for row in ranked[:MOST_SPELLINGS]]
