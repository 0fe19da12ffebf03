"""`answer`: other replies to the last thing the user said, to be compared and ranked.

What was said stands in a data block as everywhere, so that only this recipe's words are instructions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.answers import last_said
from workbench.generate.base import Recipe, free_ids, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, complete, only_last_is_new, speaks
from workbench.generate.inputs import freedom, long_text, model_names, several_models, switch, whole
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import answer_words
from workbench.generate.sampling import in_turn
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn
from workbench.prompt import lines

TEMPLATE = template("answer")


def thanks_too() -> bool:
    """The parameter that lets a thank-you at the end be answered."""
    return switch("Answer a thank-you, too", "else the last thing that asks or tells something", default=False)


@dataclass(frozen=True, slots=True)
class AnswerParams:
    """What a person can set."""

    variants: int = whole("Answers", "how many for each sample", default=3, least=1, most=20)
    instructions: str = long_text(
        "How to answer", "what the assistant should know or keep to", default="Be correct, helpful and brief."
    )
    thanks: bool = thanks_too()
    temperature: float = freedom(0.8)
    max_tokens: int = whole("Longest answer", "in tokens (about 4 letters)", default=300, least=8, most=4000)
    models: str = several_models()


def answer(parent: Sample, params: AnswerParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Ask for each candidate with a seed of its own; all share one group."""
    model = required(model)
    context = up_to_last_user(parent, thanks=params.thanks)
    messages = answering(parent, context, params.instructions, rng)
    asked = context[-1].id
    number = next(free_ids(parent))
    for writer in in_turn(model_names(params.models), params.variants, rng):
        seed = rng.getrandbits(31)
        request = Request(messages, params.temperature, params.max_tokens, seed, model=writer)
        reply = model.reply(request)
        said = Turn(number, "assistant", answer_words(reply))
        yield Candidate(
            (*context, said),
            group=f"{parent.id}:{asked}",
            branch_at=asked,
            meta={"finish_reasons": [reply.finish_reason]},
            writers={number: writer} if writer else {},
        )


def up_to_last_user(parent: Sample, *, thanks: bool = False) -> tuple[Turn, ...]:
    """The conversation up to the last thing the user said; a mere thank-you counts only when `thanks` says so."""
    places = [at for at, turn in enumerate(parent.turns) if turn.role == "user" and turn.content.strip()]
    place = places[-1] if thanks and places else last_said(parent.turns, "user")
    if place is None:
        raise GenerateError("there is no user turn to answer")
    return parent.turns[: place + 1]


def answering(parent: Sample, context: tuple[Turn, ...], instructions: str, rng: random.Random) -> tuple[Message, ...]:
    """The messages that ask for an answer: instructions, then background and conversation as data."""
    system = TEMPLATE["system"].format(
        language=language_name(parent.language), instructions=instructions.strip(), rule=DATA_RULE
    )
    parts = []
    background = "\n".join(turn.content for turn in context if turn.role in {"system", "tool"} and turn.content)
    if background:
        parts.append(TEMPLATE["background"].format(background=data_block(background, rng)))
    parts.append(TEMPLATE["task"].format(conversation=data_block(transcript(spoken(context)), rng)))
    return Message("system", system), Message("user", lines(parts))


ANSWER = Recipe(
    name="answer",
    version="3",
    purpose="answer",
    title="Other answers",
    explanation=(
        "Writes several new answers to the last thing the user asked or told. Use it to compare and rank "
        "answers, or to repair a conversation that went wrong at its end. Everything before the answer stays as it is."
    ),
    make=answer,
    needs_model=True,
    params=AnswerParams,
    keeps=("every turn up to the user's last one",),
    varies=("the assistant's last answer",),
    gates=(only_last_is_new, complete, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), DATA_RULE),
)
