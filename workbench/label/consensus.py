"""One answer out of several people's, for tables and charts; every author's own answer stays as it is."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

from workbench.label.answers import CANNOT_SAY
from workbench.model import TagValue


def consensus(answers: Sequence[TagValue]) -> TagValue | None:
    """The lower median of numbers, else the most frequent answer (of equals the first in order); None without one."""
    given = [answer for answer in answers if answer != CANNOT_SAY]
    if not given:
        return None
    if all(isinstance(answer, (int, float)) and not isinstance(answer, bool) for answer in given):
        return statistics.median_low(given)
    counts = Counter(given)
    return min(counts, key=lambda answer: (-counts[answer], str(answer)))
