"""Generating: what a run would take, starting one, going on with one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import InvalidInput
from workbench.flows.again import NOBODY, Named, named
from workbench.flows.estimating import Estimate, estimated
from workbench.flows.forecast import checked_pilot
from workbench.flows.gating import gates_of_run
from workbench.flows.known import known_for
from workbench.flows.limits import check_budget, set_limit
from workbench.flows.moved import addresses_to_keep, check_not_moved
from workbench.flows.next_step import with_next_step
from workbench.flows.run_models import RunModels, expected, models_again, models_of
from workbench.flows.runs import (
    ALL,
    claim,
    drafts_of,
    followers_of,
    goes_on,
    mark_interrupted,
    read_drafts,
    release,
    settled_rows,
)
from workbench.flows.units import checked_parents
from workbench.flows.working import Work
from workbench.generate import RECIPES, Recipe, params_record, read_params
from workbench.generate.judges import recipe_of_run
from workbench.ids import new_id, now_ms
from workbench.jobs import Control, Job, Jobs
from workbench.llm.base import ChatModel
from workbench.model import Budget, Draft, Run
from workbench.store.base import Store

__all__ = ["Estimate", "RunJob", "estimate", "resume_run", "start_run"]


class RunJob(Job[Run]):
    """A run at work: `run` is its id, `drafts` what it has made so far."""

    def __init__(self, title: str, work: Work, store: Store, run_id: str) -> None:
        def made(control: Control) -> Run:
            run = work.run_all(control)
            self.lost = work.lost
            return run

        super().__init__(title, made, subject=run_id)
        self._store = store

    @property
    def run(self) -> str:
        """The run's id."""
        return self.subject

    @property
    def drafts(self) -> list[Draft]:
        """The drafts with a text that are there by now, oldest first."""
        return read_drafts(self._store, self.subject, None, ALL)


def estimate(
    store: Store,
    recipe: str,
    parents: Sequence[str],
    params: Mapping[str, Any],
) -> Estimate:
    """What a run over these parents would take; nothing is sent. Raises `UnknownName`, `InvalidInput`."""
    chosen = RECIPES.get(recipe)
    unique, read = checked_parents(store, chosen, parents), read_params(chosen, params)
    asked = expected(store, chosen, read)
    found = estimated(store, chosen, unique, read, asked)
    return with_next_step(store, chosen, unique, read, found, asked.prices)


def start_run(
    store: Store,
    jobs: Jobs,
    *,
    author: str,
    recipe: str,
    parents: Sequence[str],
    query: str,
    params: Mapping[str, Any],
    budget: Budget,
    seed: int,
    model: ChatModel | None,
    pilot: int = 0,
    reuse: bool = False,
) -> RunJob:
    """Write the run down and start it; `job.run` is its id. With a `pilot` only so many rows are made, the first ones.

    With `reuse` a request whose answer any run has in the ledger (the same endpoint, model, messages, parameters and
    seed) is not sent: the row says that it was reused, and it costs nothing.
    Raises `InvalidInput` for parameters, an empty selection, a limit in dollars where no price is known, or a `model`
    that stands for none of those that the parameters name.
    """
    chosen = RECIPES.get(recipe)
    read = read_params(chosen, params)
    used = models_of(store, chosen, read, model)
    check_budget(budget, used.all)
    unique = checked_parents(store, chosen, parents)
    run = Run(
        id=new_id("run"),
        recipe=chosen.name,
        version=chosen.version,
        author=author,
        params=params_record(read),
        seed=seed,
        query=query,
        parents=unique,
        requested=chosen.rows(read, len(unique)),
        model=used.title,
        budget=budget,
        started_at=now_ms(),
        pilot=checked_pilot(pilot),
        reuse=reuse,
        gates=gates_of_run(chosen, known=known_for(store, chosen) is not None),
        models=used.names,
        endpoints=used.endpoints,
    )
    return begin(store, jobs, run, chosen, used)


