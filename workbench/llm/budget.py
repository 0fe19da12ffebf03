"""What a call costs, and can cost at most: the ledger counts it at its worst before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.llm.base import Price, Request

_PER_MESSAGE = 16
"""Tokens of a chat template around each message, at most, and once more for the answer's beginning."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a call costs, or can cost at most. `usd` of None: the price is not known."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float | None = 0.0

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self.prompt_tokens + self.completion_tokens


def worst_cost(request: Request, price: Price | None) -> Cost:
    """The most a request can cost: one token per byte of the prompt (fewer in truth), and the longest answer."""
    prompt = request.text_bytes + _PER_MESSAGE * (len(request.messages) + 1)
    return Cost(prompt, request.max_tokens, price.usd(prompt, request.max_tokens) if price else None)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the models of a run cost, by short name, the first one being asked where a request names none."""

    named: Mapping[str, Price | None]

    @property
    def known(self) -> bool:
        """Whether every price is known."""
        return None not in self.named.values()

    def name_of(self, short: str) -> str:
        """The model that a request is for: the one it names, else the first."""
        return short if short in self.named else next(iter(self.named))
