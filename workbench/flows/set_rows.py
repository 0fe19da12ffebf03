"""A set as its recipe gets it: with what all rows share, the row that comes next, and what those before it gave."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from workbench.errors import WorkbenchError
from workbench.flows.runs import to_try_again
from workbench.flows.unit import Unit
from workbench.flows.units import load_unit
from workbench.generate import Candidate, Recipe, SampleSet, read_params
from workbench.model import Draft, Run
from workbench.store.base import Store


def from_row(unit: Unit, row: int, drafts: Iterable[Draft]) -> Unit:
    """The unit of a set as it is at this row, after these drafts (of each row the last counts); any other as it is."""
    samples = unit.material
    if not isinstance(samples, SampleSet):
        return unit
    last = {draft.row: draft for draft in drafts if draft.row < row}
    before = (_given(last[one]) for one in sorted(last) if _answered(last[one]))
    return replace(unit, material=SampleSet(samples, row, samples.seed, before, samples.drawn))


def with_draw(store: Store, run: Run, recipe: Recipe, *, begun: bool) -> Run:
    """The run with what its rows share: drawn now, or as it was when the first of them was made or asked for (`begun`).

    Where nothing can be made of the set, nothing is drawn: the rows say why.
    """
    if recipe.draw is None or run.follows or (begun and run.drawn):
        return run
    try:
        material = load_unit(store, recipe, replace(run, drawn={}), "", 0).material
        drawn = recipe.draw(material, read_params(recipe, run.params), random.Random(run.seed))  # type: ignore[arg-type]
    except WorkbenchError:
        drawn = {}
    return replace(run, drawn=drawn)


def _answered(draft: Draft) -> bool:
    """Whether the model answered for it: it has a text, or the answer was of no use and stays so."""
    return bool(draft.turns) or (draft.state == "failed" and bool(draft.calls) and not to_try_again(draft))


def _given(draft: Draft) -> Candidate | None:
    return Candidate(draft.turns, draft.language, meta=draft.meta) if draft.turns else None
