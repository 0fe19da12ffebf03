"""A conversation that is run turn by turn: its branches, and rewinding it.

What happened to it is in the journal, line by line, beside the draft that it began as; what it is now follows from
these lines and is never stored. A line is kept before the next turn is asked for: a killed process loses no turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from workbench.errors import InvalidInput, NotFound
from workbench.generate import RECIPES, ByTurns, Recipe, read_params
from workbench.model import Draft, Finding, Turn
from workbench.records import finding_from_record, to_record, turn_from_record
from workbench.store.base import Store
from workbench.store.rows import Event

By = Literal["opening", "model", "person"]
How = Literal["made", "fixed", "again"]
UNDECIDED = ("draft", "gated")


@dataclass(frozen=True, slots=True)
class LiveTurn:
    """A turn, whose words it is, and what the checks found in it."""

    turn: Turn
    by: By
    findings: tuple[Finding, ...] = ()

    @property
    def pauses(self) -> bool:
        """Whether the conversation waits for a person after it."""
        return self.by == "model" and any(finding.severity != "info" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Branch:
    """One course of the conversation: it shares its first `kept` turns with the branch before it."""

    turns: tuple[LiveTurn, ...]
    kept: int = 0
    how: How = "made"
    author: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """Words of the model that a person rewrote: turn `turn` of branch `base`, as it is in branch `branch`."""

    turn: str
    base: int
    branch: int
    pair: bool
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """A conversation as it is now. `wanted` is how many turns it shall have; `fixes` those that still hold.

    `interventions` counts every rewriting and every regeneration; `seconds` are how long rewritings took, where known.
    """

    draft: str
    run: str
    wanted: int
    branches: tuple[Branch, ...]
    fixes: tuple[Fix, ...] = ()
    interventions: int = 0
    seconds: tuple[float, ...] = ()

    @property
    def turns(self) -> tuple[LiveTurn, ...]:
        """The true history."""
        return self.branches[-1].turns

    @property
    def stale(self) -> tuple[LiveTurn, ...]:
        """Turns of earlier branches that answered other words and wait to be made anew."""
        shown: tuple[LiveTurn, ...] = ()
        for branch in self.branches:
            shown = branch.turns + shown[len(branch.turns) :]
        return shown[len(self.turns) :]

    @property
    def finished(self) -> bool:
        """Whether it has all its turns."""
        return len(self.turns) >= self.wanted


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
        live = _rewound(live, line) if line.data["do"] == "rewind" else _grown(live, line.data)
    return live


def rewind(
    store: Store,
    author: str,
    draft_id: str,
    turn_id: str,
    text: str | None = None,
    *,
    pair: bool = True,
    seconds: float | None = None,
) -> Live:
    """Begin a new branch at a turn: with `text` it says this from now on, without it is to be made anew.

    The turns after it are stale from then on. `pair` says of a rewriting whether it is preferred to what was there;
    `seconds` is how long it took. Raises `InvalidInput`, `NotFound`.
    """
    with store.write(author, "rewind a conversation", undoable=False) as writer:
        draft = open_draft(store, draft_id)
        live = read_live(store, draft_id)
        place = _place(live, turn_id)
        old = live.turns[place]
        _check_rewind(old, text)
        if text is not None and text.strip() == old.turn.content.strip():
            return live
        fixed = None if text is None else to_record(replace(old.turn, content=text.strip()))
        writer.log("live", {
            "run": draft.run, "draft": draft.id, "do": "rewind", "keep": place, "turn": fixed, "pair": pair,
            "seconds": seconds,
        })  # fmt: skip
    return read_live(store, draft_id)


def grow(store: Store, author: str, before: Live, made: LiveTurn) -> bool:
    """Keep a new turn at the end of `before`; False when the conversation was decided or rewound meanwhile."""
    with store.write(author, "a turn of a conversation", undoable=False) as writer:
        draft = store.draft(before.draft)
        now = read_live(store, draft.id)
        if draft.state not in UNDECIDED or now != before:
            return False
        findings = to_record(made.findings)
        turn = {"do": "turn", "turn": to_record(made.turn), "findings": findings}
        writer.log("live", {"run": draft.run, "draft": draft.id, **turn})
    return True


def open_draft(store: Store, draft_id: str) -> Draft:
    """A draft nobody has decided on yet; raises `InvalidInput` for another."""
    draft = store.draft(draft_id)
    if draft.state not in UNDECIDED:
        raise InvalidInput(f"draft {draft_id} was decided already", hint="undo that decision first")
    return draft


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


def _grown(live: Live, data: Any) -> Live:
    branch = live.branches[-1]
    findings = tuple(finding_from_record(record) for record in data.get("findings", ()))
    new = LiveTurn(turn_from_record(data["turn"]), "model", findings)
    return replace(live, branches=(*live.branches[:-1], replace(branch, turns=(*branch.turns, new))))


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
        fixes=_fixes(live, old, number, pair=data.get("pair", True), seconds=seconds),
        interventions=live.interventions + 1,
        seconds=live.seconds if seconds is None else (*live.seconds, seconds),
    )


def _fixes(live: Live, old: LiveTurn, number: int, *, pair: bool, seconds: float | None) -> tuple[Fix, ...]:
    """The fixes with one more. Rewriting one's own words again is the same fix: what the model said stays its base."""
    if old.by == "opening":
        return live.fixes
    base = number - 1
    others = live.fixes
    if old.by == "person":
        base = next(fix.base for fix in reversed(live.fixes) if fix.turn == old.turn.id)
        others = tuple(fix for fix in live.fixes if (fix.turn, fix.base) != (old.turn.id, base))
    return (*others, Fix(old.turn.id, base, number, pair, seconds))


def _place(live: Live, turn_id: str) -> int:
    ids = [item.turn.id for item in live.turns]
    if turn_id in ids:
        return ids.index(turn_id)
    if any(item.turn.id == turn_id for item in live.stale):
        raise InvalidInput(f"turn {turn_id} is stale", hint="let the turns before it be made again first")
    raise NotFound(f"the conversation has no turn {turn_id}", hint="it may have been rewound meanwhile")


def _check_rewind(old: LiveTurn, text: str | None) -> None:
    if text is None and old.by == "opening":
        raise InvalidInput("the opening is not made by the model", hint="rewrite it, or choose a later turn")
    if text is not None and not text.strip():
        raise InvalidInput("a turn needs a text", hint="to have it made anew, regenerate from it")
