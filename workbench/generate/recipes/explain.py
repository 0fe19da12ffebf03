"""`explain`: an answer explained after it was given, with its evidence, a typical mistake and a question to check.

Method: textbook-like explanations for an audience that is chosen (phi-1, Gunasekar et al. 2023). The evidence is a
quotation, so that a gate can look for it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.answers import last_answer
from workbench.generate.base import Candidate, Recipe, free_ids, required, spoken
from workbench.generate.gates import VERIFIERS, begins_alike, complete, quoted, speaks
from workbench.generate.inputs import freedom, long_text, whole
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, transcript
from workbench.generate.replies import json_reply
from workbench.generate.schemas import record, string
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Request
from workbench.model import Sample, Turn

TEMPLATE = template("explain")
SYSTEM = TEMPLATE["system"]
TASK = TEMPLATE["task"]
SOURCE = TEMPLATE["source"]
FIELDS = ("why", "evidence", "mistake", "check")
SCHEMA = record(dict.fromkeys(FIELDS, string()))
ASKED = {code: TEMPLATE[f"asked {code}"] for code in ("en", "fr", "zh")}
SAID = {code: TEMPLATE[f"said {code}"] for code in ("en", "fr", "zh")}
MAX_TOKENS = 600


@dataclass(frozen=True, slots=True)
class ExplainParams:
    """What a person can set."""

    audience: str = long_text(
        "For whom",
        "a child, a colleague, a patient: it changes the words",
        default="somebody new to the subject",
    )
    variants: int = whole("Explanations", "how many for each sample", default=1, least=1, most=10)
    temperature: float = freedom(0.5)


def explain(parent: Sample, params: ExplainParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """The conversation up to its last answer that tells something, then the question why and the explanation.

    The explanation also goes in parts with its turn.
    """
    model = required(model)
    place = last_answer(parent)
    if place is None:
        raise GenerateError("there is no answer in it to explain", hint="let it go on first, or choose others")
    kept = parent.turns[: place + 1]
    answer = kept[-1]
    language = (parent.language or "en").split("-")[0]
    for _ in range(params.variants):
        said, reply = json_reply(model, _request(parent, kept, params, rng))
        parts = {name: text.strip() for name, text in said.items()}
        ids = free_ids(parent)
        asked = Turn(next(ids), "user", ASKED.get(language, ASKED["en"]))
        text = SAID.get(language, SAID["en"]).format(**parts)
        extra = {"explanation": {**parts, "of": answer.id, "audience": params.audience}}
        yield Candidate(
            (*kept, asked, Turn(next(ids), "assistant", text, extra=extra)),
            group=f"{parent.id}:{answer.id}",
            branch_at=answer.id,
            meta={"finish_reasons": [reply.finish_reason]},
        )


def _request(parent: Sample, kept: tuple[Turn, ...], params: ExplainParams, rng: random.Random) -> Request:
    system = SYSTEM.format(language=language_name(parent.language), audience=params.audience, rule=DATA_RULE)
    parts = [TASK.format(conversation=data_block(transcript(spoken(kept)), rng))]
    source = "\n".join(turn.extra["passage"]["text"] for turn in kept if "passage" in turn.extra)
    if source:
        parts.append(SOURCE.format(source=data_block(source, rng)))
    return task_request(
        system,
        "\n".join(parts),
        rng,
        temperature=params.temperature,
        max_tokens=MAX_TOKENS,
        schema=SCHEMA,
        name="explanation",
    )


EXPLAIN = Recipe(
    name="explain",
    version="2",
    purpose="answer",
    title="Explain the answer",
    explanation=(
        "Adds an explanation to the last answer of a conversation that tells something: why it is so, the words it "
        "rests on, a typical mistake, and a question to check oneself. What was said up to there stays "
        "as it is. Choose for whom; words that are quoted but stand nowhere are found."
    ),
    make=explain,
    needs_model=True,
    params=ExplainParams,
    keeps=("every turn up to the answer", "its evidence is a quotation that exists"),
    varies=("the explanation", "for whom it is written"),
    gates=(begins_alike, complete, quoted, speaks, *VERIFIERS),
    prompts=(SYSTEM, TASK, SOURCE, DATA_RULE, *ASKED.values(), *SAID.values()),
)
