"""`upsample`: more of a rare kind, without copies, and only where it helps to find real ones.

The rare conversations of a selection are halved. One half is told again in many ways as `fan_100` does, no two alike;
the other is held out. The variants are given only when a small classifier finds more of the held-out real ones with
them than without and than with as many mere copies (`workbench.generate.recall`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Candidate, Recipe
from workbench.generate.gates.named import checks
from workbench.generate.recall import Recall, by_chance, halves, recall
from workbench.generate.recipes.fan_100 import Fan100Params, fan_100
from workbench.ids import content_hash
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample
from workbench.text import search_key

SURE = 0.05
"""Probability of as large a gain by chance, from which on a person is told."""


@dataclass(frozen=True, slots=True)
class UpsampleParams:
    """What a person can set."""

    rare: str = field(
        metadata={
            "title": "The rare kind",
            "help": "an answer people gave (domain: finance/fraud), or words it says, one a line",
            "long": True,
        }
    )
    variants: int = field(
        default=50, metadata={"title": "How many", "help": "variants in all", "minimum": 1, "maximum": 2000}
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
    least: int = field(
        default=6,
        metadata={"title": "Real ones needed", "help": "fewer are refused", "minimum": 4, "maximum": 1000},
    )
    prove: bool = field(
        default=True,
        metadata={
            "title": "Only if it helps",
            "help": "more real ones held out have to be found than without, and than with copies",
        },
    )


def upsample(
    samples: tuple[Sample, ...], params: UpsampleParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Hold half of the rare ones out, tell the others in other ways, prove that it helps, then give the variants."""
    rare = [sample for sample in samples if is_rare(sample, params.rare)]
    if len(rare) < params.least:
        raise GenerateError(
            f"only {len(rare)} of the selection are of that kind, {params.least} are needed",
            hint="widen the selection, or collect more: too few real ones teach nothing",
        )
    common = [sample for sample in samples if not is_rare(sample, params.rare)]
    kept, held_out = halves([sample.id for sample in rare], rng)
    made = _variants([rare[place] for place in kept], params, rng)
    share = {"before": round(len(rare) / len(samples), 4)}
    share["after"] = round((len(rare) + len(made)) / (len(samples) + len(made)), 4)
    ids = [rare[place].id for place in held_out]
    proof: dict[str, Any] = {"share": share, "held_out": {"number": len(ids), "hash": content_hash(ids)}}
    if params.prove:
        texts = [" ".join(turn.content for turn in one.turns) for one in made]
        proof |= _proved(rare, common, kept, held_out, texts, rng)
    for number, one in enumerate(made):
        named = {"held_out_ids": ids} if number == 0 else {}
        yield replace(one, meta={**one.meta, "upsample": proof, **named})
    if len(made) < params.variants:
        raise GenerateError(
            f"only {len(made)} variants of these conversations are different enough",
            hint="select more real ones, or let them be more alike",
        )


def is_rare(sample: Sample, rare: str) -> bool:
    """Whether people answered so about it, or it says one of the words; a value counts with everything below it."""
    said = search_key(sample.text)
    lines = [line.strip() for line in rare.splitlines() if line.strip()]
    if not lines:
        raise InvalidInput("the rare kind is not named", hint="an answer as  domain: finance/fraud , or words")
    for line in lines:
        scheme, colon, value = (part.strip() for part in line.partition(":"))
        given = sample.extra.get("tags", {}).get(scheme)
        answers = given if isinstance(given, (tuple, list)) else (given,)
        if colon and any(str(answer) == value or str(answer).startswith(f"{value}/") for answer in answers):
            return True
        if search_key(line) in said:
            return True
    return False


