"""What a row of a comparing judge starts from: two candidates, in one of their two orders, or a canary.

A canary is a pair, too: the last answer of a conversation that people stand
behind, against the same answer with one planted mistake, so that the better one is known.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from workbench.errors import GenerateError, NotFound
from workbench.flows.documents import document_of
from workbench.flows.judged import AS, promise_of, spoiled
from workbench.flows.unit import Unit
from workbench.generate.base import spoken
from workbench.generate.material import Compared
from workbench.model import Sample, Turn
from workbench.store.base import Store

PAIR = "pair"
"""The kind of a row that is no canary."""

KINDS = ("answer", "number")
"""Planted mistakes that can stand in one answer alone: that of another conversation, or a changed number."""

GOOD_FIRST = "good first"
"""What a canary's start says of the order: "yes" or "no"."""


def compared_unit(store: Store, item: str) -> Unit:
    """What a row starts from; a draft or sample that is gone says so as its refusal."""
    kind, one, two, *rest = orjson.loads(item)
    disguise = rest[0] if rest else {}
    told = {"about": {"kind": kind, "id": one, "other": two, **({GOOD_FIRST: disguise[GOOD_FIRST]} if rest else {})}}
    try:
        if kind == PAIR:
            first, second = store.draft(one), store.draft(two)
            samples = tuple(store.samples(tuple(dict.fromkeys((*first.parents, *second.parents)))))
            shown = _shown(first.turns, second.turns, first.recipe)
            return Unit(shown, samples, document_of(store, first), told=told)
        sample, other = store.get(one), store.get(two)
    except NotFound as exc:
        return Unit(Compared((), "", "", ""), refusal=GenerateError(exc.message), told=told)
    good = _up_to_an_answer(sample.turns)
    bad = planted_in(kind, sample, other) or good
    both = (good, bad) if disguise[GOOD_FIRST] == "yes" else (bad, good)
    return Unit(_shown(*both, str(disguise[AS])), (sample, other), told=told)


def _shown(one: Sequence[Turn], two: Sequence[Turn], recipe: str) -> Compared:
    context = tuple(one[:-1])
    return Compared(context, one[-1].content, two[-1].content, promise_of(recipe))


def _up_to_an_answer(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    said = spoken(turns)
    last = max((place for place, turn in enumerate(said) if turn.role == "assistant"), default=-1)
    return tuple(said[: last + 1])


def planted_in(kind: str, sample: Sample, other: Sample) -> tuple[Turn, ...] | None:
    """The conversation up to its last answer with that mistake in it; None where there is none in that answer alone."""
    turns = _up_to_an_answer(sample.turns)
    made = spoiled(kind, sample, other, turns) if len(turns) > 1 else None
    return made if made and made[:-1] == turns[:-1] and made[-1] != turns[-1] else None
