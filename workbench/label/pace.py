"""How fast somebody decides, with the breaks taken out."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

IDLE_MS = 60_000
"""A longer gap between two decisions is a break, and counts for nothing."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`decisions` in all; `seconds` of work without breaks; the middle time of one decision. None: not known yet."""

    decisions: int
    seconds: float
    per_minute: float | None
    middle: float | None


def pace(times: Iterable[int], idle_ms: int = IDLE_MS) -> Pace:
    """The pace of decisions made at these times (milliseconds). Answers of one moment are one decision after another.

    The first decision after a break tells nothing about how long it took, so it counts as a decision but not as time.
    """
    ordered = sorted(times)
    gaps = [later - earlier for earlier, later in pairwise(ordered)]
    worked = [gap for gap in gaps if gap <= idle_ms]
    seconds = sum(worked) / 1000
    return Pace(
        len(ordered),
        seconds,
        60 * len(worked) / seconds if seconds else None,
        statistics.median(worked) / 1000 if worked else None,
    )
