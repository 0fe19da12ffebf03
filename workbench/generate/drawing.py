"""Draws that come out even: every value of an axis is used equally often, however many rows there are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

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
