"""Which samples say nearly the same, as a column beside the store: for each row the number of its group.

A row counts as measured for as long as its text is the one that was measured (`stamps` holds when that text was saved).
How many others say nearly the same is counted when it is asked for, so that those put aside or changed since do not
count. The file can always be deleted: its rows are then not measured.
"""

from __future__ import annotations

import logging
import os
import threading
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from workbench.search.codes import Array, Mask, grown
from workbench.search.leftovers import clear_leftovers

logger = logging.getLogger(__name__)

UNKNOWN = -1
"""How many others say nearly the same where that was not measured; no comparison finds it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An immutable picture: `groups` has 0 for a row that stands alone."""

    version: int = 0
    groups: Array = field(default_factory=lambda: np.zeros(0, np.int32))
    stamps: Array = field(default_factory=lambda: np.zeros(0, np.int64))

    def others(self, saved: Array, active: Mask) -> Array:
        """For each row how many other active ones say nearly the same; `UNKNOWN` where its text was not measured.

        `saved`: when the rows' texts were saved, in milliseconds.
        """
        size = len(saved)
        measured = (grown(self.stamps, size)[:size] == saved) & (saved != 0)
        groups = np.where(measured, grown(self.groups, size)[:size], 0)
        counted = measured & active
        sizes = np.bincount(groups[counted], minlength=int(groups.max(initial=0)) + 1)
        others = np.where(groups == 0, 0, sizes[groups] - counted)
        return np.where(measured, others, UNKNOWN).astype(np.int32)


class AlikeFile:
    """The groups of one workspace on disk. Every process reads what another one wrote, at its next query."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "alike.npz"
        self._known = Alike()
        self._seen: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def now(self) -> Alike:
        """What was measured last; nothing when the file is missing or cannot be read."""
        mark = self._mark()
        if mark != self._seen:
            with self._lock:
                self._known = self._read(self._known.version + 1) if mark else Alike(self._known.version + 1)
                self._seen = mark
        return self._known

    def put(self, rows: Array, stamps: Array, groups: Array) -> None:
        """Replace what was measured: rows, when their texts were saved (milliseconds), the numbers of their groups."""
        size = int(rows.max(initial=0)) + 1
        all_stamps, all_groups = np.zeros(size, np.int64), np.zeros(size, np.int32)
        all_stamps[rows], all_groups[rows] = stamps, groups
        part = self._path.with_suffix(f".{os.getpid()}.part")  # two processes may measure at once
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            with part.open("wb") as out:
                np.savez(out, groups=all_groups, stamps=all_stamps)
            part.replace(self._path)
            clear_leftovers(self._path.parent, f"{self._path.stem}.*.part")

    def _mark(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _read(self, version: int) -> Alike:
        try:
            with np.load(self._path, allow_pickle=False) as held:
                groups, stamps = held["groups"], held["stamps"]
            if len(groups) != len(stamps) or int(groups.min(initial=0)) < 0:
                raise ValueError("groups without a time")
            return Alike(version, groups, stamps)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            logger.warning("%s cannot be read; nothing counts as measured", self._path, exc_info=True)
            return Alike(version)
