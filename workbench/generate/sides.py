"""The two sides of a talk: each knows its own card and what was said. What a side is asked before it speaks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol

from workbench.generate.base import spoken
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, transcript
from workbench.generate.templates import template
from workbench.llm.base import Request
from workbench.model import Sample, Turn
from workbench.prompt import lines

TEMPLATE = template("duet")


class Talk(Protocol):
    """What of a recipe's parameters the sides are told."""

    @property
    def mistakes(self) -> str:
        """The mistakes the asker has to make, one on each line."""

    @property
    def example(self) -> bool:
        """Whether the sample is shown as an example."""

    @property
    def temperature(self) -> float:
        """How freely they speak."""

    @property
    def max_tokens(self) -> int:
        """The longest turn, in tokens."""


def cards_of(params: Talk) -> dict[str, dict[str, str]]:
    """Each side's card, for what is asked of it and for the gates that look whether it is kept."""
    parts = ("role", "goal", "knows")
    return {side: {part: getattr(params, f"{side}_{part}").strip() for part in parts} for side in ("user", "assistant")}


def turn_request(
    speaker: str, turns: Sequence[Turn], parent: Sample, params: Talk, rng: random.Random, mistake: str
) -> Request:
    """What the side that speaks next is asked: its own card, what was said, and the mistake it has to make now."""
    own = cards_of(params)[speaker]
    card = [TEMPLATE["card"].format(**own)]
    if own["knows"]:
        card.append(TEMPLATE["knows"].format(**own))
    language, block = language_name(parent.language), data_block("\n".join(card), rng)
    system: list[str] = [TEMPLATE["system"].format(language=language, speaker=speaker, card=block, rule=DATA_RULE)]
    if speaker == "user" and params.mistakes.strip():
        system.append(TEMPLATE["learns"])
    if mistake:
        system.append(TEMPLATE["mistake"].format(mistake=data_block(mistake, rng)))
    if params.example:
        system.append(TEMPLATE["example"].format(example=data_block(transcript(spoken(parent.turns)), rng)))
    task = TEMPLATE["opening"].format(speaker=speaker)
    if turns:
        task = TEMPLATE["task"].format(conversation=data_block(transcript(turns), rng), speaker=speaker)
    return task_request(lines(system), task, rng, temperature=params.temperature, max_tokens=params.max_tokens)
