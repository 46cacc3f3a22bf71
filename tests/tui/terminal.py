"""A real terminal for tests: the program runs on a pty, what it writes is kept raw and drawn by pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pyte

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 40.0
# pyte takes the letter behind the dollar of a mode question for text
_QUESTIONS = re.compile(rb"\x1b\[\?\d+\$p")


class Terminal:
    """A program on a pty."""

    def __init__(
        self,
        *command: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start `python command...` in the folder of the project."""
        width, height = size
        self.raw = b""
        self._drawn = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._drawn)
        self._undrawn = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        own = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor", **(environment or {})}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "SSH_"))}
        kept.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            [sys.executable, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**kept, **own},
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        os.close(self._master)
        self.process.wait(PATIENCE)

    @property
    def screen(self) -> pyte.Screen:
        """What is written, drawn only when somebody looks: pyte takes ten times as long as a terminal."""
        waiting, self._undrawn = self._undrawn, b""
        if waiting:
            self._stream.feed(_QUESTIONS.sub(b"", waiting))
        return self._drawn

    @property
    def text(self) -> str:
        """What a person sees, line by line."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, keys: str | bytes) -> None:
        """Type, as far as the program takes it."""
        data = keys.encode() if isinstance(keys, str) else keys
        _, ready, _ = select.select([], [self._master], [], PATIENCE)
        assert ready, "the program takes no keys"
        os.write(self._master, data)

    def read(self, seconds: float) -> bool:
        """Take in what was written within `seconds`; False when there was nothing."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.raw += data
        self._undrawn += data
        return bool(data)

    def rest(self, seconds: float = 0.3) -> None:
        """Take in what is written until there is nothing more for `seconds`."""
        deadline = time.monotonic() + PATIENCE
        while self.read(seconds):
            assert time.monotonic() < deadline, "the program never rests"

    def until(self, condition: Callable[[Terminal], object]) -> None:
        """Wait until `condition` is true of this terminal."""
        deadline = time.monotonic() + PATIENCE
        while not condition(self):
            self.read(0.05)
            if time.monotonic() > deadline:
                raise AssertionError(f"never came true; the screen shows:\n{self.text}")

    def until_shown(self, words: str) -> None:
        """Wait until `words` are on the screen."""
        self.until(lambda terminal: words in terminal.text)
