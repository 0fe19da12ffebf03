"""The ledger of calls to models: a call is on the disk before it is sent, so that money is never spent unseen.

The limit of a run is kept here too. What the run has spent, with every call that is under way at its worst, is one line
(`meter`) that the database itself keeps true; a call is written down only where that line leaves room for it, in the
same statement. So the limit holds for all who spend the money of one run: its threads, its conversations that are run
turn by turn, and other processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.errors import BudgetExceeded, NotFound
from workbench.model import Budget, Call
from workbench.prompt import Packed
from workbench.store.connection import Database
from workbench.store.prompts import WrittenTexts, put_line, put_texts
from workbench.store.samples import Reads
from workbench.store.terms import Terms
from workbench.store.together import Together

_RESERVE = """
INSERT INTO call (run, row, request_hash, endpoint, model, state, sent_at, ended_at, prompt_tokens, completion_tokens,
  usd, error, response, prompt)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14
WHERE NOT EXISTS (SELECT 1 FROM meter WHERE run = ?1 AND (
  calls + 1 > most_calls OR tokens + coalesce(?9, 0) + coalesce(?10, 0) > most_tokens
  OR most_usd IS NOT NULL AND (?11 IS NULL OR usd + ?11 > most_usd)))
"""
_FINISH = (
    "UPDATE call SET state = ?, ended_at = ?, prompt_tokens = ?, completion_tokens = ?, usd = ?, error = ?,"
    " response = ?, model = ?, estimated = ? WHERE id = ?"
)
_LIMIT = """
INSERT INTO meter (run, most_calls, most_tokens, most_usd) VALUES (?, ?, ?, ?)
ON CONFLICT (run) DO UPDATE SET
  most_calls = excluded.most_calls, most_tokens = excluded.most_tokens, most_usd = excluded.most_usd
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What the calls of a run took, those under way or maybe charged at their worst, and what they may take.

    `usd` is the sum of the prices that are known.
    """

    calls: int = 0
    tokens: int = 0
    usd: float = 0.0
    budget: Budget = field(default_factory=Budget)

    def refused(self, call: Call) -> str:
        """Which limit one more call could pass, in a sentence; "" when there is room for it."""
        limit = self.budget
        if limit.calls is not None and self.calls + 1 > limit.calls:
            return f"the next call could pass the limit of calls: {limit.calls:,}"
        if limit.tokens is not None and self.tokens + _tokens(call) > limit.tokens:
            return f"the next call could pass the limit of tokens: {limit.tokens:,}"
        if limit.usd is not None and (call.usd is None or self.usd + call.usd > limit.usd):
            return f"the next call could pass the limit of US dollars: {limit.usd:g}"
        return ""


class CallLedger(Reads):
    """The two writes of `Store` that belong to no step. Those of many threads share their way to the disk."""

    def __init__(self, database: Database, terms: Terms) -> None:
        super().__init__(database, terms)
        self._together = Together(database, terms)
        self._written = WrittenTexts()

    def spent(self, run: str) -> Spent:
        """What a run has spent and may spend."""
        sql = "SELECT calls, tokens, usd, most_usd, most_tokens, most_calls FROM meter WHERE run = ?"
        row = self._database.one(sql, (run,))
        if row is None:
            return Spent()
        calls, tokens, usd, *limits = row
        return Spent(calls, tokens, usd, Budget(*limits))

    def reserve_call(self, call: Call, asked: Packed | None = None) -> int:
        """Write a call down before it is sent, with what is asked, durably and outside any step; returns its id.

        Its tokens and price are what it can take at most. Raises `BudgetExceeded`, and writes nothing, when that could
        pass the limit of its run.
        """
        values = (
            call.run, call.row, call.request_hash, call.endpoint, call.model, call.state, call.sent_at, call.ended_at,
            call.prompt_tokens, call.completion_tokens, call.usd, call.error, call.response,
            put_line(asked.line) if asked else None,
        )  # fmt: skip
        texts = self._written.unwritten(asked.texts if asked else {})
        while True:
            line = self._together.write(_RESERVE, values, then=put_texts(texts))
            if line.changed:
                self._written.wrote(texts)
                return line.row
            refused = self.spent(call.run).refused(call)
            if refused:  # else another call ended meanwhile, and left room
                raise BudgetExceeded(refused, hint="raise the budget and resume the run")

    def finish_call(self, call: Call) -> None:
        """Complete a call (state, tokens, price, response or error)."""
        values = (
            call.state, call.ended_at, call.prompt_tokens, call.completion_tokens, call.usd, call.error,
            call.response, call.model, call.estimated, call.id,
        )  # fmt: skip
        if not self._together.write(_FINISH, values).changed:
            raise NotFound(f"no call {call.id}")


def put_limit(database: Database, run: str, budget: Budget) -> None:
    """Set what a run may spend, inside a transaction."""
    database.rows(_LIMIT, (run, budget.calls, budget.tokens, budget.usd))


def _tokens(call: Call) -> int:
    return (call.prompt_tokens or 0) + (call.completion_tokens or 0)
