"""Near-duplicates among many conversations, without comparing each with each.

Two conversations are compared by the word pairs they share (resemblance: Broder, "On the resemblance and containment
of documents", 1997), repetitions counted. Candidates are those that agree in a band of minimum hashes (MinHash with
locality-sensitive hashing: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3); each candidate is
then compared exactly, so that nothing is called alike that is not. With `BANDS` times `ROWS` hashes a pair that shares
0.8 of its word pairs is a candidate with probability 1 - (1 - 0.8^5)^16 = 0.998.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]

BANDS, ROWS = 16, 5
_HEADS = 16
"""So many different conversations of one band are compared with the next one: templates with other words are many."""

_RANDOM = np.random.default_rng(1997)
_TIMES = _RANDOM.integers(0, 1 << 63, (BANDS, ROWS), np.uint64) * np.uint64(2) + np.uint64(1)
_PLUS = _RANDOM.integers(0, 1 << 63, (BANDS, ROWS), np.uint64)


class _Numbers(dict[str, int]):
    """Each word by a number of its own, from 1."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self) + 1
        return number


class WordPairs:
    """Turns words into hashes of their pairs; the same words give the same hashes within one object."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def of(self, words: Sequence[str]) -> Hashes:
        """The hashes of neighbouring words, ascending, each once: the second occurrence of a pair has its own hash."""
        named = np.fromiter(map(self._numbers.__getitem__, words), np.uint64, len(words))
        bounded = np.concatenate((np.zeros(1, np.uint64), named, np.zeros(1, np.uint64)))
        pairs = np.sort((bounded[:-1] << np.uint64(32)) | bounded[1:])
        first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
        before = np.repeat(first, np.diff(np.append(first, len(pairs))))
        return np.sort(_mixed(_mixed(pairs) + (np.arange(len(pairs)) - before).astype(np.uint64)))


def band_keys(sets: Sequence[Hashes]) -> Hashes:
    """For each set of hashes (none empty) its `BANDS` keys: sets that are alike have one in common, most likely."""
    flat = np.concatenate(sets)
    starts = np.cumsum([0, *(len(one) for one in sets[:-1])])
    keys = np.zeros((len(sets), BANDS), np.uint64)
    for band in range(BANDS):
        for row in range(ROWS):
            smallest = np.minimum.reduceat(flat * _TIMES[band, row] + _PLUS[band, row], starts)
            keys[:, band] = _mixed(keys[:, band] + smallest)
    return keys


def in_company(keys: Hashes) -> npt.NDArray[np.bool_]:
    """Which sets have a key in common with another one; only those need to be compared."""
    found = np.zeros(len(keys), np.bool_)
    for column in keys.T:
        for run in _runs(column):
            found[run] = True
    return found


def groups_of(keys: Hashes, share: Callable[[int, int], float], least: float) -> Positions:
    """A number from 1 for each group of sets that are alike, in order of their first member; 0 for those alone.

    Sets that share at least `least` (0 to 1) come into one group, and so do those that are both alike to a third.
    """
    parent = list(range(len(keys)))
    for column in keys.T:
        for run in _runs(column):
            _joined(run.tolist(), parent, share, least)
    roots = np.array([_root(parent, place) for place in range(len(keys))], np.int64)
    sizes = np.bincount(roots, minlength=len(keys))
    first_seen: dict[int, int] = {}
    numbers = np.zeros(len(keys), np.int64)
    for place in np.flatnonzero(sizes[roots] > 1).tolist():
        numbers[place] = first_seen.setdefault(int(roots[place]), len(first_seen) + 1)
    return numbers


def resemblance(one: Hashes, other: Hashes) -> float:
    """The share of hashes that two sets have in common (Jaccard), 0 to 1."""
    small, large = sorted((len(one), len(other)))
    if not small:
        return 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (small + large - both)


def _joined(run: list[int], parent: list[int], share: Callable[[int, int], float], least: float) -> None:
    heads: list[int] = []
    for one in run:
        root = _root(parent, one)
        for head in reversed(heads[-_HEADS:]):
            other = _root(parent, head)
            if other == root:
                break
            if share(one, head) >= least:
                parent[max(root, other)] = min(root, other)
                break
        else:
            heads.append(one)


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


def _runs(column: Hashes) -> Iterator[Positions]:
    """The positions of equal keys, two and more of each, ascending."""
    order = np.argsort(column, kind="stable")
    cuts = np.flatnonzero(np.diff(column[order])) + 1
    for start, end in zip([0, *cuts.tolist()], [*cuts.tolist(), len(order)], strict=True):
        if end - start > 1:
            yield order[start:end]


def _mixed(values: Hashes) -> Hashes:
    """The finalizer of splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
