"""A whole conversation asked of a model in one request: what is sent, and what is taken from the reply."""

from __future__ import annotations

import random
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.replies import own_words, read_json
from workbench.llm.base import ChatModel, Message, Request
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
    schema = {
        "type": "object",
        "properties": {
            "turns": {
                "type": "array",
                "minItems": wanted.turns,
                "maxItems": wanted.turns,
                "items": {"type": "string", "minLength": 1},
            }
        },
        "required": ["turns"],
        "additionalProperties": False,
    }
    messages = (Message("system", wanted.system), Message("user", wanted.task))
    room = TOKENS_PER_TURN * wanted.turns
    reply = model.reply(
        Request(messages, wanted.temperature, room, rng.getrandbits(31), schema, "conversation"),
    )
    texts = [own_words(text) for text in read_json(reply.text, schema)["turns"]]
    empty = next((place for place, text in enumerate(texts, start=1) if not text), None)
    if empty:
        raise GenerateError(f"turn {empty} came out empty", raw=reply.text)
    roles = ("user", "assistant")
    turns = tuple(Turn(f"t{place + 1}", roles[place % 2], text) for place, text in enumerate(texts))
    return turns, [reply.finish_reason]
