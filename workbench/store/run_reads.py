"""What a store tells of runs, their drafts and their calls, and the ledger, which is written outside any step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from workbench.model import (
    Call,
    CallCount,
    Draft,
    DraftState,
    Run,
)
from workbench.prompt import Packed, Prompt
from workbench.store.calls import Spent
from workbench.store.rows import (
    DraftCount,
    GateCount,
)


class RunReads(Protocol):
    """The part of a `Store` about generation."""

    def runs(self) -> list[Run]:
        """All runs, newest first."""

    def run(self, run_id: str) -> Run:
        """One run; raises `NotFound`."""

    def drafts(
        self,
        *,
        run: str | None = None,
        state: DraftState | None = None,
        group: str | None = None,
        limit: int = 200,
        newest: bool = False,
    ) -> list[Draft]:
        """Drafts, oldest first; with `newest` only the last one of each row of its run."""

    def draft_counts(self, run: str) -> list[DraftCount]:
        """What became of the rows of a run, by the last draft of each; in the order of the rows."""

    def gate_counts(self, run: str) -> list[GateCount]:
        """How many drafts each gate failed or was unsure about, by the state of the draft; "" for all of them."""

    def at_gate(
        self, run: str, gate: str, verdict: str, states: Sequence[DraftState] = (), *, limit: int = 50, offset: int = 0
    ) -> list[Draft]:
        """The drafts with that verdict of a gate ("" for the worst of all), in the order of their rows."""

    def newest_judged(self) -> int:
        """The place of the newest opinion among all drafts, 0 without any: it grows with each that a model gives."""

    def decided(self, ids: Collection[str]) -> dict[str, DraftState]:
        """Of these drafts those that a person accepted or rejected, by id; ids of no draft are left out."""

    def undecided(self, ids: Collection[str], run: str | None = None) -> set[str]:
        """Of these drafts those (of that run) that nobody decided on; ids of no draft are left out."""

    def requests_of(self, ids: Collection[str]) -> list[Draft]:
        """Of these drafts those that nobody decided on, each with all such candidates of its request, oldest first."""

    def ranked_runs(self) -> list[str]:
        """Ids of the runs in which a draft has a rank, newest first."""

    def time_of_calls(self, run: str) -> int:
        """Milliseconds in which at least one answered call of a run was under way."""

    def call_counts(self, run: str) -> list[CallCount]:
        """What the calls of a run took, by their state."""

    def drafts_by_model(self, run: str) -> list[tuple[str, str, str, int]]:
        """How many drafts with a text (the last of each row) each model wrote, as (short name, model, state, drafts).

        The short name is "" where none was given, or kept.
        """

    def calls_by_model(self, run: str) -> list[tuple[str, str, CallCount]]:
        """What the calls of a run took, by address and name of the model that was asked, and by their state."""

    def open_drafts(self, run: str | None = None) -> Iterator[Draft]:
        """Drafts that nobody has decided on (of a run), oldest first, without loading all at once."""

    def drafts_by_id(self, ids: Sequence[str]) -> list[Draft]:
        """Drafts by their ids, in their order; raises `NotFound`."""

    def draft(self, draft_id: str) -> Draft:
        """One draft; raises `NotFound`."""

    def spent(self, run: str) -> Spent:
        """What a run has spent and may spend."""

    def reserve_call(self, call: Call, asked: Packed | None = None) -> int:
        """Write a call down before it is sent, with what is asked, durably and outside any step; returns its id.

        Its tokens and price are what it can take at most. Raises `BudgetExceeded`, and writes nothing, when that could
        pass the limit of its run, whoever else spends from it.
        """

    def finish_call(self, call: Call) -> None:
        """Complete a call (state, tokens, price, response or error)."""

    def calls(self, run: str | None = None) -> list[Call]:
        """Calls in order; those still "sent" belong to nobody alive when the run is not running."""

    def calls_by_id(self, ids: Sequence[int]) -> list[Call]:
        """Calls by their ids, in order; ids of no call are left out."""

    def prompts(self, calls: Sequence[int]) -> dict[int, Prompt | None]:
        """What was asked in these calls, by their ids; None where the database no longer has it whole.

        Calls from before prompts were kept are left out.
        """

    def answered(self, request_hash: str) -> Call | None:
        """The newest finished call of that request hash, if any."""
