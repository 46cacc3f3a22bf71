"""Mail on the disk, one message at a time: a file, a folder of files, an mbox, a Maildir.

Nothing is opened but regular files, no link is followed, and nothing is changed.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from db.system_words import cannot_read
from db.words import N_

MOST_LINE = 1 << 20
"""Bytes of one line that are held at once."""
UNREADABLE = N_("The file cannot be read.")

_FROM_LINE = re.compile(rb"From [^\n]{0,400}\d\d:\d\d[^\n]{0,40}\d{4}\b[^\n]{0,20}\r?\n?\Z")
"""The line above each message of an mbox: `From jan@example.pl Mon Nov 16 08:14:22 2026`."""
_SURE_FROM_LINE = re.compile(rb"From \S{1,300} +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)? ")
"""One that no writer writes: it needs no blank line before it."""
_ESCAPED_FROM = re.compile(rb">+From ")
_LIKE_MAIL = re.compile(rb">?From |[A-Za-z][\w.-]{0,99}[ \t]*:(?!//)")
"""How a message begins: with a field of its header, or with the line above it in an mbox."""
_BOM = b"\xef\xbb\xbf"
MOST_BLANK = 1000
"""Empty lines above a message that are skipped."""
_MAILDIR = ("cur", "new")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A message as it lies on the disk."""

    name: str
    """Of its file; in an mbox with its place: `box.mbox:3`."""
    raw: bytes
    trouble: str | None = None
    """Template (N_) of why there are no bytes."""


def mail_files(path: Path, *, most: int, passed_over: list[str] | None = None) -> Iterator[MailFile]:
    """Yield the messages of `path`, files by name: a file, an mbox, a Maildir, or a folder of these.

    Of each message the first `most` bytes are read and no more is held. Files right in a folder
    count, its folders and links do not; of a folder that is no Maildir, files named `.eml` and those
    that begin like a message: the names of the others are added to `passed_over`, those of folders
    with a slash behind. Raises NotFound, or WrongInput when `path` cannot be read; a file of a folder
    that cannot be read is yielded with a trouble.
    """
    others = [] if passed_over is None else passed_over
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            with path.open("rb") as opened:
                yield from messages_in(opened, path.name, most=most)
            return
        maildir = _is_maildir(path)
        files = _files(path)
        if not maildir:
            others += _folders(path)
    except OSError as error:
        raise cannot_read(path, error) from error
    for file, name in files:
        try:
            with file.open("rb") as opened:
                if not (maildir or _is_eml(name) or _LIKE_MAIL.match(_beginning(opened)[1])):
                    others.append(name)
                    continue
                opened.seek(0)
                yield from messages_in(opened, name, most=most)
        except OSError:
            yield MailFile(name, b"", UNREADABLE)


def _is_maildir(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _MAILDIR)


def _is_eml(name: str) -> bool:
    return name.lower().endswith(".eml")


def _files(folder: Path) -> list[tuple[Path, str]]:
    """Return the files of a folder or Maildir with their names; raises OSError."""
    if not _is_maildir(folder):
        return [(file, file.name) for file in _regular(folder)]
    return [(file, f"{name}/{file.name}") for name in _MAILDIR for file in _regular(folder / name)]


def _folders(folder: Path) -> list[str]:
    """Return the names of the folders inside, each with a slash behind."""
    inside = sorted(entry.name for entry in folder.iterdir() if stat.S_ISDIR(entry.lstat().st_mode))
    return [f"{name}/" for name in inside if not name.startswith(".")]


def _regular(folder: Path) -> list[Path]:
    """Return the files right in a folder, sorted; hidden ones are no mail."""
    return sorted(
        file
        for file in folder.iterdir()
        if not file.name.startswith(".") and stat.S_ISREG(file.lstat().st_mode)
    )


def messages_in(opened: BinaryIO, name: str, *, most: int) -> Iterator[MailFile]:
    """Yield the message of a file, or those of an mbox; a file named `.eml` is one message."""
    blank, first = _beginning(opened)
    if _is_eml(name) or not _FROM_LINE.match(first):
        begun = blank + first
        yield MailFile(name, (begun + opened.read(max(0, most - len(begun))))[:most])
        return
    for number, raw in enumerate(_mbox(opened, most), 1):
        yield MailFile(f"{name}:{number}", raw)


def _beginning(opened: BinaryIO) -> tuple[bytes, bytes]:
    """Read up to the first line that is not empty; return what stands before it, a BOM included, and it."""
    line = opened.readline(MOST_LINE)
    blank = line[: len(_BOM)] if line.startswith(_BOM) else b""
    line = line[len(blank) :]
    for _ in range(MOST_BLANK):
        if not line or line.strip():
            break
        blank += line
        line = opened.readline(MOST_LINE)
    return blank, line


def _mbox(opened: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield the messages of an mbox whose first `From ` line was read; `>From ` loses its mark."""
    kept: list[bytes] = []
    size, after_blank, line_begins = 0, False, True
    while line := opened.readline(MOST_LINE):
        if line_begins and _FROM_LINE.match(line) and (after_blank or _SURE_FROM_LINE.match(line)):
            yield b"".join(kept)[:most]
            kept, size, after_blank = [], 0, False
            continue
        after_blank = line_begins and line in (b"\n", b"\r\n")
        if line_begins and _ESCAPED_FROM.match(line):
            line = line[1:]
        if size < most:
            kept.append(line)
            size += len(line)
        line_begins = line.endswith(b"\n")
    yield b"".join(kept)[:most]
