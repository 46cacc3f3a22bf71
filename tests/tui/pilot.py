"""Driving the agents' screen in tests: keys as people press them, and waiting for what they cause.

Nothing here waits for time to pass. `settle` returns when every key typed so far has done its
work and no thread is at work; `burst` sends a whole script of keys before anything is handled.

Textual paints every frame, and without a terminal throws the painting away: a third of the time of
these tests. Here each settled screen is painted, once, with all that changed since the last.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import copy_context
from functools import partial
from typing import Any
from unittest.mock import patch

from textual import events
from textual._compositor import Compositor
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from bok_tui.app import BokApp

SIZES = ((80, 24), (120, 35))
FRAME = 1 / 240
"""Seconds between frames: a quarter of Textual's own, as whatever is waited for comes with a frame."""
PATIENCE = 60.0
"""Seconds after which a condition that never comes true fails the test."""


def key_event(key: str) -> events.Key:
    """Return the event of a key: a character, or a name such as `enter`, `f3`, `ctrl+p`."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    original = REPLACED_KEYS.get(key, key)
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(original))
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)


def keys_of(*script: str) -> list[str]:
    """Return single keys: names of special keys stay, other text is typed letter by letter."""
    special = {
        "enter",
        "escape",
        "tab",
        "up",
        "down",
        "left",
        "right",
        "pageup",
        "pagedown",
        "backspace",
        "home",
        "delete",
        "end",
        "space",
    }
    keys: list[str] = []
    for part in script:
        named = (
            part in special
            or part.startswith(("ctrl+", "shift+"))
            or (part[:1] == "f" and part[1:].isdigit())
        )
        keys += [part] if named else list(part)
    return keys


def burst(app: BokApp, *script: str) -> None:
    """Send all keys at once: none is handled before the last one was sent."""
    for key in keys_of(*script):
        app.post_message(key_event(key))


async def until(condition: Callable[[], object], *, what: Callable[[], str] | None = None) -> None:
    """Wait until `condition` is true; when it never is, `what` says how things stand."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not condition():
        late = asyncio.get_running_loop().time() >= deadline
        assert not late, f"never came true: {what() if what else condition}"
        await asyncio.sleep(0.002)


async def settle(app: BokApp) -> None:
    """Wait until all keys have done their work and no thread is at work."""
    calm = 0
    while calm < 2:
        await until(
            lambda: app.type_ahead.idle and app.message_queue_size == 0 and not any_worker(app),
            what=partial(_unsettled, app),
        )
        calm += 1
        await _refreshed(app)
    if app.is_running:
        copy_context().run(_paint, app)


def _paint(app: BokApp) -> None:
    """Paint what changed, as Textual would for a terminal: what cannot be painted fails the test."""
    _render_update(app.screen._compositor, screen_stack=app._background_screens)


_render_update = Compositor.render_update


def _paint_later(compositor: Compositor, full: bool = False, **options: Any) -> Any:
    """Leave marked what a frame would paint; who takes a picture of the screen wants all of it now."""
    return _render_update(compositor, full=True, **options) if full else None


def _unsettled(app: BokApp) -> str:
    """Tell what there still is to wait for."""
    keys = app.type_ahead
    workers = [worker.description or worker.name for worker in app.workers if not worker.is_finished]
    return (
        f"settled: idle {keys.idle}, {keys.waiting} keys wait, held {keys.held},"
        f" {app.message_queue_size} messages, {workers} at work, {app.screen} on top"
    )


async def _refreshed(app: BokApp) -> None:
    """Wait until the screen is laid out for what was changed."""
    done = asyncio.Event()
    if app.is_running and app.screen.call_after_refresh(done.set):
        await until(lambda: done.is_set() or not app.is_running)


def any_worker(app: BokApp) -> bool:
    """Tell whether a thread or other worker is not done."""
    return any(not worker.is_finished for worker in app.workers)


async def type_keys(app: BokApp, *script: str) -> None:
    """Press keys one by one, each after the one before has done its work: a slow typist."""
    for key in keys_of(*script):
        app.post_message(key_event(key))
        await settle(app)


@asynccontextmanager
async def running(app: BokApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[Any]]:
    """Run the application without a terminal, settled."""
    quicker = patch("textual.screen.UPDATE_PERIOD", FRAME)
    with quicker, patch.object(Compositor, "render_update", _paint_later):
        async with app.run_test(size=size) as pilot:
            await settle(app)
            yield pilot
            if app.is_running:  # what a test waited for itself is painted too
                copy_context().run(_paint, app)


def shown(app: BokApp) -> str:
    """Return the text on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
