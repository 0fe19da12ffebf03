"""Where calls are written down: what the ledger asks of a store."""

from __future__ import annotations

from typing import Protocol

from workbench.model import Call
from workbench.prompt import Packed


class CallBook(Protocol):
    """The part of a store that keeps calls."""

    def reserve_call(self, call: Call, asked: Packed | None = None) -> int:
        """Write a call down before it is sent, with what is asked; returns its id.

        Raises `BudgetExceeded` where it could cost too much.
        """

    def finish_call(self, call: Call) -> None:
        """Complete a call."""

    def answered(self, request_hash: str) -> Call | None:
        """The newest answered call of the same request, of any run."""
