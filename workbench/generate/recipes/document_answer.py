"""`document_answer`: answers accepted questions about a document from the passage each of them carries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, free_ids, required
from workbench.generate.gates import begins_alike, complete, grounded, speaks
from workbench.generate.prompts import DATA_RULE, data_block, language_name
from workbench.generate.recipes.document_qa import NO_ANSWER
from workbench.generate.replies import own_words
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn

SYSTEM = (
    "You answer a question from one passage of a document, in {language}, in about {words} words and whole sentences. "
    "Say nothing that the passage does not say, and keep its numbers and names exactly. "
    "If the passage does not answer the question, answer: {no_answer} Answer with nothing else. {rule}"
)
TASK = "The passage:\n{passage}\nThe question:\n{question}"


@dataclass(frozen=True, slots=True)
class DocumentAnswerParams:
    """What a person can set."""

    variants: int = field(
        default=1, metadata={"title": "Answers", "help": "how many for each question", "minimum": 1, "maximum": 10}
    )
    words: int = field(
        default=40, metadata={"title": "Words in an answer", "help": "about so many", "minimum": 3, "maximum": 500}
    )
    temperature: float = field(
        default=0.3,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )


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
    language = (parent.language or "en").split("-")[0]
    no_answer = NO_ANSWER.get(language, NO_ANSWER["en"])
    for _ in range(params.variants):
        reasons: list[str] = []
        text = no_answer
        if question.extra.get("answerable") is not False:
            reply = model.reply(_request(parent, question, source["text"], no_answer, params, rng))
            reasons, text = [reply.finish_reason], own_words(reply.text)
            if not text:
                raise GenerateError("the answer came out empty", raw=reply.text)
        place = {"document": source["document"], "span": source["span"]}
        known = text.rstrip(".。") != no_answer.rstrip(".。")
        extra = {"grounds": [place]} if known else {"grounds": [], "answerable": False}
        yield Candidate(
            (*parent.turns, Turn(next(free_ids(parent)), "assistant", text, extra=extra)),
            group=parent.id,
            branch_at=question.id,
            meta={"passages": [source], "document": source["document"], "finish_reasons": reasons},
        )


def _request(
    parent: Sample, question: Turn, source: str, no_answer: str, params: DocumentAnswerParams, rng: random.Random
) -> Request:
    system = SYSTEM.format(
        language=language_name(parent.language), words=params.words, no_answer=no_answer, rule=DATA_RULE
    )
    task = TASK.format(passage=data_block(source, rng), question=data_block(question.content, rng))
    messages = (Message("system", system), Message("user", task))
    return Request(messages, params.temperature, max(64, 4 * params.words), rng.getrandbits(31))


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
    gates=(begins_alike, complete, grounded(), speaks),
    prompts=(SYSTEM, TASK, DATA_RULE, *NO_ANSWER.values()),
    where="recipe:document_qa",
)
