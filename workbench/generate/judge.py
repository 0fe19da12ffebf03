"""A chat model asked for its opinion of a conversation. It is advice: it accepts nothing and rejects nothing.

It is run like a recipe (ledger, limit, resume, accounts), but what a row gives is an opinion and no conversation, so it
is not among the recipes that people choose from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from workbench.generate.advising import advised, reason_of, shown
from workbench.generate.base import Recipe, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.material import Judged
from workbench.generate.prompts import DATA_RULE, data_block, transcript
from workbench.generate.schemas import one_of, record
from workbench.generate.templates import template
from workbench.llm.base import ChatModel

NAME = "judge"
PROMISE = "promise"
SCALES = ("natural", "right", PROMISE)
FLAGGED = 2
"""A mark of at most so much, of 5, on any scale speaks against a conversation."""

TEMPLATE = template("judge")
SYSTEM = TEMPLATE["system"]
TASK = TEMPLATE["task"]
MADE_FROM = TEMPLATE["made_from"]
CONVERSATION = TEMPLATE["conversation"]
SCHEMA = record({**{name: one_of(range(1, 6)) for name in SCALES}, "reason": {"type": "string"}})
MOST_TOKENS = 160


def judge(material: Judged, params: Any, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """One opinion. Raises `GenerateError` where the answer cannot be read."""
    model = required(model)
    text = shown(transcript(spoken(material.turns)))
    task = [TASK.format(promise=material.promise)]
    if material.made_from:
        task.append(MADE_FROM.format(text=data_block(shown(material.made_from), rng)))
    task.append(CONVERSATION.format(conversation=data_block(text, rng)))
    said = advised(model, SYSTEM, task, rng, max_tokens=MOST_TOKENS, schema=SCHEMA, name="opinion")
    opinion = {"scores": {name: said[name] for name in SCALES}, "reason": reason_of(said)}
    yield Candidate((), meta={"opinion": {**opinion, "words": len(text.split())}})


JUDGE = Recipe(
    name=NAME,
    version="2",
    title="Opinions of a model",
    explanation="Asks a model for its opinion of drafts, with conversations of known worth mixed in unmarked.",
    make=judge,
    needs_model=True,
    prompts=(SYSTEM, TASK, MADE_FROM, CONVERSATION, DATA_RULE),
)
