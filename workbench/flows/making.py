"""One share of a run: the recipe is run, what it makes goes through the gates, what fails gets a reason."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from workbench.errors import BudgetExceeded, CallInDoubt, Cancelled, GenerateError, ModelError, RowLost, WorkbenchError
from workbench.flows.gating import Gating
from workbench.flows.provenance import last_writer, made_of, other_model, writers
from workbench.flows.runs import NOT_TRIED
from workbench.flows.sharing import Share, share_seed
from workbench.flows.unit import Unit
from workbench.generate import Candidate, Recipe, SampleSet, look_at, params_record, speaks_against
from workbench.generate.gates import new_turns
from workbench.ids import derived_id
from workbench.llm.row import RowModel
from workbench.model import Draft, DraftState, Run

LONGEST_REASON = 200


def _unheard(_: str) -> None:
    """Nobody waits for news."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the drafts of a share with a recipe; `emit` takes each as soon as it is there.

    `gating` knows the other drafts of the run. `tries` says how often a row was tried before: every try keeps a
    record of its own. `marks` is what the drafts of rows that a person named keep of it (`flows.again`). `heard` is
    told the short name of who wrote each that the recipe made, before it is looked at, which can take long.
    """

    run: Run
    recipe: Recipe
    params: Any
    emit: Callable[[Draft], None]
    gating: Gating
    tries: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    heard: Callable[[str], None] = _unheard

    def make(self, share: Share, unit: Unit, model: RowModel | None) -> Share | None:
        """Emit a draft for every row of the share that has none. Raises `Cancelled` and `BudgetExceeded`.

        Returns the rows behind one that came to nothing alone (`_alone`): they are still to be made.
        """
        seed = share_seed(self.run, share)
        rows = iter(share.rows)
        row = share.rows.start - 1
        used = 0
        try:
            rng = random.Random(seed)
            self._draw_anew(rng, seed, share.rows.start)
            made = self.recipe.make(unit.material, unit.params(self.recipe, self.params), model, rng)
            for candidate in islice(made, share.now):
                calls = model.log.calls_of(used, candidate.requests) if model else ()
                used += len(calls)
                row = next(rows)
                if row not in share.done:
                    self.heard(last_writer(self.run, candidate, model)[0])
                    self.emit(self._draft(row, unit, candidate, seed, calls, model))
                elif model:
                    model.log.heard(calls)
                self._draw_anew(rng, seed, row + 1)
            if row + 1 < share.rows.start + share.now:
                self._fail(rows, share, unit, GenerateError("the recipe made fewer drafts than it said"), ())
        except (Cancelled, BudgetExceeded):
            raise
        except WorkbenchError as exc:
            calls = model.log.calls_of(used, 0) if model else ()
            if not _alone(exc, unit):
                self._fail(rows, share, unit, exc, calls, model)
                return None
            row = next(rows)
            if row not in share.done:
                self.emit(self._lost(row, unit, exc, calls, model))
            return share.after(row)
        except Exception as exc:  # a recipe is an extension: its bug is a failed row, not a lost run
            wrapped = GenerateError(f"the recipe broke: {type(exc).__name__}: {exc}")
            self._fail(rows, share, unit, wrapped, model.log.calls_of(used, 0) if model else (), model)
        return None

    def hold_back(self, share: Share, unit: Unit, exc: WorkbenchError) -> None:
        """Every row of the share fails for one reason, without trying."""
        for row in share.rows:
            if row not in share.done:
                self.emit(self._lost(row, unit, exc, (), untried=exc.message))

    def _draw_anew(self, rng: random.Random, seed: int, row: int) -> None:
        """A row that is asked anew draws other numbers than before, or the same request would get the same answer."""
        tries = self._by_hand(row).get("asked_anew")
        if tries:
            rng.seed(f"{seed}:{tries}")

    def _draft(
        self, row: int, unit: Unit, made: Candidate, seed: int, calls: tuple[int, ...], model: RowModel | None
    ) -> Draft:
        reused = model is not None and bool(calls) and model.log.reused.issuperset(calls)
        heard = model.log.heard(calls) if model else []
        other = other_model(heard)
        wrote = writers(made, model) if model else {}
        short, writer = last_writer(self.run, made, model)
        opinion = "opinion" in made.meta  # of a judge: no conversation, so that there is nothing to look at
        gates = () if opinion else (*look_at(self.recipe, unit.subject, made), *self.gating.look(row, unit, made))
        gates += (other,) if other else ()
        state: DraftState = "judged" if opinion else "gated" if speaks_against(gates) else "draft"
        return Draft(
            **self._common(row, unit, made.parents),
            model=writer or None,
            turns=made.turns,
            state=state,
            language=made.language or unit.language,
            seed=seed,
            group=made.group or unit.group,
            rank=made.rank,
            calls=calls,
            gates=gates,
            branch_at=made.branch_at,
            meta={
                **unit.told,
                **made.meta,
                **({"document": unit.document.id} if unit.document else {}),
                **({"reused": True} if reused else {}),
                **made_of(heard, new_turns(unit.subject, made)),
                **({"turn_models": wrote} if wrote else {}),
                **({"asked_as": short} if short else {}),
                **self._by_hand(row),
            },
        )

    def _fail(
        self,
        rows: Iterator[int],
        share: Share,
        unit: Unit,
        exc: WorkbenchError,
        calls: tuple[int, ...],
        model: RowModel | None = None,
    ) -> None:
        """The row that was being made fails, and those behind it. Only the first was tried and can have been charged.

        A recipe that gives up does so for all of them; a model that fails may answer the next.
        """
        left = [row for row in rows if row not in share.done]
        for row in left[:1]:
            self.emit(self._lost(row, unit, exc, calls, model))
        for row in left[1:]:
            untried = NOT_TRIED if isinstance(exc, ModelError) else ""
            self.emit(self._lost(row, unit, exc, (), untried=untried))

    def _lost(
        self,
        row: int,
        unit: Unit,
        exc: WorkbenchError,
        calls: tuple[int, ...],
        model: RowModel | None = None,
        *,
        untried: str = "",
    ) -> Draft:
        """The record of a row that came to nothing; `untried` is why it was not even tried."""
        raw = "" if untried else getattr(exc, "raw", "")
        short = model.log.asked_as if model else ""
        doubt = not untried and isinstance(exc, ModelError) and exc.maybe_charged
        meta = {
            "error": exc.as_dict(),
            **{name: value for name, value in unit.told.items() if name in {"about", "approved"}},
            **({"raw": raw} if raw else {}),
            **({"tried": False} if untried else {}),
            **({"asked_as": short} if short else {}),
            **self._by_hand(row),
        }
        return Draft(
            **self._common(row, unit),
            model=(model.log.asked if model else "") or self.run.model,
            turns=(),
            state="in_doubt" if doubt else "failed",
            calls=calls,
            meta=meta,
            reason=(untried or exc.message)[:LONGEST_REASON],
        )

    def _by_hand(self, row: int) -> dict[str, Any]:
        return dict(self.marks.get(row, {}))

    def _common(self, row: int, unit: Unit, parents: tuple[str, ...] | None = None) -> dict[str, Any]:
        return {
            "id": derived_id("d", self.run.id, row, *filter(None, [self.tries.get(row)])),
            "run": self.run.id,
            "row": row,
            "parents": unit.parents if parents is None else parents,
            "recipe": self.recipe.name,
            "version": self.recipe.version,
            "params": {**params_record(self.params), **unit.given},
            "depth": unit.depth(parents),
            "template_hash": self.recipe.template_hash,
        }


def _alone(exc: WorkbenchError, unit: Unit) -> bool:
    """Whether only the row that was being made came to nothing, and the recipe can be begun anew behind it.

    What a model fails at over a set is one row's loss: there is no other share that would go on.
    """
    return isinstance(exc, (CallInDoubt, RowLost)) or (
        isinstance(exc, ModelError) and isinstance(unit.material, SampleSet)
    )
