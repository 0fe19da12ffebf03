"""How much conversations have in common: the share of three-word sequences, for two of them or for thousands.

Many are compared as rows of a sparse matrix, in blocks, so that 10,000 take seconds and little memory.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.model import Turn
from workbench.text import tokens

LOOKED_AT = 500
"""Conversations for which the nearest other one is looked for; of more, so many are drawn at random."""

_BLOCK = 100
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Nearest:
    """How alike some conversations are to the nearest other one of all (0 to 1), and the places of the closest pair."""

    shares: tuple[float, ...]
    of: int
    pair: tuple[int, int]

    @property
    def measured(self) -> tuple[int, int] | None:
        """How many were looked at, of all; None when all were."""
        return (len(self.shares), self.of) if len(self.shares) < self.of else None


def shingles(turns: Iterable[Turn], size: int = 3) -> frozenset[tuple[str, ...]]:
    """The three-word sequences of a conversation (characters in Chinese), by which two are compared."""
    words = [word for turn in turns for word in tokens(turn.content)]
    return frozenset(zip(*(words[at:] for at in range(size)), strict=False))


def alike(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Share of sequences in common (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


def nearest(conversations: Sequence[Iterable[Turn]], seed: int = 0, most: int = LOOKED_AT) -> Nearest | None:
    """For each conversation (of more than `most`, for so many drawn ones) the likeness of the nearest other of all.

    None for fewer than two.
    """
    if len(conversations) < 2:
        return None
    rows = sorted(random.Random(seed).sample(range(len(conversations)), min(most, len(conversations))))
    known = marks(conversations)
    shares: list[float] = []
    closest = (-1.0, 0, 0)
    for place, found in zip(rows, likeness(known[rows], known), strict=True):
        found[place] = -1.0
        other = int(found.argmax())
        shares.append(float(found[other]))
        closest = max(closest, (shares[-1], place, other))
    return Nearest(tuple(shares), len(conversations), (closest[1], closest[2]))


def marks(conversations: Sequence[Iterable[Turn]], size: int = 3) -> Any:
    """A sparse matrix (scipy CSR): a row for each conversation, a column for each sequence of `size` words."""
    from scipy.sparse import csr_matrix

    own = [_numbers(turns, size) for turns in conversations]
    ends = np.cumsum([0, *map(len, own)])
    names, columns = np.unique(np.concatenate(own), return_inverse=True)
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(own), max(1, len(names))))


def _numbers(turns: Iterable[Turn], size: int) -> npt.NDArray[np.uint64]:
    """The `shingles` of a conversation as numbers, each once: a word by its hash, a sequence by a sum of powers."""
    words = [hash(word) for turn in turns for word in tokens(turn.content)]
    whole = np.array(words, np.int64).astype(np.uint64)
    found = np.zeros(max(0, len(words) - size + 1), np.uint64)
    for at in range(size):
        found = found * _FACTOR + whole[at : at + len(found)]
    return np.unique(found)


def likeness(some: Any, others: Any) -> Iterator[Shares]:
    """For each row of a matrix of `marks` its likeness (Jaccard) to every row of another one with the same columns."""
    sizes, other_sizes = (np.asarray(one.sum(axis=1), np.float64).ravel() for one in (some, others))
    for start in range(0, some.shape[0], _BLOCK):
        common = (some[start : start + _BLOCK] @ others.T).toarray().astype(np.float64)
        union = sizes[start : start + _BLOCK, None] + other_sizes[None, :] - common
        yield from np.divide(common, union, out=np.ones_like(common), where=union > 0)
