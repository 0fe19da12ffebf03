"""`continue`: what comes next in a conversation, some turns more, the sides in alternation from the last one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, free_ids, required, spoken
from workbench.generate.gates import VERIFIERS, begins_alike, complete, copied, repeats, speaks
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import own_words
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn

TEMPLATE = template("continue")
SYSTEM = TEMPLATE["system"]
DIRECTION = TEMPLATE["direction"] + " "
TASK = TEMPLATE["task"]
CONTEXT_TURNS = 40
OTHER = {"user": "assistant", "assistant": "user"}


@dataclass(frozen=True, slots=True)
class ContinueParams:
    """What a person can set."""

    turns: int = field(
        default=2, metadata={"title": "Further turns", "help": "of both sides together", "minimum": 1, "maximum": 20}
    )
    words: int = field(
        default=30, metadata={"title": "Words in a turn", "help": "about so many", "minimum": 3, "maximum": 500}
    )
    direction: str = field(
        default="", metadata={"title": "What should happen", "help": "leave it empty to let it run", "long": True}
    )
    variants: int = field(
        default=1, metadata={"title": "Variants", "help": "how many for each sample", "minimum": 1, "maximum": 10}
    )
    temperature: float = field(
        default=0.8,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )


def go_on(parent: Sample, params: ContinueParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Ask once per turn, each with the new turns before it."""
    model = required(model)
    said = spoken(parent.turns)
    if not said:
        raise GenerateError("there is no turn to go on from")
    for _ in range(params.variants):
        turns, speaker = list(parent.turns), said[-1].role
        reasons: list[str] = []
        for _, new_id in zip(range(params.turns), free_ids(parent), strict=False):
            speaker = OTHER[speaker]
            reply = model.reply(_request(parent, turns, speaker, params, rng))
            text = own_words(reply.text)
            if not text:
                raise GenerateError(f"turn {len(turns) + 1} came out empty", raw=reply.text)
            reasons.append(reply.finish_reason)
            turns.append(Turn(new_id, speaker, text))
        yield Candidate(tuple(turns), group=parent.id, branch_at=parent.turns[-1].id, meta={"finish_reasons": reasons})


def _request(parent: Sample, turns: list[Turn], role: str, params: ContinueParams, rng: random.Random) -> Request:
    direction = DIRECTION.format(direction=params.direction.strip()) if params.direction.strip() else ""
    system = SYSTEM.format(
        language=language_name(parent.language), role=role, words=params.words, direction=direction, rule=DATA_RULE
    )
    recent = [turn for turn in turns if turn.content.strip()][-CONTEXT_TURNS:]
    task = TASK.format(context=data_block(transcript(recent), rng), role=role)
    allowance = max(64, 4 * params.words)
    return Request(
        (Message("system", system), Message("user", task)), params.temperature, allowance, rng.getrandbits(31)
    )


CONTINUE = Recipe(
    name="continue",
    version="1",
    purpose="answer",
    title="What comes next",
    explanation=(
        "Lets a conversation go on for some turns, the two sides in alternation. Everything that is there already "
        "stays as it is. Use it for conversations that break off too early, or to see where they could lead. Read the "
        "new turns for facts that nobody can know."
    ),
    make=go_on,
    needs_model=True,
    params=ContinueParams,
    keeps=("every turn that is there already", "who speaks alternates"),
    varies=("what is said after the last turn",),
    gates=(begins_alike, complete, copied(), repeats, speaks, *VERIFIERS),
    prompts=(SYSTEM, DIRECTION, TASK, DATA_RULE),
    example={"turns": 2, "words": 25},
)
