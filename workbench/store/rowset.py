"""Sets of row numbers as compressed bytes: a bulk change of 100,000 samples is one line of the journal, not 100,000."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import apsw
import numpy as np
import numpy.typing as npt

from workbench.errors import InvalidInput

T = TypeVar("T")
Rows = npt.NDArray[np.int64]


def as_rows(rows: Any) -> Rows:
    """Row numbers in ascending order, each once."""
    given = rows if isinstance(rows, (np.ndarray, list, tuple)) else list(rows)
    ordered = np.sort(np.asarray(given, dtype=np.int64))
    first = np.ones(len(ordered), dtype=np.bool_)  # numpy's own `unique` loads its masked arrays: half of opening
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def pack(rows: Rows) -> bytes:
    """Ascending row numbers as compressed differences: a run of new samples takes a few bytes."""
    return zlib.compress(np.diff(rows, prepend=0).tobytes(), level=1)


def unpack(data: bytes) -> Rows:
    """The row numbers of `pack`."""
    return np.cumsum(np.frombuffer(zlib.decompress(data), dtype=np.int64))


def numbers(rows: Rows) -> Any:
    """Row numbers as a parameter of ``carray(?)``; must not be empty."""
    return apsw.carray(np.ascontiguousarray(rows, dtype=np.int64))


def strings(values: Iterable[str]) -> Any:
    """Ids as a parameter of ``carray(?)``; must not be empty. `InvalidInput` for text that no id can be."""
    try:
        return apsw.carray(tuple(values))
    except ValueError as exc:  # half of a character, or a NUL
        raise InvalidInput(f"this is no id: {exc}", hint="ids are text without NUL characters") from exc


def row_chunks(rows: Rows, size: int) -> Iterator[Rows]:
    """Row numbers in pieces of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """A sequence in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
