"""`translate`: the same conversation in another language, turn by turn; what could not be kept is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, complete, names_kept, same_people, speaks, untranslated, values_kept
from workbench.generate.inputs import choice, freedom
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, token_allowance, transcript
from workbench.generate.replies import turn_words
from workbench.generate.templates import template
from workbench.generate.values import fixed_values, lost_values
from workbench.llm.base import ChatModel, Request
from workbench.model import Sample, Turn

TEMPLATE = template("translate")
SYSTEM = TEMPLATE["system"]
ADDRESS = {name: TEMPLATE[f"address {name}"] + " " for name in ("as it is", "formal", "familiar")}
BEFORE = TEMPLATE["before"]
VALUES = TEMPLATE["values"]
TASK = TEMPLATE["task"]
LANGUAGES = ("en", "fr", "zh", "de", "es", "it")
CONTEXT_TURNS = 6


@dataclass(frozen=True, slots=True)
class TranslateParams:
    """What a person can set."""

    to: str = choice("Into", "the new language", default="fr", of=LANGUAGES)
    address: str = choice("How they address each other", "vous or tu, 您 or 你", default="as it is", of=ADDRESS)
    temperature: float = freedom(0.2)


def translate(
    parent: Sample, params: TranslateParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Ask once per turn that has a text; tool calls and their results stay as they are."""
    model = required(model)
    if (parent.language or "").split("-")[0] == params.to:
        raise GenerateError("it is in this language already", hint="choose another language, or other conversations")
    turns: list[Turn] = []
    reasons: list[str] = []
    values: dict[str, list[str]] = {}
    for turn in parent.turns:
        if turn.content.strip() and turn.role != "tool":
            values[turn.id] = fixed_values(turn.content)
            reply = model.reply(_request(turns, turn, values[turn.id], params, rng))
            reasons.append(reply.finish_reason)
            turn = replace(turn, content=turn_words(reply, turns))
        turns.append(turn)
    if not values:
        raise GenerateError("there is no turn to translate")
    lost = [
        {"turn": turn.id, "value": value}
        for turn in turns
        for value in lost_values(values.get(turn.id, []), turn.content)
    ]
    yield Candidate(tuple(turns), language=params.to, group=parent.id, meta={"finish_reasons": reasons, "lost": lost})


def _request(before: list[Turn], turn: Turn, values: list[str], params: TranslateParams, rng: random.Random) -> Request:
    system = SYSTEM.format(
        language=language_name(params.to), role=turn.role, address=ADDRESS[params.address], rule=DATA_RULE
    )
    recent = [one for one in before if one.content.strip()][-CONTEXT_TURNS:]
    parts = [BEFORE.format(context=data_block(transcript(recent), rng))] if recent else []
    if values:
        parts.append(VALUES.format(values=data_block("\n".join(values), rng)))
    parts.append(TASK.format(turn=data_block(turn.content, rng)))
    return task_request(
        system, parts, rng, temperature=params.temperature, max_tokens=token_allowance(turn.content, 3.0)
    )


TRANSLATE = Recipe(
    name="translate",
    version="1",
    purpose="vary",
    title="In another language",
    explanation=(
        "Translates conversations turn by turn. Numbers, codes, addresses and quoted names have to come through; what "
        "did not is shown at its turn. Have somebody who speaks the language read it: money, dates and forms of "
        "address are customs, not words."
    ),
    make=translate,
    needs_model=True,
    params=TranslateParams,
    keeps=("number and order of turns", "who speaks", "numbers, codes, addresses, quoted names (or it is told)"),
    varies=("the language",),
    gates=(same_people, complete, speaks, untranslated, values_kept, names_kept, *VERIFIERS),
    prompts=(SYSTEM, *ADDRESS.values(), BEFORE, VALUES, TASK, DATA_RULE),
    example={"to": "fr"},
)
