"""What a recipe starts from: a sample, a document, a set, or a row number and nothing else; and what a judge reads."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from workbench.generate.candidate import Candidate
from workbench.model import Document, Json, Sample, Turn

Start = Literal["sample", "document", "set", "nothing"]
"""What a recipe starts from: each sample or each document of a selection, the selection as a whole, or its parameters
alone."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The material of a recipe that starts from nothing: row `number` (from 0) `of` so many, and the run's seed.

    Where a recipe makes several rows together (`Recipe.together`), these are numbered by group. Rows are made at once
    and in any order. What they have to share (a plan without repetition, say) is worked out again for each from
    `seed`, which is the same for all of them.
    """

    number: int
    of: int
    seed: int


class SampleSet(tuple[Sample, ...]):
    """The material of a recipe over a set: a tuple of its samples, the next `row` to be made, and the run's `seed`.

    Rows count from 0. Those before `row` were made, or lost, when the recipe was run before. What all rows have to
    share (a plan, say) is as it was `drawn` when the run began (`shared`). `before` is what the model's answers for
    those rows gave, in order: a candidate, or None for an answer of no use.
    """

    row: int
    seed: int
    before: tuple[Candidate | None, ...]
    drawn: Json

    def __new__(
        cls,
        samples: Iterable[Sample],
        row: int = 0,
        seed: int = 0,
        before: Iterable[Candidate | None] = (),
        drawn: Json | None = None,
    ) -> SampleSet:
        """The samples, as they are needed from this row on."""
        made = super().__new__(cls, samples)
        made.row, made.seed, made.before, made.drawn = row, seed, tuple(before), drawn or {}
        return made


Draw = Callable[[tuple[Sample, ...], Any, random.Random], Json]
"""What all rows over a set share, by its samples and the parameters. Raises `GenerateError` where none can be made."""


def shared(draw: Draw, samples: tuple[Sample, ...], params: Any, rng: random.Random) -> Json:
    """What all rows of a set share: as it was drawn when its run began; without a run it is drawn now."""
    if not isinstance(samples, SampleSet):
        return draw(samples, params, rng)
    return samples.drawn or draw(samples, params, random.Random(samples.seed))


@dataclass(frozen=True, slots=True)
class Judged:
    """The material of a judge: a conversation, what it was made for, and the text it was made from ("" without any).

    Nothing in it tells a canary from a draft.
    """

    turns: tuple[Turn, ...]
    promise: str
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two candidates for the turn after `context`, in the order they are shown in, and what they were made for."""

    context: tuple[Turn, ...]
    one: str
    two: str
    promise: str


Material = Sample | Document | tuple[Sample, ...] | Blank | Judged | Compared
"""One `Sample`, one `Document`, a whole `SampleSet`, or a `Blank`: by the recipe's `starts_from`; or a judge's."""
