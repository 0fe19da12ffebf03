"""`role_cards`: two role cards for a duet, from a conversation of the kind that is wanted.

They cost one short call each. A person approves, edits or rejects them; only then `duet` has the conversations spoken,
each from the cards that were approved. Method: role play with private goals (Cohere), planned before it is played.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates import checks, says_source
from workbench.generate.inputs import freedom, short_text, whole
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, transcript
from workbench.generate.replies import json_reply
from workbench.generate.schemas import Schema, array, record, string
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.llm.base import ChatModel, Request
from workbench.model import Finding, Sample, Turn
from workbench.text import tokens

TEMPLATE = template("role_cards")
FIELDS = ("user_role", "user_goal", "user_knows", "assistant_role", "assistant_goal", "assistant_knows")
MAX_TOKENS = 600
ALIKE = 0.8
"""Share of common words from which two fields say the same."""


@dataclass(frozen=True, slots=True)
class RoleCardsParams:
    """What a person can set."""

    variants: int = whole("Pairs of cards", "for each sample", default=1, least=1, most=20)
    asker: str = short_text("Who asks", "what kind of person, in a few words", default="somebody who needs help")
    answerer: str = short_text("Who answers", "what kind of person, in a few words", default="a competent advisor")
    mistakes: int = whole("Mistakes", "that the asker is to make; 0: none", default=0, least=0, most=5)
    temperature: float = freedom(0.9)


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
        value, reply = json_reply(model, _request(parent, said, params, planned, rng))
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
    properties: dict[str, Schema] = dict.fromkeys(FIELDS, string())
    if params.mistakes:
        parts.append(TEMPLATE["mistakes"].format(count=params.mistakes))
        properties["mistakes"] = array(string(), params.mistakes, params.mistakes)
    if planned:
        parts.append(TEMPLATE["before"].format(planned=data_block("\n".join(planned), rng)))
    return task_request(
        system,
        parts,
        rng,
        temperature=params.temperature,
        max_tokens=MAX_TOKENS,
        schema=record(properties),
        name="cards",
    )


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
