"""All vectors of a workspace at one position of its change log: an encoder and a few segments."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from workbench.search.codes import Array, Mask
from workbench.search.meaning.encoder import DIMENSIONS, Encoder, Vectors, normalised
from workbench.search.meaning.vectors import Segment, merged

_BACKGROUND = 2_000
_LOWEST, _HIGHEST = 0.15, 0.4
_SPREADS = 4.0


@dataclass(frozen=True, slots=True)
class Collection:
    """Immutable. `owners` names for each row the segment (from 1) that holds its newest vector.

    `typical` is a sample of vectors that tells how near to a text any text is.
    """

    encoder: Encoder
    position: int
    segments: tuple[Segment, ...] = ()
    owners: Array = field(default_factory=lambda: np.zeros(1, np.uint8))
    typical: Vectors = field(default_factory=lambda: np.zeros((0, DIMENSIONS), np.float32))

    def __len__(self) -> int:
        """How many rows have a vector."""
        return int(np.count_nonzero(self.owners))

    def added(self, segment: Segment, position: int) -> Collection:
        """With more vectors. Segments are merged so that each is at least twice as long as the next."""
        segments = [*self.segments, segment]
        while len(segments) > 1 and len(segments[-2]) < 2 * len(segments[-1]):
            newer = segments.pop()
            segments[-1] = merged(segments[-1], newer)
        return Collection.of(self.encoder, position, tuple(segments))

    def compacted(self) -> Collection:
        """The same vectors in one segment: one look instead of several."""
        segments = list(self.segments)
        while len(segments) > 1:
            newer = segments.pop()
            segments[-1] = merged(segments[-1], newer)
        return Collection.of(self.encoder, self.position, tuple(segments))

    @classmethod
    def of(cls, encoder: Encoder, position: int, segments: tuple[Segment, ...]) -> Collection:
        """Put together from its segments, older ones first."""
        size = 1 + max((int(segment.rows.max(initial=0)) for segment in segments), default=0)
        owners = np.zeros(size, np.uint8)
        for number, segment in enumerate(segments, 1):
            owners[segment.rows] = number
        return cls(encoder, position, segments, owners, _typical(segments))

    def at(self, position: int) -> Collection:
        """The same vectors, true for a later position."""
        return replace(self, position=position)

    def vector(self, row: int) -> Vectors | None:
        """The vector of a row, or None."""
        owner = int(self.owners[row]) if row < len(self.owners) else 0
        if not owner:
            return None
        segment = self.segments[owner - 1]
        return np.asarray(segment.vectors(np.searchsorted(segment.rows, [row]))[0])

    def vectors(self, rows: Array) -> Vectors:
        """The vectors of some rows, of length 1; zeros for a row that has none."""
        found = np.zeros((len(rows), DIMENSIONS), np.float32)
        inside = rows < len(self.owners)
        owners = np.where(inside, self.owners[np.where(inside, rows, 0)], 0)
        for number, segment in enumerate(self.segments, 1):
            mine = np.flatnonzero(owners == number)
            found[mine] = segment.vectors(np.searchsorted(segment.rows, rows[mine]))
        return normalised(found)

    def nearest(self, query: Vectors, within: Mask, limit: int) -> tuple[Array, Vectors]:
        """Rows of `within` and their cosines, nearest first."""
        found = [self._in_segment(number, query, within, limit) for number in range(1, len(self.segments) + 1)]
        rows = np.concatenate([np.zeros(0, np.int64), *(rows for rows, _ in found)])
        cosines = np.concatenate([np.zeros(0, np.float32), *(cosines for _, cosines in found)])
        order = np.lexsort((-rows, -cosines))[:limit]
        return rows[order], cosines[order]

    def threshold(self, query: Vectors) -> float:
        """The cosine from which a text is near to this query, not just a text.

        How near any text is differs from query to query, so it is measured on a sample of the workspace: four robust
        deviations above the median. The bounds keep it sensible where nearly all texts are near, or nearly none.
        """
        if not len(self.typical):
            return _LOWEST
        cosines = self.typical @ query
        middle = float(np.median(cosines))
        spread = 1.4826 * float(np.median(np.abs(cosines - middle)))
        return float(np.clip(middle + _SPREADS * spread, _LOWEST, _HIGHEST))

    def _in_segment(self, number: int, query: Vectors, within: Mask, limit: int) -> tuple[Array, Vectors]:
        segment = self.segments[number - 1]
        known = np.zeros(len(self.owners), dtype=np.bool_)
        size = min(len(within), len(known))
        known[:size] = within[:size]
        if len(self.segments) > 1:
            known &= self.owners == number
        places, cosines = segment.nearest(query, known.take(segment.rows), limit)
        return segment.rows[places].astype(np.int64), cosines


def _typical(segments: tuple[Segment, ...]) -> Vectors:
    """Vectors spread evenly over all segments."""
    total = sum(len(segment) for segment in segments)
    share = min(1.0, _BACKGROUND / total) if total else 0.0
    parts = [
        segment.vectors(np.linspace(0, len(segment) - 1, max(1, int(len(segment) * share))).astype(np.int64))
        for segment in segments
        if len(segment)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, DIMENSIONS), np.float32)
