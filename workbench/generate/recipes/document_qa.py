"""`document_qa`: questions about a document with answers that point at their passage.

Each conversation is planned around one passage, and passages are gone through before one comes again, so that the whole
document is asked about. With `questions_only` nothing but questions is paid for: those that people approve are answered
by `document_answer`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, required
from workbench.generate.gates import complete, grounded, repeats, speaks, unanswered
from workbench.generate.passages import around, numbered, passage, planned
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import read_json
from workbench.generate.then import Then
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Document, Turn

SYSTEM = (
    "You write questions about a document, in {language}, as {who} would ask them. {kind} The question makes sense to "
    "somebody who has not seen the document: it never speaks of the passage or the text. {rule}"
)
ANSWERED = (
    "Answer each from one passage alone, briefly and in whole sentences, with its numbers and names exactly as they "
    "are there. Give the number of that passage."
)
ASKED = "Do not answer it. Give the number of the passage that answers it."
WITHOUT_ANSWER = (
    "Ask something that a reader of these passages would want to know next and that none of them answers. Do not "
    "answer it. Give the number of the passage it comes close to."
)
TASK = "The numbered passages:\n{passages}\nAsk one question about passage [{number}], above all."
LATER = "What was said before; the new question follows from it and refers back to it, as people do:\n{said}"
BEFORE = "Questions that were asked already; ask another one:\n{asked}"
NO_ANSWER = {
    "en": "The document does not say.",
    "fr": "Le document ne le dit pas.",
    "zh": "文件中没有说明。",
    "de": "Das Dokument sagt das nicht.",
    "es": "El documento no lo dice.",
    "it": "Il documento non lo dice.",
}
ASKED_BEFORE = 20
MAX_TOKENS = 500


@dataclass(frozen=True, slots=True)
class DocumentQaParams:
    """What a person can set."""

    variants: int = field(
        default=5, metadata={"title": "How many", "help": "for each document", "minimum": 1, "maximum": 500}
    )
    questions_only: bool = field(
        default=False,
        metadata={"title": "Questions first", "help": "you approve them; only then answers are paid for"},
    )
    exchanges: int = field(
        default=1,
        metadata={"title": "Questions in a row", "help": "later ones refer back", "minimum": 1, "maximum": 4},
    )
    unanswerable: int = field(
        default=0,
        metadata={
            "title": "Without an answer",
            "help": "every so many-th question is one the document does not answer; 0: none",
            "minimum": 0,
            "maximum": 20,
        },
    )
    who: str = field(
        default="somebody who needs the information",
        metadata={"title": "Who asks", "help": "the person, in a few words"},
    )
    temperature: float = field(
        default=0.7,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )


def document_qa(
    document: Document, params: DocumentQaParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One conversation after the other, each around a passage of its own."""
    model = required(model)
    plan = planned(document, rng)
    asked: list[str] = []
    for number in range(params.variants):
        focus = plan[number % len(plan)]
        shown = around(document, focus)
        last = bool(params.unanswerable) and (number + 1) % params.unanswerable == 0
        turns: list[Turn] = []
        reasons: list[str] = []
        rounds = 1 if params.questions_only else params.exchanges
        for place in range(rounds):
            kind = ASKED if params.questions_only else ANSWERED
            if last and place == rounds - 1:
                kind = WITHOUT_ANSWER
            request = _request(document, params, kind, shown, focus, turns, asked, rng)
            reply = model.reply(request)
            reasons.append(reply.finish_reason)
            turns += _turns(document, params, kind, read_json(reply.text, request.schema or {}), len(turns), reply.text)
        asked.append(turns[0].content)
        yield Candidate(
            tuple(turns),
            group=f"{document.id}:{number}",
            meta={"title": turns[0].content[:80], "passages": shown, "finish_reasons": reasons},
        )


def _request(
    document: Document,
    params: DocumentQaParams,
    kind: str,
    shown: list[dict[str, Any]],
    focus: int,
    turns: list[Turn],
    asked: list[str],
    rng: random.Random,
) -> Request:
    system = SYSTEM.format(language=language_name(document.language), who=params.who, kind=kind, rule=DATA_RULE)
    parts = [TASK.format(passages=data_block(numbered(shown), rng), number=focus)]
    if turns:
        parts.append(LATER.format(said=data_block(transcript(turns), rng)))
    elif asked:
        parts.append(BEFORE.format(asked=data_block("\n".join(asked[-ASKED_BEFORE:]), rng)))
    names = ["question", "answer", "span"] if kind == ANSWERED else ["question", "span"]
    properties = {name: {"type": "integer"} if name == "span" else {"type": "string", "minLength": 2} for name in names}
    schema = {"type": "object", "properties": properties, "required": names, "additionalProperties": False}
    messages = (Message("system", system), Message("user", "\n".join(parts)))
    return Request(messages, params.temperature, MAX_TOKENS, rng.getrandbits(31), schema, "question")


def _turns(
    document: Document, params: DocumentQaParams, kind: str, value: dict[str, Any], before: int, raw: str
) -> list[Turn]:
    known = {span.number for span in document.spans}
    span = int(value["span"])
    grounds = [{"document": document.id, "span": span}]
    about = {"passage": passage(document, span)} if span in known else {}
    if not about and params.questions_only:
        raise GenerateError(f"there is no passage {span}", raw=raw)
    question = Turn(f"q{before // 2 + 1}", "user", value["question"].strip(), extra=about)
    if kind == WITHOUT_ANSWER:
        text = NO_ANSWER.get((document.language or "en").split("-")[0], NO_ANSWER["en"])
        question = Turn(question.id, "user", question.content, extra={**about, "answerable": False})
        answer = Turn(f"a{before // 2 + 1}", "assistant", text, extra={"grounds": [], "answerable": False})
        return [question] if params.questions_only else [question, answer]
    if params.questions_only:
        return [question]
    return [question, Turn(f"a{before // 2 + 1}", "assistant", value["answer"].strip(), extra={"grounds": grounds})]


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
    gates=(complete, grounded(), unanswered, repeats, speaks),
    prompts=(SYSTEM, ANSWERED, ASKED, WITHOUT_ANSWER, TASK, LATER, BEFORE, DATA_RULE, *NO_ANSWER.values()),
    starts_from="document",
    example={"variants": 3},
    then=Then("document_answer", "questions", when=lambda params: bool(params.questions_only)),
)
