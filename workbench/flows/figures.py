"""The figures of a run: what its recipe can say about all of its drafts together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import GenerateError, NotFound
from workbench.flows.runs import drafts_of, read_run
from workbench.generate import RECIPES, Figure, Made, read_params
from workbench.model import Run, Sample
from workbench.store.base import Store

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The figures of a run, of the drafts with a text (`drafts` of them); none where its recipe declares none."""

    run: str
    recipe: str
    drafts: int
    figures: tuple[Figure, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """One row per figure: title, value, unit, of, limit, low, high, meaning, note, wrong."""
        import pandas as pd

        rows = [
            {
                **{name: getattr(one, name) for name in ("title", "value", "unit", "of", "limit")},
                **dict(zip(("low", "high"), one.interval or (None, None), strict=True)),
                **{name: getattr(one, name) for name in ("meaning", "note", "wrong")},
            }
            for one in self.figures
        ]
        return pd.DataFrame(rows)

    def __str__(self) -> str:
        if not self.figures:
            return f"{self.recipe} has no figures of its own"
        return "\n".join(f"  {one}" for one in self.figures)


def has_figures(run: Run) -> bool:
    """Whether the recipe of a run declares figures."""
    return run.recipe in RECIPES.names() and RECIPES.get(run.recipe).figures is not None


def run_figures(store: Store, run_id: str) -> RunFigures:
    """The figures of a run by now. Raises `NotFound`, and `GenerateError` where the recipe cannot work them out."""
    run = read_run(store, run_id)
    if not has_figures(run):
        return RunFigures(run.id, run.recipe, 0, ())
    recipe = RECIPES.get(run.recipe)
    params = read_params(recipe, run.params)
    drafts = sorted((draft for draft in drafts_of(store, run_id) if draft.turns), key=lambda draft: draft.row)
    parents = {parent for draft in drafts for parent in draft.parents} if recipe.starts_from == "sample" else set()
    made = Made(drafts, run.requested, _known(store, parents), run.seed)
    try:
        figures = tuple(recipe.figures(made, params)) if recipe.figures else ()
    except Exception as exc:  # a recipe is an extension: what it says of itself must not lose the rest of the page
        kind = type(exc).__name__
        raise GenerateError(
            f"the figures of {recipe.name} cannot be worked out: {kind}: {exc}",
            hint="the drafts are as they were; tell who wrote the recipe",
        ) from exc
    return RunFigures(run.id, run.recipe, len(drafts), figures)


def _known(store: Store, ids: set[str]) -> dict[str, Sample]:
    """The samples that are still there."""
    try:
        return {sample.id: sample for sample in store.samples(sorted(ids))}
    except NotFound:
        return {one: sample for one in sorted(ids) if (sample := _there(store, one))}


def _there(store: Store, sample: str) -> Sample | None:
    try:
        return store.get(sample)
    except NotFound:
        return None
