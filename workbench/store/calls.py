"""The ledger of calls to models: a call is on the disk before it is sent, so that money is never spent unseen."""

from __future__ import annotations

from workbench.errors import NotFound
from workbench.model import Call
from workbench.store.connection import Database
from workbench.store.samples import Reads
from workbench.store.terms import Terms
from workbench.store.together import Together

_INSERT = (
    "INSERT INTO call (run, row, request_hash, endpoint, model, state, sent_at, ended_at, prompt_tokens,"
    " completion_tokens, usd, error, response) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_FINISH = (
    "UPDATE call SET state = ?, ended_at = ?, prompt_tokens = ?, completion_tokens = ?, usd = ?, error = ?,"
    " response = ?, model = ? WHERE id = ?"
)


class CallLedger(Reads):
    """The two writes of `Store` that belong to no step. Those of many threads share their way to the disk."""

    def __init__(self, database: Database, terms: Terms) -> None:
        super().__init__(database, terms)
        self._together = Together(database, terms)

    def reserve_call(self, call: Call) -> int:
        """Write a call down before it is sent, durably and outside any step; returns its id."""
        values = (
            call.run, call.row, call.request_hash, call.endpoint, call.model, call.state, call.sent_at, call.ended_at,
            call.prompt_tokens, call.completion_tokens, call.usd, call.error, call.response,
        )  # fmt: skip
        return self._together.write(_INSERT, values).row

    def finish_call(self, call: Call) -> None:
        """Complete a call (state, tokens, price, response or error)."""
        values = (
            call.state, call.ended_at, call.prompt_tokens, call.completion_tokens, call.usd, call.error,
            call.response, call.model, call.id,
        )  # fmt: skip
        if not self._together.write(_FINISH, values).changed:
            raise NotFound(f"no call {call.id}")
