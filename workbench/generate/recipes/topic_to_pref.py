"""`topic_to_pref`: from topics to questions, several answers to each, and pairs of a better and a worse one.

Method: topics, subtopics, prompts by task, answers, scores on five attributes, preference pairs (Nemotron-4 340B
report, NVIDIA 2024). The taxonomy is written by a person; the answers of one question are made together and are one
group. A model's scores and the pair it would make are advice, kept apart (``meta["machine"]``): the order and the
decision are a person's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Blank, Candidate, Recipe, required
from workbench.generate.cards import read_fields
from workbench.generate.drawing import evenly
from workbench.generate.gates import complete, speaks
from workbench.generate.gates.named import checks
from workbench.generate.preferring import with_pair
from workbench.generate.prompts import language_name
from workbench.generate.recipes.rank_n import JUDGE, TASK, judged
from workbench.generate.replies import own_words, read_json
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.ids import content_hash
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Finding, Sample, Turn
from workbench.text import tokens

TEMPLATE = template("topic_to_pref")
LANGUAGES = ("en", "fr", "zh")
SCHEMA = {
    "type": "object",
    "properties": {
        "subtopic": {"type": "string", "minLength": 2},
        "message": {"type": "string", "minLength": 2},
    },
    "required": ["subtopic", "message"],
    "additionalProperties": False,
}
LEAST_FREE, MOST_FREE = 0.2, 1.1
"""Temperatures of the first and the last answer: from careful to free."""

_TOPICS = """\
health at home: sleep | first aid | medicines
money: saving | loans | fraud
daily law: tenancy | buying and returning
technology: passwords | backups"""
_TASKS = """\
explain something
advise in a situation
compare two ways
plan it step by step
find the mistake in a plan"""
_PERSONAS = """\
a teenager
a parent with little time
a retired person
somebody new in the country"""


def _lines(title: str, help: str, default: str) -> str:
    value: str = field(default=default, metadata={"title": title, "help": help, "long": True})
    return value


@dataclass(frozen=True, slots=True)
class TopicToPrefParams:
    """What a person can set."""

    topics: str = _lines(
        "Topics", "one a line, with subtopics: topic: one | another; * lets the model choose a subtopic", _TOPICS
    )
    tasks: str = _lines("Tasks", "what is asked for, one a line", _TASKS)
    personas: str = _lines("Who asks", "one a line", _PERSONAS)
    language: str = field(
        default="en", metadata={"title": "Language", "help": "of questions and answers", "choices": LANGUAGES}
    )
    questions: int = field(
        default=10, metadata={"title": "Questions", "help": "how many in all", "minimum": 1, "maximum": 5000}
    )
    answers: int = field(
        default=3, metadata={"title": "Answers", "help": "to each question", "minimum": 2, "maximum": 9}
    )
    questions_only: bool = field(
        default=False,
        metadata={"title": "Questions first", "help": "you approve them; only then answers are paid for"},
    )
    question: str = field(
        default="",
        metadata={"title": "Your own question", "help": "empty: the model writes the questions", "long": True},
    )
    instructions: str = field(
        default="Be correct, helpful and brief.",
        metadata={"title": "How to answer", "help": "what the assistant should know or keep to", "long": True},
    )
    judge: bool = field(
        default=True,
        metadata={"title": "Let the model score too", "help": "one more call each; advice, kept apart from your order"},
    )
    least: float = field(
        default=2.5,
        metadata={"title": "Good from", "help": "score of a better one, 0 to 4", "minimum": 0.0, "maximum": 4.0},
    )
    margin: float = field(
        default=0.5,
        metadata={"title": "Margin", "help": "score between better and worse", "minimum": 0.0, "maximum": 4.0},
    )
    same_length: bool = field(
        default=True,
        metadata={"title": "About equally long", "help": "so that a pair does not teach that longer is better"},
    )
    max_tokens: int = field(
        default=300,
        metadata={"title": "Longest answer", "help": "in tokens (about 4 letters)", "minimum": 8, "maximum": 4000},
    )


def topic_to_pref(
    blank: Blank, params: TopicToPrefParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One question of the row's cell, then its answers; all are made before the pair is proposed."""
    model = required(model)
    cell = _cell(blank, params)
    if params.question.strip():
        subtopic, question = cell["subtopic"], params.question.strip()
    else:
        subtopic, question = _question(cell, params, model, rng)
    cell = {**cell, "subtopic": subtopic}
    group = content_hash([cell["topic"], question])[-16:]
    if params.questions_only:
        item = (Turn("question", "user", question),)
        yield Candidate(item, params.language, group, meta={"topic": cell, "given": _pinned(cell)})
        return
    made = _answered(Turn("t1", "user", question), params, model, rng)
    for candidate in with_pair(made, params):
        yield replace(candidate, group=group, meta={**candidate.meta, "topic": cell})


