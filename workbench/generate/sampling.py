"""Several answers to one question: sampled at temperatures spread evenly from careful to free, and scored if wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.generate.replies import answer_words
from workbench.generate.scoring import scored
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Json, Turn


@dataclass(frozen=True, slots=True)
class Spread:
    """How many answers (at least two), the temperatures of the first and the last, and how long one may be in tokens.

    With `score` the model scores each one in a call of its own (`workbench.generate.scoring`).
    """

    answers: int
    least: float
    most: float
    max_tokens: int
    score: bool

    def temperature(self, number: int) -> float:
        """The temperature of an answer, counted from 0."""
        return round(self.least + (self.most - self.least) * number / (self.answers - 1), 3)


def sampled(
    context: Sequence[Turn], messages: tuple[Message, ...], spread: Spread, model: ChatModel, rng: random.Random
) -> Iterator[tuple[str, Json]]:
    """Each answer to the last turn of `context`, which `messages` ask for, and what is kept of how it was made.

    Raises `GenerateError` when an answer comes out empty.
    """
    for number in range(spread.answers):
        freedom = spread.temperature(number)
        reply = model.reply(Request(messages, freedom, spread.max_tokens, rng.getrandbits(31)))
        text = answer_words(reply)
        meta: dict[str, Any] = {"finish_reasons": [reply.finish_reason], "temperature": freedom}
        if spread.score:
            meta["machine"] = scored(model, context, text, rng)
        yield text, meta
