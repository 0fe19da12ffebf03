"""Nearness in meaning for a workspace: vectors that are made when first asked for, then kept up with its changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from workbench.search.backlog import Backlog, changed
from workbench.search.codes import Array, Mask
from workbench.search.meaning.collection import Collection
from workbench.search.meaning.encoder import DIMENSIONS, FIT_TEXTS, Encoder, Vectors, fit
from workbench.search.meaning.files import MeaningFiles
from workbench.search.meaning.vectors import Segment
from workbench.store.base import Store

NEAREST = 200
"""Rows that a meaning in a query keeps at most."""
SMALL_LAG = 1_000
"""Changed samples that even a page for the screen waits for."""
_STEP = 2_000
_GROWTH = 4  # an encoder is fitted again when there is this many times what it was fitted on
_SEED = 20_260_101
_SAVE_AFTER = 2_000


class MeaningIndex:
    """Rows by nearness in meaning. Safe from any thread; one at a time makes new vectors."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._files = MeaningFiles(folder)
        self._folder = folder
        self._collection: Collection | None = None
        self._building: Collection | None = None
        self._building_since = 0
        self._backlog = Backlog(store)
        self._loaded = False
        self._unsaved = 0
        self._working = threading.Lock()
        self._opening = threading.Lock()
        self.version = 0
        self.wanted = (folder / "manifest.json").exists()

    def near_text(self, text: str, within: Mask) -> tuple[Array, Vectors]:
        """The rows of `within` that are near to a text, at most `NEAREST`, nearest first, and their cosines."""
        collection = self._collection or self._building
        if collection is None:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        query = collection.encoder.encode([text])[0]
        if not query.any():
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        rows, cosines = collection.nearest(query, within, NEAREST)
        near = cosines >= collection.threshold(query)
        return rows[near], cosines[near]

    def near_row(self, row: int, within: Mask, limit: int) -> list[tuple[int, float]]:
        """The other rows of `within` nearest to a row, and their cosines."""
        collection = self._collection or self._building
        vector = collection.vector(row) if collection is not None else None
        if collection is None or vector is None:
            return []
        others = within.copy()
        others[row : row + 1] = False
        rows, cosines = collection.nearest(vector, others, limit)
        return [(int(near), float(cosine)) for near, cosine in zip(rows, cosines, strict=True)]

    @property
    def encoder(self) -> Encoder | None:
        """What the vectors were made with; None before there are any."""
        return self._collection.encoder if self._collection is not None else None

    def rows(self) -> Array:
        """The rows that have a vector, in order."""
        return np.flatnonzero(self._collection.owners) if self._collection is not None else np.zeros(0, np.int64)

    def vectors(self, rows: Array) -> Vectors:
        """The vectors of some rows, of length 1; zeros for a row that has none."""
        if self._collection is None:
            return np.zeros((len(rows), DIMENSIONS), np.float32)
        return self._collection.vectors(rows)

    def catch_up(self, position: int, *, limit: int | None = None, each: Callable[[], None] = lambda: None) -> bool:
        """Encode what changed up to `position`; with a `limit`, only if no more samples than that are missing.

        `each` is called after every few thousand samples and may raise to stop: what was encoded stays.
        False when there is more than that. Waits for a thread that is at it.
        """
        self.wanted = True
        if self._files.changed() and self._working.acquire(blocking=False):  # who is at it looks by itself
            try:
                self._share()
            finally:
                self._working.release()
        if self._collection is not None and self._collection.position >= position:
            return True
        if limit is not None and self._lags(position, limit):
            return False
        with self._working:
            for _ in self._steps(position):
                each()
        return True

    def pending(self, position: int, size: int) -> Mask:
        """Of the rows below `size` those whose text, as of `position`, has no vector yet."""
        complete, building = self._collection, self._building
        collection = complete or building
        if collection is None:
            return np.ones(size, dtype=np.bool_)
        since = collection.position if complete is not None else self._building_since
        missing = self._backlog.mask(since, position, size)
        missing[: len(collection.owners)] |= collection.owners[:size] == 0
        missing[len(collection.owners) :] = True
        return missing

    def steps(self, position: int) -> Iterator[None]:
        """The same in steps, for a background thread; nothing until somebody asked for meaning once."""
        if self.wanted:
            with self._working:
                yield from self._steps(position)

    def indexed(self, position: int, total: int) -> int:
        """How many of `total` samples have a vector; all of them when it is true for `position`."""
        collection = self._collection or self._building
        if collection is None:
            return 0
        return total if collection.position >= position else min(len(collection), max(0, total - 1))

    def save(self) -> None:
        """Write what is not on disk yet."""
        with self._working:
            self._share()
            if self._collection is not None and self._unsaved:
                self._save(self._collection)

    def _lags(self, position: int, limit: int) -> bool:
        """Whether more than `limit` samples have to be encoded."""
        collection = self._open()
        if collection is None or self._outgrown(collection):
            return self._store.count() > limit
        return self._backlog.exceeds(collection.position, position, limit)

    def _steps(self, position: int) -> Iterator[None]:
        self._open()
        self._share()
        if self._collection is None or self._outgrown(self._collection):
            yield from self._built()
        while self._collection is not None and self._collection.position < position:
            rows, reached = changed(self._store, self._collection.position, position, _STEP)
            if rows:
                self._set(self._collection.added(self._encoded(self._collection.encoder, rows), reached), len(rows))
            else:
                self._collection = self._collection.at(reached)
            yield

    def _built(self) -> Iterator[None]:
        """Fit an encoder and encode everything. The old vectors answer until the new ones are complete."""
        position, last = self._store.change_seq(), self._store.max_row()
        if not last:
            return
        drawn = np.random.default_rng(_SEED).permutation(np.arange(1, last + 1))[:FIT_TEXTS]
        texts = [sample.text for _, sample in self._store.texts(sorted(drawn.tolist()))]
        fresh = Collection(fit(texts, population=last, seed=_SEED), 0)
        self._building_since = position
        for start in range(1, last + 1, _STEP):
            rows = range(start, min(start + _STEP, last + 1))
            fresh = fresh.added(self._encoded(fresh.encoder, rows), 0)
            self._building = fresh
            self.version += 1
            yield
        self._set(fresh.compacted().at(position), len(fresh))
        self._building = None
        if self._collection is not None and self._unsaved:
            self._save(self._collection)  # at once: whoever opens the workspace now measures with the same encoder

    def _open(self) -> Collection | None:
        with self._opening:
            if not self._loaded:
                self._collection = self._on_disk()
                self._loaded = True
        return self._collection

    def _on_disk(self) -> Collection | None:
        saved = self._files.load()
        true = saved is not None and saved.position <= self._store.change_seq() and self._fits(saved)
        return saved if true else None

    def _share(self) -> None:
        """Take over the encoder that another process has fitted on as many texts or more: all measure alike."""
        if not self._files.changed():
            return
        mine, theirs = self.encoder, self._on_disk()
        if theirs is None or (mine and (theirs.encoder.mark == mine.mark or theirs.encoder.fitted_on < mine.fitted_on)):
            return
        self._collection, self._unsaved, self._loaded = theirs, 0, True
        self.version += 1

    def _fits(self, collection: Collection) -> bool:
        """Whether saved vectors are of this store: no more rows than it has, and one of them encodes to the same."""
        if len(collection.owners) > self._store.max_row() + 1:
            return False
        stale = Backlog(self._store).mask(collection.position, self._store.change_seq(), len(collection.owners))
        rows = [int(row) for row in np.flatnonzero(collection.owners)[:: max(1, len(collection) // 8)]]
        kept = [row for row in rows if not stale[row]]
        fresh = self._encoded(collection.encoder, kept)
        held = np.array([collection.vector(row) for row in kept]).reshape(len(kept), -1)
        return bool(np.allclose(fresh.vectors(np.arange(len(kept))), held, atol=0.02)) if kept else True

    def _outgrown(self, collection: Collection) -> bool:
        return self._store.count() >= _GROWTH * max(1, collection.encoder.fitted_on)

    def _set(self, collection: Collection, new: int) -> None:
        self._collection = collection
        self.version += 1
        self._unsaved += new
        if self._unsaved >= _SAVE_AFTER:
            self._save(collection)

    def _save(self, collection: Collection) -> None:
        self._files.save(collection)
        self._unsaved = 0

    def _encoded(self, encoder: Encoder, rows: Sequence[int]) -> Segment:
        pairs = [(row, sample.text) for row, sample in self._store.texts(list(rows))]
        vectors = encoder.encode([text for _, text in pairs])
        return Segment.of(np.array([row for row, _ in pairs], np.int64), vectors)
