"""The search room's door: one query over fields, words and meaning, with pages, facets and reasons."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InvalidInput
from workbench.ids import Clock, now_ms
from workbench.search import words
from workbench.search.background import Background
from workbench.search.binding import Plan, plan
from workbench.search.codes import Array
from workbench.search.columns import Columns
from workbench.search.combining import Combiner
from workbench.search.facets import Counter
from workbench.search.fields import Vocabulary
from workbench.search.matching import Match, Matcher
from workbench.search.meaning import MeaningIndex
from workbench.search.meaning import index as meaning
from workbench.search.ordering import check_sort
from workbench.search.reasons import explained
from workbench.search.refreshing import LiveColumns
from workbench.search.results import Facet, FieldInfo, Progress, Result
from workbench.search.saving import ColumnFiles
from workbench.search.syntax import Meaning, Words
from workbench.search.words import WordIndex
from workbench.store.base import Store
from workbench.store.textindex import TextIndex

if TYPE_CHECKING:
    from workbench.search.syntax import Node

MOST_ROWS = 10_000
"""The longest page; `rows` gives everything."""


class Index:
    """Search over one workspace. `folder` is the workspace's; what is kept there (``index/``) can always be deleted.

    Safe to use from any thread; several processes may hold one folder. Every call answers for everything that was
    committed before it, except that words and meaning of recent bulk changes may still be on their way: `progress`.
    """

    def __init__(self, store: Store, folder: Path, *, clock: Clock = now_ms) -> None:
        place = Path(folder) / "index"
        self._store = store
        self._clock = clock
        self._columns = LiveColumns(store, ColumnFiles(place / "columns"))
        self._words = WordIndex(store, TextIndex(Path(folder)))
        self._meaning = MeaningIndex(store, place / "meaning")
        self._matcher = Matcher(store, self._words, self._meaning)
        self._combiner = Combiner()
        self._background = Background("workbench-index", self._work)
        self._vocabulary: tuple[int, Vocabulary] | None = None
        self._lock = threading.Lock()
        self._nudged = -1

    def search(
        self,
        query: str = "",
        *,
        sort: str = "best",
        limit: int = 50,
        after: str | None = None,
        offset: int | None = None,
    ) -> Result:
        """One page of what a query finds, and why each row is there.

        `sort`: newest, oldest, longest, shortest, turns, updated, relevance; "best" is relevance when the query has
        words or meaning, else newest. Go on with `after` (a page's `next`) or jump with `offset`.
        Raises `QueryError` with the place in the query, `InvalidInput` for a sort or page that does not exist.
        """
        check_sort(sort)
        if not 0 <= limit <= MOST_ROWS or (offset or 0) < 0:
            raise InvalidInput(f"a page of {limit} rows from {offset or 0} cannot be given", hint=f"0 to {MOST_ROWS}")
        match = self._match(query)
        ordered = self._matcher.ordered(match, sort)
        rows, token = ordered.page(limit, after, offset)
        scores = match.answer.scores
        hits = explained(match.plan, rows, match.columns, scores, self._store, self._vocabulary_now())
        return Result(rows, match.total, token, hits, ordered.sort)

    def rows(self, query: str = "", sort: str = "newest") -> Array:
        """All matching row numbers in order."""
        check_sort(sort)
        return self._matcher.ordered(self._match(query), sort).rows

    def similar_to(self, row: int, limit: int = 10) -> list[tuple[int, float]]:
        """The active rows nearest in meaning to a row, without itself, and their cosines (-1 to 1), nearest first."""
        columns = self._current()
        self._ready_for_meaning(columns.position)
        return self._meaning.near_row(row, self._matcher.match(self._plan(""), columns).answer.mask, limit)

    def facets(self, query: str = "", fields: Sequence[str] | None = None, limit: int = 50) -> list[Facet]:
        """For each field its values under the query with exact counts, most frequent first."""
        match = self._match(query)
        combined = self._combiner.combined(match.columns)
        return Counter(match.columns, match.answer.mask, self._vocabulary_now(), combined).facets(fields, limit)

    def fields(self) -> list[FieldInfo]:
        """The fields a query may name: for completion and help."""
        return [field.info for field in self._vocabulary_now().fields()]

    def parse(self, query: str) -> Node:
        """The tree of a query; raises `QueryError` with the place of what cannot be read."""
        return self._plan(query).tree

    def refresh(self) -> None:
        """Bring columns and words up to date with the store, however much that is, and keep the columns on disk."""
        columns = self._columns.current()
        self._words.catch_up(columns.position)
        if self._meaning.wanted:
            self._meaning.catch_up(columns.position)
            self._meaning.save()
        self._columns.save()

    def progress(self) -> Progress:
        """How much of the text can be found by its words, and by its meaning."""
        total = self._store.count()
        position = self._store.change_seq()
        progress = Progress(self._words.indexed(position, total), total, self._meaning.indexed(position, total))
        if progress.indexed < total or (self._meaning.wanted and progress.meaning < total):
            self._background.nudge()
        return progress

    def close(self) -> None:
        """Stop the background work and keep the columns on disk."""
        self._background.close()
        self._columns.save()
        self._meaning.save()
        self._words.close()

    def _match(self, query: str) -> Match:
        bound = self._plan(query)
        columns = self._current()
        kinds = {type(leaf) for leaf in bound.leaves()}
        if Words in kinds:
            self._words.catch_up(columns.position, limit=words.SMALL_LAG)
        if Meaning in kinds:
            self._ready_for_meaning(columns.position)
        return self._matcher.match(bound, columns)

    def _ready_for_meaning(self, position: int) -> None:
        if not self._meaning.catch_up(position, limit=meaning.SMALL_LAG):
            self._background.nudge()

    def _current(self) -> Columns:
        columns = self._columns.current()
        if columns.position != self._nudged:
            self._nudged = columns.position
            self._background.nudge()
        return columns

    def _plan(self, query: str) -> Plan:
        return plan(query, self._vocabulary_now(), self._clock())

    def _vocabulary_now(self) -> Vocabulary:
        """The workspace's schemes, slices and sources, read again when anybody changed anything."""
        version = self._store.data_version()
        with self._lock:
            if self._vocabulary is None or self._vocabulary[0] != version:
                schemes = {scheme.name: scheme for scheme in self._store.schemes()}
                slices = {spec.name: spec.query for spec in self._store.slices()}
                sources = {source.id: source.name for source in self._store.sources()}
                self._vocabulary = (version, Vocabulary(schemes, slices, sources))
            return self._vocabulary[1]

    def _work(self) -> Iterator[None]:
        yield from self._words.steps(self._store.change_seq())
        yield from self._meaning.steps(self._store.change_seq())
