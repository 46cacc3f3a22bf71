"""Searches while letters are typed: the newest text counts, an answer that comes late is dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from bok_tui.asking import Answered, new_code
from bok_tui.i18n import _, translate_template
from bok_tui.type_ahead import Hold, TypedEvent
from db.errors import BokError

if TYPE_CHECKING:
    from bok_tui.screens.base import BokScreen
    from db.office import Office
    from db.records.clients import SearchAnswer

MOST_AT_ONCE = 2
"""Searches under way at once: a slow one does not keep the newest waiting, and none pile up."""
EDITING = frozenset({"backspace", "delete", "left", "right", "home", "end", "ctrl+u", "ctrl+w", "ctrl+k"})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to the text that is on the line now, or why there is none."""

    text: str
    answer: SearchAnswer | None
    failure: str = ""


class Searching:
    """The searches of one screen. Keys that need the answer wait for it; letters go on."""

    def __init__(self, screen: BokScreen[None], show: Callable[[Found], None]) -> None:
        self._screen = screen
        self._show = show
        self._wanted = 0
        self._running = 0
        self._next: tuple[int, str] | None = None
        self._hold: Hold | None = None

    def look_for(self, text: str) -> None:
        """Search for `text`; nothing found before is shown any more once the answer is there."""
        self._wanted += 1
        if not text:
            self._next = None
            self._let_go()
            self._show(Found("", None))
            return
        if self._hold is None:
            self._hold = self._screen.bok.type_ahead.hold(_is_editing, opens=False)
        if self._running < MOST_AT_ONCE:
            self._begin(self._wanted, text)
        else:
            self._next = (self._wanted, text)

    def end(self) -> None:
        """Want no answer any more: the screen closes, and one under way would hold the keys for ever."""
        self._wanted += 1
        self._next = None
        self._let_go()

    def _begin(self, turn: int, text: str) -> None:
        self._running += 1
        bok = self._screen.bok
        bok.run_worker(  # not the screen's: it would be cancelled with it, and hold the keys
            partial(self._search, bok.workplace.office(), turn, text),
            thread=True,
            exit_on_error=False,
            group="search",
        )

    def _search(self, office: Callable[[], Office], turn: int, text: str) -> None:
        """Runs in the thread; touches no widget."""
        from db.search import search_clients

        try:
            answer = office().read(search_clients, text)
            found = Found(text, answer)
        except BokError as error:
            found = Found(text, None, translate_template(error.message, error.params))
        except Exception:  # told in the message line with a code, and logged under it
            code = new_code()
            log.exception("failed search %s", code)
            found = Found(text, None, _("The search failed, code %(code)s.") % {"code": code})
        self._screen.post_message(Answered(partial(self._answered, turn, found)))

    def _answered(self, turn: int, found: Found) -> None:
        self._running -= 1
        if self._next is not None:
            (next_turn, text), self._next = self._next, None
            self._begin(next_turn, text)
        if turn == self._wanted:
            self._show(found)
            self._let_go()

    def _let_go(self) -> None:
        if self._hold is not None:
            self._hold.release()
            self._hold = None


def _is_editing(event: TypedEvent) -> bool:
    """Tell whether a key only edits the line, and so need not wait for what the search finds."""
    return isinstance(event, events.Paste) or event.is_printable or event.key in EDITING
