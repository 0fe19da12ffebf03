"""The answers to one scheme as columns: the first answer of every row, and the further ones beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from workbench.search.codes import Array, Dictionary, Mask, chosen, code_type, grown

LEVELS = 8
"""Levels of a tree that are counted apart; deeper values count at their own ancestors only up to this depth."""


@dataclass(frozen=True, slots=True)
class TagColumn:
    """Answers of people (or of machines) to one scheme.

    `codes` and `authors` hold each row's first answer (0: none). Rows with several answers (several authors, several
    turns, several choices) have the others in `more_*`. Bit L of `more_fresh` is set when that answer's ancestor at
    level L has not been met before on its row: counting set bits counts every row once.
    """

    values: Dictionary
    codes: Array
    authors: Array
    more_rows: Array = field(default_factory=lambda: np.zeros(0, np.int32))
    more_codes: Array = field(default_factory=lambda: np.zeros(0, np.uint8))
    more_authors: Array = field(default_factory=lambda: np.zeros(0, np.uint8))
    more_fresh: Array = field(default_factory=lambda: np.zeros(0, np.uint8))

    @classmethod
    def empty(cls, size: int) -> TagColumn:
        """No answers."""
        return cls(Dictionary(), np.zeros(size, np.uint8), np.zeros(size, np.uint8))

    def mask(self, table: Mask, authors: Mask | None = None) -> Mask:
        """Rows with an answer that `table` holds for, by an author that `authors` holds for."""
        found = chosen(table, self.codes)
        more = table.take(self.more_codes)
        if authors is not None:
            found &= chosen(authors, self.authors)
            more &= authors.take(self.more_authors)
        found[self.more_rows[more]] = True
        return found

    def answered(self) -> Mask:
        """Rows with any answer."""
        return np.asarray(self.codes != 0)

    def sized(self, size: int) -> TagColumn:
        """The same answers over at least `size` rows."""
        if len(self.codes) >= size:
            return self
        return replace(self, codes=grown(self.codes, size), authors=grown(self.authors, size))

    def changed(self, stale: Array, rows: Array, codes: Array, authors: Array) -> TagColumn:
        """With the answers of the rows `stale` replaced by these (in order of row)."""
        size = len(self.codes)
        largest_code, largest_author = int(codes.max(initial=0)), int(authors.max(initial=0))
        new_codes, new_authors = grown(self.codes, size, largest_code), grown(self.authors, size, largest_author)
        new_codes[stale] = 0
        new_authors[stale] = 0
        first = np.ones(len(rows), dtype=np.bool_)
        first[1:] = rows[1:] != rows[:-1]
        new_codes[rows[first]] = codes[first]
        new_authors[rows[first]] = authors[first]
        return TagColumn(
            self.values, new_codes, new_authors,
            *self._further(stale, rows, codes, authors, first),
        )  # fmt: skip

    def _further(
        self, stale: Array, rows: Array, codes: Array, authors: Array, first: Mask
    ) -> tuple[Array, Array, Array, Array]:
        touched = np.zeros(len(self.codes), dtype=np.bool_)
        touched[stale] = True
        keep = ~touched.take(self.more_rows)
        fresh = first_at_levels(rows, self._ancestors().take(codes, axis=1))
        parts = (
            (self.more_rows, rows, np.int32), (self.more_codes, codes, code_type(len(self.values))),
            (self.more_authors, authors, code_type(int(authors.max(initial=0)))), (self.more_fresh, fresh, np.uint8),
        )  # fmt: skip
        joined = [np.concatenate((old[keep], new[~first].astype(kind, copy=False))) for old, new, kind in parts]
        return joined[0], joined[1], joined[2], joined[3]

    def _ancestors(self) -> Array:
        return ancestors(self.values.texts)[0]


def ancestors(texts: Sequence[str]) -> tuple[Array, list[str]]:
    """For every level and code the number of the value's ancestor there (-1: it is not that deep), and their names."""
    nodes: dict[str, int] = {}
    table = np.full((LEVELS, len(texts)), -1, dtype=np.int64)
    for code in range(1, len(texts)):
        parts = texts[code].split("/")
        for level in range(min(len(parts), LEVELS)):
            end = level + 1 if level < LEVELS - 1 else len(parts)
            table[level, code] = nodes.setdefault("/".join(parts[:end]), len(nodes))
    return table, list(nodes)


def first_at_levels(rows: Array, nodes: Array) -> Array:
    """For each answer the levels (as bits) where its row meets that node for the first time."""
    fresh = np.zeros(len(rows), dtype=np.uint8)
    if len(rows) == 0 or not (rows[1:] == rows[:-1]).any():
        return fresh  # nobody has a second answer: the bits of first answers are never read
    width = int(nodes.max(initial=0)) + 1
    for level, row_nodes in enumerate(nodes):
        deep = np.flatnonzero(row_nodes >= 0)
        if len(deep):
            firsts = np.unique(rows[deep].astype(np.int64) * width + row_nodes[deep], return_index=True)[1]
            fresh[deep[firsts]] |= np.uint8(1 << level)
    return fresh
