"""What the operating system complains of, in words of our own: its own come in one language."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from db.errors import BokError, NotFound, WrongInput
from db.words import N_, Words

_NO_ACCESS = N_("you have no access to it")
_FULL = N_("the disk is full")
_TOO_MANY = N_("too many files are open")
_IN_USE = N_("another program is using it")
_UNKNOWN = N_("the system refuses it")
_WORDS: Mapping[int, str] = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: N_("its disk is read-only"),
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EDQUOT: N_("your share of the disk is full"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a file stands where a folder is needed"),
    errno.EEXIST: N_("something of that name is there already"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.EIO: N_("the disk refuses to read or write"),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: N_("there is not enough memory"),
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
    errno.ENOEXEC: N_("it is no program for this computer"),
}
_MISSING = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
"""What stands for `no such file` where a person named one to be read."""

E = TypeVar("E", bound=BokError)


def why(error: OSError) -> Words:
    """Return what is wrong as the end of a sentence: `X cannot be read: %(why)s.`"""
    return Words(_WORDS.get(error.errno or 0, _UNKNOWN))


def told(refusal: E, error: OSError) -> E:
    """Return `refusal` with the system's own words beside it where ours say nothing."""
    known = (error.errno or 0) in _WORDS
    return refusal if known else refusal.with_details(error.strerror or str(error))


def cannot_read(file: str | Path, error: OSError) -> BokError:
    """Return what to tell of a named file that cannot be read: NotFound, or WrongInput saying why."""
    if error.errno in _MISSING:
        return NotFound(N_("There is no file %(file)s."), file=file)
    return told(WrongInput(N_("%(file)s cannot be read: %(why)s."), file=file, why=why(error)), error)


def require_readable(file: Path) -> None:
    """Raise NotFound or WrongInput unless `file`, which a person named, can be read."""
    try:
        with file.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        raise cannot_read(file, error) from error
