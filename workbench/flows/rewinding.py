"""What happens to a conversation that is run turn by turn: a turn more, back to a turn, back to an earlier branch.

Each is one line of the journal. A line is kept before the next turn is asked for, so a killed process loses no turn.
Going back is a step that can be undone: undo goes on from the branch before it. Nothing is ever removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import InvalidInput, NotFound
from workbench.flows.live import read_live
from workbench.flows.live_values import Live, LiveTurn
from workbench.model import Draft
from workbench.records import to_record
from workbench.store.base import Store

UNDECIDED = ("draft", "gated")


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
    with store.write(author, "rewind a conversation") as writer:
        draft = open_draft(store, draft_id)
        live = read_live(store, draft_id)
        place = _place(live, turn_id)
        old = live.turns[place]
        _check_rewind(old, text)
        if text is not None and text.strip() == old.turn.content.strip():
            return live
        fixed = None if text is None else to_record(replace(old.turn, content=text.strip()))
        line = {"do": "rewind", "keep": place, "turn": fixed, "pair": pair, "seconds": seconds}
        last = len(live.branches) - 1
        writer.log_live(_of(draft, **line), back=_return(draft, last, -1), forth=_return(draft, last + 1, 1))
    return read_live(store, draft_id)


def go_back_to(store: Store, author: str, draft_id: str, branch: int) -> Live:
    """Go on from an earlier branch: it is what holds from then on; the others stay readable. Raises `InvalidInput`."""
    with store.write(author, "go on from an earlier version") as writer:
        draft = open_draft(store, draft_id)
        live = read_live(store, draft_id)
        last = len(live.branches) - 1
        if isinstance(branch, bool) or not 0 <= branch <= last:
            raise InvalidInput(f"the conversation has no version {branch}", hint="it may have been rewound meanwhile")
        if branch == last:
            raise InvalidInput("this version is what holds now", hint="choose an earlier one")
        if not live.branches[branch].turns:
            raise InvalidInput("nothing is said in this version", hint="choose another one")
        writer.log_live(_return(draft, branch), back=_return(draft, last), forth=_return(draft, branch))
    return read_live(store, draft_id)


def grow(store: Store, author: str, before: Live, made: LiveTurn) -> bool:
    """Keep a new turn at the end of `before`; False when the conversation was decided or rewound meanwhile."""
    with store.write(author, "a turn of a conversation", undoable=False) as writer:
        draft = store.draft(before.draft)
        now = read_live(store, draft.id)
        if draft.state not in UNDECIDED or now != before:
            return False
        made_by = {"calls": list(made.calls), "seed": made.seed, "answered_by": list(made.answered_by)}
        told = {name: value for name, value in made_by.items() if value not in (None, [])}
        writer.log_live(_of(draft, do="turn", turn=to_record(made.turn), findings=to_record(made.findings), **told))
    return True


def came_to_nothing(store: Store, author: str, before: Live, calls: Sequence[int], why: str) -> None:
    """Keep that an answer was paid for and gave no turn after `before`, so that the next try asks otherwise."""
    place = {"branch": len(before.branches), "after": len(before.turns)}
    with store.write(author, "an answer of no use", undoable=False) as writer:
        writer.log_live(_of(store.draft(before.draft), do="empty", calls=list(calls), why=why, **place))


def empty_tries(store: Store, live: Live) -> int:
    """How often the next turn of a conversation was asked for, paid for, and came to nothing."""
    place = {"branch": len(live.branches), "after": len(live.turns)}
    lines = store.live_lines(live.run, live.draft)
    return sum(line.data["do"] == "empty" and place.items() <= line.data.items() for line in lines)


def open_draft(store: Store, draft_id: str) -> Draft:
    """A draft nobody has decided on yet; raises `InvalidInput` for another."""
    draft = store.draft(draft_id)
    if draft.state not in UNDECIDED:
        raise InvalidInput(f"draft {draft_id} was decided already", hint="undo that decision first")
    return draft


def _of(draft: Draft, **what: Any) -> dict[str, Any]:
    return {"run": draft.run, "draft": draft.id, **what}


def _return(draft: Draft, branch: int, counts: int = 0) -> dict[str, Any]:
    return _of(draft, do="return", branch=branch, counts=counts)


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
