"""Which texts changed after a position of the change log: what an index beside the store does not know yet."""

from __future__ import annotations

import threading

import numpy as np

from workbench.search.codes import Array, Mask
from workbench.store.base import Store

_READ = 50_000


def changed(store: Store, start: int, position: int, limit: int) -> tuple[list[int], int]:
    """The rows whose text changed after `start`, and how far the log was read for that.

    That is `position` or later, or only as far as `limit` changes of any kind go: the rest is asked for from there.
    """
    changes = store.changes(start, limit)
    reached = changes[-1].seq if len(changes) >= limit else max(position, changes[-1].seq if changes else 0)
    return sorted({change.n for change in changes if change.what == "sample"}), reached


class Backlog:
    """Samples of the change log after a position. What was read of the log is kept; safe from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._first = self._through = 0
        self._seqs = np.zeros(0, np.int64)
        self._rows = np.zeros(0, np.int64)

    def exceeds(self, start: int, position: int, limit: int) -> bool:
        """Whether more than `limit` samples changed after `start`; reads no more of the log than that takes."""
        rows: set[int] = set()
        while start < position and len(rows) <= limit:
            changes = self._store.changes(start, _READ)
            rows.update(change.n for change in changes if change.what == "sample")
            start = changes[-1].seq if len(changes) >= _READ else position
        return len(rows) > limit

    def mask(self, start: int, position: int, size: int) -> Mask:
        """The rows below `size` whose text changed after `start`, up to `position` or later."""
        with self._lock:
            if start < self._first:
                self._first = self._through = start
                self._seqs, self._rows = np.zeros(0, np.int64), np.zeros(0, np.int64)
            self._read(position)
            after = self._seqs > start
            self._first, self._seqs, self._rows = start, self._seqs[after], self._rows[after]
            found = np.zeros(size, dtype=np.bool_)
            found[self._rows[self._rows < size]] = True
            return found

    def _read(self, position: int) -> None:
        seqs: list[Array] = [self._seqs]
        rows: list[Array] = [self._rows]
        while self._through < position:
            changes = self._store.changes(self._through, _READ)
            named = [(change.seq, change.n) for change in changes if change.what == "sample"]
            new = np.array(named, np.int64).reshape(-1, 2)
            seqs.append(new[:, 0])
            rows.append(new[:, 1])
            self._through = changes[-1].seq if len(changes) >= _READ else max(position, self._through)
        self._seqs, self._rows = np.concatenate(seqs), np.concatenate(rows)
