"""`document_qa`: questions about a document with answers that point at their passage.

Each conversation is planned around one passage, and passages are gone through before one comes again, so that the whole
document is asked about. With `questions_only` nothing but questions is paid for: those that people approve are answered
by `document_answer`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, complete, grounded, repeats, speaks, unanswered
from workbench.generate.inputs import freedom, short_text, switch, whole
from workbench.generate.passages import NO_ANSWER, Focus, focused, no_answer, numbered, passage
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request, transcript
from workbench.generate.replies import json_reply
from workbench.generate.schemas import INTEGER, record, string
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.llm.base import ChatModel, Request
from workbench.model import Document, Turn

TEMPLATE = template("document_qa")
ANSWERED, ASKED, WITHOUT_ANSWER = "answered", "asked", "without_answer"
"""What is asked for: a question with its answer, a question alone, or one that the document does not answer."""

ASKED_BEFORE = 20
"""Earlier questions that are shown, so that another one is asked."""

MAX_TOKENS = 500


@dataclass(frozen=True, slots=True)
class DocumentQaParams:
    """What a person can set."""

    variants: int = whole("How many", "for each document", default=5, least=1, most=500)
    questions_only: bool = switch("Questions first", "you approve them; only then answers are paid for", default=False)
    exchanges: int = whole("Questions in a row", "later ones refer back", default=1, least=1, most=4)
    unanswerable: int = whole(
        "Without an answer",
        "every so many-th question is one the document does not answer; 0: none",
        default=0,
        least=0,
        most=20,
    )
    who: str = short_text("Who asks", "the person, in a few words", default="somebody who needs the information")
    temperature: float = freedom(0.7)


def document_qa(
    document: Document, params: DocumentQaParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One conversation after the other, each around a passage of its own."""
    model = required(model)
    asked: list[str] = []
    for number, focus in enumerate(focused(document, params.variants, rng)):
        turns: list[Turn] = []
        reasons: list[str] = []
        for kind in _kinds(number, params):
            request = _request(document, params, kind, focus, turns, asked, rng)
            value, reply = json_reply(model, request)
            reasons.append(reply.finish_reason)
            turns += _turns(document, params, kind, value, len(turns), reply.text)
        asked.append(turns[0].content)
        meta = {"title": turns[0].content[:80], "passages": focus.shown, "finish_reasons": reasons}
        yield Candidate(tuple(turns), group=f"{document.id}:{number}", meta=meta)


def _kinds(number: int, params: DocumentQaParams) -> list[str]:
    """What the questions of one conversation are; of every so many-th the last one has no answer."""
    kinds = [ASKED] if params.questions_only else [ANSWERED] * params.exchanges
    without = bool(params.unanswerable) and (number + 1) % params.unanswerable == 0
    return [*kinds[:-1], WITHOUT_ANSWER] if without else kinds


def _request(
    document: Document,
    params: DocumentQaParams,
    kind: str,
    focus: Focus,
    turns: Sequence[Turn],
    asked: Sequence[str],
    rng: random.Random,
) -> Request:
    system = TEMPLATE["system"].format(
        language=language_name(document.language), who=params.who, kind=TEMPLATE[kind], rule=DATA_RULE
    )
    parts = [TEMPLATE["task"].format(passages=data_block(numbered(focus.shown), rng), number=focus.number)]
    if turns:
        parts.append(TEMPLATE["later"].format(said=data_block(transcript(turns), rng)))
    elif asked:
        parts.append(TEMPLATE["before"].format(asked=data_block("\n".join(asked[-ASKED_BEFORE:]), rng)))
    answer = {"answer": string()} if kind == ANSWERED else {}
    schema = record({"question": string(), **answer, "span": INTEGER})
    return task_request(
        system, parts, rng, temperature=params.temperature, max_tokens=MAX_TOKENS, schema=schema, name="question"
    )


def _turns(
    document: Document, params: DocumentQaParams, kind: str, value: dict[str, Any], before: int, raw: str
) -> list[Turn]:
    """The question with its passage and, unless questions are all that is wanted, its answer with its grounds."""
    span = int(value["span"])
    known = any(span == one.number for one in document.spans)
    if not known and params.questions_only:
        raise GenerateError(f"there is no passage {span}", raw=raw)
    place = before // 2 + 1
    about = {"passage": passage(document, span)} if known else {}
    without = {"answerable": False} if kind == WITHOUT_ANSWER else {}
    question = Turn(f"q{place}", "user", value["question"].strip(), extra={**about, **without})
    if params.questions_only:
        return [question]
    grounds = [] if without else [{"document": document.id, "span": span}]
    text = no_answer(document.language) if without else value["answer"].strip()
    return [question, Turn(f"a{place}", "assistant", text, extra={"grounds": grounds, **without})]


DOCUMENT_QA = Recipe(
    name="document_qa",
    version="1",
    purpose="ground",
    title="Questions about a document",
    explanation=(
        "Writes questions about your documents, with answers that each point at the passage they come from. An answer "
        "whose words or numbers are not in its passage is set aside or shown to you. Take the questions first, if you "
        "want to approve them before answers are paid for."
    ),
    make=document_qa,
    needs_model=True,
    params=DocumentQaParams,
    keeps=("every answer names a passage that exists", "numbers of an answer stand in its passage"),
    varies=("which passage is asked about", "the question", "the wording of the answer"),
    gates=(complete, grounded(), unanswered, repeats, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), DATA_RULE, *NO_ANSWER.values()),
    starts_from="document",
    example={"variants": 3},
    then=Then("document_answer", "questions", when=lambda params: bool(params.questions_only)),
)
