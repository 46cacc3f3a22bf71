"""One result, many forms: a table for people, JSON and CSV for programs.

Every listing of the shell goes through here. Names, addresses and notes are data in each
form: never an escape sequence on a terminal, never a formula in a spreadsheet.
"""

from __future__ import annotations

import errno
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile, gettempdir
from typing import TextIO

from db.errors import CannotWrite, WrongInput
from db.system_words import told, why
from db.whole_files import cannot_write, save, written_beside
from db.words import N_
from reports.columns import Column, Row, Translate, for_programs
from reports.csv_lines import csv_text

STDOUT = "-"
NO_ROOM = N_(
    "The disk is full: not everything was written. What was done stays done: free some space, and look "
    "before you repeat the command."
)
"""Whoever sends the answer to a full disk has a payment booked all the same."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_SCALAR = json.JSONEncoder(ensure_ascii=False).encode
_AT_ONCE = 1 << 20
"""Characters of a long text that are in memory on their way out."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Form(StrEnum):
    """The forms a listing comes in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def write_rows(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    form: Form,
    output: str = STDOUT,
    force: bool = False,
    translate: Translate = str,
    stdout: TextIO | None = None,
) -> None:
    """Write a listing to standard output (`-`) or to the file `output`, whole and with mode 0600.

    JSON is a list of objects. Raises Refused when the file exists and `force` is not set,
    CannotWrite when it cannot be written or standard output is closed.
    """
    kept = list(rows)
    if form is Form.JSON:
        text = json_text([_object(columns, row) for row in kept])
    elif form is Form.CSV:
        text = csv_text(columns, kept)
    else:
        from reports.tables import table  # Rich, for people only

        text = table(columns, kept, translate, screen_of(output, stdout))
    _deliver(text, form, output, force, stdout)


def write_record(
    columns: Sequence[Column],
    row: Row,
    *,
    form: Form,
    output: str = STDOUT,
    force: bool = False,
    translate: Translate = str,
    stdout: TextIO | None = None,
) -> None:
    """Like `write_rows` for one thing: an object in JSON, its fields below one another in a table."""
    if form is Form.JSON:
        text = json_text(_object(columns, row))
    elif form is Form.CSV:
        text = csv_text(columns, [row])
    else:
        from reports.tables import fields

        text = fields(columns, row, translate, screen_of(output, stdout))
    _deliver(text, form, output, force, stdout)


def write_text(
    text: str,
    *,
    output: str = STDOUT,
    force: bool = False,
    stdout: TextIO | None = None,
    to_people: bool = True,
) -> None:
    """Write a text, such as a document, as `write_rows` writes a table. Raises as it does.

    What is not `to_people` is UTF-8 on any terminal.
    """
    _deliver(text, Form.TABLE if to_people else Form.JSON, output, force, stdout)


@contextmanager
def written_whole(
    *, output: str = STDOUT, force: bool = False, stdout: TextIO | None = None
) -> Iterator[Callable[[str], object]]:
    """Yield what writes a text for programs: nobody sees any of it before the block ends well.

    Till then it lies in a file without a name, which is gone with the run, however that ends: in the
    folder of `output`, or in the one for temporary files. Raises as `write_rows`.
    """
    if output != STDOUT:
        path = path_of(output)
        with _nameless(path.parent, partial(cannot_write, path)) as kept:
            yield kept.write
            kept.seek(0)
            with written_beside(path, force=force) as temporary, temporary.open("wb") as file:
                copyfileobj(kept.buffer, file, _AT_ONCE)
        return
    stream = _open_stream(stdout)
    with _nameless(None, _cannot_keep) as kept:
        yield kept.write
        kept.seek(0)
        while some := kept.read(_AT_ONCE):
            with _told():
                _put(stream, some, "utf-8")


@contextmanager
def _nameless(folder: Path | None, refusal: Callable[[OSError], CannotWrite]) -> Iterator[TextIO]:
    """Yield a file that no folder lists."""
    try:
        with TemporaryFile("w+", encoding="utf-8", newline="", dir=folder) as kept:
            yield kept
    except BrokenPipeError:
        raise
    except OSError as error:
        raise refusal(error) from error


def _cannot_keep(error: OSError) -> CannotWrite:
    """Return what to tell where the disk does not take what is on its way to standard output."""
    try:
        folder = gettempdir()
    except FileNotFoundError:
        return CannotWrite(N_("There is no folder for temporary files. Name one that exists in TMPDIR."))
    sentence = N_(
        "The folder for temporary files, %(folder)s, does not take the answer: %(why)s. Make room there, or "
        "name another one in TMPDIR."
    )
    return told(CannotWrite(sentence, folder=folder, why=why(error)), error)


def write_bytes(
    data: bytes, *, output: str = STDOUT, force: bool = False, stdout: TextIO | None = None
) -> None:
    """Write a file that no terminal can show, such as a PDF. Raises as `write_rows`, and WrongInput there."""
    if output != STDOUT:
        save(path_of(output), data, force=force)
        return
    stream = _open_stream(stdout)
    if stream.isatty():
        raise WrongInput(
            N_("A terminal cannot show this: name a file with --output, or send it through a pipe.")
        )
    with _told():
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()


def path_of(output: str) -> Path:
    """Return the file that `--output` names; raises WrongInput for an empty name."""
    if not output.strip():
        raise WrongInput(N_("--output names no file: give it a name, or - for standard output."))
    return Path(output)


def _object(columns: Sequence[Column], row: Row) -> dict[str, object]:
    return {column.key: for_programs(row.get(column.key), column.kind) for column in columns}


def json_text(value: object) -> str:
    """Return JSON that stays JSON on a terminal: invisible characters are escaped."""
    return _safe(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _safe(text: str) -> str:
    if text.isascii() and "\x7f" not in text:
        return text
    text = _SURROGATE.sub("\ufffd", text)
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_scalar(value: object) -> str:
    """Return the same of a text or a number, without an end of line."""
    return _safe(_SCALAR(value))


def screen_of(output: str, stdout: TextIO | None) -> TextIO | None:
    """Return the terminal that the table is for, or None for a file or a pipe."""
    stream = stdout or sys.stdout
    return stream if output == STDOUT and stream is not None and stream.isatty() else None


def _deliver(text: str, form: Form, output: str, force: bool, stdout: TextIO | None) -> None:
    """Hand over `text`; programs get UTF-8 wherever they are, a terminal what it can show."""
    if output != STDOUT:
        save(path_of(output), text.encode(), force=force)
        return
    stream = _open_stream(stdout)
    encoding = (stream.encoding or "utf-8") if form is Form.TABLE else "utf-8"
    with _told():
        _put(stream, text, encoding)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what keeps standard output from being written into what people are told."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cut_off(error) from error


def _open_stream(stdout: TextIO | None) -> TextIO:
    """Return standard output; raises CannotWrite when whoever called has closed it: `bok ... >&-`."""
    stream = stdout or sys.stdout
    if stream is None:
        raise CannotWrite(
            N_(
                "Standard output is closed: the answer has nowhere to go. What was done stays done: open it, "
                "and look before you repeat the command."
            )
        )
    return stream


def _cut_off(error: OSError) -> CannotWrite:
    """Return what to tell a person whose standard output could not be written to its end."""
    if error.errno in _FULL:
        return CannotWrite(NO_ROOM)
    return told(CannotWrite(N_("Standard output could not be written: %(why)s."), why=why(error)), error)


def _put(stream: TextIO, text: str, encoding: str) -> None:
    raw = getattr(stream, "buffer", None)
    if raw is None:
        stream.write(text)
        return
    stream.flush()
    raw.write(text.encode(encoding, "replace"))
    raw.flush()
