"""The map of a workspace: where every sample stands in two dimensions, and the regions of the picture."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.search.codes import Array
from workbench.search.meaning.layout import LANDMARKS, Landmarks, Points, lay_out
from workbench.search.meaning.naming import Text, telling_words
from workbench.search.meaning.regions import centres_of, how_many, nearest_of

GROWTH = 1.5
"""A picture is laid out anew when there is this many times what it was made of."""
_READ = 100  # texts of a region that its words are taken from
_SEED = 20_260_101

Texts = Callable[[Sequence[int]], list[Text]]
Tell = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Immutable, true for the change log up to `position`.

    `points` has a row per row number, NaN where a sample has no text that says anything; `regions` the number of each
    one's region from 1 (0: none); `words` name the regions. `made_of` samples decided the picture; `encoder` is the
    mark of the encoder their vectors came from.
    """

    position: int
    encoder: int
    made_of: int
    landmarks: Landmarks
    centres: Points
    words: tuple[tuple[str, ...], ...]
    points: Points
    regions: Array

    @property
    def layout(self) -> int:
        """A number that tells this picture from one laid out anew, where a region or a place is another one."""
        return zlib.crc32(self.centres.tobytes(), zlib.crc32(self.landmarks.points.tobytes()))

    @property
    def size(self) -> int:
        """One more than the largest row number."""
        return len(self.points)

    def fits(self, encoder: int, count: int) -> bool:
        """Whether the picture can still take in new samples: same encoder, and not outgrown."""
        return self.encoder == encoder and count < GROWTH * max(self.made_of, 40)

    def at(self, position: int) -> Atlas:
        """The same, true for a later position."""
        return replace(self, position=position)

    def placed(self, rows: Array, vectors: Points, position: int) -> Atlas:
        """With these rows placed anew; those whose vector is zero are on no place. Nothing else moves."""
        size = max(self.size, int(rows.max(initial=0)) + 1)
        points = np.full((size, 2), np.nan, np.float32)
        points[: self.size] = self.points
        regions = np.zeros(size, np.uint8)
        regions[: self.size] = self.regions
        known = vectors.any(axis=1)
        points[rows[~known]] = np.nan
        regions[rows[~known]] = 0
        if known.any():
            points[rows[known]] = self.landmarks.place(vectors[known], rows[known])
            regions[rows[known]] = nearest_of(points[rows[known]], self.centres) + 1
        return replace(self, points=points, regions=regions, position=position)


def made(rows: Array, vectors: Points, texts: Texts, *, encoder: int, position: int, tell: Tell) -> Atlas | None:
    """Lay out a picture of these rows; None when none of them says anything. The same rows give the same picture."""
    known = np.flatnonzero(vectors.any(axis=1))
    if not len(known):
        return None
    drawn = np.sort(np.random.default_rng(_SEED).permutation(known)[:LANDMARKS])
    landmarks = lay_out(vectors[drawn], lambda percent: tell(70 + percent // 5, "arranging"))
    centres = centres_of(landmarks.points, how_many(len(known)))
    tell(91, "naming regions")
    words = _named(rows[drawn], nearest_of(landmarks.points, centres), len(centres), texts)
    tell(95, "placing")
    empty = np.full((1, 2), np.nan, np.float32)
    atlas = Atlas(position, encoder, len(rows), landmarks, centres, words, empty, np.zeros(1, np.uint8))
    atlas = atlas.placed(rows, vectors, position)
    atlas.points[rows[drawn]] = landmarks.points  # where they were laid out, not beside themselves
    atlas.regions[rows[drawn]] = nearest_of(landmarks.points, centres) + 1
    return atlas


def _named(rows: Array, regions: Array, count: int, texts: Texts) -> tuple[tuple[str, ...], ...]:
    return tuple(telling_words([texts(_some(rows[regions == region])) for region in range(count)]))


def _some(rows: Array) -> list[int]:
    """An even part of the rows: the first of them may all have come from one file."""
    step = max(1, -(-len(rows) // _READ))
    return [int(row) for row in rows[::step]]
