"""Conversations in which a reader sees every mistake, drafts of some of them, and judges that do read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from tests.builders import a_sample
from workbench.flows.opinions import Judgement
from workbench.llm import Request, ScriptedModel
from workbench.model import Sample, Tag
from workbench.workspace import Workspace, open_workspace

BLOCK = re.compile(r"<<<DATA (?:\w+)>>>\n(.*?)\n<<<END", re.DOTALL)
"""A text between its marks."""

REASON = "because  it\nis so"
"""What every judge here says in favour of its answer."""


def said(street: int) -> tuple[str, ...]:
    """What is said about a street, turn by turn: no two streets share an hour, an answer or a number."""
    return (
        f"When does street {street} open, at {street + 7}?",
        f"Street {street}: yes, at {street + 7}.",
        f"And can I bring {street} friends to street {street}?",
        f"Up to {street} friends may come to street {street}.",
    )


def streets(numbers: Iterable[int], prefix: str = "s", turns: int = 4, **more: Any) -> list[Sample]:
    """A conversation about each of these streets, named after it."""
    return [a_sample(*said(number)[:turns], id=f"{prefix}{number}", **more) for number in numbers]


def written(word: str) -> ScriptedModel:
    """A model whose answers are that word with a number, counted from 1."""
    numbers = count(1)
    return ScriptedModel(lambda request: f"{word} {next(numbers)}.")


@contextmanager
def judge_desk(folder: Any) -> Iterator[Workspace]:
    """Forty conversations, two of which people found fault with, and ten drafts."""
    with open_workspace(folder, author="ana") as ws:
        with ws._store.write("ana", "import") as writer:
            writer.add_samples(streets(range(10, 50)))
            writer.tag([Tag("s10", "correctness", "wrong", "ana"), Tag("s11", "naturalness", 1, "ana")])
        parents = ["s20", "s21", "s22", "s23", "s24"]
        ws.generate("answer", parents, {"variants": 2}, model=written("Draft number")).wait(20)
        yield ws


def spoiled(text: str) -> bool:
    """Whether a conversation as it is sent is one of ours with a mistake in it: a careful reader's rule."""
    spoken = re.findall(r"^(\w+): (.*)$", text, re.M)
    street = int(re.search(r"street (\d+)", spoken[0][1])[1])
    return [words for role, words in spoken if role == "assistant"] != list(said(street)[1::2])


def opinion(low: bool) -> str:
    """The answer of a judge that finds a conversation wrong, or has nothing against it."""
    return json.dumps({"natural": 5, "right": 1 if low else 5, "promise": 4, "reason": REASON})


def careful(request: Request) -> str:
    """A judge that finds each mistake, and nothing else."""
    text = BLOCK.findall(request.messages[-1].content)[-1]
    return opinion("Draft number" not in text and spoiled(text))


def judged(ws: Workspace, script: Any, **more: Any) -> Judgement:
    """What a judge is worth that was asked about all drafts: a model, or a function of the request."""
    ws.judge(model=script if isinstance(script, ScriptedModel) else ScriptedModel(script), **more).wait(30)
    return ws.judgements()[0]
