"""Files that a killed save left behind: nobody finishes them, and each may be as large as what was to be saved."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

LEFT_SECONDS = 3600  # younger ones may belong to a process that is still writing


def clear_leftovers(folder: Path, pattern: str) -> None:
    """Remove the files in `folder` named like `pattern` (a glob) that nobody has written to for an hour.

    What another process removes first, or what cannot be removed, is left to the next save.
    """
    for file in folder.glob(pattern):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > LEFT_SECONDS:
                file.unlink()
