"""Regions of a map: k-means over the positions of its landmarks, each named by the words that tell it from the rest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from workbench.search.codes import Array
from workbench.search.meaning.layout import Points
from workbench.text import tokens

MOST = 18
WORDS = 4
_TURNS = 40
_SEED = 7
_CHARACTERS = 3_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text as its language and its words."""

    language: str
    words: frozenset[str]


_TELLING = 1.5  # times as frequent inside as outside
_SHORTEST = 4  # letters of a word that may name a region; shorter ones are mostly grammar


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


def telling_words(groups: Sequence[Sequence[Text]]) -> list[tuple[str, ...]]:
    """For each group of texts the words that are frequent in it and rare elsewhere; a word counts once per text.

    A group is compared with the others' texts in its own main language: else any word of that language would tell.
    """
    named = []
    for place, group in enumerate(groups):
        main = Counter(text.language for text in group).most_common(1)
        language = main[0][0] if main else ""
        inside = [text.words for text in group if text.language == language]
        rest = [group for other, group in enumerate(groups) if other != place]
        outside = [text.words for others in rest for text in others if text.language == language]
        named.append(_best(_counted(inside), len(inside), _counted(outside), len(outside)))
    return named


def _counted(texts: Sequence[frozenset[str]]) -> Counter[str]:
    return Counter(word for words in texts for word in words)


def _best(counts: Counter[str], size: int, outside: Counter[str], others: int) -> tuple[str, ...]:
    least = 1 if size < 4 else 2

    def ratio(word: str) -> float:
        return counts[word] / max(size, 1) / ((outside[word] + 0.5) / (others + 1))

    def order(word: str) -> tuple[float, int, str]:
        return -round(counts[word] * math.log(ratio(word)), 6), -len(word), word

    known = sorted((word for word in counts if counts[word] >= least and ratio(word) > _TELLING), key=order)
    chosen: list[str] = []
    for word in known:
        if not any(_alike(word, other) for other in chosen):
            chosen.append(word)
        if len(chosen) == WORDS:
            break
    return tuple(chosen)


def _alike(word: str, other: str) -> bool:
    """Forms of one word, or Chinese pairs that overlap: one of them says enough."""
    short, long = sorted((word, other), key=len)
    if len(word) == len(other) == 2:
        return word[1] == other[0] or word[0] == other[1]
    return long.startswith(short[: max(_SHORTEST, len(short) - 2)])


def words_of(text: str) -> frozenset[str]:
    """Words of some length; of Chinese, Japanese and Korean text every pair of characters."""
    found = tokens(text[:_CHARACTERS])
    words = {word for word in found if len(word) >= _SHORTEST and word.isalpha()}
    pairs = {first + second for first, second in pairwise(found) if _character(first) and _character(second)}
    return frozenset(words | pairs)


def _character(token: str) -> bool:
    return len(token) == 1 and token >= "\u3040"


def _squares(points: Points, centres: Points) -> Points:
    return np.asarray(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))
