"""Does synthetic text of a rare kind help? A small classifier is asked, before and after, about real ones it never saw.

A logistic regression on words and pairs of words, which takes a second for some hundred conversations. Kinds are
weighted as if they were equally frequent, and asked at the same rate of false alarms: else more texts of a kind, be
they mere copies, seem to help only because the classifier then says its name more often. It says whether the rare
kind is found, not how good a large model would be.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from workbench.text import tokens

Z = 1.96
"""Standard errors on each side of a 95 % interval."""

ALARMS = 0.05
"""Share of the common ones that may be taken for rare."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Which of the held-out rare ones are found when so many common ones are taken for rare."""

    hits: tuple[bool, ...]
    false_alarms: int
    common: int

    @property
    def found(self) -> int:
        """How many are found."""
        return sum(self.hits)

    @property
    def of(self) -> int:
        """How many were asked about."""
        return len(self.hits)

    @property
    def share(self) -> float:
        """Recall, 0 to 1."""
        return self.found / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the recall."""
        return interval(self.share, self.of)

    def as_dict(self) -> dict[str, Any]:
        """For a draft's record."""
        low, high = self.interval
        alarms = self.false_alarms / self.common if self.common else 0.0
        return {
            "recall": round(self.share, 4),
            "interval": [round(low, 4), round(high, 4)],
            "of": self.of,
            "false_alarms": round(alarms, 4),
        }


def interval(share: float, of: int) -> tuple[float, float]:
    """The 95 % interval of a share that was found on so many (Wilson 1927); all of 0 to 1 without any."""
    if not of:
        return 0.0, 1.0
    centre = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    return max(0.0, centre - half), min(1.0, centre + half)


def halves(items: Sequence[str], rng: random.Random) -> tuple[list[int], list[int]]:
    """Places of two random halves; the first is the larger one."""
    order = rng.sample(range(len(items)), len(items))
    cut = (len(order) + 1) // 2
    return sorted(order[:cut]), sorted(order[cut:])


def recall(
    rare: Sequence[str], common: Sequence[str], held_out: Sequence[str], held_out_common: Sequence[str]
) -> Recall:
    """Learn from `rare` and `common` texts; be asked about held-out ones, at no more than `ALARMS` false alarms."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(analyzer=_features, sublinear_tf=True)
    seen = words.fit_transform([*rare, *common])
    model = LogisticRegression(C=10.0, max_iter=1000, class_weight="balanced")
    model.fit(seen, [1] * len(rare) + [0] * len(common))

    def scores(texts: Sequence[str]) -> list[float]:
        return [float(score) for score in model.decision_function(words.transform(texts))] if texts else []

    others = sorted(scores(held_out_common), reverse=True)
    allowed = math.floor(ALARMS * len(others))
    line = others[allowed] if others else 0.0
    return Recall(tuple(score > line for score in scores(held_out)), sum(score > line for score in others), len(others))


def by_chance(better: Recall, worse: Recall) -> float:
    """How likely as many more are found by mere chance (exact one-sided test of McNemar 1947), 0 to 1."""
    pairs = list(zip(better.hits, worse.hits, strict=True))
    won, lost = pairs.count((True, False)), pairs.count((False, True))
    as_many = sum(math.comb(won + lost, count) for count in range(won, won + lost + 1))
    return as_many / float(2 ** (won + lost))


def _features(text: str) -> list[str]:
    words = tokens(text)
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]
