"""The hard stop: nothing is sent that could pass the limit, counting what is still in flight at its worst."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from workbench.errors import BudgetExceeded
from workbench.llm.base import Price, Request
from workbench.model import Budget

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


class Meter:
    """What a run has spent and reserved. Shared by its threads."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._tokens = 0
        self._usd = 0.0
        self._calls = 0

    def reserve(self, cost: Cost) -> None:
        """Set `cost` aside for one call; raises `BudgetExceeded` (and sets nothing aside) when it could be too much."""
        limit = self._budget
        with self._lock:
            if limit.calls is not None and self._calls + 1 > limit.calls:
                raise _exceeded(f"{limit.calls:,} calls")
            if limit.tokens is not None and self._tokens + cost.tokens > limit.tokens:
                raise _exceeded(f"{limit.tokens:,} tokens")
            if limit.usd is not None and (cost.usd is None or self._usd + cost.usd > limit.usd):
                raise _exceeded(f"{limit.usd:g} US dollars")
            self._add(cost)
            self._calls += 1

    def settle(self, reserved: Cost, spent: Cost) -> None:
        """Replace a reservation by what the call really cost."""
        with self._lock:
            self._add(Cost(-reserved.prompt_tokens, -reserved.completion_tokens, -(reserved.usd or 0.0)))
            self._add(spent)

    def spent_before(self, cost: Cost) -> None:
        """Count a call of an earlier session of the same run."""
        with self._lock:
            self._add(cost)
            self._calls += 1

    @property
    def tokens(self) -> int:
        """Tokens spent and reserved."""
        return self._tokens

    @property
    def usd(self) -> float:
        """US dollars spent and reserved, as far as prices are known."""
        return self._usd

    def _add(self, cost: Cost) -> None:
        self._tokens += cost.tokens
        self._usd += cost.usd or 0.0


def _exceeded(limit: str) -> BudgetExceeded:
    return BudgetExceeded(f"the next call could pass the limit of {limit}", hint="raise the budget and resume the run")
