"""Keeps the files of the tests in memory, where the machine has a folder for that.

Every test has databases of its own, SQLite waits for the disk at every commit, and a journalling
file system takes longer to make a file the more were just removed. What `kill -9` leaves is the
same in memory; nothing here cuts the machine's power.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 3 * 2**30
"""Bytes that have to be free: several times of what the tests of a run hold at once."""


def keep_in_memory() -> None:
    """Make temporary files in memory from now on, in the processes of this one too, unless told otherwise."""
    if "TMPDIR" not in os.environ and is_fit(IN_MEMORY):
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None


def is_fit(folder: Path) -> bool:
    """Tell whether `folder` has room, may be written to, and runs the programs that tests put there."""
    try:
        return (
            os.access(folder, os.W_OK | os.X_OK)
            and shutil.disk_usage(folder).free >= ROOM
            and not os.statvfs(folder).f_flag & os.ST_NOEXEC
        )
    except OSError:
        return False
