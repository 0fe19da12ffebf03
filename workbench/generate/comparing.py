"""A chat model asked which of two candidates for the next turn of a conversation is better: advice, asked both ways.

Each pair is two rows of a run, in one order and in the other. A verdict that follows the place of a candidate and not
the candidate is found out that way (position bias: Zheng et al. 2023, "Judging LLM-as-a-judge").
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from workbench.generate.advising import advised, reason_of, shown
from workbench.generate.base import Recipe, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.material import Compared
from workbench.generate.prompts import DATA_RULE, data_block, transcript
from workbench.generate.schemas import one_of, record
from workbench.generate.templates import template
from workbench.llm.base import ChatModel

NAME = "judge_pairs"
FIRST, SECOND, SAME = "1", "2", "same"
"""Which of the two is better, by its place in the request; or neither."""

TEMPLATE = template("comparing")
SYSTEM = TEMPLATE["system"]
TASK = TEMPLATE["task"]
SCHEMA = record({"better": one_of([FIRST, SECOND, SAME]), "reason": {"type": "string"}})
MOST_TOKENS = 120


def compare(material: Compared, params: Any, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """One verdict. Raises `GenerateError` where the answer cannot be read."""
    model = required(model)
    task = TASK.format(
        promise=material.promise,
        conversation=data_block(shown(transcript(spoken(material.context))), rng),
        one=data_block(shown(material.one), rng),
        two=data_block(shown(material.two), rng),
    )
    said = advised(model, SYSTEM, task, rng, max_tokens=MOST_TOKENS, schema=SCHEMA, name="verdict")
    yield Candidate((), meta={"opinion": {"better": said["better"], "reason": reason_of(said)}})


COMPARE = Recipe(
    name=NAME,
    version="1",
    title="Comparisons by a model",
    explanation="Asks a model which of two candidates is better, in both orders, with pairs of known worth mixed in.",
    make=compare,
    needs_model=True,
    prompts=(SYSTEM, TASK, DATA_RULE),
)
