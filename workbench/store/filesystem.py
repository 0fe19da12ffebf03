"""Which file system a folder is on: write-ahead logging needs shared memory, which network ones do not give."""

from __future__ import annotations

import os
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs"),
        *("gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb2", "smb3", "smbfs", "vboxsf"),
    )
)


def file_system_of(folder: Path) -> str:
    """The type of the file system that holds `folder` (``ext4``, ``nfs4``); "" where the system does not tell."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:  # not Linux: the type is not known, and local disks are the rule
        return ""
    place = os.path.realpath(folder)
    found, kind = "", ""
    for line in lines:
        left, _, right = line.partition(" - ")
        mount = left.split(" ")[4].encode().decode("unicode_escape")
        inside = place == mount or place.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(found):
            found, kind = mount, right.split(" ")[0]
    return kind


def is_network(kind: str) -> bool:
    """Whether a file system of this type is shared over a network."""
    return kind in _NETWORK
