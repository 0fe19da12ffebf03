"""Answers kept for a while: the rows of the last queries and their orders, for pages and facets of the same query."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from workbench.errors import NotFound
from workbench.search.answering import Answer, Gaps, answer
from workbench.search.binding import Plan
from workbench.search.branches import unasked
from workbench.search.codes import Array, Mask
from workbench.search.columns import Columns
from workbench.search.disputes import disputed_among
from workbench.search.meaning import MeaningIndex
from workbench.search.ordering import RELEVANCE, Ordered, Orders
from workbench.search.patterns import Pattern
from workbench.search.recent import Recent
from workbench.search.syntax import Words
from workbench.search.words import WordIndex
from workbench.store.base import Store

RANK_CUT = 5_000
"""Matches up to which words are ranked; more common words are shown newest first (ranking them is slow)."""
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Match:
    """The rows of a query on one picture of the columns; `complete` when all text was indexed that it asks about."""

    plan: Plan
    columns: Columns
    answer: Answer
    total: int
    complete: bool = True
    orders: Recent[Ordered] = field(default_factory=lambda: Recent(4))


class Matcher:
    """Finds and orders rows; safe from any thread."""

    def __init__(self, store: Store, words: WordIndex, meaning: MeaningIndex) -> None:
        self._store = store
        self._words = words
        self._meaning = meaning
        self._orders = Orders()
        self._matches: Recent[Match] = Recent(_KEPT)

    def match(self, plan: Plan, columns: Columns, gaps: Gaps) -> Match:
        """The rows of a plan, from memory when nothing has changed since."""
        key = (
            plan,
            columns.position,
            columns.findings.version,
            columns.alike.version,
            self._words.version,
            self._meaning.version,
            gaps.complete,
        )
        return self._matches.get(key, lambda: self._matched(plan, columns, gaps))

    def unasked(self, match: Match) -> Mask:
        """The imported side branches among the rows of a match that its query does not ask for."""
        return unasked(match.plan, match.columns, match.answer, self._lookups(match.columns))

    def ordered(self, match: Match, sort: str) -> Ordered:
        """All rows of a match in an order; ``best`` is by relevance when the query has words or meaning."""
        wanted = sort if sort != "best" else RELEVANCE if match.plan.ranked else "newest"
        return match.orders.get(wanted, lambda: self._ordered(match, wanted))

    def _matched(self, plan: Plan, columns: Columns, gaps: Gaps) -> Match:
        found = answer(plan, columns, self._lookups(columns), gaps)
        return Match(plan, columns, found, int(np.count_nonzero(found.mask)), gaps.complete)

    def _lookups(self, columns: Columns) -> _Lookups:
        return _Lookups(self._store, self._words, self._meaning, columns)

    def _ordered(self, match: Match, sort: str) -> Ordered:
        if sort == RELEVANCE:
            scores = self._relevance(match)
            if scores is not None:
                rows = np.flatnonzero(match.answer.mask)
                order = np.lexsort((rows, scores[rows]))[::-1]
                return Ordered(RELEVANCE, rows[order], scores[rows[order]], True)
            sort = "newest"
        rows = self._orders.sorted_rows(match.columns, match.answer.mask, sort)
        keys, descending = self._orders.keys(match.columns, sort)
        return Ordered(sort, rows, keys, descending)

    def _relevance(self, match: Match) -> Array | None:
        """A score per row number; None when there is nothing to rank by, or too much to be ranked in time."""
        scores = np.zeros(match.columns.size, dtype=np.float64)
        if match.answer.scores:
            for rows, similarities in match.answer.scores.values():
                scores[rows] += similarities
            return scores
        groups = match.answer.words
        if not groups or any(len(rows) > RANK_CUT for _, rows in groups):
            return None
        for terms, _ in groups:
            rows, weights = self._words.ranked(terms, RANK_CUT)
            inside = rows < match.columns.size
            scores[rows[inside]] += weights[inside]
        return scores


@dataclass(frozen=True, slots=True)
class _Lookups:
    """What columns cannot answer (`answering.Lookups`)."""

    store: Store
    index: WordIndex
    vectors: MeaningIndex
    columns: Columns

    def words(self, terms: tuple[Words, ...]) -> Array:
        return self.index.match(terms)

    def meaning(self, text: str, within: Mask) -> tuple[Array, Array]:
        return self.vectors.near_text(text, within)

    def ids(self, patterns: tuple[Pattern, ...], within: Mask) -> list[int]:
        found = self._known([pattern.text for pattern in patterns if pattern.expression is None])
        begun = [pattern for pattern in patterns if pattern.expression is not None]
        if begun:
            rows = np.flatnonzero(within).tolist()
            ids = zip(rows, self.store.ids_of(rows), strict=True)
            found.extend(row for row, sample_id in ids if any(pattern.matches(sample_id) for pattern in begun))
        return found

    def disputed(self, scheme: str, among: Array) -> Array:
        if not len(among):
            return among
        return disputed_among(self.store.tag_rows(among.tolist()), scheme)

    def children(self, patterns: tuple[Pattern, ...]) -> list[int]:
        return self._known([child for pattern in patterns for child in self.store.children(pattern.text)])

    def stale(self, patterns: tuple[Pattern, ...], author: str | None) -> Array:
        """Rows with an answer (of that author) to one of these schemes that waits for another look."""
        named = [scheme.name for scheme in self.store.schemes() if any(item.matches(scheme.name) for item in patterns)]
        return np.concatenate([np.zeros(0, np.int64), *(self.store.review_rows(name, author) for name in named)])

    def _known(self, ids: list[str]) -> list[int]:
        """Rows of those ids that exist; one that does not is no match, not a mistake."""
        return self.store.rows_of(list(self._existing(ids)))

    def _existing(self, ids: list[str]) -> list[str]:
        try:
            self.store.rows_of(ids)
        except NotFound:
            if len(ids) <= 1:
                return []
            middle = len(ids) // 2
            return self._existing(ids[:middle]) + self._existing(ids[middle:])
        return ids
