"""What a run is split into: the rows that a recipe makes one after the other from one start."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any

from workbench.generate import Recipe
from workbench.ids import content_hash
from workbench.model import Run


@dataclass(frozen=True, slots=True)
class Share:
    """Rows of one parent that the recipe makes one after the other; those in `done` have their draft already.

    `before` counts the parent's rows in front of them (all rows, for a recipe that starts from nothing). Rows behind
    one that is settled without a text (its call is in doubt, say) cannot be reached by repeating the recipe: they are
    a share of their own, with a seed of their own. A recipe over a set has one share; one that starts from nothing a
    share for each row, or for those that belong together. Their `parent` is "". Of a share that has `most` only so
    many rows are made now, the first ones.
    """

    parent: str
    rows: range
    done: frozenset[int] = field(default_factory=frozenset)
    before: int = 0
    most: int | None = None
    apart: bool = False

    @property
    def now(self) -> int:
        """How many of its rows are made now."""
        return len(self.rows) if self.most is None else min(self.most, len(self.rows))

    def after(self, row: int) -> Share:
        """The part of it behind a row."""
        rest = range(row + 1, self.rows.stop)
        gone = row + 1 - self.rows.start
        most = None if self.most is None else max(0, self.most - gone)
        return Share(self.parent, rest, self.done.intersection(rest), self.before + gone, most)

    def behind_made(self, row: int) -> Share | None:
        """The part of it behind a row that is made, and those that are made next to it; None when nothing is left."""
        left = next((one for one in range(row, self.rows.stop) if one not in self.done), None)
        return None if left is None else replace(self.after(left - 1), apart=True)


def shares(
    run: Run, recipe: Recipe, params: Any, settled: Mapping[int, bool], cuts: Collection[int] = ()
) -> Iterator[Share]:
    """What is left to make.

    `settled` holds the rows that stay as they are, and whether they have a text; a share ends with each row of `cuts`.
    """
    size = recipe.share_rows(params)
    from_nothing = recipe.starts_from == "nothing"
    for number, parent in enumerate(starts(recipe, run.parents, run.requested, size, follows=bool(run.follows))):
        first = number * size
        for rows in _parts(range(first, first + size), settled, cuts):
            done = frozenset(row for row in rows if row in settled)
            if len(done) < len(rows):
                yield Share(parent, rows, done, rows.start if from_nothing else rows.start - first)


def starts(recipe: Recipe, parents: Sequence[str], rows: int, size: int, *, follows: bool = False) -> Iterable[str]:
    """The parent of each share, in order: "" where there is none; an item can have several shares."""
    if follows:
        shares_each = max(1, rows // size // max(1, len(parents)))
        return (parent for parent in parents for _ in range(shares_each))
    if recipe.starts_from == "nothing":
        return repeat("", rows // size)
    return ("",) if recipe.starts_from == "set" else parents


def drawn(todo: Sequence[Share], run: Run, recipe: Recipe) -> Iterator[Share]:
    """The shares of a pilot: drawn at random by the run's seed, so that they speak for the rest, `run.pilot` rows.

    Of a set they are the first ones: it is one share, whose recipe draws their order.
    """
    if recipe.starts_from == "set":
        yield from (replace(share, most=run.pilot) for share in todo[:1])
        return
    rows = 0
    for share in random.Random(run.seed).sample(todo, len(todo)):
        if rows >= run.pilot:
            return
        rows += len(share.rows)
        yield share


def _parts(rows: range, settled: Mapping[int, bool], cuts: Collection[int]) -> Iterator[range]:
    start = rows.start
    for row in rows:
        lost = not settled.get(row, True)
        if lost or row in cuts:
            yield range(start, row if lost else row + 1)
            start = row + 1
    yield range(start, rows.stop)


def share_seed(run: Run, share: Share) -> int:
    """The seed of a share: it follows from the run's seed, the parent and the place, not from the order of work."""
    place = [share.before] if share.before else []
    digest = content_hash([run.seed, run.recipe, run.version, share.parent, *place])
    return int(digest[-12:], 16)
