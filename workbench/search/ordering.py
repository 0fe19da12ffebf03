"""Rows in order, and pages of them: by position for a list on the screen, by key for "the next ones"."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.errors import InvalidInput
from workbench.search.codes import Array, Mask
from workbench.search.columns import Columns
from workbench.search.tagcolumn import TagColumn

SORTS: Mapping[str, tuple[str, bool]] = {
    "newest": ("created", True),
    "oldest": ("created", False),
    "longest": ("chars", True),
    "shortest": ("chars", False),
    "turns": ("turns", True),
    "updated": ("updated", True),
}
"""Name of an order -> column and whether the largest comes first. Equal keys: by row number, same direction."""

ANSWERS: Mapping[str, tuple[str, bool]] = {
    "most-natural": ("naturalness", True),
    "least-natural": ("naturalness", False),
}
"""Orders by people's answers to a scale: the first answer of each row counts, rows without one come last."""

RELEVANCE = "relevance"
_LAST = 2**30
_FEW = 20_000  # below this many rows, sorting them beats walking through the order of all rows


def check_sort(sort: str) -> None:
    """Raise `InvalidInput` for an order that does not exist."""
    names = [*SORTS, *ANSWERS, RELEVANCE, "best"]
    if sort not in names:
        known = ", ".join(names)
        raise InvalidInput(f"there is no order {sort!r}", hint=f"known: {known}")


class Orders:
    """The permutations of all rows by a column, made once for as long as the column stays the same."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Array, Array | None]] = {}
        self._answers: dict[str, tuple[TagColumn, Array]] = {}
        self._lock = threading.Lock()

    def keys(self, columns: Columns, sort: str) -> tuple[Array, bool]:
        """What an order of `SORTS` or `ANSWERS` goes by, row by row, and whether the largest comes first."""
        if sort in SORTS:
            name, descending = SORTS[sort]
            return columns.numbers[name], descending
        scheme, descending = ANSWERS[sort]
        column = columns.tag(scheme) or TagColumn.empty(columns.size)
        known = self._answers.get(sort)
        if known is None or known[0] is not column:
            known = self._answers[sort] = (column, _points(column, -_LAST if descending else _LAST))
        return known[1], descending

    def sorted_rows(self, columns: Columns, mask: Mask, sort: str) -> Array:
        """The rows of a mask in one of `SORTS` or `ANSWERS`."""
        keys, descending = self.keys(columns, sort)
        if np.count_nonzero(mask) <= _FEW:
            rows = np.flatnonzero(mask)
            rows = rows[np.argsort(keys[rows], kind="stable")]
        else:
            order = self._order(sort if sort in ANSWERS else SORTS[sort][0], keys)
            rows = np.flatnonzero(mask) if order is None else order[mask.take(order)]
        return rows[::-1] if descending else rows

    def _order(self, name: str, keys: Array) -> Array | None:
        """Row numbers by ascending key; None when that is the order of the rows themselves."""
        known = self._known.get(name)
        if known is None or known[0] is not keys:
            with self._lock:
                in_order = bool(np.all(keys[1:] >= keys[:-1]))
                known = (keys, None if in_order else np.argsort(keys, kind="stable").astype(np.int32))
                self._known[name] = known
        return known[1]


def _points(column: TagColumn, missing: int) -> Array:
    """The point of the scale that each row was given; `missing` where there is none, or it is no number."""
    points = [int(text) if text.isdecimal() else missing for text in column.values.texts]
    return np.array(points, np.int32).take(column.codes)


@dataclass(frozen=True, slots=True)
class Ordered:
    """All rows of one query in order; `keys` are what they are ordered by, row by row."""

    sort: str
    rows: Array
    keys: Array
    descending: bool

    def page(self, limit: int, after: str | None, offset: int | None) -> tuple[list[int], str | None]:
        """Rows from `offset`, or those after the token `after`; and the token for what follows."""
        start = offset or 0 if after is None else self._after(after)
        rows = [int(row) for row in self.rows[start : start + limit]]
        end = start + len(rows)
        return rows, self._token(end) if rows and end < len(self.rows) else None

    def _token(self, end: int) -> str:
        row = int(self.rows[end - 1])
        return f"{self.sort}.{end}.{self._key(row, end - 1)!r}.{row}"

    def _key(self, row: int, position: int) -> float | int:
        key: float | int = (self.keys[position] if self.sort == RELEVANCE else self.keys[row]).item()
        return key

    def _after(self, token: str) -> int:
        """Where a token continues: at its position if that still holds its row, else where its key would stand."""
        try:
            sort, position, *key, last = token.split(".")
            end, row, value = int(position), int(last), float(".".join(key))
        except ValueError as exc:
            raise InvalidInput(f"{token!r} is not a page of this search", hint="begin at the first page") from exc
        if sort != self.sort or end < 0:
            raise InvalidInput("the order changed since the last page", hint="begin at the first page")
        if 0 < end <= len(self.rows) and self.rows[end - 1] == row:
            return end
        keys = self.keys if self.sort == RELEVANCE else self.keys[self.rows]
        if self.descending:
            before = (keys > value) | ((keys == value) & (self.rows >= row))
        else:
            before = (keys < value) | ((keys == value) & (self.rows <= row))
        return int(np.count_nonzero(before))
