"""`noise`: the same conversation as people really type or as speech recognition writes it down. No model.

Every possible slip is proposed with its place; the seed chooses. Numbers, addresses and codes are never touched.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.drawing import Distinct
from workbench.generate.edits import Edit, apply, choose
from workbench.generate.gates import digits_untouched, same_people
from workbench.generate.inputs import choice, number, switch, whole
from workbench.generate.slips import KINDS, proposed
from workbench.llm.base import ChatModel
from workbench.model import Sample

WHO = {"user": ("user",), "assistant": ("assistant",), "both": ("user", "assistant")}
TRIES = 50
"""Draws of one variant before it is given up."""


@dataclass(frozen=True, slots=True)
class NoiseParams:
    """Which slips, how many, and whose."""

    rate: float = number("Share of slips", "of all places where one fits", default=0.08, least=0.01, most=0.5)
    who: str = choice("Whose turns", "who makes the slips", default="user", of=WHO)
    typing: bool = switch("Typing slips", "neighbouring keys, swapped, doubled and missing letters")
    punctuation: bool = switch("Missing punctuation and capitals", "as in a hurry")
    confusion: bool = switch("Confused words", "their and there, a and à, 在 and 再")
    speech: bool = switch("Spoken words", "um, repeated words, as speech recognition writes them", default=False)
    emoji: bool = switch("Emoji", "at the end of sentences", default=False)
    variants: int = whole("Variants", "how many for each sample", default=1, least=1, most=20)


def noise(parent: Sample, params: NoiseParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Choose among all possible slips; at least one, and no two variants alike."""
    language = (parent.language or "en").split("-")[0].lower()
    chosen = [turn for turn in spoken(parent.turns) if turn.role in WHO[params.who]]
    kinds = [kind for kind in KINDS if getattr(params, kind)]
    possible = {turn.id: proposed(turn.content, language, kinds) for turn in chosen}
    if not any(possible.values()):
        raise GenerateError("there is no place for a slip", hint="choose more kinds, or the other side's turns")
    variants = Distinct(parent.turns)
    for _ in range(params.variants):
        new = variants.drawn(lambda: _drawn(parent, possible, params.rate, rng), TRIES)
        if new is None:
            raise GenerateError("there are no more different variants", hint="a higher share gives more of them")
        yield new


def _drawn(parent: Sample, possible: dict[str, list[Edit]], rate: float, rng: random.Random) -> Candidate | None:
    """The conversation with some of the possible slips, at least one; None when a turn would be empty by them."""
    edits = {turn_id: choose(slips, rate, rng) for turn_id, slips in possible.items()}
    if not any(edits.values()):
        turn_id = rng.choice([name for name, slips in possible.items() if slips])
        edits[turn_id] = [rng.choice(possible[turn_id])]
    turns = tuple(replace(turn, content=apply(turn.content, edits.get(turn.id, ()))) for turn in parent.turns)
    if not all(turn.content.strip() for turn in turns if edits.get(turn.id)):
        return None
    return Candidate(turns, group=parent.id, meta={"slips": sum(map(len, edits.values()))})


NOISE = Recipe(
    name="noise",
    version="3",
    purpose="vary",
    title="As people type",
    explanation=(
        "Adds what real typing and speech recognition add: slips, missing punctuation and capitals, confused words, "
        "fillers, emoji. Use it to make tidy text robust. Numbers, addresses and codes stay; it needs no model."
    ),
    make=noise,
    params=NoiseParams,
    keeps=("number and order of turns", "who speaks", "numbers, e-mail and web addresses, codes"),
    varies=("spelling", "punctuation and capitals", "fillers", "emoji"),
    gates=(same_people, digits_untouched),
)
