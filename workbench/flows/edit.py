"""Editing and archiving: each call is one revision or one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from workbench.errors import InvalidInput, NotFound
from workbench.ids import derived_id
from workbench.model import ROLES, PreferencePair, Sample, ToolCall, Turn
from workbench.records import conversation_hash
from workbench.release.preferences import rewritten
from workbench.store.base import Store
from workbench.text import DiffPart, word_diff


@dataclass(frozen=True, slots=True)
class TurnDiff:
    """What became of one turn between two revisions; a moved turn keeps its id."""

    turn: str
    role: str
    kind: str
    parts: tuple[DiffPart, ...]


def edit_turn(
    store: Store,
    author: str,
    sample_id: str,
    turn_id: str,
    text: str,
    *,
    base_revision: int,
    note: str = "",
    pair: bool | None = None,
) -> Sample:
    """Replace the text of one turn. Raises `StaleRevision`, `NotFound`."""
    sample = store.get(sample_id)
    if sample.turn(turn_id) is None:
        raise NotFound(f"sample {sample_id} has no turn {turn_id}", hint="it may have been deleted meanwhile")
    turns = [replace(turn, content=text) if turn.id == turn_id else turn for turn in sample.turns]
    return save_turns(store, author, sample_id, turns, base_revision=base_revision, note=note, pair=pair)


def save_turns(
    store: Store,
    author: str,
    sample_id: str,
    turns: Sequence[Turn],
    *,
    base_revision: int,
    note: str = "",
    pair: bool | None = None,
) -> Sample:
    """Save a whole new list of turns (added, deleted, reordered, rewritten) as the next revision.

    Turns without an id get a fresh one. `pair` says of a rewritten answer in generated text whether it is preferred to
    what it was before (None: nothing is said); it is part of the same step. Raises `StaleRevision`, and `InvalidInput`
    for an unusable list.
    """
    sample = store.get(sample_id)
    used = {turn.id for revision in store.revisions(sample_id) for turn in revision.sample.turns}
    changed = replace(sample, turns=with_ids(turns, used))
    _check(changed.turns)
    _check_calls(sample.turns, changed.turns)
    if changed.turns == sample.turns and base_revision == sample.revision:
        return sample
    with store.write(author, "edit") as writer:
        saved = writer.save_revision(changed, base_revision=base_revision, note=note)
        judged = None if pair is None else judgement_of(sample, saved, author, kept=pair)
        if judged is not None:
            writer.judge_pair(judged)
        return saved


def judgement_of(before: Sample, after: Sample, author: str, *, kept: bool) -> PreferencePair | None:
    """What `kept` says of an edit; None where it cannot be a pair: people's own text, or no answer rewritten."""
    turn = rewritten(before.turns, after.turns) if after.origin.synthetic else None
    if turn is None:
        return None
    place = [item.id for item in after.turns].index(turn)
    words = [conversation_hash(tuple(side.turns[: place + 1])) for side in (before, after)]
    name = derived_id("pair", after.id, turn, *words)
    return PreferencePair(name, after.id, turn, before.revision, after.revision, author, 0, kept)


def keep_pair(store: Store, author: str, pair_id: str, *, kept: bool) -> PreferencePair:
    """Keep a pair, or take it away, as one step. Raises `NotFound`."""
    pair = replace(store.pair(pair_id), kept=kept)
    with store.write(author, "keep a preference pair" if kept else "remove a preference pair") as writer:
        return writer.judge_pair(pair)


def with_ids(turns: Sequence[Turn], used: set[str]) -> tuple[Turn, ...]:
    """Give every turn without an id the next number that no turn of this sample ever had."""
    taken = used | {turn.id for turn in turns}
    number = 0
    numbered = []
    for turn in turns:
        if not turn.id:
            number += 1
            while f"t{number}" in taken:
                number += 1
            taken.add(f"t{number}")
            turn = replace(turn, id=f"t{number}")
        numbered.append(turn)
    return tuple(numbered)


def turn_diffs(old: Sample, new: Sample) -> list[TurnDiff]:
    """The word diffs of all turns between two versions, in the new order, deleted turns at their old place."""
    before = {turn.id: turn for turn in old.turns}
    diffs = [_diff_of(before.get(turn.id), turn) for turn in new.turns]
    kept = {turn.id for turn in new.turns}
    for place, turn in enumerate(old.turns):
        if turn.id not in kept:
            diffs.insert(place, TurnDiff(turn.id, turn.role, "removed", (DiffPart("removed", turn.content),)))
    return diffs


def archive(store: Store, author: str, ids: Sequence[str], *, state: str = "archived") -> int:
    """Put samples aside (or with state "active" bring them back) as one step; returns how many changed."""
    with store.write(author, "archive" if state == "archived" else "restore") as writer:
        return writer.set_state(ids, state)


def _diff_of(old: Turn | None, new: Turn) -> TurnDiff:
    if old is None:
        return TurnDiff(new.id, new.role, "added", (DiffPart("added", new.content),))
    parts = tuple(word_diff(old.content, new.content))
    changed = old.content != new.content or old.role != new.role
    return TurnDiff(new.id, new.role, "changed" if changed else "same", parts)


def _check(turns: Sequence[Turn]) -> None:
    if not turns:
        raise InvalidInput("a conversation needs at least one turn", hint="archive the sample to take it out")
    ids = [turn.id for turn in turns]
    if len(set(ids)) < len(ids):
        raise InvalidInput("two turns have the same id", hint="leave the id of a new turn empty")
    for number, turn in enumerate(turns, start=1):
        if turn.role not in ROLES:
            raise InvalidInput(f"turn {number} has the role {turn.role!r}", hint=f"use one of: {', '.join(ROLES)}")
        if not turn.content.strip() and not turn.tool_calls:
            raise InvalidInput(f"turn {number} is empty", hint="write something or delete the turn")


def _check_calls(before: Sequence[Turn], after: Sequence[Turn]) -> None:
    """Raise `InvalidInput` for a tool call that this edit leaves unreadable; one that came so may stay so."""
    known = {call for turn in before for call in turn.tool_calls}
    for number, turn in enumerate(after, start=1):
        for call in turn.tool_calls:
            if call not in known:
                _check_call(call, number)


def _check_call(call: ToolCall, number: int) -> None:
    if not call.name.strip():
        raise InvalidInput(f"a tool call of turn {number} has no name", hint="name the function it calls")
    try:
        orjson.loads(call.arguments or "{}")
    except orjson.JSONDecodeError as exc:
        raise InvalidInput(
            f"the arguments of {call.name} in turn {number} are not JSON: {exc}",
            hint='write them like {"date": "5 May"}',
        ) from exc
