"""Files that leave the office: whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from db.errors import Refused
from db.words import N_

_REASONS: Mapping[int, str] = {
    errno.EACCES: N_(
        "You may not write to the folder %(folder)s. Choose another one or ask for access to it."
    ),
    errno.EPERM: N_(
        "You may not write to the folder %(folder)s. Choose another one or ask for access to it."
    ),
    errno.EROFS: N_("The folder %(folder)s is read-only. Choose another one."),
    errno.ENOSPC: N_("The disk is full: %(path)s was not written. Free some space and try again."),
    errno.EDQUOT: N_(
        "Your share of the disk is full: %(path)s was not written. Free some space and try again."
    ),
    errno.ENOENT: N_("There is no folder %(folder)s. Make it or choose another one."),
    errno.EEXIST: N_("%(folder)s is not a folder. Choose another one."),
    errno.ENOTDIR: N_("%(folder)s is not a folder. Choose another one."),
    errno.EISDIR: N_("%(path)s is a folder. Name a file."),
    errno.ENAMETOOLONG: N_("The name %(path)s is too long. Choose a shorter one."),
}
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def save(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `path` with mode 0600: into a temporary file, to the disk, then renamed.

    Raises `Refused` when the file exists and `force` is not set, or when it cannot be written;
    then nothing is left behind.
    """
    if not place(path, data, overwrite=force):
        raise Refused(
            N_("%(path)s exists already. Choose another name, or --force to replace it."), path=path
        )


def place(path: Path, data: bytes, *, overwrite: bool = False) -> bool:
    """Like `save`, but return False instead of raising when the file exists."""
    try:
        temporary = _written_beside(path, data)
        try:
            if not overwrite:
                _link(temporary, path)
            else:
                temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileExistsError:
        return False
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def cannot_write(path: Path, error: OSError) -> Refused:
    """Return what to tell a person whose file could not be written."""
    reason = _REASONS.get(error.errno or 0, N_("%(path)s could not be written: %(detail)s."))
    return Refused(reason, path=path, folder=path.parent, detail=error.strerror or str(error))


def _written_beside(path: Path, data: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".bok-", suffix=".part")  # mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


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


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; Windows has no such call."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
