"""`topic_to_pref`: from topics to questions, several answers to each, and pairs of a better and a worse one.

Method: topics, subtopics, prompts by task, answers, scores on five attributes, preference pairs (Nemotron-4 340B
report, NVIDIA 2024). The taxonomy is written by a person; the answers of one question are made together and are one
group. A model's scores and the pair it would make are advice, kept apart (``meta["machine"]``): the order and the
decision are a person's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, complete, echoes, speaks
from workbench.generate.inputs import choice, long_text, model_names, number, several_models, switch, whole
from workbench.generate.material import Blank
from workbench.generate.preferring import with_pair
from workbench.generate.prompts import DATA_RULE, language_name, task_request
from workbench.generate.replies import json_reply, own_words
from workbench.generate.sampling import Spread, sampled
from workbench.generate.schemas import record, string
from workbench.generate.scoring import JUDGE, TASK
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.generate.topics import OPEN, PERSONAS, TASKS, TOPICS, Cell, drawn_cell, only
from workbench.ids import content_hash
from workbench.llm.base import ChatModel, Message
from workbench.model import Turn

TEMPLATE = template("topic_to_pref")
LANGUAGES = ("en", "fr", "zh")
SCHEMA = record({"subtopic": string(), "message": string()})
CAREFUL, FREE = 0.2, 1.1
"""Temperatures of the first and the last answer."""


@dataclass(frozen=True, slots=True)
class TopicToPrefParams:
    """What a person can set."""

    topics: str = long_text(
        "Topics", "one a line, with subtopics: topic: one | another; * lets the model choose a subtopic", default=TOPICS
    )
    tasks: str = long_text("Tasks", "what is asked for, one a line", default=TASKS)
    personas: str = long_text("Who asks", "one a line", default=PERSONAS)
    language: str = choice("Language", "of questions and answers", default="en", of=LANGUAGES)
    questions: int = whole("Questions", "how many in all", default=10, least=1, most=5000)
    answers: int = whole("Answers", "to each question", default=3, least=2, most=9)
    questions_only: bool = switch("Questions first", "you approve them; only then answers are paid for", default=False)
    question: str = long_text("Your own question", "empty: the model writes the questions")
    instructions: str = long_text(
        "How to answer", "what the assistant should know or keep to", default="Be correct, helpful and brief."
    )
    judge: bool = switch("Let the model score too", "one more call each; advice, kept apart from your order")
    least: float = number("Good from", "score of a better one, 0 to 4", default=2.5, least=0.0, most=4.0)
    margin: float = number("Margin", "score between better and worse", default=0.5, least=0.0, most=4.0)
    same_length: bool = switch("About equally long", "so that a pair does not teach that longer is better")
    max_tokens: int = whole("Longest answer", "in tokens (about 4 letters)", default=300, least=8, most=4000)
    models: str = several_models()


def topic_to_pref(
    blank: Blank, params: TopicToPrefParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One question of the row's cell, then its answers; all are made before the pair is proposed."""
    model = required(model)
    cell = drawn_cell(params.topics, params.tasks, params.personas, blank.number, blank.seed)
    question = params.question.strip()
    own = bool(question)
    if not own:
        cell, question = _question(cell, params, model, rng)
    group = content_hash([cell["topic"], question])[-16:]
    if params.questions_only:
        item = (Turn("question", "user", question),)
        yield Candidate(item, params.language, group, meta={"topic": cell, "given": only(cell)})
        return
    answered = _answered(Turn("t1", "user", question), params, model, rng)
    if not own:  # the question took a request, too, and the first of the models wrote it
        answered = [replace(one, writers={"t1": "", **one.writers} if one.writers else {}) for one in answered]
        answered[0] = replace(answered[0], requests=answered[0].requests + 1)
    for candidate in with_pair(answered, params):
        yield replace(candidate, group=group, meta={**candidate.meta, "topic": cell})


def _question(cell: Cell, params: TopicToPrefParams, model: ChatModel, rng: random.Random) -> tuple[Cell, str]:
    """A question of this cell, and the cell with the subtopic that was open before."""
    chooses = cell["subtopic"] == OPEN
    wanted = {**cell, "subtopic": TEMPLATE["choose"]} if chooses else cell
    system = TEMPLATE["asker"].format(**wanted, language=language_name(params.language))
    request = task_request(system, TEMPLATE["go"], rng, temperature=0.9, max_tokens=300, schema=SCHEMA, name="question")
    said, reply = json_reply(model, request)
    question = own_words(said["message"])
    if not question:
        raise GenerateError("the question came out empty", raw=reply.text)
    return ({**cell, "subtopic": said["subtopic"].strip()} if chooses else cell), question


def _answered(asked: Turn, params: TopicToPrefParams, model: ChatModel, rng: random.Random) -> list[Candidate]:
    system = TEMPLATE["answerer"].format(language=language_name(params.language), instructions=params.instructions)
    messages = (Message("system", system), Message("user", asked.content))
    spread = Spread(params.answers, CAREFUL, FREE, params.max_tokens, params.judge, model_names(params.models))
    return [
        Candidate(
            (asked, Turn("t2", "assistant", one.text)),
            language=params.language,
            meta=one.meta,
            writers=one.by("t2"),
            requests=one.requests,
        )
        for one in sampled((asked,), messages, spread, model, rng)
    ]


def _begins(params: TopicToPrefParams) -> dict[str, Any]:
    return {**asdict(params), "questions_only": False, "questions": 1, "question": ""}


TOPIC_TO_PREF = Recipe(
    name="topic_to_pref",
    version="2",
    purpose="write",
    title="From topics to preferences",
    explanation=(
        "Goes from your topics and subtopics to questions, by task and by who asks, and writes several answers to each "
        "one, from careful to free. The model's scores propose a better and a worse one of about equal length; that is "
        "advice beside your own order. Or have the questions first, and pay for answers to those you approve."
    ),
    make=topic_to_pref,
    needs_model=True,
    params=TopicToPrefParams,
    keeps=("your topics, tasks and people equally often", "one question for all answers of a group"),
    varies=("topic, task and who asks", "the question", "how freely an answer is written"),
    gates=(echoes, complete, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), JUDGE, TASK, DATA_RULE),
    per_parent=lambda params: int(params.questions) * (1 if params.questions_only else int(params.answers)),
    together=lambda params: 1 if params.questions_only else int(params.answers),
    starts_from="nothing",
    example={"questions": 2},
    then=Then(
        "topic_to_pref",
        "questions",
        parameters=("question",),
        when=lambda params: bool(params.questions_only),
        begins=_begins,
        fixed=("topics", "tasks", "personas", "language", "questions", "questions_only"),
    ),
)
