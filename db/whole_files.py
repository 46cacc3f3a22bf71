"""Files that are whole or not there: made beside their place, brought to the disk, then renamed."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import DatabaseUnavailable, Refused
from db.words import N_


@contextmanager
def written_beside(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Yield an empty file of mode 0600 that becomes `path` when the block ends well.

    Raises Refused when `path` exists (unless `force`), DatabaseUnavailable when it cannot be
    written; then nothing is left behind.
    """
    _require_free(path, force)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".bok-", suffix=".part")
    except OSError as error:
        raise cannot_write(path, error) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        _require_free(path, force)
        _to_disk(temporary)
        temporary.replace(path)
        _to_disk(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> DatabaseUnavailable:
    """Return what to tell a person whose file could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DatabaseUnavailable(
            N_("The disk is full: %(path)s was not written. Make room and try again."), path=path
        )
    if error.errno == errno.ENOENT:
        return DatabaseUnavailable(N_("There is no folder %(folder)s."), folder=path.parent)
    return DatabaseUnavailable(
        N_("%(path)s cannot be written: %(why)s."), path=path, why=error.strerror or str(error)
    )


def _require_free(path: Path, force: bool) -> None:
    if path.is_dir():
        raise Refused(N_("%(path)s is a folder; name a file."), path=path)
    if path.exists() and not force:
        raise Refused(
            N_("%(path)s exists already. Choose another name, or --force to replace it."), path=path
        )


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
