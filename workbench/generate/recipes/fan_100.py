"""`fan_100`: one event told a hundred ways; what must stay stays, the rest varies evenly, no two are alike.

Each variant is drawn by a Latin hypercube over the axes: every level of an axis is used equally often, in shuffled
combinations. It is made by `entity_swap`, `register`, `turn_structure` and `noise`, one after the other, and kept only
when the invariants hold and its similarity to every earlier variant and to the event is under the cap.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Candidate, Recipe
from workbench.generate.gates.facts import keeps_values
from workbench.generate.gates.named import checks
from workbench.generate.recipes.entity_swap import EntitySwapParams, entity_swap
from workbench.generate.recipes.noise import WHO, NoiseParams, noise
from workbench.generate.recipes.register import RegisterParams, register
from workbench.generate.recipes.turn_structure import TurnStructureParams, turn_structure
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample
from workbench.text import search_key, tokens

TRIES = 40
"""Draws of one variant before it is given up."""

_ENTITIES = ("names", "cities", "contacts", "amounts", "dates", "codes")
_NO_ENTITIES = dict.fromkeys(_ENTITIES, False)
_LEVELS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("names", "cities", "amounts", "dates", "codes"), ("as they are", "others")),
    "register": ("as it is", "formal", "casual", "elderly", "child"),
    "structure": ("as it is", "back-channel", "clarification", "interruption"),
    "noise": ("light", "some", "more"),
}
_RATES = {"light": 0.08, "some": 0.12, "more": 0.16}
"""Share of slips. Chinese has fewer places where one fits, so there it is more of them."""


def _axis(title: str) -> bool:
    value: bool = field(default=True, metadata={"title": title})
    return value


@dataclass(frozen=True, slots=True)
class Fan100Params:
    """What a person can set."""

    keep: str = field(
        default="",
        metadata={"title": "Must stay", "help": "one word or phrase of the conversation per line", "long": True},
    )
    cap: float = field(
        default=0.9,
        metadata={
            "title": "Most alike",
            "help": "share of three-word sequences that any two may have in common",
            "minimum": 0.1,
            "maximum": 0.99,
        },
    )
    names: bool = _axis("Names of people")
    cities: bool = _axis("Cities")
    amounts: bool = _axis("Amounts of money")
    dates: bool = _axis("Dates")
    codes: bool = _axis("Phone, account and other numbers")
    register: bool = _axis("Way of speaking")
    structure: bool = _axis("Rhythm of turns")
    noise: bool = _axis("As people type")
    who: str = field(
        default="user", metadata={"title": "Whose turns", "help": "who makes the slips", "choices": tuple(WHO)}
    )
    variants: int = field(
        default=100, metadata={"title": "Variants", "help": "how many for each sample", "minimum": 2, "maximum": 500}
    )


def fan_100(parent: Sample, params: Fan100Params, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Draw the plan, then make each variant of it; stop with the number reached when the event gives no more."""
    keep = _invariants(parent, params.keep)
    axes = _axes(parent, params, keep)
    if not axes:
        raise GenerateError("nothing of this conversation can vary", hint="allow more axes, or keep fewer phrases")
    seen = [shingles(parent.turns)]
    for number, levels in enumerate(_plan(axes, params.variants, rng)):
        made = _apart(parent, params, levels, keep, seen, rng)
        if made is None:
            raise GenerateError(
                f"only {number} variants of this conversation are different enough",
                hint="choose a longer conversation, more axes, or let them be more alike",
            )
        candidate, nearest = made
        seen.append(shingles(candidate.turns))
        fan = {"levels": levels, "nearest": nearest, "cap": params.cap}
        yield replace(candidate, group=parent.id, meta={"fan": fan, "keeps": list(keep)})


