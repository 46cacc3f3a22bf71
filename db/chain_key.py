"""The journal's key and its outside head: two small files that live beside no database."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from db import whole_files
from db.errors import DatabaseUnavailable
from db.words import N_

KEY_BYTES = 32


def fingerprint(key: bytes) -> str:
    """Return what tells one key from another without telling the key."""
    return hashlib.sha256(b"bok journal key" + key).hexdigest()


def read_key(path: Path) -> bytes:
    """Return the key; raises DatabaseUnavailable when there is none or others may read it."""
    try:
        mode = path.stat().st_mode
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as error:
        raise DatabaseUnavailable(
            N_("The journal's key %(file)s is missing; copy it from the desk that has it."), file=path
        ) from error
    except (OSError, ValueError) as error:
        raise DatabaseUnavailable(N_("The journal's key %(file)s cannot be read."), file=path) from error
    if os.name == "posix" and mode & 0o077:
        raise DatabaseUnavailable(
            N_("The journal's key %(file)s is readable by others; run: chmod 600 %(file)s"), file=path
        )
    if len(key) != KEY_BYTES:
        raise DatabaseUnavailable(N_("The journal's key %(file)s cannot be read."), file=path)
    return key


def make_key(path: Path) -> bytes:
    """Return the key at `path`, making it (mode 0600) when there is none yet."""
    if path.exists():
        return read_key(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(KEY_BYTES)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return read_key(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


class HeadFile:
    """The newest journal heads seen by this machine, kept outside the database.

    A journal whose tail was cut still verifies by itself; the head noted here does not
    let it. One file for each database, known by where it is.
    """

    def __init__(self, folder: Path, place: str) -> None:
        name = hashlib.sha256(place.encode()).hexdigest()[:16]
        self.path = folder / f"{name}.json"

    def read(self) -> dict[str, tuple[int, str]]:
        """Return the head noted for each log; nothing when none was noted yet."""
        return _read_heads(self.path)

    def note(self, heads: Mapping[str, tuple[int, str]]) -> None:
        """Note `heads` where they are newer than those noted; safe among processes."""
        with _locked(self.path) as known:
            newer = {log: head for log, head in heads.items() if head[0] > known.get(log, (0, ""))[0]}
            if newer:
                _replace(self.path, {**known, **newer})

    def reset(self, heads: Mapping[str, tuple[int, str]]) -> None:
        """Forget what was noted and start from `heads`; for a database that was just restored."""
        with _locked(self.path):
            _replace(self.path, heads)


class _locked:  # noqa: N801 - reads as the verb it is: with _locked(path)
    """Holds a lock beside the head file and hands out what the file says."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> dict[str, tuple[int, str]]:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._handle = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        if os.name == "posix":
            import fcntl

            fcntl.flock(self._handle, fcntl.LOCK_EX)
        return _read_heads(self._path)

    def __exit__(self, *error: object) -> None:
        os.close(self._handle)


def _read_heads(path: Path) -> dict[str, tuple[int, str]]:
    """Return the heads in the file; a file of any other shape notes nothing."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return {str(log): (int(seq), str(mac)) for log, (seq, mac) in noted.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _replace(path: Path, heads: Mapping[str, tuple[int, str]]) -> None:
    whole_files.replace(path, json.dumps(heads).encode())
