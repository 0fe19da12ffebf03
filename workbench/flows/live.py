"""A conversation that is run turn by turn: its branches, as they follow from what happened to it.

What happened to it is in the journal, line by line, beside the draft that it began as; what it is now follows from
these lines and is never stored. `flows.rewinding` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from workbench.errors import InvalidInput
from workbench.flows.live_values import Branch, Fix, Live, LiveTurn
from workbench.generate import RECIPES, ByTurns, Recipe, read_params
from workbench.model import Draft
from workbench.records import finding_from_record, turn_from_record
from workbench.store.base import Store
from workbench.store.rows import Event


def recipe_of(draft: Draft) -> tuple[Recipe, ByTurns]:
    """The recipe that makes a draft's next turn. Raises `InvalidInput` when none does."""
    _check_kind(draft)
    recipe = RECIPES.get(draft.recipe)
    assert recipe.by_turns is not None  # checked
    if recipe.version != draft.version:
        raise InvalidInput(f"{draft.recipe} is at version {recipe.version} now, the draft used {draft.version}")
    return recipe, recipe.by_turns


def read_live(store: Store, draft_id: str) -> Live:
    """A draft as a conversation to run turn by turn. Raises `NotFound`, or `InvalidInput` for another kind of draft."""
    draft = store.draft(draft_id)
    _check_kind(draft)
    return live_of(draft, store.live_lines(draft.run, draft.id))


def goes_by_turns(draft: Draft) -> bool:
    """Whether a draft can be run turn by turn at all."""
    recipe = RECIPES.get(draft.recipe) if draft.recipe in RECIPES.names() else None
    return recipe is not None and recipe.by_turns is not None and bool(draft.parents) and bool(draft.turns)


def live_of(draft: Draft, lines: Iterable[Event]) -> Live:
    """The conversation that a draft became by these lines of the journal, also when its recipe has changed since."""
    live = Live(draft.id, draft.run, _wanted(draft), (Branch(_first(draft), at=draft.created_at),))
    for line in lines:
        live = _FOLDS[line.data["do"]](live, line)
    return live


def _check_kind(draft: Draft) -> None:
    if not draft.turns:
        raise InvalidInput(f"draft {draft.id} came to nothing: {draft.reason}", hint="there is no text to go on from")
    if not goes_by_turns(draft):
        raise InvalidInput(f"drafts of {draft.recipe} are not made turn by turn", hint="edit it, then accept it")


def _wanted(draft: Draft) -> int:
    recipe = RECIPES.get(draft.recipe)
    if recipe.by_turns is None or recipe.version != draft.version:
        return len(draft.turns)
    return recipe.by_turns.wanted(read_params(recipe, draft.params))


def _first(draft: Draft) -> tuple[LiveTurn, ...]:
    """The draft as it was made: its opening comes from the sample, the rest from the model."""
    ids = [turn.id for turn in draft.turns]
    kept = ids.index(draft.branch_at) + 1 if draft.branch_at in ids else 0
    found = {turn.id: tuple(item for item in draft.gates if item.turn == turn.id) for turn in draft.turns}
    return tuple(
        LiveTurn(turn, "opening" if place < kept else "model", found[turn.id]) for place, turn in enumerate(draft.turns)
    )


def _grown(live: Live, line: Event) -> Live:
    branch, data = live.branches[-1], line.data
    findings = tuple(finding_from_record(record) for record in data.get("findings", ()))
    made = {"calls": tuple(data.get("calls", ())), "answered_by": tuple(data.get("answered_by", ()))}
    new = LiveTurn(turn_from_record(data["turn"]), "model", findings, seed=data.get("seed"), **made)
    return replace(live, branches=(*live.branches[:-1], replace(branch, turns=(*branch.turns, new))))


def _came_to_nothing(live: Live, line: Event) -> Live:
    """An answer that was paid for and gave no turn: it changes nothing, but the next try asks otherwise."""
    return live


def _rewound(live: Live, line: Event) -> Live:
    data, place = line.data, line.data["keep"]
    old = live.turns[place]
    number = len(live.branches)
    if data.get("turn") is None:
        branch = Branch(live.turns[:place], place, "again", line.author, line.at)
        return replace(live, branches=(*live.branches, branch), interventions=live.interventions + 1)
    fixed = LiveTurn(turn_from_record(data["turn"]), "opening" if old.by == "opening" else "person")
    branch = Branch((*live.turns[:place], fixed), place, "fixed", line.author, line.at)
    seconds = data.get("seconds")
    return replace(
        live,
        branches=(*live.branches, branch),
        fixed=_fixes(live, old, number, pair=data.get("pair", True), seconds=seconds),
        interventions=live.interventions + 1,
        seconds=live.seconds if seconds is None else (*live.seconds, seconds),
    )


def _fixes(live: Live, old: LiveTurn, number: int, *, pair: bool, seconds: float | None) -> tuple[Fix, ...]:
    """The fixes with one more. Rewriting one's own words again is the same fix: what the model said stays its base."""
    if old.by == "opening":
        return live.fixed
    base = number - 1
    others = live.fixed
    if old.by == "person":
        base = next(fix.base for fix in reversed(live.fixed) if fix.turn == old.turn.id)
        others = tuple(fix for fix in live.fixed if (fix.turn, fix.base) != (old.turn.id, base))
    return (*others, Fix(old.turn.id, base, number, pair, seconds))


def _returned(live: Live, line: Event) -> Live:
    """An earlier branch goes on: what it said when it was left holds now. `counts` is what an undo takes back."""
    number = line.data["branch"]
    turns = live.branches[number].turns
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(live.turns, turns, strict=False)))
    branch = Branch(turns, kept, "returned", line.author, line.at, number)
    counts = live.interventions + line.data.get("counts", 0)
    return replace(live, branches=(*live.branches, branch), interventions=counts)


_FOLDS = {"turn": _grown, "rewind": _rewound, "return": _returned, "empty": _came_to_nothing}