def _cell(blank: Blank, params: TopicToPrefParams) -> dict[str, str]:
    """Topic with subtopic, task and persona of a question, each drawn evenly over all questions."""
    topics = [
        (topic, sub)
        for topic, subs in read_fields(params.topics, fold=False).items()
        for sub, n in subs
        for _ in range(n)
    ]
    tasks, personas = (
        [line.strip() for line in text.splitlines() if line.strip()] for text in (params.tasks, params.personas)
    )
    if not tasks or not personas:
        raise InvalidInput("there is no task, or nobody who asks", hint="write at least one line of each")
    topic, subtopic = evenly(topics, blank.number, blank.seed, "topic")
    return {
        "topic": topic,
        "subtopic": subtopic,
        "task": evenly(tasks, blank.number, blank.seed, "task"),
        "persona": evenly(personas, blank.number, blank.seed, "persona"),
    }


def _pinned(cell: dict[str, str]) -> dict[str, str]:
    """Parameters that draw this cell and no other: the answers to an approved question stay in it."""
    subtopic = " ".join(cell["subtopic"].replace("|", "/").split())
    return {"topics": f"{cell['topic']}: {subtopic}", "tasks": cell["task"], "personas": cell["persona"]}


def _begins(params: TopicToPrefParams) -> dict[str, Any]:
    return {**asdict(params), "questions_only": False, "questions": 1, "question": ""}


def _question(cell: dict[str, str], params: TopicToPrefParams, model: ChatModel, rng: random.Random) -> tuple[str, str]:
    wanted = TEMPLATE["choose"] if cell["subtopic"] == "*" else cell["subtopic"]
    system = TEMPLATE["asker"].format(**{**cell, "subtopic": wanted}, language=language_name(params.language))
    messages = (Message("system", system), Message("user", TEMPLATE["go"]))
    reply = model.reply(Request(messages, 0.9, 300, rng.getrandbits(31), SCHEMA, "question"))
    said = read_json(reply.text, SCHEMA)
    question = own_words(said["message"])
    if not question:
        raise GenerateError("the question came out empty", raw=reply.text)
    return (said["subtopic"].strip() if cell["subtopic"] == "*" else cell["subtopic"]), question


def _answered(asked: Turn, params: TopicToPrefParams, model: ChatModel, rng: random.Random) -> list[Candidate]:
    system = TEMPLATE["answerer"].format(language=language_name(params.language), instructions=params.instructions)
    messages = (Message("system", system), Message("user", asked.content))
    made: list[Candidate] = []
    for number in range(params.answers):
        freedom = round(LEAST_FREE + (MOST_FREE - LEAST_FREE) * number / (params.answers - 1), 3)
        reply = model.reply(Request(messages, freedom, params.max_tokens, rng.getrandbits(31)))
        text = own_words(reply.text)
        if not text:
            raise GenerateError("the answer came out empty", raw=reply.text)
        meta: dict[str, Any] = {"finish_reasons": [reply.finish_reason], "temperature": freedom}
        if params.judge:
            meta["machine"] = judged(model, (asked,), text, rng)
        made.append(Candidate((asked, Turn("t2", "assistant", text)), language=params.language, meta=meta))
    return made


@checks("repeats")
def same_question(parent: Sample, candidate: Candidate) -> Finding | None:
    """An answer that only says the question again."""
    if len(candidate.turns) < 2 or tokens(candidate.turns[0].content) != tokens(candidate.turns[1].content):
        return None
    return Finding("repeats", 0.0, "problem", "the answer says the question again", turn=candidate.turns[1].id)


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
    gates=(same_question, complete, speaks),
    prompts=(*TEMPLATE.values(), JUDGE, TASK),
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
