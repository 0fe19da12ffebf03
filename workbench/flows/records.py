"""What is kept of a row: the draft that was made, with what its gates say, or why it came to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.errors import ModelError, WorkbenchError
from workbench.flows.gating import Gating
from workbench.flows.provenance import last_writer, made_of, other_model, writers
from workbench.flows.unit import Unit
from workbench.generate import Candidate, Recipe, look_at, params_record, speaks_against
from workbench.generate.gates import new_turns
from workbench.ids import derived_id
from workbench.llm.row import RowModel
from workbench.model import Draft, DraftState, Run

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one run's rows.

    `gating` knows the other drafts of the run. `tries` says how often a row was tried before: every try keeps a
    record of its own. `marks` is what the drafts of rows keep of how they were made (`flows.again`).
    """

    run: Run
    recipe: Recipe
    params: Any
    gating: Gating
    tries: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def marking(self, row: int, **mark: bool) -> Records:
        """These, where the draft of a row gets one more mark."""
        return replace(self, marks={**self.marks, row: {**self.marks.get(row, {}), **mark}})

    def made(
        self, row: int, unit: Unit, made: Candidate, seed: int, calls: tuple[int, ...], model: RowModel | None
    ) -> Draft:
        """The draft of a row, looked at by its gates."""
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
                **self._marked(row),
            },
        )

    def lost(
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
            **self._marked(row),
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

    def _marked(self, row: int) -> dict[str, Any]:
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
