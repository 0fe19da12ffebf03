"""`code_exercise`: a small Python exercise with an explained solution and tests, all of which are run.

Method: textbook-like exercises over topics and readers (phi-1, Gunasekar et al. 2023). The model writes exercise,
explanation, solution and tests; the stub is cut from the solution, so that both agree. A gate runs the solution in a
process with limits: it has to pass its tests, and some small change of it has to fail them.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Blank, Candidate, Recipe, required
from workbench.generate.gates import code_runs, complete, speaks
from workbench.generate.prompts import language_name
from workbench.generate.replies import read_json
from workbench.generate.templates import template
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Turn
from workbench.sandbox import MODULES

TEMPLATE = template("code_exercise")
FIELDS = ("exercise", "explanation", "solution", "tests")
SCHEMA = {
    "type": "object",
    "properties": {name: {"type": "string", "minLength": 8} for name in FIELDS},
    "required": list(FIELDS),
    "additionalProperties": False,
}
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

    topics: str = field(
        default=_TOPICS, metadata={"title": "Topics", "help": "one per line, in your language", "long": True}
    )
    audiences: str = field(
        default="a beginner\nsomebody who knows another programming language",
        metadata={"title": "For whom", "help": "one per line: every topic is written for each", "long": True},
    )
    language: str = field(
        default="en", metadata={"title": "Language", "help": "of the words; code is Python", "choices": tuple(ASKED)}
    )
    variants: int = field(
        default=10, metadata={"title": "How many", "help": "exercises in all", "minimum": 1, "maximum": 10_000}
    )
    temperature: float = field(
        default=0.7,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )


def code_exercise(
    blank: Blank, params: CodeExerciseParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One exercise: topics in turn, then readers in turn."""
    model = required(model)
    topics, audiences = _lines(params.topics), _lines(params.audiences)
    if not topics or not audiences:
        raise InvalidInput("there is no topic, or nobody to write for", hint="write one per line")
    topic = topics[blank.number % len(topics)]
    audience = audiences[blank.number // len(topics) % len(audiences)]
    system = TEMPLATE["system"].format(
        language=language_name(params.language), audience=audience, modules=", ".join(sorted(MODULES))
    )
    messages = (Message("system", system), Message("user", TEMPLATE["task"].format(topic=topic)))
    reply = model.reply(
        Request(messages, params.temperature, MAX_TOKENS, rng.getrandbits(31), SCHEMA, "python_exercise")
    )
    parts = {name: text.strip() for name, text in read_json(reply.text, SCHEMA).items()}
    solution, tests = _plain(parts["solution"]), _plain(parts["tests"])
    stub = stub_of(solution, reply.text)
    asked, how = ASKED[params.language]
    complete_this, solved, tested = SAID[params.language]
    worked = f"{parts['explanation']}\n\n{solved}\n\n{_block(solution)}\n\n{tested}\n\n{_block(tests)}"
    turns = (
        Turn("t1", "user", asked.format(topic=topic)),
        Turn("t2", "assistant", f"{parts['exercise']}\n\n{complete_this}\n\n{_block(stub)}"),
        Turn("t3", "user", how),
        Turn("t4", "assistant", worked, extra={"exercise": {"topic": topic, "audience": audience}}),
    )
    meta = {"title": topic, "finish_reasons": [reply.finish_reason]}
    yield Candidate(turns, language=params.language, group=topic, meta=meta)


def stub_of(solution: str, raw: str = "") -> str:
    """The functions and classes of a solution with signatures and docstrings, without bodies.

    Raises `GenerateError` (with `raw`) for code that is no Python or defines neither.
    """
    try:
        return _stub(ast.parse(solution), raw)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as exc:
        raise GenerateError("the solution of the model is no Python code", raw=raw) from exc


def _stub(tree: ast.Module, raw: str) -> str:
    kept = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not kept:
        raise GenerateError("the solution of the model defines no function and no class", raw=raw)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n\n".join(ast.unparse(_emptied(node)) for node in (*imports, *kept))


def _emptied(node: ast.stmt) -> ast.stmt:
    if isinstance(node, ast.ClassDef):
        kept = [_emptied(one) for one in node.body if isinstance(one, ast.FunctionDef | ast.AnnAssign | ast.Expr)]
        node.body = kept or [ast.Expr(ast.Constant(...))]
    elif isinstance(node, ast.FunctionDef):
        doc = node.body[:1] if ast.get_docstring(node) is not None else []
        node.body = [*doc, ast.Expr(ast.Constant(...))]
    return node


def _plain(code: str) -> str:
    """Code without the fence that a model may put around it."""
    fenced = re.fullmatch(r"```(?:python|py)?[ \t]*\n(.*?)\n?```", code, re.DOTALL)
    return (fenced[1] if fenced else code).strip("\n")


def _block(code: str) -> str:
    return f"```python\n{code}\n```"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


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
    gates=(code_runs, complete, speaks),
    prompts=(*TEMPLATE.values(), *(text for texts in (*ASKED.values(), *SAID.values()) for text in texts)),
    per_parent=lambda params: int(params.variants),
    starts_from="nothing",
    example={"variants": 2},
)
