"""Files that are whole or not there: made beside their place, brought to the disk, then renamed.

Everything that the program leaves in a file goes through here, readable by its owner only.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from db.errors import CannotWrite, Refused
from db.system_words import why
from db.words import N_

_NO_ACCESS = N_("You may not write to the folder %(folder)s. Choose another one or ask for access to it.")
_FULL = N_("The disk is full: %(path)s was not written. Free some space and try again.")
_NO_FOLDER = N_("%(folder)s is not a folder. Choose another one.")
_REASONS: Mapping[int, str] = {
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: N_("The folder %(folder)s is read-only. Choose another one."),
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EDQUOT: N_(
        "Your share of the disk is full: %(path)s was not written. Free some space and try again."
    ),
    errno.ENOENT: N_("There is no folder %(folder)s. Make it or choose another one."),
    errno.EEXIST: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: N_("%(path)s is a folder. Name a file."),
    errno.ENAMETOOLONG: N_("The name %(path)s is too long. Choose a shorter one."),
}
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def save(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `path`.

    Raises Refused when the file exists and `force` is not set, CannotWrite; then nothing is
    left behind.
    """
    with written_beside(path, force=force) as temporary:
        temporary.write_bytes(data)


def require_place(path: Path) -> None:
    """Raise CannotWrite when no file can be made at `path`, Refused when a folder stands there."""
    _require_free(path, force=True)
    try:
        with _beside(path):
            pass
    except OSError as error:
        raise cannot_write(path, error) from error


def place(path: Path, data: bytes, *, name_later: bool = False) -> bool:
    """Write `data` to `path`; return False when that name is taken. Raises CannotWrite.

    With `name_later` a power cut may still take the name away (never a part of the data) until
    `bring_names_to_disk` is called: for many files, half the time.
    """
    try:
        with _beside(path) as temporary:
            temporary.write_bytes(data)
            _bring_to_disk(temporary, path, force=False, name_later=name_later)
    except FileExistsError:
        return False
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def bring_names_to_disk(folder: Path) -> None:
    """Make the names of the files in `folder` survive a power cut. Raises CannotWrite."""
    if os.name != "posix":  # Windows cannot open a folder
        return
    try:
        _sync(folder)
    except OSError as error:
        raise cannot_write(folder / "", error) from error


def replace(path: Path, data: bytes) -> None:
    """Write `data` over `path`, whole for whoever reads it, but not yet brought to the disk.

    Raises OSError: for small files of our own that are written all the time and can be lost.
    """
    with _beside(path) as temporary:
        temporary.write_bytes(data)
        temporary.replace(path)


@contextmanager
def written_beside(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Yield an empty file that becomes `path` when the block ends well.

    Raises Refused when `path` exists (unless `force`), CannotWrite; then nothing is left behind.
    """
    _require_free(path, force)
    try:
        with _beside(path) as temporary:
            yield temporary
            _bring_to_disk(temporary, path, force=force)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return what to tell a person whose file could not be written."""
    if error.errno == errno.ENOENT and path.parent.is_dir():  # such as /proc, which takes no files
        return CannotWrite(_NO_ACCESS, path=path, folder=path.parent)
    if (reason := _REASONS.get(error.errno or 0)) is not None:
        return CannotWrite(reason, path=path, folder=path.parent)
    unforeseen = CannotWrite(N_("%(path)s could not be written: %(why)s."), path=path, why=why(error))
    return unforeseen.with_details(error.strerror or str(error))


def _require_free(path: Path, force: bool) -> None:
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise Refused(_REASONS[errno.EISDIR], path=path)
    if not force and os.path.lexists(path):
        raise _taken(path)


def _taken(path: Path) -> Refused:
    return Refused(N_("%(path)s exists already. Choose another name, or --force to replace it."), path=path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield an empty file of mode 0600 in the folder of `path`, gone afterwards unless it was renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".bok-", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _bring_to_disk(temporary: Path, path: Path, *, force: bool, name_later: bool = False) -> None:
    """Give the finished file its name so that both survive a power cut."""
    _sync(temporary)
    if force:
        temporary.replace(path)
    else:
        _link(temporary, path)
    if os.name == "posix" and not name_later:  # Windows cannot open a folder
        _sync(path.parent)


def _link(temporary: Path, path: Path) -> None:
    """Give the finished file its name, which nobody may have taken meanwhile."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links: claim the name first, then move over the claim.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        temporary.replace(path)


def _sync(path: Path) -> None:
    # Windows brings to the disk only what it may write
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
