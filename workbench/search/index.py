"""The search room's door: one query over fields, words and meaning, with pages, facets and reasons."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from workbench.errors import InvalidInput
from workbench.ids import Clock, now_ms
from workbench.search import selections, words
from workbench.search.alike import AlikeFile
from workbench.search.answering import Gaps
from workbench.search.background import Background
from workbench.search.binding import Plan, plan
from workbench.search.codes import Array, Mask, chosen
from workbench.search.columns import Columns
from workbench.search.combining import Combiner
from workbench.search.disputes import compared_rows
from workbench.search.facets import Counter
from workbench.search.fields import Vocabulary
from workbench.search.findings import FindingFile
from workbench.search.matching import Match, Matcher
from workbench.search.meaning import Atlas, MapIndex, MeaningIndex
from workbench.search.meaning import index as meaning
from workbench.search.ordering import check_sort
from workbench.search.reasons import explained
from workbench.search.recent import Recent
from workbench.search.refreshing import LiveColumns
from workbench.search.results import BuildRows, Facet, FieldInfo, Hit, Progress, Result
from workbench.search.saving import ColumnFiles
from workbench.search.selections import Selected
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
    committed before it. Only what is for the screen (`search`, `facets`, `similar_to`) does not wait for the words and
    meaning of large recent changes; a page says so (`Result.complete`).
    """

    def __init__(self, store: Store, folder: Path, *, clock: Clock = now_ms, person: str = "") -> None:
        place = Path(folder) / "index"
        self._store = store
        self._clock = clock
        self._columns = LiveColumns(store, ColumnFiles(place / "columns"))
        self._words = WordIndex(store, TextIndex(Path(folder)))
        self._meaning = MeaningIndex(store, place / "meaning")
        self._findings = FindingFile(place)
        self._alike = AlikeFile(place)
        self._others: Recent[Array] = Recent(2)
        self._map = MapIndex(store, self._meaning, place / "meaning")
        self.person = person
        self._matcher = Matcher(store, self._words, self._meaning)
        self._combiner = Combiner()
        self._background = Background("workbench-index", self._work)
        self._vocabulary: tuple[tuple[int, int], Vocabulary] | None = None
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
        wait: bool = False,
    ) -> Result:
        """One page of what a query finds, and why each row is there.

        `sort`: newest, oldest, longest, shortest, turns, updated, most-natural, least-natural, relevance; "best" is
        relevance when the query has words or meaning, else newest. Go on with `after` (a page's `next`) or jump with
        `offset`. With `wait`, all text that the query asks about is indexed first, however much that is; else the page
        may be incomplete, and says so.
        Raises `QueryError` with the place in the query, `InvalidInput` for a sort or page that does not exist.
        """
        check_sort(sort)
        if not 0 <= limit <= MOST_ROWS or (offset or 0) < 0:
            raise InvalidInput(f"a page of {limit} rows from {offset or 0} cannot be given", hint=f"0 to {MOST_ROWS}")
        match = self._match(query, wait=wait)
        ordered = self._matcher.ordered(match, sort)
        rows, token = ordered.page(limit, after, offset)
        scores = match.answer.scores
        hits = explained(match.plan, rows, match.columns, scores, self._store, self._vocabulary_now())
        progress = None if match.complete else self.progress()
        return Result(rows, match.total, token, hits, ordered.sort, match.complete, progress)

    def rows(self, query: str = "", sort: str = "newest") -> Array:
        """All matching row numbers in order, for work on all of them: waits until all text in question is indexed."""
        check_sort(sort)
        return self._matcher.ordered(self._match(query, wait=True), sort).rows

    def explain(self, query: str, rows: Sequence[int]) -> list[Hit]:
        """Why a query finds each of these rows, in their order."""
        match = self._match(query, wait=True)
        scores = match.answer.scores
        return explained(match.plan, list(rows), match.columns, scores, self._store, self._vocabulary_now())

    def place(self, row: int, query: str = "", sort: str = "best") -> int | None:
        """Where a row stands in the order of a query's rows, from 0; None when it is not among them."""
        check_sort(sort)
        found = np.flatnonzero(self._matcher.ordered(self._match(query, wait=False), sort).rows == row)
        return int(found[0]) if len(found) else None

    def build_rows(self, query: str = "") -> BuildRows:
        """All matching row numbers, but without imported side branches unless the query asks for them.

        It does with ``branch:``, and for single ones with ``id:`` and ``parent:``.
        """
        match = self._match(query, wait=True)
        unasked = self._matcher.unasked(match)
        return BuildRows(np.flatnonzero(match.answer.mask & ~unasked), int(np.count_nonzero(unasked)))

    def similar_to(self, row: int, limit: int = 10) -> list[tuple[int, float]]:
        """The active rows nearest in meaning to a row, without itself, and their cosines (-1 to 1), nearest first."""
        columns = self._current()
        if not self._meaning.catch_up(columns.position, limit=meaning.SMALL_LAG):
            self._background.nudge()
        return self._meaning.near_row(
            row, self._matcher.match(self._plan("", columns), columns, Gaps()).answer.mask, limit
        )

    def nearest(self, rows: Sequence[int], among: Sequence[int], limit: int) -> Iterator[list[tuple[int, float]]]:
        """For each of `rows` the nearest in meaning of `among`, without itself. Waits until all text is encoded."""
        columns = self._current()
        self._meaning.catch_up(columns.position)
        within = np.zeros(columns.size, dtype=np.bool_)
        within[np.asarray(among, dtype=np.int64)] = True
        for row in rows:
            yield self._meaning.near_row(row, within, limit)

    def map(self, tell: Callable[[int, str], None] = lambda percent, message: None) -> Atlas | None:
        """Where every sample stands on the map; made or brought up to date first. None when there is nothing to see."""
        return self._map.current(tell)

    def map_ready(self) -> Atlas | None:
        """The same if it takes no more than a moment, else None."""
        return self._map.ready()

    def selected(self, person: str, name: str) -> Selected | None:
        """What a person picked out under that name; None when nothing."""
        return selections.kept(self._store, person, name)

    def mask(self, query: str = "") -> Mask:
        """For every row number whether a query finds it, without waiting for text that is not indexed yet."""
        return self._match(query, wait=False).answer.mask

    def crossed(self, base: str, down: Sequence[str], across: Sequence[str]) -> Array:
        """How many samples a base query finds together with each of two lists of terms: a row per term of `down`.

        The counts are those of the queries ``base down across`` themselves.
        """
        within = self.mask(base)
        columns = [within & self._any_state(term) for term in across]
        counts = [[int(np.count_nonzero(row & column)) for column in columns] for row in map(self._any_state, down)]
        return np.array(counts, np.int64).reshape(len(down), len(across))

    def _any_state(self, term: str) -> Mask:
        """The rows of a term in any state: the base query decides which states count."""
        return self.mask(f"state:* ({term})" if term else "state:*")

    def compared(self, scheme: str, query: str = "") -> Array:
        """The rows of a query that two people or more have answered a scheme on."""
        mask = self.mask(query)
        rows = compared_rows(self._current().tag(scheme))
        return rows[mask[rows[rows < len(mask)]]] if len(rows) else rows

    def facets(self, query: str = "", fields: Sequence[str] | None = None, limit: int = 50) -> list[Facet]:
        """For each field its values under the query with exact counts, most frequent first."""
        match = self._match(query, wait=False)
        combined = self._combiner.combined(match.columns)
        return Counter(match.columns, match.answer.mask, self._vocabulary_now(), combined).facets(fields, limit)

    def not_looked_at(self, query: str = "") -> Array:
        """The rows of a query whose text no check has looked at since it was saved, newest first."""
        match = self._match(query, wait=True)
        columns = match.columns
        looked = columns.findings.looked_at(columns.numbers["updated"])
        return np.flatnonzero(match.answer.mask & ~looked)[::-1]

    def keep_findings(
        self, rows: Sequence[int], saved: Sequence[int], found: Sequence[Sequence[str]], titles: Mapping[str, str]
    ) -> None:
        """Keep the names of what checks found on rows, whose texts were saved at these times (milliseconds).

        `titles` are those of all checks that looked: of a check it does not name, nothing is said.
        """
        self._findings.put(rows, np.array(saved, np.int64), found, titles)

    def keep_alike(self, rows: Array, saved: Array, groups: Array) -> None:
        """Keep which rows say nearly the same (`groups`, 0: alone), whose texts were saved at these times."""
        self._alike.put(rows, saved, groups)

    def fields(self) -> list[FieldInfo]:
        """The fields a query may name: for completion and help."""
        return [field.info for field in self._vocabulary_now().fields()]

    def parse(self, query: str) -> Node:
        """The tree of a query; raises `QueryError` with the place of what cannot be read."""
        return self._plan(query, self._current()).tree

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

    def _match(self, query: str, *, wait: bool) -> Match:
        columns = self._current()
        bound = self._plan(query, columns)
        if bound.names("alike"):
            columns = self._with_others(columns)
        return self._matcher.match(bound, columns, self._gaps(set(bound.kinds(bound.tree)), columns, wait=wait))

    def _gaps(self, kinds: set[type[Node]], columns: Columns, *, wait: bool) -> Gaps:
        """Index the text that is asked about (with `wait` all, else only a little), and tell what is missing then."""
        position = columns.position
        missing: dict[type[Node], Mask] = {}
        for kind, index, small in (
            (Words, self._words, words.SMALL_LAG),
            (Meaning, self._meaning, meaning.SMALL_LAG),
        ):
            if kind in kinds and not index.catch_up(position, limit=None if wait else small):
                self._background.nudge()
                missing[kind] = index.pending(position, columns.size)
        return Gaps(missing.get(Words), missing.get(Meaning))

    def _current(self) -> Columns:
        columns = self._columns.current()
        if columns.position != self._nudged:
            self._nudged = columns.position
            self._background.nudge()
        return replace(columns, findings=self._findings.now(), alike=self._alike.now())

    def _with_others(self, columns: Columns) -> Columns:
        """With the number of others that say nearly the same: only counted for the queries that ask for it."""
        state = columns.codes["state"]
        active = columns.alive & chosen(state.texts.table("active".__eq__), state.codes)
        others = self._others.get(
            (columns.position, columns.alike.version), lambda: columns.alike.others(columns.numbers["updated"], active)
        )
        return replace(columns, numbers={**columns.numbers, "alike": others})

    def _plan(self, query: str, columns: Columns) -> Plan:
        return plan(query, self._vocabulary_now(), self._clock(), columns.answers)

    def _vocabulary_now(self) -> Vocabulary:
        """The workspace's schemes, slices and sources, read again when anybody changed anything."""
        findings = self._findings.now()
        version = (self._store.data_version(), findings.version)
        with self._lock:
            if self._vocabulary is None or self._vocabulary[0] != version:
                schemes = {scheme.name: scheme for scheme in self._store.schemes()}
                slices = {spec.name: spec.query for spec in self._store.slices()}
                sources = {source.id: source.name for source in self._store.sources()}
                self._vocabulary = (
                    version,
                    Vocabulary(schemes, slices, sources, findings.titles, self.selected, self.person),
                )
            return self._vocabulary[1]

    def _work(self) -> Iterator[None]:
        yield from self._words.steps(self._store.change_seq())
        yield from self._meaning.steps(self._store.change_seq())
