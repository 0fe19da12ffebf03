"""Vectors in two dimensions: some of them, the landmarks, are laid out; all others are placed beside those nearest.

The landmarks begin at their first two principal components and are then moved as in UMAP (McInnes et al. 2018,
arXiv:1802.03426): neighbours attract, random pairs repel, with its low-dimensional curve for a least distance of 0.1.
Only numpy, one seed: the same vectors give the same picture. A new vector is placed among its nearest landmarks
without moving anything, so a picture does not change when samples are added.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.search.codes import Array

Points = npt.NDArray[np.float32]
"""Positions, one row each: x and y, most of them between -1 and 1."""

LANDMARKS = 2_500
NEIGHBOURS = 12
_ROUNDS = 220
_REPELLED = 4  # random partners of a neighbour pair in each round
_A, _B = 1.577, 0.895  # UMAP's curve for min_dist 0.1
_ROOM = 0.12  # units to each side per root of the number of points: clusters that share nothing stay in sight
_EVEN = 0.45
_SEED = 20_260_101
_BLOCK = 2_048
_PLACED_BY = 4

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The vectors a picture stands on and where they are; `spread` is the usual distance to the nearest one."""

    vectors: Points
    points: Points
    spread: float

    def place(self, vectors: Points, keys: Array) -> Points:
        """Positions of other vectors: the middle of the nearest landmarks, moved a little in a way the key decides."""
        placed = np.zeros((len(vectors), 2), np.float32)
        for start in range(0, len(vectors), _BLOCK):
            part = vectors[start : start + _BLOCK]
            near, weights = _nearest(part, self.vectors, min(_PLACED_BY, len(self.vectors)))
            weights = np.maximum(weights, 1e-3) ** 4
            weights /= weights.sum(axis=1, keepdims=True)
            placed[start : start + _BLOCK] = (self.points[near] * weights[:, :, None]).sum(axis=1)
        return placed + self.spread * _nudges(keys)


def lay_out(vectors: Points, tell: Tell = lambda percent: None) -> Landmarks:
    """Lay out vectors of length 1 (at most some thousand: time grows with their square)."""
    points = _begun(vectors)
    if len(vectors) > 3:
        for done, moved in enumerate(_rounds(points, vectors), 1):
            points = moved
            tell(round(100 * done / _ROUNDS))
    points = _fitted(points)
    return Landmarks(vectors, points, _spread(points))


def _begun(vectors: Points) -> Points:
    """The first two principal components, as wide as the points will need. Signs are fixed: no mirrored pictures."""
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2), np.float32)
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    axes = directions[:, -1:-3:-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1, 1)
    points = centred @ axes
    noise = np.random.default_rng(_SEED).normal(0, 1e-3, points.shape)  # equal vectors must be able to part
    reach = _ROOM * math.sqrt(len(vectors)) / max(float(np.abs(points).max()), 1e-9)
    return np.asarray(reach * points + noise, np.float32)


def _rounds(points: Points, vectors: Points) -> Iterator[Points]:
    """The positions after every round; steps become smaller."""
    rng = np.random.default_rng(_SEED)
    heads, tails, weights = _edges(vectors)
    size = len(points)
    for done in range(_ROUNDS):
        rate = 1.0 - done / _ROUNDS
        kept = rng.random(len(heads)) < weights
        head, tail = heads[kept], tails[kept]
        apart = points[head] - points[tail]
        squared = (apart**2).sum(axis=1)
        pull = -2 * _A * _B * squared ** (_B - 1) / (1 + _A * squared**_B)
        pull[squared == 0] = 0
        step = np.clip(pull[:, None] * apart, -4, 4)
        moved = _summed(head, step, size) - _summed(tail, step, size)
        other = rng.integers(0, size, (_REPELLED, len(head)))
        for partner in other:
            apart = points[head] - points[partner]
            squared = (apart**2).sum(axis=1)
            push = 2 * _B / ((0.001 + squared) * (1 + _A * squared**_B))
            push[head == partner] = 0
            moved += _summed(head, np.clip(push[:, None] * apart, -4, 4), size)
        points = points + rate * np.clip(moved, -6, 6).astype(np.float32)
        yield points


def _edges(vectors: Points) -> tuple[Array, Array, npt.NDArray[np.float64]]:
    """Pairs of neighbours, and how surely each attracts: by its cosine among those of its own neighbours."""
    count = min(NEIGHBOURS, len(vectors) - 1)
    near, cosines = _nearest(vectors, vectors, count, skip_self=True)
    low, high = cosines.min(axis=1, keepdims=True), cosines.max(axis=1, keepdims=True)
    weights = 0.25 + 0.75 * (cosines - low) / np.maximum(high - low, 1e-6)
    return np.repeat(np.arange(len(vectors)), count), near.ravel(), weights.ravel().astype(np.float64)


def _nearest(vectors: Points, among: Points, count: int, *, skip_self: bool = False) -> tuple[Array, Points]:
    """For each vector the places of the most similar ones and their cosines, nearest first."""
    places = np.zeros((len(vectors), count), np.int64)
    cosines = np.zeros((len(vectors), count), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        similar = vectors[start : start + _BLOCK] @ among.T
        rows = np.arange(len(similar))
        if skip_self:
            similar[rows, rows + start] = -2
        best = np.argpartition(-similar, count - 1, axis=1)[:, :count]
        best = np.take_along_axis(best, np.argsort(-np.take_along_axis(similar, best, 1), axis=1, kind="stable"), 1)
        places[start : start + _BLOCK] = best
        cosines[start : start + _BLOCK] = np.take_along_axis(similar, best, 1)
    return places, cosines


def _summed(places: Array, steps: Points, size: int) -> Points:
    sums = [np.bincount(places, steps[:, axis], size) for axis in (0, 1)]
    return np.stack(sums, axis=1).astype(np.float32)


def _fitted(points: Points) -> Points:
    """Centred, and scaled so that all but the farthest hundredth lie within 1.

    Half-way to an even spread along each axis: wide empty stretches say little and take the room of what is full.
    """
    if not len(points):
        return points
    points = _scaled(points)
    order = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = 2 * order / max(len(points) - 1, 1) - 1
    return _scaled(np.asarray((1 - _EVEN) * points + _EVEN * even, np.float32))


def _scaled(points: Points) -> Points:
    centred = points - np.median(points, axis=0)
    reach = float(np.quantile(np.abs(centred).max(axis=1), 0.99))
    return np.asarray(np.clip(centred / max(reach, 1e-6), -1.15, 1.15), np.float32)


def _spread(points: Points) -> float:
    """Half of the usual distance between neighbours, were the landmarks spread evenly over the picture."""
    return 0.9 / math.sqrt(max(len(points), 16))


def _nudges(keys: Array) -> Points:
    """A small step for each key, spread over a disc: the golden angle, and a radius from a hash of the key."""
    mixed = (keys.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    angle = (mixed >> np.uint64(40)).astype(np.float64) / (1 << 24) * 2 * np.pi
    far = np.sqrt((mixed >> np.uint64(16) & np.uint64(0xFFFFFF)).astype(np.float64) / (1 << 24))
    return np.asarray(np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1), np.float32)
