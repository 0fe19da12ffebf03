"""Words of a query against the store's word index, which a thread keeps up with the change log.

A query first indexes what is missing. A page for the screen does so only when that is little; else it is answered with
what is indexed, the thread goes on, the page says that it is not complete, and `progress` how far it is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import numpy as np

from workbench.model import Sample
from workbench.search.backlog import Backlog
from workbench.search.codes import Array, Mask
from workbench.search.syntax import Words
from workbench.store.base import Store
from workbench.store.textindex import Phrase, TextIndex

logger = logging.getLogger(__name__)

SMALL_LAG = 1_000
"""Changed samples that even a page for the screen waits for: well below a second."""
_STEP = 2_000
_TURN_BREAK = " \ue000 "  # a private character is a word of its own, so no phrase reaches over two turns


class WordIndex:
    """Rows by words, as of a position of the change log."""

    def __init__(self, store: Store, index: TextIndex) -> None:
        self._store = store
        self._index = index
        self._backlog = Backlog(store)
        self._position: int | None = None  # may be ahead of the index's own: changes without text are not written down
        self._working = threading.Lock()
        self.version = 0

    def catch_up(self, position: int, *, limit: int | None = None) -> bool:
        """Index what changed up to `position`; with a `limit`, only if no more samples than that changed.

        False when there is more than that. Waits for a thread that is at it.
        """
        if self._start() >= position:
            return True
        if limit is not None and self._backlog.exceeds(self._start(), position, limit):
            return False
        with self._working:
            while self._start() < position:
                self._advance_once(position)
        return True

    def pending(self, position: int, size: int) -> Mask:
        """Of the rows below `size` those whose text, as of `position`, is not indexed yet."""
        return self._backlog.mask(self._start(), position, size)

    def steps(self, position: int) -> Iterator[None]:
        """Index what changed, in steps between which a background thread can be stopped."""
        with self._working:
            while self._start() < position:
                self._advance_once(position)
                yield

    def indexed(self, position: int, total: int) -> int:
        """How many of `total` samples are indexed at `position`: exact when few are missing, else in proportion."""
        start = self._start()
        if start >= position:
            return total
        if position - start <= _STEP:
            return max(0, total - len(self._changed(start, position)[0]))
        return min(total - 1, total * start // position)

    def match(self, terms: tuple[Words, ...]) -> Array:
        """Rows with all of these words and phrases."""
        return np.asarray(self._index.match(*(Phrase(term.text, term.prefix) for term in terms)))

    def ranked(self, terms: tuple[Words, ...], limit: int) -> tuple[Array, Array]:
        """At most `limit` rows with all of these words, and their weights (BM25; more is better)."""
        return self._index.ranked(*(Phrase(term.text, term.prefix) for term in terms), limit=limit)

    def close(self) -> None:
        """Close the index's connections."""
        self._index.close()

    def _start(self) -> int:
        if self._position is None:
            self._position = self._index.position
            if self._position > self._store.change_seq():  # the store was replaced by an older one
                self._index.clear()
                self._position = 0
        return self._position

    def _advance_once(self, position: int) -> None:
        rows, reached = self._changed(self._start(), position, _STEP)
        if rows:
            texts = ((n, indexed_text(sample)) for n, sample in self._store.texts(rows))
            if not self._index.update(texts, (), reached):
                reached = self._index.position  # another process was quicker
            self.version += 1
        self._position = max(reached, self._start())

    def _changed(self, start: int, position: int, limit: int = 1_000_000) -> tuple[list[int], int]:
        """Samples whose text may have changed after `start`, and the position that covers."""
        changes = self._store.changes(start, limit)
        reached = changes[-1].seq if len(changes) >= limit else max(position, changes[-1].seq if changes else 0)
        return sorted({change.n for change in changes if change.what == "sample"}), reached


def indexed_text(sample: Sample) -> str:
    """What is searchable of a sample: its title, and what is said and called in every turn."""
    parts = [sample.title] if sample.title else []
    for turn in sample.turns:
        parts.append(turn.content)
        parts.extend(f"{call.name} {call.arguments}" for call in turn.tool_calls)
    return _TURN_BREAK.join(parts)
