"""How much of a bank file is taken, and what all its readers share."""

from __future__ import annotations

import hashlib

from db.errors import WrongInput
from db.rules.text import clean_line
from db.words import N_

MOST_BYTES = 20_000_000
MOST_LINES = 100_000
"""Movements."""
MOST_TEXT_LINES = 1_500_000
MOST_STATEMENTS = 10_000
LONGEST_FIELD = 4_000
"""Characters of one field; the standard has 390."""
TITLE_LENGTH = 400
NAME_LENGTH = 200
ACCOUNT_LENGTH = 34
NUMBER_LENGTH = 35
MOST_WHOLE_DIGITS = 12
"""Digits of zlotys in an amount."""

_APART = "\x1f"


def short(text: str, limit: int) -> str:
    """Return `text` cleaned as one line and cut to `limit` characters.

    Cut, not refused: the bank wrote it, and nobody here can shorten it.
    """
    return clean_line(text[:LONGEST_FIELD], LONGEST_FIELD)[:limit].rstrip()


def line_key(*parts: object) -> str:
    """Return the SHA-256 of `parts`, hexadecimal."""
    return hashlib.sha256(_APART.join(str(part) for part in parts).encode()).hexdigest()


def too_many_lines() -> WrongInput:
    """Return the refusal of a file with too many movements."""
    return WrongInput(N_("The file has more than %(limit)s movements. Split it."), limit=MOST_LINES)
