"""How many samples of a set lie in each cell of a grid: language, length, and whatever people tagged.

A grid is written as a card is (`workbench.generate.cards`): ``language: en | fr``, ``length: short | long``, ``domain:
health | law``. A value counts with everything below it (health/lab is health); ``x2`` asks for twice as many.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from workbench.errors import InvalidInput
from workbench.generate.base import spoken
from workbench.generate.cards import Fields
from workbench.model import Sample, Turn

LENGTHS = {"short": range(5), "middle": range(5, 9), "long": range(9, 10_000)}
"""Turns of both sides together."""

MOST_CELLS = 5_000
Cell = tuple[str, ...]


def targets(grid: Fields, target: int) -> dict[Cell, int]:
    """How many samples each cell should have. Raises `InvalidInput` for a grid that is too large to look at."""
    for length in (value for value, _ in grid.get("length", ()) if value not in LENGTHS):
        raise InvalidInput(f"there is no length {length!r}", hint=f"one of: {', '.join(LENGTHS)}")
    cells: dict[Cell, int] = {}
    for levels in product(*grid.values()):
        weight = 1
        for _, times in levels:
            weight *= times
        cells[tuple(value for value, _ in levels)] = target * weight
        if len(cells) > MOST_CELLS:
            raise InvalidInput(f"the grid has more than {MOST_CELLS:,} cells", hint="fewer fields, or fewer values")
    return cells


def counted(samples: Iterable[Sample], grid: Fields) -> Counter[Cell]:
    """How many of the samples lie in each cell; a sample without a value on some axis lies in none."""
    found: Counter[Cell] = Counter()
    for sample in samples:
        found.update(product(*levels_of(sample, grid).values()))
    return found


def levels_of(sample: Sample, grid: Fields) -> dict[str, tuple[str, ...]]:
    """On each axis of the grid, the levels a sample has: one as a rule, several where people chose several."""
    found: dict[str, tuple[str, ...]] = {}
    for axis, levels in grid.items():
        own = _own(sample, axis)
        found[axis] = tuple(level for level, _ in levels if any(within(value, level) for value in own))
    return found


def length_of(turns: Iterable[Turn]) -> str:
    """The name of a length: short, middle or long."""
    number = len(spoken(turns))
    return next((name for name, turns_of in LENGTHS.items() if number in turns_of), "long")


def emptiest(wanted: dict[Cell, int], have: Counter[Cell], rng: random.Random) -> Cell | None:
    """The cell with the smallest share of what it should have; of equals any. None when all have enough."""
    short = {cell: have[cell] / number for cell, number in wanted.items() if have[cell] < number}
    least = min(short.values(), default=None)
    return rng.choice([cell for cell, share in short.items() if share == least]) if short else None


def nearest(kind: Mapping[str, str], grid: Fields, samples: Sequence[Sample], rng: random.Random) -> Sample:
    """The sample that has most in common with a cell, of equals any; tags count before language and length."""

    def likeness(sample: Sample) -> tuple[int, int]:
        same = [axis for axis, levels in levels_of(sample, grid).items() if kind[axis] in levels]
        return sum(axis not in {"language", "length"} for axis in same), len(same)

    likest = max(map(likeness, samples))
    return rng.choice([sample for sample in samples if likeness(sample) == likest])


def answers(sample: Sample, scheme: str) -> tuple[str, ...]:
    """What people answered to a question about the sample as a whole: one value as a rule, none, or several."""
    value = sample.extra.get("tags", {}).get(scheme)
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, (tuple, list)) else (str(value),)


def within(value: str, level: str) -> bool:
    """Whether a value is this one or stands below it: health/lab is within health."""
    return value == level or value.startswith(f"{level}/")


def _own(sample: Sample, axis: str) -> tuple[str, ...]:
    if axis == "language":
        return ((sample.language or "").split("-")[0].lower(),)
    return (length_of(sample.turns),) if axis == "length" else answers(sample, axis)
