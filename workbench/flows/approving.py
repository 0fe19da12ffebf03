"""Approving what a recipe proposes, before anything that goes on from it is sent.

An item is a draft; approving it is a decision on that draft, kept in the store like any other and undone like any
other, so that it survives a killed kernel. It never becomes a sample by being approved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.errors import GenerateError, InvalidInput
from workbench.flows.accepting import checked_turns
from workbench.flows.decide import Seen, check_seen
from workbench.flows.items import then_of, unit_of
from workbench.flows.next_step import dry_run_of
from workbench.flows.runs import ALL, followers_of, goes_on
from workbench.generate import RECIPES, Recipe, Then, params_record, read_params
from workbench.model import Draft, Json, Run, Turn
from workbench.store.base import Store


@dataclass(frozen=True, slots=True)
class Approvals:
    """The items that a run proposed, and where they stand.

    Attributes:
        run: the run that proposed them.
        recipe: the recipe that goes on from them.
        what: what they are called ("role cards").
        waiting: ids of those that nobody decided on.
        ready: ids of those approved from which nothing was made yet.
        used: ids of those approved from which a run goes on. All four are in the order of the run's rows.
        rejected: ids of those turned down.
        runs: ids of the runs that go on from them, newest first.
        params: the parameters that the recipe that goes on begins with.
        settled: names of those parameters that come from the items or the first step: nobody sets them in between.
    """

    run: str
    recipe: str
    what: str
    waiting: tuple[str, ...] = ()
    ready: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    params: Json = field(default_factory=dict)
    settled: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"{self.what} of {self.run}: {len(self.waiting):,} to approve, {len(self.ready):,} approved and not used, "
            f"{len(self.used):,} used, {len(self.rejected):,} rejected; {self.recipe} goes on from them"
        )


def proposing(store: Store, run_id: str) -> tuple[Run, Then]:
    """A run whose drafts are items to approve. Raises `NotFound`, and `InvalidInput` for another run."""
    run = store.run(run_id)
    then = then_of(run)
    if then is None:
        raise InvalidInput(
            f"run {run_id} proposes nothing to approve", hint="accept its drafts, or choose a recipe that proposes"
        )
    return run, then


def next_settings(run: Run, then: Then, params: Mapping[str, Any]) -> tuple[Recipe, Any]:
    """The recipe that goes on with its parameters: its own, those of the proposing run, and what a person changed."""
    follow = RECIPES.get(then.recipe)
    if follow.starts_from not in {"sample", "nothing"}:
        raise InvalidInput(f"{follow.name} cannot go on from items", hint="it starts from a set or a document")
    for name in sorted(then.settled.intersection(params)):
        raise InvalidInput(f"{name} comes from what was approved", hint="edit the item, or leave the parameter out")
    return follow, read_params(follow, {**then.begins(read_params(RECIPES.get(run.recipe), run.params)), **params})


def approvals(store: Store, run_id: str) -> Approvals:
    """Where the items of a run stand. Raises `NotFound`, and `InvalidInput` for a run that proposes nothing."""
    run, then = proposing(store, run_id)
    params = params_record(next_settings(run, then, {})[1])
    followers = followers_of(store, run.id)
    taken = {item for other in followers if goes_on(store, other) for item in other.parents}
    by_state: dict[str, list[str]] = {"waiting": [], "ready": [], "used": [], "rejected": []}
    for draft in sorted(store.drafts(run=run.id, limit=ALL, newest=True), key=lambda draft: draft.row):
        place = _place(draft, taken)
        if place:
            by_state[place].append(draft.id)
    standing = {place: tuple(ids) for place, ids in by_state.items()}
    runs = tuple(other.id for other in followers)
    settled = tuple(sorted(then.settled))
    return Approvals(run.id, then.recipe, then.what, runs=runs, params=params, settled=settled, **standing)


def _place(draft: Draft, taken: set[str]) -> str:
    if not draft.turns:
        return ""
    if draft.state == "approved":
        return "used" if draft.id in taken else "ready"
    return {"draft": "waiting", "gated": "waiting", "rejected": "rejected"}.get(draft.state, "")


def approve(
    store: Store,
    author: str,
    draft_ids: Sequence[str],
    *,
    turns: Sequence[Turn] | None = None,
    seen: Seen | None = None,
) -> list[Draft]:
    """Approve items, as one step. `turns` replaces the text of a single one ("edited, then approved").

    Raises `InvalidInput` for a draft that is no item, was decided on already or changed since it was `seen`, and for an
    edited text from which the next recipe could make nothing.
    """
    if turns is not None and len(draft_ids) != 1:
        raise InvalidInput("an edit belongs to one item", hint="approve the others in another step")
    drafts = [store.draft(draft_id) for draft_id in dict.fromkeys(draft_ids)]
    kinds = [_item(draft) for draft in drafts]
    edited = None
    if turns is not None and drafts:
        edited = _edited(store, drafts[0], kinds[0], turns)
    with store.write(author, "approve item" if len(drafts) == 1 else f"approve {len(drafts)} items") as writer:
        check_seen(store, {draft.id: len(draft.changes) for draft in drafts} | dict(seen or {}))
        return [writer.decide(draft.id, "approved", edited=edited) for draft in drafts]


def _item(draft: Draft) -> Then:
    then = then_of(draft)
    if then is None:
        raise InvalidInput(f"draft {draft.id} is nothing to approve", hint="accept it, or reject it")
    if not draft.turns:
        raise InvalidInput(f"draft {draft.id} came to nothing: {draft.reason}", hint="there is no text to approve")
    return then


def _edited(store: Store, draft: Draft, then: Then, turns: Sequence[Turn]) -> tuple[Turn, ...] | None:
    """The text as a person wrote it, None where it is as it was; it has to fit the recipe that goes on."""
    before = {turn.id: turn for turn in draft.turns}
    checked = tuple(
        replace(turn, role=before[turn.id].role, extra=turn.extra or before[turn.id].extra)
        if turn.id in before
        else turn
        for turn in checked_turns(turns, draft.turns)
    )
    if [(turn.id, turn.content) for turn in checked] == [(turn.id, turn.content) for turn in draft.turns]:
        return None
    if then.parameters and [turn.id for turn in checked] != [turn.id for turn in draft.turns]:
        raise InvalidInput("the parts of an item stay as they are; only their texts change", hint="reload the page")
    follow = RECIPES.get(then.recipe)
    params = read_params(follow, then.begins(read_params(RECIPES.get(draft.recipe), draft.params)))
    run = Run("", follow.name, follow.version, "", {}, 0, "", (), 0)
    item, samples = replace(draft, edited=checked), tuple(store.samples(draft.parents))
    unit = unit_of(follow, params, then, run, item, samples, None, 0)
    try:
        dry_run_of(follow, unit, params)
    except GenerateError as exc:
        if not follow.needs_model:  # else the dry answers may be what it stumbles over
            raise InvalidInput(exc.message, hint=exc.hint) from exc
    return checked
