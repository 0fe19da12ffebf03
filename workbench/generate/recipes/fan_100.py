"""`fan_100`: one event told a hundred ways; what must stay stays, the rest varies evenly, no two are alike.

The variants are those of a fan (`workbench.generate.recipes.fan`), kept only when the invariants hold and the
similarity to every earlier variant and to the event is under the cap.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.alike import alike, shingles
from workbench.generate.base import Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.figures.fan import fan_figures
from workbench.generate.gates.facts import keeps_values
from workbench.generate.gates.named import checks
from workbench.generate.recipes.fan import LEVELS, Fan, plan
from workbench.generate.recipes.noise import WHO
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample
from workbench.text import percent, search_key


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
    fan = Fan(parent, _invariants(parent, params.keep), params.who, params.cap)
    axes = fan.axes([name for name in LEVELS if getattr(params, name)])
    if not axes:
        raise GenerateError("nothing of this conversation can vary", hint="allow more axes, or keep fewer phrases")
    for number, levels in enumerate(plan(axes, params.variants, rng)):
        made = fan.apart(levels, rng)
        if made is None:
            raise GenerateError(
                f"variants of this conversation that are different enough: only {number}",
                hint="choose a longer conversation, more axes, or let them be more alike",
            )
        candidate, nearest = made
        told = {"levels": levels, "nearest": nearest, "cap": params.cap}
        yield replace(candidate, group=parent.id, meta={"fan": told, "keeps": list(fan.keep)})


def _invariants(parent: Sample, text: str) -> tuple[str, ...]:
    keep = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    said = search_key(parent.text)
    for phrase in keep:
        if search_key(phrase) not in said:
            raise InvalidInput(f"{phrase!r} does not stand in the conversation", hint="write it as it stands there")
    return keep


@checks("alike")
def under_the_cap(parent: Sample, candidate: Candidate) -> Finding | None:
    """A variant that is more like its event, or was more like an earlier variant, than the cap allows."""
    fan = candidate.meta["fan"]
    most = max(float(fan["nearest"]), alike(shingles(parent.turns), shingles(candidate.turns)))
    if most < float(fan["cap"]):
        return None
    return Finding("alike", 1 - most, "problem", f"{percent(most)} of it is in another variant or in the event")


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
    figures=fan_figures,
    example={"variants": 10},
)
