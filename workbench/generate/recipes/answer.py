"""`answer`: other replies to the last thing the user said, to be compared and ranked.

The conversation is sent as a chat, because being answered is what it is for; its own system turns go into a data
block, so that only this recipe's words are instructions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import GenerateError
from workbench.generate.answers import last_said
from workbench.generate.base import Candidate, Recipe, free_ids, required, spoken
from workbench.generate.gates import complete
from workbench.generate.prompts import DATA_RULE, data_block, language_name
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn

TEMPLATE = template("answer")
SYSTEM = TEMPLATE["system"]
BACKGROUND = TEMPLATE["background"]


def thanks_too() -> bool:
    """The parameter that lets a thank-you at the end be answered."""
    value: bool = field(
        default=False,
        metadata={"title": "Answer a thank-you, too", "help": "else the last thing that asks or tells something"},
    )
    return value


@dataclass(frozen=True, slots=True)
class AnswerParams:
    """What a person can set."""

    variants: int = field(
        default=3, metadata={"title": "Answers", "help": "how many for each sample", "minimum": 1, "maximum": 20}
    )
    instructions: str = field(
        default="Be correct, helpful and brief.",
        metadata={"title": "How to answer", "help": "what the assistant should know or keep to", "long": True},
    )
    thanks: bool = thanks_too()
    temperature: float = field(
        default=0.8,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )
    max_tokens: int = field(
        default=300,
        metadata={"title": "Longest answer", "help": "in tokens (about 4 letters)", "minimum": 8, "maximum": 4000},
    )


def answer(parent: Sample, params: AnswerParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Ask for each candidate with a seed of its own; all share one group."""
    model = required(model)
    context = up_to_last_user(parent, thanks=params.thanks)
    messages = answering(parent, context, params.instructions, rng)
    asked = context[-1].id
    number = next(free_ids(parent))
    for _ in range(params.variants):
        request = Request(messages, params.temperature, params.max_tokens, rng.getrandbits(31))
        reply = model.reply(request)
        said = Turn(number, "assistant", reply.text.strip())
        yield Candidate(
            (*context, said),
            group=f"{parent.id}:{asked}",
            branch_at=asked,
            meta={"finish_reasons": [reply.finish_reason]},
        )


def up_to_last_user(parent: Sample, *, thanks: bool = False) -> tuple[Turn, ...]:
    """The conversation up to the last thing the user said; a mere thank-you counts only when `thanks` says so."""
    places = [at for at, turn in enumerate(parent.turns) if turn.role == "user" and turn.content.strip()]
    place = places[-1] if thanks and places else last_said(parent.turns, "user")
    if place is None:
        raise GenerateError("there is no user turn to answer")
    return parent.turns[: place + 1]


def answering(parent: Sample, context: tuple[Turn, ...], instructions: str, rng: random.Random) -> tuple[Message, ...]:
    """The messages that ask for an answer: instructions with the conversation's own background as data, then a chat."""
    text = SYSTEM.format(language=language_name(parent.language), instructions=instructions).strip()
    background = "\n".join(turn.content for turn in context if turn.role in {"system", "tool"} and turn.content)
    if background:
        text += "\n" + BACKGROUND.format(rule=DATA_RULE, block=data_block(background, rng))
    return (Message("system", text), *(Message(turn.role, turn.content) for turn in spoken(context)))


ANSWER = Recipe(
    name="answer",
    version="2",
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
    gates=(complete,),
    prompts=(SYSTEM, BACKGROUND, DATA_RULE),
)
