"""Exact nearest vectors in two looks: the signs of all candidates (bits), then a byte per number of the best.

No index that could go stale: filters are a mask that is applied before the first look, new rows are appended.
Measured against float brute force in tests and in PERFORMANCE section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.search.codes import Array, Mask
from workbench.search.meaning.encoder import DIMENSIONS, Vectors

PLANES = DIMENSIONS // 64
DIRECT = 4_000
"""Up to this many candidates the first look is not worth its time."""
_BLOCK = 1 << 16
_FAR = 255


@dataclass(frozen=True, slots=True)
class Segment:
    """Vectors of some rows, ascending: sign bits by planes of 64, bytes with a scale for each vector."""

    rows: Array
    bits: npt.NDArray[np.uint64]
    codes: npt.NDArray[np.int8]
    scales: Vectors

    @classmethod
    def of(cls, rows: Array, vectors: Vectors) -> Segment:
        """Pack vectors; a vector of zeros has a scale of 0 and is never found."""
        scales = np.abs(vectors).max(axis=1, initial=0) / 127
        divisor = np.where(scales > 0, scales, 1)[:, None]
        codes = np.rint(vectors / divisor).astype(np.int8)
        return cls(rows.astype(np.int32), _signs(vectors), codes, scales.astype(np.float32))

    def __len__(self) -> int:
        """How many vectors."""
        return len(self.rows)

    def vectors(self, places: Array) -> Vectors:
        """The vectors at some places, as good as a byte holds them."""
        return self.codes[places].astype(np.float32) * self.scales[places, None]

    def nearest(self, query: Vectors, candidates: Mask, limit: int) -> tuple[Array, Vectors]:
        """Places and cosines of the `limit` nearest candidates, nearest first."""
        candidates = candidates & (self.scales > 0)
        count = int(np.count_nonzero(candidates))
        wanted = max(2_000, 10 * limit, count // 200)
        places = self._first_look(query, candidates, wanted) if count > DIRECT else np.flatnonzero(candidates)
        similarities = self._cosines(query, places)
        best = np.argsort(-similarities, kind="stable")[:limit]
        return places[best], similarities[best]

    def _cosines(self, query: Vectors, places: Array) -> Vectors:
        cosines = np.empty(len(places), np.float32)
        for start in range(0, len(places), 4_096):  # a block of floats that stays in the processor's cache
            part = places[start : start + 4_096]
            cosines[start : start + 4_096] = (self.codes[part].astype(np.float32) @ query) * self.scales[part]
        return np.minimum(cosines, 1.0, out=cosines)

    def _first_look(self, query: Vectors, candidates: Mask, wanted: int) -> Array:
        """About the `wanted` candidates whose signs differ least from the query's."""
        distances = self._distances(_signs(query[None, :])[:, 0])
        distances[~candidates] = _FAR
        below = np.cumsum(np.bincount(distances, minlength=_FAR + 1)[:_FAR])
        cutoff = int(np.searchsorted(below, wanted))
        return np.flatnonzero(distances <= min(cutoff, _FAR - 1))

    def _distances(self, signs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
        distances = np.zeros(len(self), dtype=np.uint8)
        differing = np.empty(_BLOCK, dtype=np.uint64)
        counted = np.empty(_BLOCK, dtype=np.uint8)
        for start in range(0, len(self), _BLOCK):
            stop = min(start + _BLOCK, len(self))
            size = stop - start
            for plane, sign in zip(self.bits, signs, strict=True):
                np.bitwise_xor(plane[start:stop], sign, out=differing[:size])
                np.bitwise_count(differing[:size], out=counted[:size])
                # Four times 63 still fits a byte; 64 of 64 differing in one plane counts as 63.
                np.minimum(counted[:size], 63, out=counted[:size])
                distances[start:stop] += counted[:size]
        return distances


def merged(older: Segment, newer: Segment) -> Segment:
    """Two segments as one; where both have a row, the newer vector stays."""
    keep = np.flatnonzero(~np.isin(older.rows, newer.rows))
    rows = np.concatenate((older.rows[keep], newer.rows))
    order = np.argsort(rows, kind="stable")
    return Segment(
        rows[order],
        np.ascontiguousarray(np.concatenate((older.bits[:, keep], newer.bits), axis=1)[:, order]),
        np.concatenate((older.codes[keep], newer.codes))[order],
        np.concatenate((older.scales[keep], newer.scales))[order],
    )


def _signs(vectors: Vectors) -> npt.NDArray[np.uint64]:
    """Signs as bits: an array of (planes, vectors)."""
    packed = np.packbits(vectors > 0, axis=1).view(np.uint64)
    return np.ascontiguousarray(packed.T)
