"""What a row of a judge starts from: a draft, or a canary made from a sample that people stand behind.

A canary says that it was made for what one of the drafts was made for, and shows what it was made from where such a
draft does, or its request would give it away.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile

import orjson

from workbench.errors import GenerateError, NotFound, UnknownName
from workbench.flows.documents import document_of
from workbench.flows.unit import Unit
from workbench.generate import RECIPES
from workbench.generate.base import spoken
from workbench.generate.canaries import GOOD, PLANTED, canary
from workbench.generate.material import Judged
from workbench.generate.prompts import transcript
from workbench.ids import content_hash
from workbench.model import Document, Draft, Generated, Sample, Turn
from workbench.store.base import Store

AS = "as"
"""What a canary's start calls the recipe whose promise it carries."""

SHOWN = "shown"
"""What a canary's start says where the draft whose promise it carries shows what it was made from."""

_ELSEWHERE = (Turn("t1", "user", "?"), Turn("t2", "assistant", "!"))
"""Stands for another conversation where it only matters which turn its answer would take."""


def judged_unit(store: Store, item: str) -> Unit:
    """What a row of a judge starts from; a draft or sample that is gone says so as its refusal."""
    kind, one, *rest = orjson.loads(item)
    disguise = rest.pop() if rest and isinstance(rest[-1], dict) else {}  # a run of earlier has none
    told = {"about": {"kind": kind, "id": one}}
    try:
        if kind == "draft":
            draft = store.draft(one)
            samples, document = tuple(store.samples(draft.parents)), document_of(store, draft)
            return Unit(_judged(draft.turns, draft.recipe, made_from(samples, document)), samples, document, told=told)
        sample, other = store.get(one), store.get(rest[0]) if rest else None
    except NotFound as exc:
        return Unit(Judged((), ""), refusal=GenerateError(exc.message), told=told)
    turns = spoiled(kind, sample, other) or sample.turns
    shown, behind = _original(store, sample, kind, turns) if disguise.get(SHOWN) else ("", ())
    return Unit(
        _judged(turns, str(disguise.get(AS, "")), shown), (sample, *([other] if other else []), *behind), told=told
    )


def about(draft: Draft) -> tuple[str, str]:
    """What an opinion is about: its kind ("draft", "good" or a planted mistake) and an id."""
    told = draft.meta.get("about") or {}
    return str(told.get("kind", "")), str(told.get("id", ""))


def made_from(samples: Sequence[Sample], document: Document | None) -> str:
    """The text that something was made from: its one sample or its document; "" for a whole set or nothing."""
    if document is not None:
        return document.text
    return transcript(spoken(samples[0].turns)) if len(samples) == 1 else ""


def shows_original(draft: Draft) -> bool:
    """Whether a judge is shown what this draft was made from."""
    return bool(draft.meta.get("document")) or len(draft.parents) == 1


def _original(store: Store, sample: Sample, kind: str, turns: Sequence[Turn]) -> tuple[str, tuple[Sample, ...]]:
    """What a canary is said to be made from: its own parent, else its beginning, as of one that goes on from there.

    Never a turn that a planted mistake changes, nor what follows: it would be caught by comparing the two. A good one
    ends where one with a planted mistake would, or the length would tell them apart.
    """
    pretended = _planted_at(sample) if kind == GOOD else turns
    said = spoken(sample.turns)
    pairs = enumerate(zip(said, spoken(pretended), strict=True))
    changed = [(place, was.content) for place, (was, now) in pairs if was.content != now.content]
    end = changed[0][0] if changed else len(said)
    lost = {content for _, content in changed}
    origin = sample.origin
    if isinstance(origin, Generated) and len(origin.parents) == 1:
        with suppress(NotFound):  # erased since
            parents = tuple(store.samples(origin.parents))
            shown = list(takewhile(lambda turn: turn.content not in lost, spoken(parents[0].turns)[:end]))
            if shown:
                return transcript(shown), parents
    return transcript(said[: max(1, min(end, len(said) - 2))]), ()


def _planted_at(sample: Sample) -> tuple[Turn, ...]:
    """A good conversation as one of the planted mistakes would change it, drawn the same each time."""
    kinds = list(PLANTED)
    _draw(GOOD, sample).shuffle(kinds)
    for kind in kinds:
        if made := canary(kind, sample.turns, _ELSEWHERE, _draw(kind, sample)):
            return made
    return sample.turns


def _judged(turns: Sequence[Turn], recipe: str, original: str = "") -> Judged:
    return Judged(tuple(turns), promise_of(recipe), original)


def promise_of(recipe: str) -> str:
    """What a judge is told that something was made for: the title of its recipe, as far as that is known."""
    try:
        title = RECIPES.get(recipe).title
    except UnknownName:  # made by an extension that is not loaded, or by people
        title = ""
    return title or "a conversation that could be real"


def spoiled(
    kind: str, sample: Sample, other: Sample | None = None, turns: tuple[Turn, ...] | None = None
) -> tuple[Turn, ...] | None:
    """The canary of that kind, of the whole sample or of these turns of it; the same each time."""
    used = sample.turns if turns is None else turns
    return canary(kind, used, other.turns if other else (), _draw(kind, sample))


def _draw(kind: str, sample: Sample) -> random.Random:
    return random.Random(content_hash([kind, sample.id]))
