"""`continue`: what comes next in a conversation, some turns more, the sides in alternation from the last one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, free_ids, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, begins_alike, complete, copied, repeats, speaks
from workbench.generate.inputs import freedom, long_text, whole
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, transcript
from workbench.generate.replies import turn_words
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Request
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

    turns: int = whole("Further turns", "of both sides together", default=2, least=1, most=20)
    words: int = whole("Words in a turn", "about so many", default=30, least=3, most=500)
    direction: str = long_text("What should happen", "leave it empty to let it run")
    variants: int = whole("Variants", "how many for each sample", default=1, least=1, most=10)
    temperature: float = freedom(0.8)


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
            turns.append(Turn(new_id, speaker, turn_words(reply, turns)))
            reasons.append(reply.finish_reason)
        yield Candidate(tuple(turns), group=parent.id, branch_at=parent.turns[-1].id, meta={"finish_reasons": reasons})


def _request(parent: Sample, turns: list[Turn], role: str, params: ContinueParams, rng: random.Random) -> Request:
    direction = DIRECTION.format(direction=params.direction.strip()) if params.direction.strip() else ""
    system = SYSTEM.format(
        language=language_name(parent.language), role=role, words=params.words, direction=direction, rule=DATA_RULE
    )
    recent = [turn for turn in turns if turn.content.strip()][-CONTEXT_TURNS:]
    task = TASK.format(context=data_block(transcript(recent), rng), role=role)
    allowance = max(64, 4 * params.words)
    return task_request(system, task, rng, temperature=params.temperature, max_tokens=allowance)


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
