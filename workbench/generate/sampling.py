"""Several answers to one question: sampled at temperatures spread evenly from careful to free, and scored if wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from workbench.generate.replies import answer_words
from workbench.generate.scoring import scored
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Json, Turn


@dataclass(frozen=True, slots=True)
class Spread:
    """How many answers (at least two), the temperatures of the first and the last, and how long one may be in tokens.

    With `score` the first model scores each one in a call of its own (`workbench.generate.scoring`). `models` are the
    short names of those that answer in turn, each from careful to free; without any it is the first one alone.
    """

    answers: int
    least: float
    most: float
    max_tokens: int
    score: bool
    models: tuple[str, ...] = ()

    def temperature(self, number: int) -> float:
        """The temperature of an answer, counted from 0."""
        each = max(1, len(self.models))
        steps = (self.answers - 1) // each
        return round(self.least + (self.most - self.least) * (number // each) / steps, 3) if steps else self.least


class Sampled(NamedTuple):
    """One answer: its text, what is kept of how it was made, its model's short name ("": the first), its requests."""

    text: str
    meta: Json
    writer: str
    requests: int

    def by(self, turn: str) -> dict[str, str]:
        """Who wrote that turn, as `Candidate.writers` has it."""
        return {turn: self.writer} if self.writer else {}


def sampled(
    context: Sequence[Turn], messages: tuple[Message, ...], spread: Spread, model: ChatModel, rng: random.Random
) -> Iterator[Sampled]:
    """Each answer to the last turn of `context`, which `messages` ask for.

    Raises `GenerateError` when an answer comes out empty.
    """
    order = in_turn(spread.models, spread.answers, rng)
    for number, writer in enumerate(order):
        freedom = spread.temperature(number)
        reply = model.reply(Request(messages, freedom, spread.max_tokens, rng.getrandbits(31), model=writer))
        text = answer_words(reply)
        meta: dict[str, Any] = {"finish_reasons": [reply.finish_reason], "temperature": freedom}
        if spread.score:
            meta["machine"] = scored(model, context, text, rng)
        yield Sampled(text, meta, writer, 2 if spread.score else 1)


def in_turn(models: Sequence[str], answers: int, rng: random.Random) -> list[str]:
    """Which model gives each answer: all equally often, up to one, and in an order that is drawn.

    A fixed order would tell who reads the answers which model wrote which, and give the first one the odd answer.
    """
    if not models:
        return [""] * answers
    order = list(models)
    if len(order) > 1:
        rng.shuffle(order)
    return [order[number % len(order)] for number in range(answers)]
