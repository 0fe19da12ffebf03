"""`document_answer`: answers accepted questions about a document from the passage each of them carries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, free_ids, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, begins_alike, complete, grounded, speaks
from workbench.generate.inputs import freedom, whole
from workbench.generate.passages import NO_ANSWER, no_answer
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request
from workbench.generate.replies import answer_words
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Request
from workbench.model import Sample, Turn

TEMPLATE = template("document_answer")
SYSTEM = TEMPLATE["system"]
TASK = TEMPLATE["task"]


@dataclass(frozen=True, slots=True)
class DocumentAnswerParams:
    """What a person can set."""

    variants: int = whole("Answers", "how many for each question", default=1, least=1, most=10)
    words: int = whole("Words in an answer", "about so many", default=40, least=3, most=500)
    temperature: float = freedom(0.3)


def document_answer(
    parent: Sample, params: DocumentAnswerParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One answer per variant; a question that was planned without an answer is answered without asking."""
    model = required(model)
    question = parent.turns[-1] if parent.turns else None
    source = question.extra.get("passage") if question else None
    if question is None or question.role != "user" or not source:
        hint = "have questions made first with the recipe “Questions about a document”, and approve some"
        raise GenerateError("this is not a question about a document that waits for its answer", hint=hint)
    unsaid = no_answer(parent.language)
    for _ in range(params.variants):
        reasons: list[str] = []
        text = unsaid
        if question.extra.get("answerable") is not False:
            reply = model.reply(_request(parent, question, source["text"], unsaid, params, rng))
            reasons, text = [reply.finish_reason], answer_words(reply)
        place = {"document": source["document"], "span": source["span"]}
        known = text.rstrip(".。") != unsaid.rstrip(".。")
        extra = {"grounds": [place]} if known else {"grounds": [], "answerable": False}
        yield Candidate(
            (*parent.turns, Turn(next(free_ids(parent)), "assistant", text, extra=extra)),
            group=parent.id,
            branch_at=question.id,
            meta={"passages": [source], "document": source["document"], "finish_reasons": reasons},
        )


def _request(
    parent: Sample, question: Turn, source: str, unsaid: str, params: DocumentAnswerParams, rng: random.Random
) -> Request:
    system = SYSTEM.format(
        language=language_name(parent.language), words=params.words, no_answer=unsaid, rule=DATA_RULE
    )
    task = TASK.format(passage=data_block(source, rng), question=data_block(question.content, rng))
    return task_request(system, task, rng, temperature=params.temperature, max_tokens=max(64, 4 * params.words))


DOCUMENT_ANSWER = Recipe(
    name="document_answer",
    version="1",
    purpose="ground",
    title="Answers from the document",
    explanation=(
        "Answers questions about a document that you approved, each from the one passage it was made for. It goes on "
        "from “Questions about a document” with questions first. Answers that say more than their passage are set "
        "aside or shown to you."
    ),
    make=document_answer,
    needs_model=True,
    params=DocumentAnswerParams,
    keeps=("the question", "every answer names a passage that exists", "numbers of an answer stand in its passage"),
    varies=("the wording of the answer",),
    gates=(begins_alike, complete, grounded(), speaks, *VERIFIERS),
    prompts=(SYSTEM, TASK, DATA_RULE, *NO_ANSWER.values()),
    where="recipe:document_qa",
)
