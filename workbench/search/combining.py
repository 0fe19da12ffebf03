"""Columns of few values put together: each combination that occurs gets one number.

Counting that one column under a query gives the counts of every column in it, so the time of facets hardly grows with
their number. Combinations are made again when samples change; tags have columns of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from workbench.search.codes import Array, code_type
from workbench.search.columns import Columns

BINS: Mapping[str, tuple[int, ...]] = {
    "turns": (1, 2, 3, 5, 9, 17, 33),  # lower ends; conversations differ by factors, so bins double
    "depth": (0, 1, 2, 3, 4),
    "revision": (1, 2, 3),
    "chars": (0, 200, 500, 1000, 2000, 5000, 10_000),
}
_MOST = 1 << 16
_WIDEST = 1 << 24  # of the table that finds which combinations occur


@dataclass(frozen=True, slots=True)
class Combined:
    """`codes` holds each row's combination, `values` the code of each combination in every column of it."""

    codes: Array
    values: Mapping[str, Array]


class Combiner:
    """The newest combination, for as long as the columns it was made of are the same."""

    def __init__(self) -> None:
        self._known: tuple[Columns, Combined] | None = None
        self._lock = threading.Lock()

    def combined(self, columns: Columns) -> Combined:
        """The combined columns; made again only when samples were added or changed."""
        known = self._known
        if known is None or known[0].alive is not columns.alive:
            with self._lock:
                self._known = known = (columns, combine(columns))
        return known[1]


def combine(columns: Columns) -> Combined:
    """Combine what has few values; a column with which there would be too many combinations stays out."""
    codes = np.zeros(columns.size, np.int64)
    known: dict[str, Array] = {}
    count = 1
    for name, column, size in _candidates(columns):
        if count * size > _WIDEST:
            continue
        joined = codes * size + column
        occurs = np.zeros(count * size, dtype=np.bool_)
        occurs[joined] = True
        found = np.flatnonzero(occurs)
        if len(found) > _MOST:
            continue
        numbers = np.cumsum(occurs) - 1
        codes, count = numbers.take(joined), len(found)
        known = {key: held.take(found // size) for key, held in known.items()}
        known[name] = found % size
    return Combined(codes.astype(code_type(count)), known)


def binned(numbers: Array, starts: tuple[int, ...]) -> Array:
    """The bin of each number: the last one whose lower end is not above it."""
    table = np.zeros(starts[-1] + 1, dtype=np.uint8)
    for place, start in enumerate(starts):
        table[start:] = place
    return table.take(numbers, mode="clip")


def _candidates(columns: Columns) -> Iterator[tuple[str, Array, int]]:
    yield "synthetic", columns.synthetic, 2
    for name in ("state", "branch", "origin", "language", "source", "recipe", "model"):
        column = columns.codes[name]
        yield name, column.codes, int(column.codes.max(initial=0)) + 1
    for name in ("turns", "depth", "revision"):
        yield name, binned(columns.numbers[name], BINS[name]), len(BINS[name])
