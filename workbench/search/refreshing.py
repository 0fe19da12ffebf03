"""Keeping the columns true: built once, then only what the change log names is read again."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

import numpy as np

from workbench.search.columns import Columns, with_samples, with_tags
from workbench.search.saving import ColumnFiles
from workbench.store.base import Store
from workbench.store.rows import HotRow

logger = logging.getLogger(__name__)

_LOG_BATCH = 100_000
_SAVE_AFTER = 20_000  # changed rows since the last save; reading that many again takes about as long as a save


class LiveColumns:
    """The newest columns of a store. Readers hold one immutable picture; one thread at a time makes the next."""

    def __init__(self, store: Store, files: ColumnFiles) -> None:
        self._store = store
        self._files = files
        self._lock = threading.Lock()
        self._columns: Columns | None = None
        self._unsaved = 0

    def current(self) -> Columns:
        """Columns that hold everything committed before this call."""
        position = self._store.change_seq()
        columns = self._columns
        if columns is not None and columns.position >= position:
            return columns
        with self._lock:
            self._columns = self._caught_up(self._columns or self._loaded(), position)
            return self._columns

    def save(self) -> None:
        """Write what is not on disk yet."""
        with self._lock:
            if self._columns is not None and self._unsaved:
                self._files.save(self._columns)
                self._unsaved = 0

    def _loaded(self) -> Columns:
        columns = self._files.load()
        if columns is not None and columns.position <= self._store.change_seq() and self._agrees(columns):
            return columns
        return self._built()

    def _built(self) -> Columns:
        position = self._store.change_seq()  # before the rows: what is committed while they are read comes again
        columns = with_samples(Columns.empty(), self._store.hot_rows())
        columns = with_tags(columns, self._store.tag_rows(), np.zeros(0, np.int64))
        columns = replace(columns, position=position)
        self._files.save(columns)
        return columns

    def _caught_up(self, columns: Columns, position: int) -> Columns:
        while columns.position < position:
            changes = self._store.changes(columns.position, _LOG_BATCH)
            samples = sorted({change.n for change in changes if change.what == "sample"})
            rows = sorted({change.n for change in changes})
            if len(rows) > _LOG_BATCH // 2 and len(rows) * 2 > columns.size:
                return self._built()
            if samples:
                columns = with_samples(columns, self._store.hot_rows(samples), samples)
            if rows:
                columns = with_tags(columns, self._store.tag_rows(rows), np.array(rows, np.int64))
            whole = len(changes) < _LOG_BATCH  # the rest of the log up to `position` names no sample
            columns = replace(columns, position=max(changes[-1].seq if changes else 0, position if whole else 0))
            self._unsaved += len(rows)
        if self._unsaved >= _SAVE_AFTER:
            self._files.save(columns)
            self._unsaved = 0
        return columns

    def _agrees(self, columns: Columns) -> bool:
        """Whether a saved picture is of this store: rows spread over it must read the same, unless they changed."""
        changed = {change.n for change in self._store.changes(columns.position, _LOG_BATCH)}
        alive = np.flatnonzero(columns.alive)
        sample = alive[np.linspace(0, len(alive) - 1, min(len(alive), 24)).astype(np.int64)] if len(alive) else alive
        expected = {int(row) for row in sample} - changed
        found = {row.n for row in self._store.hot_rows(sorted(expected)) if _same(columns, row)}
        if found != expected:
            logger.warning("the column cache belongs to another state of this workspace; building it again")
        return found == expected


def _same(columns: Columns, row: HotRow) -> bool:
    held = columns.codes["source"]
    return (
        held.texts.texts[int(held.codes[row.n])] == row.source
        and int(columns.numbers["chars"][row.n]) == row.chars
        and int(columns.numbers["created"][row.n]) == row.created_at
    )
