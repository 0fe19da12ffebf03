"""Texts as small numbers: dictionaries that only grow, and columns of the smallest unsigned type that holds them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]


class Dictionary:
    """Texts by code and codes by text. Code 0 is no text. A code never changes, so older columns stay readable."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: list[str] = [""]
        self._codes: dict[str, int] = {}
        self._lock = threading.Lock()
        for text in texts:
            self.code(text)

    def __len__(self) -> int:
        """One more than the largest code."""
        return len(self._texts)

    @property
    def texts(self) -> Sequence[str]:
        """The texts; position 0 is empty."""
        return self._texts

    def code(self, text: str) -> int:
        """The code of a text, a new one when it has none."""
        code = self._codes.get(text)
        if code is None:
            with self._lock:
                code = self._codes.setdefault(text, len(self._texts))
                if code == len(self._texts):
                    self._texts.append(text)
        return code

    def find(self, text: str) -> int:
        """The code of a text; 0 when it has none."""
        return self._codes.get(text, 0)

    def table(self, test: Callable[[str], bool]) -> Mask:
        """For every code whether its text passes; code 0 does not."""
        return np.fromiter((bool(code) and test(text) for code, text in enumerate(list(self._texts))), np.bool_)


def code_type(largest: int) -> npt.DTypeLike:
    """The smallest unsigned type for numbers up to `largest`."""
    return np.min_scalar_type(max(largest, 1))


def grown(column: Array, size: int, largest: int = 0) -> Array:
    """A writable copy of at least `size` entries (new ones 0), wide enough for `largest` when it holds codes."""
    kind = column.dtype
    if kind.kind == "u" and np.iinfo(kind).max < largest:
        kind = np.dtype(code_type(largest))
    copy = np.zeros(max(size, len(column)), dtype=kind)
    copy[: len(column)] = column
    return copy


def chosen(table: Mask, codes: Array) -> Mask:
    """For every entry of a code column whether the table holds for it."""
    hits = np.flatnonzero(table)
    if len(hits) == 0:
        return np.zeros(len(codes), dtype=np.bool_)
    if len(hits) <= 3:  # comparing a narrow column is several times faster than looking up
        found = (
            codes == codes.dtype.type(hits[0]) if hits[0] <= np.iinfo(codes.dtype).max else np.zeros(len(codes), bool)
        )
        for hit in hits[1:]:
            if hit <= np.iinfo(codes.dtype).max:
                found |= codes == codes.dtype.type(hit)
        return found
    return table.take(codes)
