"""How many samples of a set lie in each cell of a grid: language, length, and whatever people tagged.

A grid is written as a card is (`workbench.generate.cards`): ``language: en | fr``, ``length: short | long``, ``domain:
health | law``. A value counts with everything below it (health/lab is health); ``x2`` asks for twice as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import product

from workbench.errors import InvalidInput
from workbench.generate.base import spoken
from workbench.generate.cards import Fields
from workbench.model import Sample, Turn

LENGTHS = {"short": range(5), "middle": range(5, 9), "long": range(9, 10_000)}
"""Turns of both sides together."""

MEASURED = ("language", "length")
"""Axes that are read off a conversation. Any other is a question, and its answer is for people to give."""

MOST_CELLS = 5_000
Cell = tuple[str, ...]
Place = tuple[tuple[str, ...], ...]


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


def lacking(wanted: Mapping[Cell, int], have: Mapping[Cell, int], most: int) -> list[Cell]:
    """The cells that at most so many conversations go to, one after the other; fewer when all have enough.

    Each goes to the cell with the smallest share of what it should have by then, of equals to the first of the grid.
    """
    short = [(have.get(cell, 0) / number, place, cell) for place, (cell, number) in enumerate(wanted.items())]
    heap = [one for one in short if one[0] < 1]
    heapify(heap)
    gained: Counter[Cell] = Counter()
    found: list[Cell] = []
    while heap and len(found) < most:
        _, place, cell = heappop(heap)
        found.append(cell)
        gained[cell] += 1
        share = (have.get(cell, 0) + gained[cell]) / wanted[cell]
        if share < 1:
            heappush(heap, (share, place, cell))
    return found


def placed(samples: Iterable[Sample], grid: Fields) -> dict[Place, list[Sample]]:
    """The samples by where they lie: their levels on each axis, in the order of the grid."""
    found: dict[Place, list[Sample]] = {}
    for sample in samples:
        found.setdefault(tuple(levels_of(sample, grid).values()), []).append(sample)
    return found


def nearest(kind: Mapping[str, str], places: Mapping[Place, Sequence[Sample]]) -> list[Sample]:
    """The samples that have most in common with a cell (axis -> level, in the order of the grid).

    Tags count before language and length.
    """

    def likeness(place: Place) -> tuple[int, int]:
        same = [axis for (axis, level), levels in zip(kind.items(), place, strict=True) if level in levels]
        return sum(axis not in MEASURED for axis in same), len(same)

    found = {place: likeness(place) for place in places}
    likest = max(found.values())
    return [sample for place, like in found.items() if like == likest for sample in places[place]]


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
