"""A whole conversation asked of a model in one request: what is sent, and what is taken from the reply."""

from __future__ import annotations

import random
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.prompts import task_request
from workbench.generate.replies import json_reply, own_words
from workbench.generate.schemas import array, record, string
from workbench.llm.base import ChatModel
from workbench.model import Turn

TOKENS_PER_TURN = 90
"""Room for one turn of about thirty words (or fifty Chinese characters) with the marks of JSON around it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for a conversation of `turns` turns, the user first: what the model is, and what it should write."""

    system: str
    task: str
    turns: int
    temperature: float = 0.9


def written(wanted: Wanted, model: ChatModel, rng: random.Random) -> tuple[tuple[Turn, ...], list[str]]:
    """The turns and the reason why the reply ended. Raises `GenerateError` with the raw reply when it is no such."""
    request = task_request(
        wanted.system,
        wanted.task,
        rng,
        temperature=wanted.temperature,
        max_tokens=TOKENS_PER_TURN * wanted.turns,
        schema=record({"turns": array(string(1), wanted.turns, wanted.turns)}),
        name="conversation",
    )
    value, reply = json_reply(model, request)
    texts = [own_words(text) for text in value["turns"]]
    empty = next((place for place, text in enumerate(texts, start=1) if not text), None)
    if empty:
        raise GenerateError(f"turn {empty} came out empty", raw=reply.text)
    roles = ("user", "assistant")
    turns = tuple(Turn(f"t{place + 1}", roles[place % 2], text) for place, text in enumerate(texts))
    return turns, [reply.finish_reason]
