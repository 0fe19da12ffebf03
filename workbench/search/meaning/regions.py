"""Regions of a map: k-means over the positions of its landmarks, the largest first."""

from __future__ import annotations

import math

import numpy as np

from workbench.search.codes import Array
from workbench.search.meaning.layout import Points

MOST = 18
_TURNS = 40
_SEED = 7


def how_many(samples: int) -> int:
    """The number of regions that still can be read as a list."""
    return max(1, min(MOST, round(0.75 * math.sqrt(samples))))


def centres_of(points: Points, count: int) -> Points:
    """The centres of regions, the one with most points first (k-means, started far apart as in k-means++)."""
    rng = np.random.default_rng(_SEED)
    count = min(count, len(points))
    if not count:
        return np.zeros((0, 2), np.float32)
    centres = points[[int(rng.integers(len(points)))]]
    while len(centres) < count:
        far = _squares(points, centres).min(axis=1).astype(np.float64)
        total = float(far.sum())
        chance = far / total if total > 0 else np.full(len(points), 1 / len(points))
        centres = np.vstack((centres, points[int(rng.choice(len(points), p=chance))]))
    for _ in range(_TURNS):
        nearest = nearest_of(points, centres)
        moved = [points[nearest == place].mean(axis=0) if (nearest == place).any() else centres[place]
                 for place in range(count)]  # fmt: skip
        centres = np.array(moved, np.float32)
    sizes = np.bincount(nearest_of(points, centres), minlength=count)
    return np.asarray(centres[np.argsort(-sizes, kind="stable")])


def nearest_of(points: Points, centres: Points) -> Array:
    """For each point the place of the nearest centre."""
    found = np.zeros(len(points), np.uint8)
    for start in range(0, len(points), 1 << 16):
        part = slice(start, start + (1 << 16))
        found[part] = _squares(points[part], centres).argmin(axis=1)
    return found


def _squares(points: Points, centres: Points) -> Points:
    return np.asarray(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))
