"""`role_cards`: two role cards for a duet, from a conversation of the kind that is wanted.

They cost one short call each. A person approves, edits or rejects them; only then `duet` has the conversations spoken,
each from the cards that were approved. Method: role play with private goals (Cohere), planned before it is played.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, required, spoken
from workbench.generate.gates import checks, says_source
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import read_json
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Finding, Sample, Turn
from workbench.text import tokens

TEMPLATE = template("role_cards")
FIELDS = ("user_role", "user_goal", "user_knows", "assistant_role", "assistant_goal", "assistant_knows")
ALIKE = 0.8
"""Share of common words from which two fields say the same."""


@dataclass(frozen=True, slots=True)
class RoleCardsParams:
    """What a person can set."""

    variants: int = field(
        default=1, metadata={"title": "Pairs of cards", "help": "for each sample", "minimum": 1, "maximum": 20}
    )
    asker: str = field(
        default="somebody who needs help", metadata={"title": "Who asks", "help": "what kind of person, in a few words"}
    )
    answerer: str = field(
        default="a competent advisor", metadata={"title": "Who answers", "help": "what kind of person, in a few words"}
    )
    mistakes: int = field(
        default=0,
        metadata={"title": "Mistakes", "help": "that the asker is to make; 0: none", "minimum": 0, "maximum": 5},
    )
    temperature: float = field(
        default=0.9,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )


def role_cards(
    parent: Sample, params: RoleCardsParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One pair of cards after the other, each another case."""
    model = required(model)
    said = spoken(parent.turns)
    if not said:
        raise GenerateError("nobody says anything in this conversation", hint="choose others")
    planned: list[str] = []
    for _ in range(params.variants):
        request = _request(parent, said, params, planned, rng)
        reply = model.reply(request)
        value = read_json(reply.text, request.schema or {})
        turns = [Turn(name, "system", value[name].strip()) for name in FIELDS]
        if params.mistakes:
            turns.append(Turn("mistakes", "system", "\n".join(" ".join(one.split()) for one in value["mistakes"])))
        planned.append(value["user_role"].strip())
        yield Candidate(tuple(turns), group=parent.id, meta={"finish_reasons": [reply.finish_reason]})


def _request(
    parent: Sample, said: list[Turn], params: RoleCardsParams, planned: list[str], rng: random.Random
) -> Request:
    language = language_name(parent.language)
    system = TEMPLATE["system"].format(language=language, asker=params.asker, answerer=params.answerer, rule=DATA_RULE)
    parts = [TEMPLATE["task"].format(conversation=data_block(transcript(said), rng))]
    properties: dict[str, Any] = {name: {"type": "string", "minLength": 2} for name in FIELDS}
    if params.mistakes:
        parts.append(TEMPLATE["mistakes"].format(count=params.mistakes))
        text = {"type": "string", "minLength": 2}
        properties["mistakes"] = {
            "type": "array", "items": text, "minItems": params.mistakes, "maxItems": params.mistakes
        }  # fmt: skip
    if planned:
        parts.append(TEMPLATE["before"].format(planned=data_block("\n".join(planned), rng)))
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    messages = (Message("system", system), Message("user", "\n".join(parts)))
    return Request(messages, params.temperature, 600, rng.getrandbits(31), schema, "cards")


@checks("cards")
def sides_differ(parent: Sample, candidate: Candidate) -> Finding | None:
    """Two sides with the same role, goal or knowledge have nothing to talk about."""
    texts = {turn.id: turn for turn in candidate.turns}
    for part in ("role", "goal", "knows"):
        asks, answers = texts.get(f"user_{part}"), texts.get(f"assistant_{part}")
        if asks is None or answers is None:
            continue
        first, second = set(tokens(asks.content)), set(tokens(answers.content))
        if first and len(first & second) >= ALIKE * len(first | second):
            return Finding("cards", 0.0, "problem", "both sides have the same card", turn=answers.id)
    return None


ROLE_CARDS = Recipe(
    name="role_cards",
    version="1",
    purpose="write",
    title="Role cards, then two roles talk",
    explanation=(
        "Writes two role cards for each sample: who asks and who answers, with private goals, private knowledge and, "
        "if you want, mistakes to make. You approve, edit or reject the cards; only then “Two roles talk” has the "
        "conversations spoken. Use it to keep bad plans from being paid for."
    ),
    make=role_cards,
    needs_model=True,
    params=RoleCardsParams,
    keeps=("the field and the language of the sample", "nothing is spoken before you approve its cards"),
    varies=("the case", "who asks and who answers", "what each side wants and knows"),
    gates=(sides_differ, says_source),
    prompts=(*TEMPLATE.values(), DATA_RULE),
    example={"variants": 1, "mistakes": 1},
    then=Then("duet", "role cards", parameters=(*FIELDS, "mistakes"), begins=lambda params: {"keep": 0}),
)
