"""`explain`: an answer explained after it was given: claims with the words they rest on, a typical mistake, a check.

Method: textbook-like explanations for an audience that is chosen (phi-1, Gunasekar et al. 2023). Each claim quotes
whole words of one turn or of the source; where they stand is kept with the claim, so that a gate can look.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.answers import last_answer
from workbench.generate.base import Recipe, free_ids, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, begins_alike, complete, numbers_sourced, quoted, speaks
from workbench.generate.inputs import freedom, long_text, whole
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, transcript
from workbench.generate.quoting import bare_quote, passage_of, place_of
from workbench.generate.replies import json_reply
from workbench.generate.schemas import array, record, string
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Request
from workbench.model import Json, Sample, Turn

TEMPLATE = template("explain")
LANGUAGES = ("en", "fr", "zh")
CLAIMS = 4
SCHEMA = record(
    {"claims": array(record({"claim": string(), "quote": string()}), 1, CLAIMS), "mistake": string(), "check": string()}
)
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
        value, reply = json_reply(model, _request(parent, kept, params, rng))
        ids = free_ids(parent)
        asked, text, parts = _told(value, kept, language if language in LANGUAGES else LANGUAGES[0])
        extra = {"explanation": {**parts, "of": answer.id, "audience": params.audience}}
        yield Candidate(
            (*kept, Turn(next(ids), "user", asked), Turn(next(ids), "assistant", text, extra=extra)),
            group=f"{parent.id}:{answer.id}",
            branch_at=answer.id,
            meta={"finish_reasons": [reply.finish_reason]},
        )


def _told(value: dict[str, Any], kept: tuple[Turn, ...], language: str) -> tuple[str, str, Json]:
    """The question for an explanation, the explanation as it is said, and its parts with where its quotations stand."""
    claims: list[Json] = []
    for one in value["claims"]:
        quote = bare_quote(one["quote"])
        place = place_of(quote, kept)
        claims.append({"claim": one["claim"].strip(), "quote": quote, **(place.record() if place else {})})
    why = ("" if language == "zh" else " ").join(claim["claim"] for claim in claims)
    quotes = dict.fromkeys(TEMPLATE[f"quote {language}"].format(quote=claim["quote"]) for claim in claims)
    parts = {"why": why, "mistake": value["mistake"].strip(), "check": value["check"].strip()}
    listed = ("，" if language == "zh" else ", ").join(quotes)
    text = TEMPLATE[f"said {language}"].format(**parts, quotes=listed)
    return TEMPLATE[f"asked {language}"], text, {**parts, "claims": claims}


def _request(parent: Sample, kept: tuple[Turn, ...], params: ExplainParams, rng: random.Random) -> Request:
    language = language_name(parent.language)
    system = TEMPLATE["system"].format(language=language, audience=params.audience, rule=DATA_RULE)
    parts = [TEMPLATE["task"].format(conversation=data_block(transcript(spoken(kept)), rng))]
    if source := "\n".join(filter(None, map(passage_of, kept))):
        parts.append(TEMPLATE["source"].format(source=data_block(source, rng)))
    return task_request(
        system, parts, rng, temperature=params.temperature, max_tokens=MAX_TOKENS, schema=SCHEMA, name="explanation"
    )


EXPLAIN = Recipe(
    name="explain",
    version="3",
    purpose="answer",
    title="Explain the answer",
    explanation=(
        "Adds an explanation to the last answer of a conversation that tells something: why it is so, for each claim "
        "the words it rests on, a typical mistake, and a question to check oneself. What was said up to there stays "
        "as it is. Choose for whom; quotations that stand nowhere, and numbers from nowhere, are found."
    ),
    make=explain,
    needs_model=True,
    params=ExplainParams,
    keeps=("every turn up to the answer", "each claim quotes words that were said or stand in the source"),
    varies=("the explanation", "for whom it is written"),
    gates=(begins_alike, complete, quoted, numbers_sourced, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), DATA_RULE),
)
