"""The child process that reads mail: little memory, little time, no file, nothing but its two pipes.

    python -P -m db.inbox_child

takes frames from standard input and answers each on standard output. A frame is a length of four
bytes and as much data; a question is a line of JSON and the message, an answer one frame or two.
"""

from __future__ import annotations

import json
import signal
import sys
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from db.errors import WrongInput
from db.inbox_wire import NOT_FINISHED, ReadMessage, read_frame, to_wire, write_frame
from db.rules.inbox.source import read_source
from db.rules.inbox.understanding import understand
from db.words import N_

MEMORY = 512 * 2**20
"""Bytes of address space."""
LONGEST_QUESTION = 2**31
SECONDS = 5
"""Processor time for one message; the clock of a busy machine says nothing about a message."""

OUT_OF_MEMORY = N_("It needs too much memory: it was not read.")
NOT_READ = N_("It could not be read: a fault of the program, noted in its log.")
NOT_UNDERSTOOD = N_("It was read but not understood: a fault of the program, noted in its log.")


def main() -> None:
    """Answer until the parent closes its end."""
    _bind()
    while (frame := read_frame(sys.stdin.buffer, LONGEST_QUESTION)) is not None:
        asked, _, raw = frame.partition(b"\n")
        del frame
        day = json.loads(asked)["fallback_day"]
        _time(SECONDS)
        for answer in answers(raw, date.fromisoformat(day) if day else None):
            write_frame(sys.stdout.buffer, to_wire(answer))
        _time(0)


def answers(raw: bytes, fallback_day: date | None) -> Iterator[ReadMessage]:
    """Yield what a message says and, if it could be read, what was understood: first the one, then the other.

    So the words are not lost with a child that dies of understanding them. Here, and only here, a
    fault of ours becomes a trouble with one message.
    """
    try:
        text = read_source(raw)
    except WrongInput as refused:
        yield ReadMessage(None, None, refused.message)
        return
    except MemoryError:
        yield ReadMessage(None, None, OUT_OF_MEMORY)
        return
    except Exception as error:  # told of this message alone; the parent logs where
        yield ReadMessage(None, None, NOT_READ, _where(error))
        return
    yield ReadMessage(text, None, None)
    try:
        yield ReadMessage(None, understand(text, fallback_day=fallback_day), None)
    except MemoryError:
        yield ReadMessage(None, None, NOT_FINISHED)
    except Exception as error:  # as above
        yield ReadMessage(None, None, NOT_UNDERSTOOD, _where(error))


def _where(error: Exception) -> str:
    """Return the kind and place of a fault, and nothing of the message."""
    places = traceback.extract_tb(error.__traceback__)[-4:]
    lines = " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))
    return f"{type(error).__name__} at {lines}"


def _bind() -> None:
    """Give away what a reader of mail does not need; not every system lets all of it be limited."""
    try:
        import resource
    except ImportError:  # no such limits here; the time limit of the parent stays
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


def _time(seconds: int) -> None:
    """Have the system end this process after as much processor time; 0 takes it back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
