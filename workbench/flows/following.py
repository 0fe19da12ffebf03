"""The step after an approval: a run that goes on from approved items, and from nothing else.

It is a run like any other, with the items as its parents: it is paid from what the budget of the proposing run has
left, resumed in the same way, and each of its drafts keeps who approved what it was made from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import InvalidInput
from workbench.flows.approving import approvals, next_settings, proposing
from workbench.flows.estimating import Estimate, estimated
from workbench.flows.forecast import checked_pilot
from workbench.flows.gating import gates_of_run
from workbench.flows.generate import RunJob, begin
from workbench.flows.limits import check_budget
from workbench.flows.run_models import expected, models_of
from workbench.flows.runs import at_work, followers_of, goes_on
from workbench.generate import Recipe, params_record
from workbench.ids import new_id, now_ms
from workbench.jobs import Jobs
from workbench.llm.base import ChatModel
from workbench.model import Budget, Run
from workbench.store.base import Store
from workbench.store.calls import Spent


def estimate_approved(
    store: Store, run_id: str, params: Mapping[str, Any], ids: Sequence[str] | None = None
) -> Estimate:
    """What the next step would take for the approved items that are not used yet, or for the items `ids`.

    Nothing is sent. Raises `NotFound`, `InvalidInput`.
    """
    run, then = proposing(store, run_id)
    follow, read = next_settings(run, then, params)
    items = approvals(store, run_id).ready if ids is None else tuple(dict.fromkeys(ids))
    return estimated(store, follow, items, read, expected(store, follow, read), follows=run.id)


def start_approved(
    store: Store,
    jobs: Jobs,
    run_id: str,
    *,
    author: str,
    params: Mapping[str, Any],
    budget: Budget | None,
    seed: int,
    model: ChatModel | None,
    pilot: int = 0,
    reuse: bool = False,
) -> RunJob:
    """Start the run that goes on from the approved items of `run_id` that no run goes on from yet.

    Without a `budget` it has what the proposing run's has left. Raises `InvalidInput` when nothing approved is left,
    for parameters that come from the items, and for a budget that is used up.
    """
    source, then = proposing(store, run_id)
    follow, read = next_settings(source, then, params)
    used = models_of(store, follow, read, model)
    check_budget(budget if budget is not None else source.budget, used.all)
    run = Run(
        id=new_id("run"),
        recipe=follow.name,
        version=follow.version,
        author=author,
        params=params_record(read),
        seed=seed,
        query=source.query,
        parents=(),
        requested=0,
        model=used.title,
        budget=budget or Budget(),
        started_at=now_ms(),
        pilot=checked_pilot(pilot),
        reuse=reuse,
        follows=source.id,
        gates=gates_of_run(follow),
        models=used.names,
        endpoints=used.endpoints,
    )

    def complete() -> Run:
        limit = budget if budget is not None else _left(store, source.id)
        return replace(_with_items(store, run, follow, read), budget=limit)

    return begin(store, jobs, run, follow, used, complete=complete)


def _with_items(store: Store, run: Run, recipe: Recipe, params: Any) -> Run:
    """The run with its items, read while nobody else writes: two pages never pay for the same item."""
    found = approvals(store, run.follows)
    if not found.ready and found.waiting:
        hint = f"{len(found.waiting):,} wait for approval"
        raise InvalidInput(f"there are no approved {found.what} to go on from", hint=hint)
    if not found.ready:
        raise InvalidInput(f"there are no approved {found.what} to go on from", hint="all approved ones are used")
    return replace(run, parents=found.ready, requested=recipe.per_parent(params) * len(found.ready))


def _left(store: Store, source_id: str) -> Budget:
    """What the proposing run's budget has left, read while nobody else writes: one limit holds for both steps.

    A run that goes on already and is not done counts with all that it may still spend.
    """
    source = store.run(source_id)
    limit = source.budget
    if limit == Budget():
        return limit
    if source.state != "done" or at_work(store, source.id):
        raise InvalidInput(
            "the run that proposed them can still spend from its limit: what it leaves is not known yet",
            hint="let it end, or give this step a limit of its own",
        )
    taken = [store.spent(source.id), *(_kept_back(store, run) for run in followers_of(store, source.id))]
    left = Budget(
        usd=None if limit.usd is None else limit.usd - sum(one.usd for one in taken),
        tokens=None if limit.tokens is None else limit.tokens - sum(one.tokens for one in taken),
        calls=None if limit.calls is None else limit.calls - sum(one.calls for one in taken),
    )
    if any(value is not None and value <= 0 for value in (left.usd, left.tokens, left.calls)):
        raise InvalidInput(
            "the limit of the run that proposed them is used up, or kept back for runs that are not done",
            hint="go on with those, or give this step a limit of its own",
        )
    return left


def _kept_back(store: Store, run: Run) -> Spent:
    now = store.spent(run.id)
    if run.state == "done" or not goes_on(store, run):
        return now
    limit = now.budget
    return replace(
        now,
        usd=now.usd if limit.usd is None else max(now.usd, limit.usd),
        tokens=now.tokens if limit.tokens is None else max(now.tokens, limit.tokens),
        calls=now.calls if limit.calls is None else max(now.calls, limit.calls),
    )
