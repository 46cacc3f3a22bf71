"""Keeps the garbage collector from going over rows again and again that hold no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Turn the collector off for a while: rows are gone with their last name anyway.

    Each some hundred rows would have it look at them, and each some ten thousand at all that was imported.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
