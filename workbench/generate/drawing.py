"""Draws that come out even, however many rows there are, and draws of which no two are alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from workbench.generate.candidate import Candidate
from workbench.model import Turn

T = TypeVar("T")


def evenly(levels: Sequence[T], number: int, seed: int, axis: str) -> T:
    """The level of row `number` (from 0) on an axis.

    Among the first n rows all levels stand equally often, give or take one. The levels are gone through in one random
    order after the other, as in Latin hypercube sampling (McKay et al. 1979); each axis has orders of its own, so that
    the axes are independent. Rows can be worked out one by one.
    """
    turn, place = divmod(number, len(levels))
    return random.Random(f"{seed}:{axis}:{turn}").sample(list(levels), len(levels))[place]


def spread(items: Sequence[T], places: Sequence[int]) -> dict[int, T]:
    """Items in their order at places (at least as many) that lie as far apart as can be, the first at the first."""
    return {places[number * len(places) // len(items)]: item for number, item in enumerate(items)}


class Distinct:
    """Draws variants of which no two say the same, and none what `turns` say."""

    def __init__(self, turns: Sequence[Turn] | None = None) -> None:
        self._said = set() if turns is None else {_texts(turns)}

    def drawn(self, draw: Callable[[], Candidate | None], tries: int) -> Candidate | None:
        """The first of so many draws that says something new; a draw of None is no variant. None when there is none."""
        for _ in range(tries):
            candidate = draw()
            if candidate is not None and (said := _texts(candidate.turns)) not in self._said:
                self._said.add(said)
                return candidate
        return None


def _texts(turns: Sequence[Turn]) -> tuple[str, ...]:
    return tuple(turn.content for turn in turns)
