"""`code_exercise`: a small Python exercise with an explained solution and tests, all of which are run.

Method: textbook-like exercises over topics and readers (phi-1, Gunasekar et al. 2023). The model writes exercise,
explanation, solution and tests; the stub is cut from the solution, so that both agree. A gate runs the solution in a
process with limits: it has to pass its tests, and some small change of it has to fail them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import InvalidInput
from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, code_runs, complete, speaks
from workbench.generate.inputs import choice, entries, freedom, long_text, whole
from workbench.generate.material import Blank
from workbench.generate.prompts import language_name, task_request
from workbench.generate.replies import json_reply
from workbench.generate.schemas import record, string
from workbench.generate.stubs import fenced, stub_of, unfenced
from workbench.generate.templates import template
from workbench.llm.base import ChatModel
from workbench.model import Turn
from workbench.sandbox import MODULES

TEMPLATE = template("code_exercise")
FIELDS = ("exercise", "explanation", "solution", "tests")
SCHEMA = record(dict.fromkeys(FIELDS, string(8)))
ASKED = {
    "en": ("I would like to practise Python: {topic}. Do you have an exercise for me?", "How is it solved?"),
    "fr": ("J'aimerais m'exercer en Python : {topic}. Auriez-vous un exercice ?", "Comment le résout-on ?"),
    "zh": ("我想练习 Python：{topic}。能给我出一道题吗？", "应该怎么解？"),
}
SAID = {
    "en": ("Complete this:", "The solution:", "Tests that it passes:"),
    "fr": ("À compléter :", "La solution :", "Les tests qu'elle réussit :"),
    "zh": ("请补全：", "参考答案：", "它能通过的测试："),
}
MAX_TOKENS = 1200
_TOPICS = """\
counting how often each word stands in a text
the longest run of equal items in a list
turning seconds into hours, minutes and seconds
a bank account that refuses to be overdrawn
splitting a bill so that no cent is lost"""


@dataclass(frozen=True, slots=True)
class CodeExerciseParams:
    """What a person can set."""

    topics: str = long_text("Topics", "one per line, in your language", default=_TOPICS)
    audiences: str = long_text(
        "For whom",
        "one per line: every topic is written for each",
        default="a beginner\nsomebody who knows another programming language",
    )
    language: str = choice("Language", "of the words; code is Python", default="en", of=ASKED)
    variants: int = whole("How many", "exercises in all", default=10, least=1, most=10_000)
    temperature: float = freedom(0.7)


def code_exercise(
    blank: Blank, params: CodeExerciseParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One exercise: topics in turn, then readers in turn."""
    model = required(model)
    topics, audiences = entries(params.topics), entries(params.audiences)
    if not topics or not audiences:
        raise InvalidInput("there is no topic, or nobody to write for", hint="write one per line")
    topic = topics[blank.number % len(topics)]
    audience = audiences[blank.number // len(topics) % len(audiences)]
    system = TEMPLATE["system"].format(
        language=language_name(params.language), audience=audience, modules=", ".join(sorted(MODULES))
    )
    request = task_request(
        system,
        TEMPLATE["task"].format(topic=topic),
        rng,
        temperature=params.temperature,
        max_tokens=MAX_TOKENS,
        schema=SCHEMA,
        name="python_exercise",
    )
    said, reply = json_reply(model, request)
    parts = {name: text.strip() for name, text in said.items()}
    solution, tests = unfenced(parts["solution"]), unfenced(parts["tests"])
    stub = stub_of(solution, reply.text)
    asked, how = ASKED[params.language]
    complete_this, solved, tested = SAID[params.language]
    worked = f"{parts['explanation']}\n\n{solved}\n\n{fenced(solution)}\n\n{tested}\n\n{fenced(tests)}"
    turns = (
        Turn("t1", "user", asked.format(topic=topic)),
        Turn("t2", "assistant", f"{parts['exercise']}\n\n{complete_this}\n\n{fenced(stub)}"),
        Turn("t3", "user", how),
        Turn("t4", "assistant", worked, extra={"exercise": {"topic": topic, "audience": audience}}),
    )
    meta = {"title": topic, "finish_reasons": [reply.finish_reason]}
    yield Candidate(turns, language=params.language, group=topic, meta=meta)


CODE_EXERCISE = Recipe(
    name="code_exercise",
    version="1",
    purpose="write",
    title="Python exercises",
    explanation=(
        "Writes small Python exercises over your topics: the task, a worked explanation, a solution and its tests. The "
        "code is run in a process without files, network or other programs, and with little time and memory: the "
        "solution has to pass, and a solution with a small mistake has to fail. Runs code on Linux only; elsewhere a "
        "person has to look."
    ),
    make=code_exercise,
    needs_model=True,
    params=CodeExerciseParams,
    keeps=("the solution passes its tests", "the tests notice a mistake in the solution"),
    varies=("the topic", "for whom it is written", "task, explanation and code"),
    gates=(code_runs, complete, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), *(text for texts in (*ASKED.values(), *SAID.values()) for text in texts)),
    per_parent=lambda params: int(params.variants),
    starts_from="nothing",
    example={"variants": 2},
)
