"""One share of a run: the recipe is run, what it makes goes through the gates, what fails gets a reason."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from workbench.errors import BudgetExceeded, CallInDoubt, Cancelled, GenerateError, ModelError, RowLost, WorkbenchError
from workbench.flows.provenance import last_writer
from workbench.flows.records import Records
from workbench.flows.runs import NOT_TRIED
from workbench.flows.sharing import Share, share_seed
from workbench.flows.unit import Unit
from workbench.generate import SampleSet
from workbench.llm.row import Parted, RowModel, doubtful
from workbench.model import Draft


def _unheard(_: str) -> None:
    """Nobody waits for news."""


class _UnderWay:
    """How far a share is: the `row` that is being made; its calls are those behind the first `used`."""

    def __init__(self, share: Share) -> None:
        self.share = share
        self.row = share.rows.start
        self._used = 0

    @property
    def left(self) -> list[int]:
        """The rows that have no draft, from this one on."""
        return [row for row in range(self.row, self.share.rows.stop) if row not in self.share.done]

    def calls(self, model: RowModel | None, requests: int = 0) -> tuple[int, ...]:
        """The calls of the row: all, or those of so many requests where their number is given."""
        return model.log.calls_of(self._used, requests) if model else ()

    def made(self, calls: Sequence[int]) -> None:
        """The row is made, with these calls; the next one comes."""
        self._used += len(calls)
        self.row += 1


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the drafts of a share with a recipe; `emit` takes each as soon as it is there.

    `heard` is told the short name of who wrote each that the recipe made, before it is looked at, which can take long.
    """

    records: Records
    emit: Callable[[Draft], None]
    heard: Callable[[str], None] = _unheard

    def make(self, share: Share, unit: Unit, model: RowModel | None) -> Share | None:
        """Emit a draft for every row of the share that has none. Raises `Cancelled` and `BudgetExceeded`.

        Returns rows that are still to be made: those behind one that came to nothing alone (`_alone`), or behind rows
        that are there already and cannot be repeated, since what they were made of is another by now.
        """
        if share.apart:
            marked = replace(self, records=self.records.marking(share.rows.start, apart=True))
            return marked.make(replace(share, apart=False), unit, model)
        under_way = _UnderWay(share)
        try:
            self._make(under_way, unit, model)
        except (Cancelled, BudgetExceeded):
            raise
        except Parted:
            return self._behind_made(share, under_way.row, unit, model)
        except WorkbenchError as exc:
            return self._came_to_nothing(under_way, unit, exc, model)
        except Exception as exc:  # a recipe is an extension: its bug is a failed row, not a lost run
            broken = GenerateError(f"the recipe broke: {type(exc).__name__}: {exc}")
            return self._came_to_nothing(under_way, unit, broken, model)
        return None

    def _make(self, under_way: _UnderWay, unit: Unit, model: RowModel | None) -> None:
        run, recipe, share = self.records.run, self.records.recipe, under_way.share
        seed = share_seed(run, share)
        rng = random.Random(seed)
        self._begin(under_way, rng, seed, model)
        made = recipe.make(unit.material, unit.params(recipe, self.records.params), model, rng)
        for candidate in islice(made, share.now):
            calls = under_way.calls(model, candidate.requests)
            if under_way.row not in share.done:
                self.heard(last_writer(run, candidate, model)[0])
                self.emit(self.records.made(under_way.row, unit, candidate, seed, calls, model))
            elif model:
                model.log.heard(calls)
            under_way.made(calls)
            self._begin(under_way, rng, seed, model)
        if under_way.row < share.rows.start + share.now:
            self._fail(under_way, unit, GenerateError("the recipe made fewer drafts than it said"), (), model)

    def _came_to_nothing(
        self, under_way: _UnderWay, unit: Unit, exc: WorkbenchError, model: RowModel | None
    ) -> Share | None:
        share, row, calls = under_way.share, under_way.row, under_way.calls(model)
        if not _alone(exc, unit):
            self._fail(under_way, unit, exc, calls, model)
            return None
        if row in share.done:
            return self._behind_made(share, row, unit, model)
        self.emit(self.records.lost(row, unit, exc, calls, model))
        return share.after(row)

    def hold_back(self, share: Share, unit: Unit, exc: WorkbenchError) -> None:
        """Every row of the share fails for one reason, without trying."""
        for row in share.rows:
            if row not in share.done:
                self.emit(self.records.lost(row, unit, exc, (), untried=exc.message))

    def _begin(self, under_way: _UnderWay, rng: random.Random, seed: int, model: RowModel | None) -> None:
        """A row comes next; one that is made already is repeated, and sends nothing."""
        row, done = under_way.row, under_way.share.done
        self._draw_anew(rng, seed, row)
        if model:
            model.log.repeating = row in done
            if self.records.recipe.by_turns and row - 1 in done:
                model.log.doubts.clear()  # all is as it was: what is in doubt is a turn that a person had asked for

    def _behind_made(self, share: Share, row: int, unit: Unit, model: RowModel | None) -> Share | None:
        """What is left behind a row that cannot be repeated. A doubt is of the first row that is not made."""
        left = share.behind_made(row)
        if left is None or model is None or not model.log.doubts:
            return left
        first = left.rows.start
        self.emit(self.records.lost(first, unit, doubtful(), tuple(model.log.doubts), model))
        return left.after(first)

    def _draw_anew(self, rng: random.Random, seed: int, row: int) -> None:
        """A row that is asked anew draws other numbers than before, or the same request would get the same answer."""
        tries = self.records.marks.get(row, {}).get("asked_anew")
        if tries:
            rng.seed(f"{seed}:{tries}")

    def _fail(
        self, under_way: _UnderWay, unit: Unit, exc: WorkbenchError, calls: tuple[int, ...], model: RowModel | None
    ) -> None:
        """The row that was being made fails, and those behind it. Only the first was tried and can have been charged.

        A recipe that gives up does so for all of them; a model that fails may answer the next. What was sent before and
        is in doubt still, since the recipe came to no such request, was sent for the first.
        """
        left = under_way.left
        doubts = tuple(model.log.doubts) if model else ()
        for row in left[:1]:
            self.emit(self.records.lost(row, unit, doubtful() if doubts else exc, calls + doubts, model))
        for row in left[1:]:
            untried = NOT_TRIED if isinstance(exc, ModelError) else ""
            self.emit(self.records.lost(row, unit, exc, (), untried=untried))


def _alone(exc: WorkbenchError, unit: Unit) -> bool:
    """Whether only the row that was being made came to nothing, and the recipe can be begun anew behind it.

    What a model fails at over a set is one row's loss: there is no other share that would go on.
    """
    return isinstance(exc, (CallInDoubt, RowLost)) or (
        isinstance(exc, ModelError) and isinstance(unit.material, SampleSet)
    )
