"""How a writer asks an import to let it in: by touching the import's lock file, whose time the import looks at.

An import may hold the write lock for half a second, because fewer and longer transactions cost it less. Whoever has
to wait meanwhile asks, from another thread or another process alike, and need not wait for that half second. The sign
is only a time on a file that is there anyway: it costs microseconds, and nothing of it is left by a killed process.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

ASK_SECONDS = 0.05
"""A writer that is still waiting asks again so often."""


def lock_file(database: Path) -> Path:
    """The file on which an import holds its lock; it is there from the first import on."""
    return database.with_name(f"{database.name}-import")


def ask(database: Path) -> None:
    """Ask an import that may be under way to let others write."""
    with suppress(OSError):  # there was never an import here, or the folder cannot be written: then wait as it is
        os.utime(lock_file(database))


def asked(database: Path) -> int:
    """A number that changes when somebody asks."""
    try:
        return lock_file(database).stat().st_mtime_ns
    except OSError:
        return 0
