"""What a model was asked for a draft, as named blocks, and what differs between two such prompts, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

import orjson

from workbench.errors import NotFound
from workbench.flows.live import live_of
from workbench.llm.base import Request
from workbench.model import Call, Draft
from workbench.prompt import Block, Part, Prompt, unmarked
from workbench.store.base import Store
from workbench.text import DiffPart, word_diff

SCHEMA = "schema"
"""The name of the block that says in which form the answer has to come."""

_RUNS = 5
"""Other runs that are looked into for something to compare with."""

_LONGEST_ID = 64
"""Bits of a number that the database cannot hold as an id."""

Missing = Literal["", "older", "damaged"]


@dataclass(frozen=True, slots=True)
class NamedBlock:
    """A block as people read it: whose message it is in, its name ("" without a template) and its pieces.

    The lines that mark data are left out; they are random and say nothing.
    """

    role: str
    name: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All pieces in one."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Asked:
    """One call and what was asked in it. `turns` are those turns of the draft that it gave.

    `missing` says why there is no `prompt`: it is "older" than the keeping of prompts (only its hash is known), or
    "damaged" (what is kept of it does not fit its hash, or can no longer be read).
    """

    call: Call
    prompt: Prompt | None
    turns: tuple[str, ...] = ()
    missing: Missing = ""

    @property
    def blocks(self) -> tuple[NamedBlock, ...]:
        """What was asked, in order, and last the form of the answer where one was asked for; empty without a prompt."""
        return tuple(_blocks(self.prompt)) if self.prompt else ()


@dataclass(frozen=True, slots=True)
class BlockDiff:
    """A block of two prompts: the same, changed, or in one of them alone ("added", "removed")."""

    role: str
    name: str
    how: Literal["same", "changed", "added", "removed"]
    parts: tuple[DiffPart, ...]


@dataclass(frozen=True, slots=True)
class AskedDiff:
    """Two calls beside each other and what differs between their prompts; None where one side asked no more."""

    old: Asked | None
    new: Asked | None
    blocks: tuple[BlockDiff, ...]


def asked(store: Store, which: str | int) -> list[Asked]:
    """What was asked for a draft, call by call; or in one call, by its number. Empty where no model was asked.

    Raises `NotFound`.
    """
    if isinstance(which, int):
        calls = store.calls_by_id([which]) if which.bit_length() < _LONGEST_ID else []
        if not calls:
            raise NotFound(f"there is no call {which}")
        return _asked(store, calls, {})
    draft = store.draft(which)
    lines = store.live_lines(draft.run, draft.id)
    numbers = {*draft.calls, *(call for line in lines for call in line.data.get("calls", ()))}
    gave = dict(draft.meta.get("turn_calls", {}))
    if lines:
        gave |= {item.turn.id: item.calls[-1] for item in live_of(draft, lines).turns if item.calls}
    return _asked(store, store.calls_by_id(sorted(numbers)), gave)


def asked_diff(store: Store, old: str | int, new: str | int) -> list[AskedDiff]:
    """What differs between what was asked for two drafts (or in two calls); their calls are compared in their order.

    Raises `NotFound`.
    """
    pairs = zip_longest(asked(store, old), asked(store, new))
    return [AskedDiff(before, after, _diff(before, after)) for before, after in pairs]


def comparable(store: Store, draft: Draft, most: int = 20) -> list[Draft]:
    """Drafts whose prompts say something beside this one's, at most so many.

    First those of the same request in its own run and in the newest other runs of the recipe, then others of its run.
    """
    others = [run.id for run in store.runs() if run.recipe == draft.recipe and run.id != draft.run][:_RUNS]
    alike = [store.drafts(run=run, group=draft.group, limit=most) for run in (draft.run, *others) if draft.group]
    beside = store.drafts(run=draft.run, limit=most)
    found = {one.id: one for part in (*alike, beside) for one in part if one.calls and one.id != draft.id}
    return list(found.values())[:most]


def _asked(store: Store, calls: Sequence[Call], gave: dict[str, int]) -> list[Asked]:
    prompts = store.prompts([call.id for call in calls])
    found = []
    for call in calls:
        turns = tuple(turn for turn, number in gave.items() if number == call.id)
        missing: Missing = "older"
        if call.id in prompts:
            missing = "" if _fits(prompts[call.id], call) else "damaged"
        found.append(Asked(call, None if missing else prompts[call.id], turns, missing))
    return found


def _fits(prompt: Prompt | None, call: Call) -> bool:
    """Whether a prompt makes the request that was sent; what damage left of one may make none at all."""
    try:
        return prompt is not None and Request.of_prompt(prompt).hash(call.endpoint, call.model) == call.request_hash
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def _blocks(prompt: Prompt) -> Iterator[NamedBlock]:
    for role, blocks in prompt.messages:
        for block in blocks:
            yield NamedBlock(role, block.name, tuple(_readable(block)))
    if schema := prompt.settings.get("schema"):
        yield NamedBlock("", SCHEMA, (Part(orjson.dumps(schema, option=orjson.OPT_INDENT_2).decode()),))


def _readable(block: Block) -> Iterator[Part]:
    for part in block.parts():
        yield Part(unmarked(part.text), part.place) if part.place else part


def _diff(old: Asked | None, new: Asked | None) -> tuple[BlockDiff, ...]:
    """Block by block; blocks that both have in the same order are compared, the others stand alone."""
    before, after = old.blocks if old else (), new.blocks if new else ()
    first, second = ([(block.role, block.name) for block in blocks] for blocks in (before, after))
    found: list[BlockDiff] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            found += map(_compared, before[a1:a2], after[b1:b2])
            continue
        found += [BlockDiff(one.role, one.name, "removed", (DiffPart("removed", one.text),)) for one in before[a1:a2]]
        found += [BlockDiff(one.role, one.name, "added", (DiffPart("added", one.text),)) for one in after[b1:b2]]
    return tuple(found)


def _compared(old: NamedBlock, new: NamedBlock) -> BlockDiff:
    if old.text == new.text:
        return BlockDiff(new.role, new.name, "same", (DiffPart("same", new.text),))
    return BlockDiff(new.role, new.name, "changed", tuple(word_diff(old.text, new.text)))
