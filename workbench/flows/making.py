"""One parent's share of a run: the recipe is run, what it makes goes through the gates, what fails gets a reason."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from workbench.errors import BudgetExceeded, Cancelled, GenerateError, ModelError, WorkbenchError
from workbench.generate import Candidate, Recipe, look_at, speaks_against
from workbench.ids import content_hash, derived_id
from workbench.llm.ledger import LedgeredModel
from workbench.model import Draft, DraftState, Run, Sample
from workbench.records import to_record

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Share:
    """The rows of one parent: `rows[0]` to the last; those in `done` have their draft already."""

    parent: str
    rows: range
    done: frozenset[int] = field(default_factory=frozenset)


def shares(run: Run, per_parent: int, done: frozenset[int]) -> Iterator[Share]:
    """The parents of a run that have rows without a draft."""
    for number, parent in enumerate(run.parents):
        rows = range(number * per_parent, (number + 1) * per_parent)
        if not done.issuperset(rows):
            yield Share(parent, rows, done.intersection(rows))


def row_seed(run: Run, parent: Sample) -> int:
    """The seed of a parent's rows: it follows from the run's seed and the parent, not from the order of work."""
    digest = content_hash([run.seed, run.recipe, run.version, parent.id])
    return int(digest[-12:], 16)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the drafts of a share with a recipe; `emit` takes each as soon as it is there."""

    run: Run
    recipe: Recipe
    params: Any
    emit: Callable[[Draft], None]

    def make(self, share: Share, parent: Sample, model: LedgeredModel | None) -> None:
        """Emit a draft for every row of the share that has none. Raises `Cancelled` and `BudgetExceeded`."""
        seed = row_seed(self.run, parent)
        rows = iter(share.rows)
        used = 0
        try:
            for candidate in islice(self.recipe.make(parent, self.params, model, random.Random(seed)), len(share.rows)):
                calls = tuple(model.calls[used:]) if model else ()
                used += len(calls)
                row = next(rows)
                if row not in share.done:
                    self.emit(self._draft(row, parent, candidate, seed, calls))
            self._fail(rows, share, parent, GenerateError("the recipe made fewer drafts than it said"), ())
        except (Cancelled, BudgetExceeded):
            raise
        except WorkbenchError as exc:
            self._fail(rows, share, parent, exc, tuple(model.calls[used:]) if model else ())
        except Exception as exc:  # a recipe is an extension: its bug is a failed row, not a lost run
            wrapped = GenerateError(f"the recipe broke: {type(exc).__name__}: {exc}")
            self._fail(rows, share, parent, wrapped, tuple(model.calls[used:]) if model else ())

    def fail_all(self, share: Share, parent: Sample, exc: WorkbenchError) -> None:
        """Every row of the share fails for one reason, without trying."""
        self._fail(iter(share.rows), share, parent, exc, ())

    def _draft(self, row: int, parent: Sample, made: Candidate, seed: int, calls: tuple[int, ...]) -> Draft:
        gates = look_at(self.recipe, parent, made)
        state: DraftState = "gated" if speaks_against(gates) else "draft"
        return Draft(
            **self._common(row, parent),
            turns=made.turns,
            state=state,
            language=made.language or parent.language,
            seed=seed,
            group=made.group or parent.id,
            rank=made.rank,
            calls=calls,
            gates=gates,
            branch_at=made.branch_at,
            meta=dict(made.meta),
        )

    def _fail(
        self, rows: Iterator[int], share: Share, parent: Sample, exc: WorkbenchError, calls: tuple[int, ...]
    ) -> None:
        doubt = isinstance(exc, ModelError) and exc.maybe_charged
        raw = getattr(exc, "raw", "")
        reason = exc.message[:LONGEST_REASON]
        for row in rows:
            if row in share.done:
                continue
            meta = {"error": exc.as_dict(), **({"raw": raw} if raw else {})}
            state: DraftState = "in_doubt" if doubt else "failed"
            self.emit(Draft(**self._common(row, parent), turns=(), state=state, calls=calls, meta=meta, reason=reason))
            if isinstance(exc, ModelError):  # only the row that was being made was tried and can have been charged
                doubt, calls, raw, reason = False, (), "", "not tried: an earlier one of this conversation failed"

    def _common(self, row: int, parent: Sample) -> dict[str, Any]:
        return {
            "id": derived_id("d", self.run.id, row),
            "run": self.run.id,
            "row": row,
            "parents": (parent.id,),
            "recipe": self.recipe.name,
            "version": self.recipe.version,
            "model": self.run.model,
            "params": to_record(self.params),
            "depth": parent.origin.depth + 1,
            "template_hash": self.recipe.template_hash,
        }
