"""`upsample`: more of a rare kind, without copies, and only where it helps to find real ones.

The rare conversations of a selection are halved, once for the whole run, whatever is tagged meanwhile. One half is told
again in many ways as `fan_100` does, no two alike; the other is held out. The variants are given only when a small
classifier finds more of the held-out real ones with them than without and than with as many mere copies
(`workbench.generate.augmentation`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.augmentation import Texts, proved_gain
from workbench.generate.base import Needs, Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.coverage import answers, within
from workbench.generate.figures.proof import proof_figures
from workbench.generate.gates.variants import no_copy, surely_helps
from workbench.generate.inputs import entries, number, switch, whole
from workbench.generate.material import shared
from workbench.generate.recall import halves
from workbench.generate.recipes.fan_100 import Fan100Params, fan_100
from workbench.ids import content_hash
from workbench.llm.base import ChatModel
from workbench.model import Json, Sample
from workbench.text import search_key


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
    variants: int = whole("How many", "variants in all", default=50, least=1, most=2000)
    cap: float = number(
        "Most alike",
        "share of three-word sequences that any two may have in common",
        default=0.9,
        least=0.1,
        most=0.99,
    )
    least: int = whole("Real ones needed", "fewer are refused", default=6, least=4, most=1000)
    prove: bool = switch(
        "Only if it helps", "more real ones held out have to be found than without, and than with copies"
    )


def upsample(
    samples: tuple[Sample, ...], params: UpsampleParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Hold half of the rare ones out, tell the others in other ways, prove that it helps, then give the variants."""
    drawn, by_id = shared(draw, samples, params, rng), {sample.id: sample for sample in samples}
    kept, held_out = ([by_id[one] for one in drawn[half] if one in by_id] for half in ("kept", "held_out"))
    rare = {sample.id for sample in (*kept, *held_out)}
    made = _variants(kept, params, rng)
    share = {"before": round(len(rare) / len(samples), 4)}
    share["after"] = round((len(rare) + len(made)) / (len(samples) + len(made)), 4)
    ids = list(drawn["held_out"])
    proof: dict[str, Any] = {"share": share, "held_out": {"number": len(ids), "hash": content_hash(ids)}}
    if params.prove:
        common = [sample for sample in samples if sample.id not in rare]
        texts = Texts(*([sample.text for sample in part] for part in (kept, held_out, common)))
        proof |= proved_gain(texts, [" ".join(turn.content for turn in one.turns) for one in made], rng)
    for place, one in enumerate(made):
        named = {"held_out_ids": ids} if place == 0 else {}
        yield replace(one, meta={**one.meta, "upsample": proof, **named})
    if len(made) < params.variants:
        raise GenerateError(
            f"variants of these conversations that are different enough: only {len(made)}",
            hint="select more real ones, or let them be more alike",
        )


def draw(samples: tuple[Sample, ...], params: UpsampleParams, rng: random.Random) -> Json:
    """Which rare ones are told in other ways (`kept`), and which are `held_out`, by their ids."""
    rare = [sample.id for sample in samples if is_rare(sample, params.rare)]
    if len(rare) < params.least:
        raise GenerateError(
            f"too few of the selection are of that kind: {len(rare)} of at least {params.least}",
            hint="widen the selection, or collect more: too few real ones teach nothing",
        )
    kept, held_out = ([rare[place] for place in half] for half in halves(rare, rng))
    return {"kept": kept, "held_out": held_out}


def needs(samples: tuple[Sample, ...], params: UpsampleParams) -> Needs:
    """As many as are asked for, if they can be told differently enough."""
    return Needs(params.variants, ("how many are different enough is known only when all are told",))


def is_rare(sample: Sample, rare: str) -> bool:
    """Whether people answered so about it, or it says one of the words; a value counts with everything below it."""
    lines = entries(rare)
    if not lines:
        raise InvalidInput("the rare kind is not named", hint="an answer as  domain: finance/fraud , or words")
    said = search_key(sample.text)
    for line in lines:
        scheme, colon, value = (part.strip() for part in line.partition(":"))
        if colon and any(within(answer, value) for answer in answers(sample, scheme)):
            return True
        if search_key(line) in said:
            return True
    return False


def _variants(seeds: Sequence[Sample], params: UpsampleParams, rng: random.Random) -> list[Candidate]:
    """Variants of all seeds in turn; a seed that gives no more, or whose people do not take turns, is left out."""
    seeds = [seed for seed in seeds if _take_turns(seed)]
    each = min(500, max(2, -(-params.variants // max(1, len(seeds))) * 2))
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


UPSAMPLE = Recipe(
    name="upsample",
    version="4",
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
    figures=proof_figures,
    starts_from="set",
    with_tags=True,
    needs=needs,
    draw=draw,
    example={"rare": "card", "variants": 20, "prove": False},
)
