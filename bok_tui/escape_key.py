"""Esc and a key right behind it are two keys.

A terminal sends Alt and a letter as Esc and that letter, so Textual takes the two for one key
when they arrive together: of `Esc 117733` it makes `¡17733`, of Esc and Enter just Enter. No Alt
key means anything here and AltGr sends characters, so Esc is always a key of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from textual import events
from textual._parser import ParseTimeout
from textual._xterm_parser import XTermParser
from textual.message import Message

ESC = "\x1b"
GOES_ON = frozenset((ESC, "[", "O", "\t", "\x7f"))
"""What belongs to an Esc before it: a sequence begins, or Shift+Tab and Alt+Backspace do."""
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class EscapeFirst(XTermParser):
    """Textual's parser of what a terminal sends, without Alt."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._last = ""
        """The end of what was fed before, as long as the longest mark looked for."""
        self._pasting = False

    def feed(self, data: str) -> Iterable[Message]:
        """Parse `data`; an Esc whose next character begins no sequence is the key Esc."""
        if not data:
            yield from super().feed(data)
            return
        for character in data:
            if self._last.endswith(ESC) and not self._pasting and character not in GOES_ON:
                yield from self._escape_alone()
            yield from super().feed(character)
            self._last = (self._last + character)[-len(PASTE_BEGINS) :]
            if self._last in (PASTE_BEGINS, PASTE_ENDS):
                self._pasting = self._last == PASTE_BEGINS

    def _escape_alone(self) -> Iterable[Message]:
        """Have the parser do now what it does when nothing follows an Esc for a while."""
        if self._timeout_time is not None:
            self._timeout_time = None
            self._awaiting = self._gen.throw(ParseTimeout())
        while self._tokens:
            yield self._tokens.popleft()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Return the keys of a sequence; one that meant nothing begins with the key Esc."""
        if alt:
            yield events.Key("escape", ESC)
        yield from super()._sequence_to_key_events(sequence)


def install() -> None:
    """Have this platform's driver use the parser: Textual's drivers name theirs, and take no other."""
    if sys.platform == "win32":
        from textual.drivers import win32 as driver
    else:
        from textual.drivers import linux_driver as driver
    driver.XTermParser = EscapeFirst  # type: ignore[attr-defined]  # the only place where a driver can be given one
