"""How a judge is asked: without freedom, for JSON of one shape, about texts that are marked as data."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from workbench.generate.prompts import DATA_RULE, task_request
from workbench.generate.replies import advice
from workbench.generate.schemas import Schema
from workbench.llm.base import ChatModel

LONGEST = 12_000
"""Characters of a text that a judge is shown, at most: the middle is left out."""

LONGEST_REASON = 300
"""Characters of a judge's reason that are kept, at most."""


def advised(
    model: ChatModel,
    system: str,
    task: str | Iterable[str],
    rng: random.Random,
    *,
    max_tokens: int,
    schema: Schema,
    name: str,
) -> Any:
    """What the model answers: JSON of the `schema`, called `name`. The rule about data is put into the `system` text.

    Raises `GenerateError` for an answer of no use, as `workbench.generate.replies.advice` does.
    """
    told = system.format(rule=DATA_RULE)
    request = task_request(told, task, rng, temperature=0.0, max_tokens=max_tokens, schema=schema, name=name)
    return advice(model, request)


def reason_of(said: Any) -> str:
    """The reason in an answer, on one line."""
    return " ".join(said["reason"].split())[:LONGEST_REASON]


def shown(text: str) -> str:
    """All of a text, or its beginning and end."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}\n[...]\n{text[-LONGEST // 2 :]}"
