"""Looking at a few before answering for all: a random sample, and how far its result can be trusted."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

USUAL = 20
"""Conversations looked at unless a person asks for more or fewer."""

CONFIDENCE = 0.95
_Z = 1.959963984540054  # the normal quantile of a two-sided interval of that confidence


@dataclass(frozen=True, slots=True)
class SampleCheck:
    """What a person said of a random sample: how many fit the answer, how many do not, of how many nobody could say."""

    fits: int = 0
    misses: int = 0
    unsure: int = 0

    @property
    def judged(self) -> int:
        """How many were decided; those of which nobody could say are left out of the estimate."""
        return self.fits + self.misses

    @property
    def precision(self) -> float | None:
        """The share that fits, 0 to 1; None while nothing is decided."""
        return self.fits / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share of the whole lies in 95 of 100 such samples; None while nothing is decided."""
        return wilson(self.fits, self.judged) if self.judged else None

    def record(self) -> dict[str, object]:
        """The counts with the estimate, as plain JSON."""
        counts = {"fits": self.fits, "misses": self.misses, "unsure": self.unsure}
        interval = list(self.interval) if self.interval else None
        return {**counts, "precision": self.precision, "interval": interval, "confidence": CONFIDENCE}


def wilson(successes: int, trials: int, z: float = _Z) -> tuple[float, float]:
    """The score interval of a share, 0 to 1, both ends.

    It keeps its promised coverage for small samples and shares near 0 or 1, where the textbook interval does not:
    20 of 20 gives 0.84 to 1, not 1 to 1.

    Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212; recommended for small samples by L. D. Brown, T. T. Cai and
    A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001), 101-133.

    Raises ValueError when there were no trials or more successes than trials.
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"{successes} of {trials} is no share")
    share = successes / trials
    middle = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def drawn(members: Sequence[T], size: int, seed: int) -> list[T]:
    """`size` members at random without repetition (all, when there are no more), in the order they are to be shown.

    A larger draw with the same seed begins with the smaller one, so that a person can go on looking at more. Only the
    places that are drawn are touched (a shuffle of Fisher and Yates that stops early), however many members there are.
    """
    random_numbers = random.Random(seed)
    moved: dict[int, int] = {}
    places = []
    for at in range(min(size, len(members))):
        other = random_numbers.randrange(at, len(members))
        places.append(moved.get(other, other))
        moved[other] = moved.get(at, at)
    return [members[place] for place in places]
