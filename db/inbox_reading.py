"""Reads mail in a child process: whatever a message does to its reader, the next one is read."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from db.inbox_wire import NOT_FINISHED, ReadMessage, from_wire, read_frame, write_frame
from db.rules.inbox.limits import MOST_BYTES
from db.words import N_

__all__ = ["ReadMessage", "read_safely"]

WAIT = 30.0
"""Seconds after which a child that does not answer is ended; of processor time it has five."""
LONGEST_ANSWER = 16 * 2**20
KEPT_FROM_PARENT = ("PATH", "HOME", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
"""Names of the environment that a Python needs to start; passwords and keys are none of them."""

GAVE_UP = N_("Reading it took too long or too much memory: it was not read.")
NO_READER = N_("The program that reads mail cannot be started: it was not read.")

_log = logging.getLogger(__name__)


def read_safely(raws: Iterable[bytes], *, fallback_day: date | None = None) -> Iterator[ReadMessage]:
    """Yield what each message says and was understood to say, in order, one for each.

    All pass through one child process with 512 MB of memory and five seconds for a message; the
    message that it dies of is reported with a trouble, and another child reads on. Relative days
    are counted from `fallback_day` where a message has no date. Never raises for a message.
    """
    child = _Child()
    try:
        for raw in raws:
            yield child.read(raw, fallback_day)
    finally:
        child.end()


class _Child:
    """The process and its pipes; started when there is something to read."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, raw: bytes, fallback_day: date | None) -> ReadMessage:
        """Return what one message says."""
        try:
            process = self.process = self.process or _started()
        except OSError as error:
            _log.warning("the reader of mail did not start: %s", error)
            return ReadMessage(None, None, NO_READER)
        asked = json.dumps({"fallback_day": fallback_day.isoformat() if fallback_day else None})
        found = list(_answers(process, asked.encode() + b"\n", raw[: MOST_BYTES + 1]))
        said = found[0] if found else ReadMessage(None, None, GAVE_UP)
        understood = found[-1] if len(found) > 1 else ReadMessage(None, None, NOT_FINISHED)
        if not found or (said.text is not None and len(found) == 1):
            self.end()
            _log.warning("the reader of mail ended with %s", process.returncode)
        for fault in filter(None, (said.fault, understood.fault)):
            _log.error("a message was not read: %s", fault)
        if said.text is None:
            return said
        return ReadMessage(said.text, understood.understood, understood.trouble, understood.fault)

    def end(self) -> None:
        """End the process, whatever it does."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()


def _answers(process: subprocess.Popen[bytes], *question: bytes) -> Iterator[ReadMessage]:
    """Ask, and yield what was read and what was understood; less when the child died or hung."""
    if process.stdin is None or process.stdout is None:
        return
    guard = threading.Timer(WAIT, process.kill)
    guard.daemon = True
    guard.start()
    try:
        write_frame(process.stdin, *question)
        for _ in range(2):
            data = read_frame(process.stdout, LONGEST_ANSWER)
            if data is None:
                return
            answer = from_wire(data)
            yield answer
            if answer.text is None:
                return
    except (OSError, ValueError, KeyError, TypeError) as error:
        # whoever asked sees that an answer is missing; the words of an error may be the message's
        _log.warning("the reader of mail gave no answer: %s", type(error).__name__)
    finally:
        guard.cancel()


def _started() -> subprocess.Popen[bytes]:
    """Start a child that finds this very program, and nothing in the folder that bok was called in."""
    root = str(Path(__file__).resolve().parent.parent)
    kept = {name: os.environ[name] for name in KEPT_FROM_PARENT if name in os.environ}
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-B", "-m", "db.inbox_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept,
        close_fds=True,
    )
