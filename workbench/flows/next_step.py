"""What the step after an approval would take, before anything is proposed: the estimate of both steps, told apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from workbench.errors import WorkbenchError
from workbench.flows.estimating import Estimate, counted, dry_model, pilot_units
from workbench.flows.items import unit_of
from workbench.flows.unit import Unit
from workbench.generate import RECIPES, Recipe, Then, read_params
from workbench.llm.budget import Prices
from workbench.model import Draft, Run
from workbench.store.base import Store


def with_next_step(
    store: Store, recipe: Recipe, parents: Sequence[str], params: Any, found: Estimate, prices: Prices
) -> Estimate:
    """The estimate with what comes after it, if every item is approved; unchanged for a recipe without such items.

    The recipe is run on a few parents with a model that only counts, and the one that goes on is run on its items.
    """
    then = recipe.proposes(params)
    if then is None or not found.drafts:
        return found
    follow = RECIPES.get(then.recipe)
    begins = read_params(follow, then.begins(params))
    drafts = follow.per_parent(begins) * found.drafts
    step = Estimate(found.drafts, drafts)
    if follow.needs_model:
        units = [
            item
            for unit in pilot_units(store, recipe, parents, params)
            for item in _items(recipe, then, follow, unit, params, begins)
        ]
        each = max(1, follow.per_parent(begins) // follow.share_rows(begins))
        if units:
            taken = counted(follow, units, begins, found.drafts * each, prices)
            step = replace(taken, rows=found.drafts, drafts=drafts)
    return replace(found, then=step, then_recipe=follow.name)


def _items(recipe: Recipe, then: Then, follow: Recipe, unit: Unit, params: Any, begins: Any) -> list[Unit]:
    """What the recipe would propose for one share, as the recipe that goes on would get it."""
    run = Run("", follow.name, follow.version, "", {}, 0, "", (), 0)
    items: list[Unit] = []
    try:
        made = recipe.make(unit.material, unit.params(recipe, params), dry_model(), random.Random(0))
        for candidate in islice(made, recipe.share_rows(params)):
            item = Draft(
                "dry", "", 0, candidate.turns, unit.parents, recipe.name, recipe.version,
                language=candidate.language or unit.language, meta=candidate.meta,
            )  # fmt: skip
            items.append(unit_of(follow, begins, then, run, item, unit.samples, unit.document, 0))
    except WorkbenchError:  # a recipe may stumble over the dry answers
        return items
    return items


def dry_run_of(recipe: Recipe, unit: Unit, params: Any) -> None:
    """Let the recipe make its first draft of a unit with a model that only counts; raises what it raises."""
    next(recipe.make(unit.material, unit.params(recipe, params), dry_model(), random.Random(0)), None)
