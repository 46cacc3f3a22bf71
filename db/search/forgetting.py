"""Forgets the words of an erased name, where nobody else's name or place has them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from db.search.dialects import Asker
from db.search.keys import NATURAL, TURNED, vocabulary

_AT_PLACE = "SELECT 1 FROM search_place_word WHERE word = ? LIMIT 1"


def forget_words(session: Session, names: Iterable[str]) -> None:
    """Take the words of folded `names` from those that typing errors are mended with.

    To be called once `index_client` has removed the names themselves. A word that stands in somebody
    else's name, or in a place, stays.
    """
    ask = Asker(session)
    ask.dialect.store.hold(ask)
    for word in sorted({word for name in names for word in vocabulary(name.split())}):
        if not _is_used(ask, word):
            ask.run("DELETE FROM search_word WHERE word = ?", word)


def _is_used(ask: Asker, word: str) -> bool:
    store = ask.dialect.store
    found = f"SELECT 1 FROM ({store.keys('?', '?', '?')}) AS found LIMIT 1"
    alone = (word, f"{word}!")  # the word itself, or before a blank
    return any(ask.rows(found, *store.names_values(kind, alone)) for kind in (NATURAL, TURNED)) or bool(
        ask.rows(_AT_PLACE, word)
    )