def shingles(turns: Sequence[Any]) -> frozenset[tuple[str, ...]]:
    """The three-word sequences of a conversation (characters in Chinese), by which two are compared."""
    words = [word for turn in turns for word in tokens(turn.content)]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def alike(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Share of sequences in common (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _invariants(parent: Sample, text: str) -> tuple[str, ...]:
    keep = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    said = search_key(parent.text)
    for phrase in keep:
        if search_key(phrase) not in said:
            raise InvalidInput(f"{phrase!r} does not stand in the conversation", hint="write it as it stands there")
    return keep


def _plan(axes: dict[str, tuple[str, ...]], number: int, rng: random.Random) -> list[dict[str, str]]:
    """One level per axis and variant: along each axis all levels equally often, give or take one."""
    columns: dict[str, list[str]] = {}
    for name, levels in axes.items():
        column = [levels[at % len(levels)] for at in range(number)]
        rng.shuffle(column)
        columns[name] = column
    return [{name: column[at] for name, column in columns.items()} for at in range(number)]


def _axes(parent: Sample, params: Fan100Params, keep: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The wanted axes with the levels that this conversation allows; an axis with one level is none."""
    axes: dict[str, tuple[str, ...]] = {}
    for name, levels in _LEVELS.items():
        if not getattr(params, name):
            continue
        possible = tuple(level for level in levels if _possible(parent, params, name, level, keep))
        if len(possible) > 1:
            axes[name] = possible
    return axes


def _possible(parent: Sample, params: Fan100Params, name: str, level: str, keep: tuple[str, ...]) -> bool:
    if level.startswith("as "):
        return True
    return any(_made(parent, params, {name: level}, keep, random.Random(seed)) is not None for seed in range(6))


def _apart(
    parent: Sample,
    params: Fan100Params,
    levels: dict[str, str],
    keep: tuple[str, ...],
    seen: list[frozenset[tuple[str, ...]]],
    rng: random.Random,
) -> tuple[Candidate, float] | None:
    for _ in range(TRIES):
        candidate = _made(parent, params, levels, keep, rng)
        if candidate is None:
            continue
        own = shingles(candidate.turns)
        nearest = max(alike(own, other) for other in seen)
        if nearest < params.cap:
            return candidate, nearest
    return None


def _made(
    parent: Sample, params: Fan100Params, levels: dict[str, str], keep: tuple[str, ...], rng: random.Random
) -> Candidate | None:
    """One draw with these levels; None when a step is impossible or an invariant is lost."""
    sample = parent
    chinese = (parent.language or "").startswith("zh")
    for make, chosen in _steps(levels, params.who, more=2.5 if chinese else 1.0):
        try:
            sample = replace(sample, turns=next(iter(make(sample, chosen, None, rng))).turns)
        except GenerateError:
            return None
    candidate = Candidate(sample.turns, meta={"keeps": list(keep)})
    return None if keeps_values(parent, candidate) else candidate


def _steps(
    levels: dict[str, str], who: str, *, more: float
) -> Iterator[tuple[Callable[..., Iterator[Candidate]], Any]]:
    swapped = {name: True for name in _ENTITIES if levels.get(name) == "others"}
    if "codes" in swapped:
        swapped["contacts"] = True  # a telephone number gets one that belongs to nobody, not just other digits
    if swapped:
        yield entity_swap, EntitySwapParams(**{**_NO_ENTITIES, **swapped})
    if levels.get("register", "as it is") != "as it is":
        yield register, RegisterParams(register=levels["register"], who="user", least=0.0)
    if levels.get("structure", "as it is") != "as it is":
        yield turn_structure, TurnStructureParams(kind=levels["structure"], changes=2)
    if "noise" in levels:
        yield noise, NoiseParams(rate=_RATES[levels["noise"]] * more, who=who)


@checks("alike")
def under_the_cap(parent: Sample, candidate: Candidate) -> Finding | None:
    """A variant that is more like its event, or was more like an earlier variant, than the cap allows."""
    fan = candidate.meta["fan"]
    most = max(float(fan["nearest"]), alike(shingles(parent.turns), shingles(candidate.turns)))
    if most < float(fan["cap"]):
        return None
    return Finding("alike", 1 - most, "problem", f"{most:.0%} of it is in another variant or in the event")


FAN_100 = Recipe(
    name="fan_100",
    version="2",
    purpose="balance",
    title="One event, a hundred ways",
    explanation=(
        "Takes one rare conversation and tells it again with other names, places, amounts, dates, ways of speaking, "
        "rhythm and slips. What you list stays word for word; every way is used equally often; no two variants are "
        "more alike than you allow. When the conversation is too short for that it says how many it gave. No model."
    ),
    make=fan_100,
    params=Fan100Params,
    keeps=("the words you list", "who speaks, and what happens", "every pair under the limit of likeness"),
    varies=("names, places, amounts and dates", "way of speaking", "rhythm of turns", "slips of typing"),
    gates=(keeps_values, under_the_cap),
    example={"variants": 10},
)
