"""When a message that the server did not take is tried again, and when it is given up."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

MOST_TRIES = 32
"""With the waits below more than four days, as RFC 5321 (4.5.4.1) asks."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
_SPREAD = 0.25
"""A wait is up to a quarter shorter or longer, so that what failed together does not come back together."""


def next_try(now: datetime, tries: int, seed: str) -> datetime:
    """Return when a message is tried again after its `tries`-th try (from 1).

    Waits double from a minute to four hours; `seed` spreads them, the same way every time.
    """
    wait = min(FIRST_WAIT * (1 << min(tries - 1, 16)), LONGEST_WAIT)
    drawn = int.from_bytes(hashlib.sha256(f"{seed}/{tries}".encode()).digest()[:4]) / 2**32
    return now + wait * (1 - _SPREAD + 2 * _SPREAD * drawn)
