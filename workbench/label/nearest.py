"""A suggestion from the nearest answered samples, and how often such a suggestion is what people said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.model import TagScheme, TagValue

AUTHOR = "nearest samples"
"""Who these suggestions are by, as tags."""

NEIGHBOURS = 7
FEWEST = 20
"""With fewer answered samples nothing is suggested: it would be guessing."""

NEAR_COPY = 0.98
"""From this similarity on a neighbour is a copy or a light variant: it does not count when measuring."""

MOST_MEASURED = 500
FAINT = 0.05
"""Neighbours less similar than this say nothing."""

LEAST = 0.3
"""With less of the weight behind it, an answer is no suggestion: the neighbours are of too many minds."""

HALF = 0.5
SURE, LIKELY = 0.8, 0.5


class Suggested(NamedTuple):
    """A value and how sure it is: the share of the neighbours' weight that stands for it, 0 to 1."""

    value: TagValue
    confidence: float


@dataclass(frozen=True, slots=True)
class Band:
    """How often suggestions of a confidence of at least `least` (and below the band before) were right."""

    least: float
    measured: int
    right: int


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """What a suggester did, and what it is worth.

    `examples`: answered samples it learns from. `suggested` and `left_out` (nothing similar, or neighbours too divided)
    add up to what was asked. `percent`: how often, leaving each measured sample out, it said what people said; `always`
    what always giving the most frequent answer would reach; `branch` the same as `percent` for the top of a tree.
    """

    scheme: str
    author: str
    query: str
    examples: int
    suggested: int
    left_out: int
    measured: int
    percent: float | None
    branch: float | None
    always: float | None
    bands: tuple[Band, ...] = ()
    at: int = 0


def suggestion(scheme: TagScheme, near: Sequence[tuple[TagValue, float]]) -> Suggested | None:
    """The answer of the neighbours (value, similarity), each weighted by its similarity; None when none is clear.

    In a tree it is the most precise branch that holds more than half of the weight of its parent.
    """
    weights: dict[TagValue, float] = defaultdict(float)
    for value, similarity in near:
        if similarity > FAINT:
            weights[value] += similarity
    total = sum(weights.values())
    if not total:
        return None
    if scheme.kind == "hierarchical":
        guess = _branch({str(value): weight for value, weight in weights.items()}, total)
    else:
        value = max(weights, key=lambda one: (weights[one], str(one)))
        guess = Suggested(value, weights[value] / total)
    return guess if guess.confidence >= LEAST else None


def _branch(weights: dict[str, float], total: float) -> Suggested:
    """Down the tree as long as one branch holds more than half of what its parent holds."""
    best, held = "", total
    while True:
        below: dict[str, float] = defaultdict(float)
        for value, weight in weights.items():
            if not best or value.startswith(f"{best}/"):
                below["/".join(value.split("/")[: best.count("/") + 2 if best else 1])] += weight
        if not below:
            return Suggested(best, held / total)
        child = max(below, key=lambda one: (below[one], one))
        if best and below[child] <= held * HALF:
            return Suggested(best, held / total)
        best, held = child, below[child]


def measured(pairs: Sequence[tuple[TagValue, Suggested | None]], every: Iterable[TagValue]) -> dict[str, object]:
    """How suggestions did against people's answers: the fields of `SuggestionReport` that say so."""
    told = [(value, guess) for value, guess in pairs if guess is not None]
    if not told:
        return {"measured": 0, "percent": None, "branch": None, "always": None}
    size = len(told)
    counts = Counter(every)
    return {
        "measured": size,
        "percent": 100 * sum(value == guess.value for value, guess in told) / size,
        "branch": 100 * sum(_top(value) == _top(guess.value) for value, guess in told) / size,
        "always": 100 * counts.most_common(1)[0][1] / counts.total(),
        "bands": tuple(
            Band(least, len(inside), sum(value == guess.value for value, guess in inside))
            for least, most in ((SURE, 1.01), (LIKELY, SURE), (0.0, LIKELY))
            if (inside := [(value, guess) for value, guess in told if least <= guess.confidence < most])
        ),
    }


def _top(value: TagValue) -> str:
    return str(value).split("/")[0]
