"""`paraphrase`: the same conversation in other words, turn by turn, each with what was said before it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates import (
    VERIFIERS,
    complete,
    copied,
    facts_kept,
    keeps_numbers,
    left_as_it_was,
    names_kept,
    same_people,
    speaks,
)
from workbench.generate.inputs import choice, freedom, whole
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, token_allowance, transcript
from workbench.generate.replies import bare
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Request
from workbench.model import Sample, Turn

TEMPLATE = template("paraphrase")
SYSTEM = TEMPLATE["system"]
TASK = TEMPLATE["task"]
FIRST = TEMPLATE["first"]
CONTEXT_TURNS = 6
STRENGTHS = {name: TEMPLATE[name] for name in ("light", "medium", "strong")}
ROLES = {"both": ("user", "assistant"), "user": ("user",), "assistant": ("assistant",)}


@dataclass(frozen=True, slots=True)
class ParaphraseParams:
    """What a person can set."""

    variants: int = whole("Variants", "how many for each sample", default=1, least=1, most=10)
    who: str = choice("Whose turns", "which side is rewritten", default="both", of=ROLES)
    strength: str = choice("How much", "how far from the words", default="medium", of=STRENGTHS)
    temperature: float = freedom(0.8)


def paraphrase(
    parent: Sample, params: ParaphraseParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Ask once per turn, with the turns before it as they are rewritten by then."""
    model = required(model)
    chosen = {turn.id for turn in spoken(parent.turns) if turn.role in ROLES[params.who]}
    if not chosen:
        raise GenerateError("there is no turn to rewrite")
    for _ in range(params.variants):
        turns: list[Turn] = []
        reasons: list[str] = []
        for turn in parent.turns:
            if turn.id in chosen:
                reply = model.reply(_request(parent, turns, turn, params, rng))
                reasons.append(reply.finish_reason)
                turn = replace(turn, content=bare(reply.text))
            turns.append(turn)
        yield Candidate(tuple(turns), group=parent.id, meta={"finish_reasons": reasons, "rewritten": sorted(chosen)})


def _request(parent: Sample, before: list[Turn], turn: Turn, params: ParaphraseParams, rng: random.Random) -> Request:
    system = SYSTEM.format(language=language_name(parent.language), strength=STRENGTHS[params.strength], rule=DATA_RULE)
    wanted = data_block(turn.content, rng)
    recent = transcript(spoken(before)[-CONTEXT_TURNS:])
    task = (
        TASK.format(context=data_block(recent, rng), role=turn.role, turn=wanted)
        if recent
        else FIRST.format(role=turn.role, turn=wanted)
    )
    return task_request(
        system, task, rng, temperature=params.temperature, max_tokens=token_allowance(turn.content, 2.0)
    )


PARAPHRASE = Recipe(
    name="paraphrase",
    version="1",
    purpose="vary",
    title="In other words",
    explanation=(
        "Says the same conversation in other words, turn by turn, keeping facts and meaning. Use it for more ways to "
        "say the same thing. A number, date or code that changed sets it aside; a person or place that "
        "is missing is shown."
    ),
    make=paraphrase,
    needs_model=True,
    params=ParaphraseParams,
    keeps=(
        "number and order of turns",
        "who speaks",
        "numbers, amounts, dates and codes",
        "people and places (or it is told)",
    ),
    varies=("wording", "sentence structure"),
    gates=(same_people, facts_kept, keeps_numbers, names_kept, left_as_it_was, complete, copied(), speaks, *VERIFIERS),
    prompts=(SYSTEM, TASK, FIRST, DATA_RULE, *STRENGTHS.values()),
)
