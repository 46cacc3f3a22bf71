"""Keeps the garbage collector from stopping the typist: it runs when nobody types."""

from __future__ import annotations

import gc
from collections.abc import Callable

REST = 1.0
"""Seconds without a key after which there is time to tidy up."""
MOST_YOUNG = 200_000
"""Objects after which it is tidied up even while somebody types."""


class Tidying:
    """Collects garbage between keys; turned on for the life of the screen only."""

    def __init__(self, *, resting: Callable[[], float]) -> None:
        """`resting` tells for how many seconds nobody has typed."""
        self._resting = resting

    def begin(self) -> None:
        """Set aside all that start-up made, and stop collecting by itself."""
        gc.collect()
        gc.freeze()
        gc.disable()

    def look(self) -> None:
        """Collect when there is something and time for it."""
        young = gc.get_count()[0]
        if young > MOST_YOUNG or (young > 1000 and self._resting() > REST):
            gc.collect(1 if young < MOST_YOUNG else 2)

    def end(self) -> None:
        """Let the interpreter collect by itself again."""
        gc.enable()
        gc.unfreeze()
