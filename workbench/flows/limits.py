"""What a run may spend: checked before it starts, and changed while it is at work."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import fields

from workbench.errors import InvalidInput
from workbench.flows.run_models import RunModels, models_of
from workbench.generate import read_params
from workbench.generate.judges import recipe_of_run
from workbench.llm.base import ChatModel
from workbench.model import Budget
from workbench.store.base import Store

_MOST_WHOLE = 2**63 - 1  # what the ledger can keep


def limit_run(store: Store, author: str, run_id: str, budget: Budget) -> None:
    """Change what a run may spend, from the next call on. Raises `NotFound`, `InvalidInput`."""
    run = store.run(run_id)
    used = RunModels()
    if run.model is not None and budget.usd is not None:
        recipe = recipe_of_run(run.recipe)
        used = models_of(store, recipe, read_params(recipe, run.params), None)
    check_budget(budget, used.all)
    set_limit(store, author, run_id, budget)


def set_limit(store: Store, author: str, run_id: str, budget: Budget) -> None:
    """The same as `limit_run`, for a limit that was checked."""
    with store.write(author, "limit of a run", undoable=False) as writer:
        writer.limit_run(run_id, budget)


def check_budget(budget: Budget, models: Iterable[ChatModel]) -> None:
    """Raise `InvalidInput` for a limit that is none, or in dollars where the price of a model is not known."""
    for field in fields(budget):
        limit = getattr(budget, field.name)
        whole = field.name != "usd"
        if limit is not None and not _is_limit(limit, whole=whole):
            hint = "a whole number from 0, or None for no limit" if whole else "a number from 0, or None for no limit"
            raise InvalidInput(f"a budget cannot have {limit!r} {field.name}", hint=hint)
    asked = list(models)
    unpriced = [model.name for model in asked if model.price is None]
    if budget.usd is not None and unpriced:
        hint = "set usd_per_million_in and usd_per_million_out, or limit tokens"
        if len(asked) > 1:
            names = ", ".join(unpriced)
            raise InvalidInput(f"a limit in dollars needs the price of {names}", hint=hint)
        raise InvalidInput("a limit in dollars needs the model's price", hint=hint)


def _is_limit(value: object, *, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return False
    return 0 <= value <= (_MOST_WHOLE if whole else sys.float_info.max)  # neither is true of what is not a number