def _variants(seeds: Sequence[Sample], params: UpsampleParams, rng: random.Random) -> list[Candidate]:
    """Variants of all seeds in turn; a seed that gives no more, or whose people do not take turns, is left out."""
    seeds = [seed for seed in seeds if _take_turns(seed)]
    if not seeds:
        raise GenerateError("none of them can be told differently enough", hint="let them be more alike")
    each = min(500, max(2, -(-params.variants // len(seeds)) * 2))
    fans = {seed.id: fan_100(seed, Fan100Params(cap=params.cap, variants=each), None, rng) for seed in seeds}
    made: list[Candidate] = []
    while fans and len(made) < params.variants:
        for seed in list(fans):
            try:
                candidate = next(fans[seed], None)
            except GenerateError:
                candidate = None
            if candidate is None:
                del fans[seed]
            elif len(made) < params.variants:
                made.append(replace(candidate, parents=(seed,)))
    if not made:
        raise GenerateError("none of them can be told differently enough", hint="let them be more alike")
    return made


def _take_turns(sample: Sample) -> bool:
    roles = [turn.role for turn in sample.turns if turn.role in {"user", "assistant"}]
    return all(one != other for one, other in pairwise(roles))


def _proved(
    rare: Sequence[Sample],
    common: Sequence[Sample],
    kept: Sequence[int],
    held_out: Sequence[int],
    variants: Sequence[str],
    rng: random.Random,
) -> dict[str, Any]:
    """Recall on the held-out real ones: with the real ones alone, with copies, with the variants.

    Raises `GenerateError` that says in words what each of them finds, when the variants do not find the most.
    """
    seeds = [rare[place].text for place in kept]
    asked = [rare[place].text for place in held_out]
    first, second = halves([sample.id for sample in common], rng)
    others, asked_others = [common[place].text for place in first], [common[place].text for place in second]
    if not others:
        raise GenerateError("the whole selection is of that kind", hint="select common ones too, to tell them apart")
    copies = [*seeds, *(seeds[place % len(seeds)] for place in range(len(variants)))]
    found: dict[str, Recall] = {
        name: recall(known, others, asked, asked_others)
        for name, known in (("real", seeds), ("copies", copies), ("variants", [*seeds, *variants]))
    }
    real, copied, new = found["real"], found["copies"], found["variants"]
    if new.found <= max(real.found, copied.found):
        alone, mere, told = real.found, copied.found, new.found
        raise GenerateError(
            f"more of them would not help: of {real.of} real ones that were held out {alone} are found without them, "
            f"{mere} with mere copies, {told} with the variants",
            hint="collect real ones instead, or switch the proof off",
        )
    chance = max(by_chance(new, real), by_chance(new, copied))
    return {**{name: one.as_dict() for name, one in found.items()}, "by_chance": round(chance, 4)}


@checks("alike")
def no_copy(parent: Sample, candidate: Candidate) -> Finding | None:
    """A variant that is more like its event, or an earlier variant of it, than the cap allows."""
    fan = candidate.meta["fan"]
    if float(fan["nearest"]) < float(fan["cap"]):
        return None
    return Finding("alike", 1 - float(fan["nearest"]), "problem", f"{fan['nearest']:.0%} of it is in another one")


@checks("helps")
def surely_helps(parent: Sample, candidate: Candidate) -> Finding | None:
    """Variants that found more of so few real ones that it may be chance: a person should know."""
    proof = candidate.meta["upsample"]
    if float(proof.get("by_chance", 0.0)) <= SURE:
        return None
    of = proof["real"]["of"]
    new, old = (round(proof[name]["recall"] * of) for name in ("variants", "real"))
    message = f"{new} of {of} real ones are found instead of {old}: that may be chance"
    return Finding("helps", 0.5, "warning", message)


UPSAMPLE = Recipe(
    name="upsample",
    version="3",
    purpose="balance",
    title="More of a rare kind",
    explanation=(
        "Finds the rare conversations of a selection, holds half of them out, and tells the others again with other "
        "names, amounts, dates, ways of speaking and slips, no two alike. You get the variants only if a small "
        "classifier finds more of the real ones held out with them than without, and than with as many "
        "copies. No model is needed. Keep those held out for your tests."
    ),
    make=upsample,
    params=UpsampleParams,
    keeps=("who speaks, and what happens", "real ones that were held out are not used", "every pair under the limit"),
    varies=("names, places, amounts and dates", "way of speaking", "rhythm of turns", "slips of typing"),
    gates=(no_copy, surely_helps),
    starts_from="set",
    with_tags=True,
    example={"rare": "card", "variants": 20, "prove": False},
)
