"""Whether a file lies on another machine: SQLite's locks cannot be trusted there."""

from __future__ import annotations

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph"}
)


def share_of(path: Path, mounts: str | None = None) -> str | None:
    """Return the kind of network share that `path` lies on; None for a local disk or when nobody can say.

    `mounts` is the text of /proc/self/mounts, which only Linux has.
    """
    if mounts is None:
        try:
            mounts = MOUNTS.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    place, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split()
        point = Path(fields[1].replace("\\040", " ")) if len(fields) > 2 else Path("/")
        if path.is_relative_to(point) and len(point.parts) >= len(place.parts):
            place, kind = point, fields[2]
    return kind if kind in SHARES else None