def begin(
    store: Store,
    jobs: Jobs,
    run: Run,
    recipe: Recipe,
    models: RunModels,
    complete: Callable[[], Run] | None = None,
) -> RunJob:
    """Write a new run down and start it. `complete` gives the run as it is to be kept, while nobody else writes."""
    claim(store, run.id)
    try:
        with store.write(run.author, f"generate {recipe.name}", undoable=False) as writer:
            run = complete() if complete else run
            writer.add_run(run)
    except BaseException:
        release(store, run.id)
        raise
    return _start(store, jobs, run, recipe, models)


def resume_run(
    store: Store,
    jobs: Jobs,
    run_id: str,
    *,
    author: str,
    model: ChatModel | None = None,
    budget: Budget | None = None,
    send_again: Collection[str] = (),
    only: Collection[str] = (),
) -> RunJob:
    """Go on with a run that was interrupted, cancelled or stopped: rows with a draft stay as they are.

    Rows that failed at the endpoint or were not tried are tried again; the record of each try is kept. Answered calls
    are taken from the ledger. A row whose call may have been charged is "in_doubt" and is not sent again, unless its
    draft is named in `send_again`: then it may be charged twice. With `only`, just the rows of these drafts are tried,
    also such as the model refused or answered to no use, and the run ends as it was before.
    Raises `InvalidInput` when the run is at work, has nothing left to try, its recipe is another version by now, or a
    model of it is another one, or at another address than what it was answered at and goes on from; and for a `model`
    that stands for none of those that the parameters name.
    """
    run = mark_interrupted(store, store.run(run_id))
    if run.state in {"running", "waiting"}:
        raise InvalidInput("this run is at work already", hint="another notebook may be running it")
    drafts = drafts_of(store, run_id)
    chosen_rows = named(run, drafts, send_again, only)
    if len(settled_rows(drafts, chosen_rows.again)) >= run.requested:
        raise InvalidInput("this run is complete: nothing is left to try", hint="start a new one")
    _check_items(store, run)
    chosen = recipe_of_run(run.recipe)
    if chosen.version != run.version:
        raise InvalidInput(f"{run.recipe} is at version {chosen.version} now, the run used {run.version}")
    used = models_again(store, chosen, read_params(chosen, run.params), model, run)
    pilot = run.pilot if only else 0
    run = replace(run, budget=budget or run.budget, ended_at=None, author=run.author or author, pilot=pilot)
    tries = store.drafts(run=run_id, limit=ALL)
    check_not_moved(store, run, chosen, used, tries, chosen_rows)
    run = replace(run, endpoints=addresses_to_keep(store, run, chosen, used, tries))
    check_budget(run.budget, used.all)
    if not claim(store, run.id):
        raise InvalidInput("this run is at work already", hint="another notebook may be running it")
    return _start(store, jobs, run, chosen, used, chosen_rows)


def _check_items(store: Store, run: Run) -> None:
    """Raise `InvalidInput` when another run went on from the items of one that was stopped before its first row."""
    if not run.follows or goes_on(store, run):
        return
    others = (other for other in followers_of(store, run.follows) if other.id != run.id and goes_on(store, other))
    if any(set(other.parents) & set(run.parents) for other in others):
        raise InvalidInput("another run goes on from these items", hint="decide on what that one made")


def _start(store: Store, jobs: Jobs, run: Run, recipe: Recipe, models: RunModels, rows: Named = NOBODY) -> RunJob:
    try:
        if store.spent(run.id).budget != run.budget:
            set_limit(store, run.author, run.id, run.budget)
        work = Work(store, run, models, rows)
    except BaseException:
        release(store, run.id)
        raise
    requested = run.requested if rows.only is None else len(rows.only)
    drafts = "1 draft" if requested == 1 else f"{requested} drafts"
    return jobs.started(RunJob(f"{recipe.title}: {drafts}", work, store, run.id))
