"""The program's log: JSON lines in a file, never on the screen, without personal data.

Several processes write to one file, so each line is one append under a lock, and the file is
renamed once when it is full: two files, of bounded size, are all there ever is.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LARGEST = 1_000_000
"""Bytes after which a log becomes the old one."""


_ROW = re.compile(
    r"^DETAIL:.*?(?=^(?:HINT|CONTEXT|QUERY|\[SQL|\(Background|Traceback)|^\s*$|\Z)", re.M | re.S
)
"""Where PostgreSQL quotes the row that it refuses, names and all."""


class JsonLines(logging.Formatter):
    """One record, one JSON object, with every PESEL, phone and e-mail address redacted."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line of JSON; a traceback has no local variables."""
        from db.rules.masking import redact

        fields: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": redact(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            text = "".join(traceback.format_exception(*record.exc_info))
            fields["error"] = redact(_ROW.sub("DETAIL: [row]\n", text))
        return json.dumps(fields, ensure_ascii=True)


class PrivateFile(logging.Handler):
    """Appends to a file that only its owner may read, safe among processes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line; a log that cannot be written never stops the work."""
        with suppress(OSError):
            self._append(self.format(record).encode() + b"\n")

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            _lock(handle)
            os.write(handle, line)
            if os.fstat(handle).st_size > LARGEST:
                self._set_aside(handle)
        finally:
            os.close(handle)

    def _set_aside(self, handle: int) -> None:
        # another process may have done so while this one waited for the lock
        if self.path.exists() and os.path.samestat(os.fstat(handle), self.path.stat()):
            self.path.replace(self.path.with_suffix(".log.1"))


def set_up(path: Path) -> None:
    """Send every log record of the process to `path` and nowhere else."""
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, PrivateFile)]:
        root.removeHandler(old)
    handler = PrivateFile(path)
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("bok").setLevel(logging.INFO)
    logging.captureWarnings(True)


def keep_traceback(error: BaseException) -> tuple[str, Path]:
    """Log a fault of the program under an id; return the id and the log's file."""
    from db.settings import load_settings

    code = secrets.token_hex(4)
    path = load_settings().folders.log
    set_up(path)
    logging.getLogger("bok").error("fault %s", code, exc_info=error)
    return code, path


def _lock(handle: int) -> None:
    if os.name == "posix":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
