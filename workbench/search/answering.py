"""Which rows a plan matches: a walk over the tree that narrows a mask, cheap tests first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from workbench.search.alike import UNKNOWN as NOT_MEASURED
from workbench.search.binding import Plan, Test, leaves
from workbench.search.codes import Array, Mask, chosen
from workbench.search.columns import Columns
from workbench.search.disputes import differing_rows
from workbench.search.findings import UNKNOWN
from workbench.search.judging import any_of, in_spans, tag_test
from workbench.search.patterns import Pattern
from workbench.search.searchable import findable
from workbench.search.syntax import All, Comparison, Either, Meaning, Node, Without, Words

Scores = Mapping[str, tuple[Array, Array]]
"""For each meaning of a query its rows and their similarities."""


class Lookups(Protocol):
    """What columns cannot answer: words, meaning, and rows by id."""

    def words(self, terms: tuple[Words, ...]) -> Array:
        """Rows whose text holds all of these words and phrases."""

    def meaning(self, text: str, within: Mask) -> tuple[Array, Array]:
        """The rows of `within` nearest in meaning, and their similarities."""

    def ids(self, patterns: tuple[Pattern, ...], within: Mask) -> list[int]:
        """Rows of sample ids; with a beginning of ids those of `within`."""

    def disputed(self, scheme: str, among: Array) -> Array:
        """Of the rows `among` those on which people gave different answers to a scheme."""

    def children(self, patterns: tuple[Pattern, ...]) -> list[int]:
        """Rows of the samples made from samples of these ids."""

    def stale(self, patterns: tuple[Pattern, ...], author: str | None) -> Array:
        """Rows with an answer (of that author) to one of these schemes that waits for another look."""


@dataclass(slots=True)
class Answer:
    """The rows of a plan as a mask; similarities and rows of words met on the way (those not under a minus)."""

    mask: Mask
    scores: dict[str, tuple[Array, Array]] = field(default_factory=dict)
    words: list[tuple[tuple[Words, ...], Array]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gaps:
    """The rows whose words, and whose meaning, are not indexed yet; None when all are."""

    words: Mask | None = None
    meaning: Mask | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.words is None and self.meaning is None


def answer(plan: Plan, columns: Columns, lookups: Lookups, gaps: Gaps) -> Answer:
    """All rows that match, archived ones only when the query names a state.

    Of a row in a gap nothing is known: it matches no word, and no minus before one.
    """
    found = Answer(columns.alive)
    found.mask = _Walk(columns, lookups, found, gaps).rows(plan, columns.alive)
    return found


@dataclass(frozen=True, slots=True)
class _Walk:
    columns: Columns
    lookups: Lookups
    found: Answer
    gaps: Gaps

    def rows(self, plan: Plan, within: Mask) -> Mask:
        if not plan.names("state"):
            state = self.columns.codes["state"]
            within = within & chosen(state.texts.table("active".__eq__), state.codes)
        return self._node(plan, plan.tree, within)

    def _node(self, plan: Plan, node: Node, within: Mask) -> Mask:
        if isinstance(node, Words):
            return self._words((node,), within)
        if isinstance(node, All):
            return self._every(plan, node, within)
        if isinstance(node, Either):
            found = [self._node(plan, part, within) for part in node.parts]
            return np.asarray(np.logical_or.reduce(found))
        if isinstance(node, Without):
            aside = replace(self, found=Answer(within))  # what is excluded is no reason for a rank
            return self._known(plan, node.part, within & ~aside._node(plan, node.part, within))
        if isinstance(node, Meaning):
            rows, similarities = self.lookups.meaning(node.text, within)
            self.found.scores[node.text] = (rows, similarities)
            return self._marked(rows)
        assert isinstance(node, Comparison)
        return within & self._test(plan.test(node), within)

    def _known(self, plan: Plan, excluded: Node, within: Mask) -> Mask:
        """Without the rows of which nobody can say yet that they lack what is excluded."""
        kinds = set(plan.kinds(excluded))
        for kind, gap in ((Words, self.gaps.words), (Meaning, self.gaps.meaning)):
            if kind in kinds and gap is not None:
                within = within & ~gap
        if plan.asks(excluded, "finding") and not self._asks_unknown(plan, excluded):
            within = within & self.columns.findings.looked_at(self.columns.numbers["updated"])
        if plan.asks(excluded, "alike"):
            within = within & (self.columns.numbers["alike"] != NOT_MEASURED)
        return within

    def _asks_unknown(self, plan: Plan, node: Node) -> bool:
        tests = [plan.test(leaf) for leaf in leaves(node) if isinstance(leaf, Comparison)]
        return any(test.field.kind == "finding" and any_of(test.patterns)(UNKNOWN) for test in tests)

    def _every(self, plan: Plan, node: All, within: Mask) -> Mask:
        """Columns first, then words (all in one question), then groups, then meaning among what is left."""
        comparisons = [part for part in node.parts if isinstance(part, Comparison)]
        words = tuple(part for part in node.parts if isinstance(part, Words))
        groups = [part for part in node.parts if not isinstance(part, (Comparison, Words))]
        for comparison in comparisons:
            within = self._node(plan, comparison, within)
        within = self._words(words, within)
        for part in sorted(groups, key=_has_meaning):
            within = self._node(plan, part, within)
        return within

    def _words(self, words: tuple[Words, ...], within: Mask) -> Mask:
        terms = tuple(term for term in words if findable(term.text))
        if not terms:
            return within
        rows = self.lookups.words(terms)
        self.found.words.append((terms, rows))
        return within & self._marked(rows)

    def _test(self, test: Test, within: Mask) -> Mask:
        by_kind: dict[str, Callable[[Test], Mask]] = {
            "code": self._code, "number": self._number, "date": self._number, "tag": self._tag,
            "author": self._author, "scheme": self._scheme, "finding": self._finding, "alike": self._alike,
        }  # fmt: skip
        if test.field.kind == "slice":
            parts = [self.rows(plan, within) for plan in test.plans]
            return np.asarray(np.logical_or.reduce([*parts, *(self._marked(part.rows) for part in test.selections)]))
        if test.field.kind == "rows":
            return self._rows(test, within)
        return by_kind[test.field.kind](test)

    def _code(self, test: Test) -> Mask:
        column = self.columns.codes[test.field.column]
        fits = any_of(test.patterns)
        blank = any(not pattern.text for pattern in test.patterns)  # only "" asks for those that have no value
        found = chosen(column.texts.table(lambda text: (blank or text != "") and fits(text)), column.codes)
        if test.field.column == "origin":
            if any(pattern.matches("synthetic") for pattern in test.patterns):
                found |= self.columns.synthetic
            if any(pattern.matches("real") for pattern in test.patterns):
                found |= ~self.columns.synthetic
        return found

    def _number(self, test: Test) -> Mask:
        return in_spans(self.columns.numbers[test.field.column], test.spans)

    def _alike(self, test: Test) -> Mask:
        others = self.columns.numbers[test.field.column]
        return np.asarray(in_spans(others, test.spans) & (others != NOT_MEASURED))

    def _tag(self, test: Test) -> Mask:
        scheme = test.field.scheme
        column = self.columns.tag(scheme.name, machine=test.field.suggested) if scheme else None
        if scheme is None or column is None:
            return self._none()
        authors = self._authors((Pattern.of(test.author),)) if test.author is not None else None
        return column.mask(column.values.table(tag_test(test)), authors)

    def _author(self, test: Test) -> Mask:
        authors = self._authors(test.patterns)
        found = self._none()
        for (_, machine), column in self.columns.tags.items():
            if not machine:
                found |= column.mask(np.ones(len(column.values), np.bool_), authors)
        return found

    def _finding(self, test: Test) -> Mask:
        findings, saved, fits = self.columns.findings, self.columns.numbers["updated"], any_of(test.patterns)
        table = np.array([any(map(fits, findings.names(code))) for code in range(len(findings.sets))], np.bool_)
        found = findings.having(table, saved)
        return found | ~findings.looked_at(saved) if fits(UNKNOWN) else found

    def _scheme(self, test: Test) -> Mask:
        """`tagged`: any is answered; `missing`: any is not; `disputed`: people differ; `stale`: it waits for a look."""
        if test.field.name == "stale":
            return self._marked(self.lookups.stale(test.patterns, test.author))
        if test.field.name == "disputed":
            return self._disputed(test.patterns)
        answered = [self._answered(pattern) for pattern in test.patterns]
        parts = answered if test.field.name == "tagged" else [~part for part in answered]
        return np.asarray(np.logical_or.reduce(parts))

    def _disputed(self, patterns: tuple[Pattern, ...]) -> Mask:
        found = self._none()
        for (scheme, machine), column in self.columns.tags.items():
            if not machine and any(pattern.matches(scheme) for pattern in patterns):
                found |= self._marked(self.lookups.disputed(scheme, differing_rows(column)))
        return found

    def _answered(self, pattern: Pattern) -> Mask:
        found = self._none()
        for (scheme, machine), column in self.columns.tags.items():
            if pattern.matches(f"suggested.{scheme}" if machine else scheme):
                found |= column.answered()
        return found

    def _rows(self, test: Test, within: Mask) -> Mask:
        look = self.lookups
        rows = look.ids(test.patterns, within) if test.field.name == "id" else look.children(test.patterns)
        return self._marked(np.array(rows, dtype=np.int64))

    def _authors(self, patterns: tuple[Pattern, ...]) -> Mask:
        return self.columns.authors.table(any_of(patterns))

    def _none(self) -> Mask:
        return np.zeros(self.columns.size, dtype=np.bool_)

    def _marked(self, rows: Array) -> Mask:
        found = self._none()
        found[rows[rows < self.columns.size]] = True
        return found


def _has_meaning(node: Node) -> bool:
    if isinstance(node, (All, Either)):
        return any(_has_meaning(part) for part in node.parts)
    return isinstance(node, Meaning) or (isinstance(node, Without) and _has_meaning(node.part))
