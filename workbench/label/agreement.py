"""How far authors agree: percent agreement and Krippendorff's alpha.

Alpha follows Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): coincidence matrix, any number of
authors, missing answers allowed, with the nominal, ordinal or interval difference function.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from workbench.label.answers import CANNOT_SAY
from workbench.model import Tag, TagScheme, TagValue

Metric = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one scheme among people.

    `alpha` is None when it is not defined: fewer than two answers to compare, or everybody always said the same.
    `confusions` lists the pairs of differing answers, most frequent first; `disputed` the sample ids.
    """

    scheme: str
    authors: tuple[str, ...]
    units: int
    pairs: int
    percent: float | None
    alpha: float | None
    metric: Metric
    confusions: tuple[tuple[str, str, int], ...]
    disputed: tuple[str, ...]


def agreement(scheme: TagScheme, tags: Iterable[Tag]) -> Agreement:
    """Agreement of the people among `tags` on one scheme; "cannot say" and machines' answers do not count."""
    answers = _by_unit(scheme.name, tags)
    compared = {unit: given for unit, given in answers.items() if len(given) > 1}
    metric: Metric = "ordinal" if scheme.kind == "ordinal" else "nominal"
    same = total = 0
    confusions: Counter[tuple[str, str]] = Counter()
    for given in compared.values():
        for (_, first), (_, second) in combinations(sorted(given.items()), 2):
            total += 1
            same += first == second
            if first != second:
                low, high = sorted((str(first), str(second)))
                confusions[low, high] += 1
    return Agreement(
        scheme=scheme.name,
        authors=tuple(sorted({author for given in compared.values() for author in given})),
        units=len(compared),
        pairs=total,
        percent=100 * same / total if total else None,
        alpha=krippendorff_alpha([list(given.values()) for given in compared.values()], metric=metric),
        metric=metric,
        confusions=tuple((low, high, count) for (low, high), count in confusions.most_common()),
        disputed=tuple(sorted({unit[0] for unit, given in compared.items() if len(set(given.values())) > 1})),
    )


def krippendorff_alpha(units: Sequence[Sequence[TagValue]], *, metric: Metric = "nominal") -> float | None:
    """Krippendorff's alpha of answers grouped by unit; 1 is perfect, 0 is chance. None when it is not defined."""
    compared = [unit for unit in units if len(unit) > 1]
    values = sorted({answer for unit in compared for answer in unit}, key=_order)
    if len(values) < 2:
        return None
    place = {value: index for index, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for unit in compared:
        counts = np.bincount([place[answer] for answer in unit], minlength=len(values)).astype(float)
        coincidences += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    totals = coincidences.sum(axis=1)
    difference = _differences(values, totals, metric)
    expected = float((np.outer(totals, totals) * difference).sum()) / (totals.sum() - 1)
    return float(1 - (coincidences * difference).sum() / expected) if expected else None


def _differences(values: Sequence[TagValue], totals: NDArray[np.float64], metric: Metric) -> NDArray[np.float64]:
    if metric == "nominal":
        return 1.0 - np.eye(len(values))
    if metric == "interval":
        points = np.array([float(str(value)) for value in values])
    else:  # ordinal: distance counted in ranks, half of the end ranks' own mass taken off
        points = np.cumsum(totals) - totals / 2
    squared: NDArray[np.float64] = (points[:, None] - points[None, :]) ** 2
    return squared


def _by_unit(scheme: str, tags: Iterable[Tag]) -> dict[tuple[str, str], dict[str, TagValue]]:
    units: dict[tuple[str, str], dict[str, TagValue]] = defaultdict(dict)
    for tag in tags:
        if tag.scheme == scheme and not tag.machine and tag.value != CANNOT_SAY:
            units[tag.sample, tag.turn or ""][tag.author] = tag.value
    return units


def _order(value: TagValue) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, (int, float)) else (1, 0.0, str(value))
