"""Room: store. Keeps everything a workspace knows, durably; `base` says what may be asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.ids import Clock, now_ms

if TYPE_CHECKING:
    from workbench.store.sqlite import SqliteStore

__all__ = ["open_store"]


def open_store(path: Path, *, clock: Clock = now_ms) -> SqliteStore:
    """Open (or create) the workspace in the folder `path`. The database library is loaded here, not at import."""
    from workbench.store.sqlite import open_store as opened

    return opened(path, clock=clock)
