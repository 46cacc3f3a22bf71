"""Type-ahead: a script of keys sent at once does the same as keys sent slowly.

Agents type ahead of the screen. Textual hands a key to whatever has the focus the moment it
arrives, which for the keys behind an Enter is the wrong place: the answer comes from a thread,
and the next form is not there yet. Here keys wait in line and are handed out one at a time, each
when the one before it has done all its work:

1. every message that the key before caused has been handled, and any new screen has its focus;
2. nobody *holds* the keys. Whoever starts work whose result the next key needs (a client being
   opened, a reading being saved) takes `hold()` and releases it when the result has been posted.
   `BokScreen.ask` does so by itself. A hold may let some keys pass: while a search runs, letters
   go on to the command line, and only Enter and the arrows wait for its answer.

Nothing is timed, so nothing depends on how fast the machine is. A failure discards what was typed
ahead of it: those keys were meant for a screen that never came.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.app import App

MOST_KEYS = 16_384
"""Keys kept in line, a list of hundreds of readings; a terminal that sends more is not a person typing."""
PATIENCE = 0.05
"""Seconds after which a message pump that does not answer is looked at again: it may have closed."""

TypedEvent = events.Key | events.Paste


class Typed(Message):
    """A key whose turn has come."""

    bubble = False

    def __init__(self, event: TypedEvent) -> None:
        super().__init__()
        self.event = event


class Hold:
    """Keeps keys in line until `release`; releasing twice, or from a thread, does no harm."""

    def __init__(self, line: TypeAhead, passes: Callable[[TypedEvent], bool] | None, *, opens: bool) -> None:
        self._line = line
        self._passes = passes
        self.opens = opens
        """True when the work may open a screen or move the focus."""

    def passes(self, event: TypedEvent) -> bool:
        """Tell whether this key may go on although the work is not done."""
        return self._passes is not None and self._passes(event)

    def release(self) -> None:
        """Let the keys go on; what was posted before this is handled before them."""
        self._line.release(self)

    def __enter__(self) -> Hold:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class TypeAhead:
    """The line of keys of one application."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._keys: deque[TypedEvent] = deque()
        self._holds: set[Hold] = set()
        self._changed = asyncio.Event()
        self._busy = False
        # keys typed before the first screen is there wait for it, as behind any finished work
        self._released = True
        self._loop: asyncio.AbstractEventLoop | None = None
        self._plain = True
        self._opened = True

    @property
    def waiting(self) -> int:
        """Keys that were typed and not yet handed out."""
        return len(self._keys)

    @property
    def held(self) -> bool:
        """True while somebody holds the keys."""
        return bool(self._holds)

    @property
    def idle(self) -> bool:
        """True when every key typed so far has done all its work."""
        return not (self._keys or self._holds or self._busy or self._released)

    def put(self, event: TypedEvent) -> bool:
        """Put a key at the end of the line; False when the line is full and the key is lost."""
        if len(self._keys) >= MOST_KEYS:
            return False
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            # Enter, pressed before the screen took the terminal over: the terminal made a line feed of it
            event = events.Key("enter", "\r")
        self._keys.append(event)
        self._changed.set()
        return True

    def discard(self) -> int:
        """Forget what was typed ahead, and return how many keys that were."""
        lost = len(self._keys)
        self._keys.clear()
        return lost

    def hold(self, passes: Callable[[TypedEvent], bool] | None = None, *, opens: bool = True) -> Hold:
        """Keep keys in line until the hold is released; call it from the application's thread.

        `passes` tells which keys may go on all the same. Work that only shows something, and neither
        `opens` a screen nor moves the focus, is waited for on the way of a key alone.
        """
        hold = Hold(self, passes, opens=opens)
        self._holds.add(hold)
        return hold

    def release(self, hold: Hold) -> None:
        """End a hold; from any thread. In order with the messages posted before."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end, hold)

    def _end(self, hold: Hold) -> None:
        self._holds.discard(hold)
        self._released = True
        self._opened = self._opened or hold.opens
        self._changed.set()

    async def run(self) -> None:
        """Hand out keys for as long as the application runs."""
        self._loop = asyncio.get_running_loop()
        with suppress(ScreenStackError):  # no screen is left: the application is closing
            await self._hand_out()

    async def _hand_out(self) -> None:
        while True:
            if self._released:
                # what the hold was for is on its way: a form to be drawn, a field to get the focus
                self._released, self._busy, self._plain = False, True, not self._opened
                self._opened = False
                await self._settle()
                self._busy = False
                continue
            if (event := self._next()) is None:
                self._changed.clear()
                await self._changed.wait()
                continue
            self._busy = True
            self._plain = _types_into_field(event, self._app)
            self._app.post_message(Typed(event))
            await self._settle()
            self._busy = False

    def _next(self) -> TypedEvent | None:
        """Take the first key in line if its turn has come."""
        if self._keys and all(hold.passes(self._keys[0]) for hold in self._holds):
            return self._keys.popleft()
        return None

    async def _settle(self) -> None:
        """Wait until everything that the last key caused has been handled.

        Twice in a row all message queues must be empty and the screen and focus the same: a
        message may be half-way between two queues the first time.
        """
        quiet = 0
        await _answered([self._app])
        while quiet < 2:
            # widgets that are being closed answer nothing: without this, nobody else would ever run
            await asyncio.sleep(0)
            before = self._state()
            chain = self._chain()
            if not self._plain:
                await _answered(self._everything())
            for pump in chain:
                await _answered([pump])
            still = self._app.screen.is_mounted and not any(pump.message_queue_size for pump in chain)
            quiet = quiet + 1 if still and before == self._state() else 0

    def _state(self) -> tuple[object, ...]:
        screen = self._app.screen
        return (screen, screen.focused, screen.is_running, len(self._app.screen_stack))

    def _chain(self) -> list[MessagePump]:
        """The way a key takes: from the focus up to the application."""
        start = self._app.focused or self._app.screen
        return [*start.ancestors_with_self]

    def _everything(self) -> list[MessagePump]:
        """Every widget of every open screen, for keys that may do anything."""
        return [
            self._app,
            *(node for screen in self._app.screen_stack for node in screen.walk_children(with_self=True)),
        ]


def _types_into_field(event: TypedEvent, app: App[Any]) -> bool:
    """Tell whether this key just adds a letter to a field, and so cannot open or move anything."""
    return isinstance(app.focused, Input) and (isinstance(event, events.Paste) or event.is_printable)


async def _answered(pumps: Iterable[MessagePump]) -> None:
    """Wait until each of these has handled all that was in its queue; one that closed counts."""
    open_questions: dict[asyncio.Future[None], MessagePump] = {}
    for pump in pumps:
        question = _Question()
        if pump.is_running and pump.post_message(events.Callback(callback=question.answer)):
            open_questions[question.answered] = pump
    while open_questions:
        await asyncio.wait(open_questions, timeout=PATIENCE)
        open_questions = {
            answered: pump
            for answered, pump in open_questions.items()
            if not answered.done() and pump.is_running
        }


class _Question:
    """Asks a message pump to answer when it comes to it.

    Not `call_later`: Textual would work out the parameters of each partial anew, for every key.
    """

    __slots__ = ("answered",)

    def __init__(self) -> None:
        self.answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def answer(self) -> None:
        """Say that everything before this was handled."""
        if not self.answered.done():
            self.answered.set_result(None)
