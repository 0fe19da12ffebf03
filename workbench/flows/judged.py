"""What a row of a judge starts from: a draft, or a canary made from a sample that people stand behind.

A canary says that it was made for what one of the drafts was made for, or its request would give it away.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import orjson

from workbench.errors import GenerateError, NotFound, UnknownName
from workbench.flows.documents import document_of
from workbench.flows.unit import Unit
from workbench.generate import RECIPES
from workbench.generate.base import Judged
from workbench.generate.canaries import canary
from workbench.ids import content_hash
from workbench.model import Draft, Sample, Turn
from workbench.store.base import Store

AS = "as"
"""What a canary's start calls the recipe whose promise it carries."""


def judged_unit(store: Store, item: str) -> Unit:
    """What a row of a judge starts from; a draft or sample that is gone says so as its refusal."""
    kind, one, *rest = orjson.loads(item)
    disguise = rest.pop() if rest and isinstance(rest[-1], dict) else {}  # a run of earlier has none
    told = {"about": {"kind": kind, "id": one}}
    try:
        if kind == "draft":
            draft = store.draft(one)
            samples = tuple(store.samples(draft.parents))
            return Unit(_judged(draft.turns, draft.recipe), samples, document_of(store, draft), told=told)
        sample, others = store.get(one), tuple(map(store.get, rest))
    except NotFound as exc:
        return Unit(Judged((), ""), refusal=GenerateError(exc.message), told=told)
    turns = spoiled(kind, sample, *others) or sample.turns
    return Unit(_judged(turns, str(disguise.get(AS, ""))), (sample, *others), told=told)


def about(draft: Draft) -> tuple[str, str]:
    """What an opinion is about: its kind ("draft", "good" or a planted mistake) and an id."""
    told = draft.meta.get("about") or {}
    return str(told.get("kind", "")), str(told.get("id", ""))


def _judged(turns: Sequence[Turn], recipe: str) -> Judged:
    try:
        title = RECIPES.get(recipe).title
    except UnknownName:  # made by an extension that is not loaded, or by people
        title = ""
    return Judged(tuple(turns), title or "a conversation that could be real")


def spoiled(kind: str, sample: Sample, other: Sample | None = None) -> tuple[Turn, ...] | None:
    """The canary of that kind; the same each time."""
    rng = random.Random(content_hash([kind, sample.id]))
    return canary(kind, sample.turns, other.turns if other else (), rng)
