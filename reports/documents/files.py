"""Where documents are laid down: one folder, safe names, nothing ever overwritten."""

from __future__ import annotations

from pathlib import Path

from db.rules.text import safe_file_name
from db.whole_files import cannot_write, place


def write_document(
    folder: Path, name: str, data: bytes, *, suffix: str = ".pdf", name_later: bool = False
) -> Path:
    """Write `data` into `folder` under a safe form of `name` plus `suffix`, and return its path.

    The folder is made (mode 0700) when it is missing. A file that already holds the same bytes
    is left as it is; one that holds others keeps its name, and ours gets `-2`, `-3` ...
    `name_later` is for many files: the caller brings their names to the disk afterwards.
    Raises CannotWrite when the folder cannot be written to or the disk is full.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder / _numbered(name, 1, suffix), error) from error
    count = 1
    while not (
        _holds(path := folder / _numbered(name, count, suffix), data)
        or place(path, data, name_later=name_later)
        or _holds(path, data)  # another process has just written the same
    ):
        count += 1
    return path


def find_document(folder: Path, name: str, mark: bytes, *, suffix: str = ".pdf") -> Path | None:
    """Return the whole file of that name that holds `mark`, written by `write_document` before."""
    count = 1
    while (path := folder / _numbered(name, count, suffix)).exists():
        if _is_marked(path, mark):
            return path
        count += 1
    return None


def _is_marked(path: Path, mark: bytes) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        data = path.read_bytes()
    except OSError:  # unreadable: not ours
        return False
    return mark in data and data.rstrip().endswith(b"%%EOF")


def _numbered(name: str, count: int, suffix: str) -> str:
    return safe_file_name(name, f"-{count}{suffix}" if count > 1 else suffix)


def _holds(path: Path, data: bytes) -> bool:
    """Return whether `path` is a plain file (no link, no pipe) with exactly these bytes."""
    try:
        return (
            not path.is_symlink()
            and path.is_file()
            and path.stat().st_size == len(data)
            and path.read_bytes() == data
        )
    except OSError:  # unreadable: not ours, so ours gets another name
        return False
