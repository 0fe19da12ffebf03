"""Runs, their drafts and the decisions on them, and the ledger of calls to models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

import orjson

from workbench.errors import InvalidInput, NotFound
from workbench.model import Budget, Call, CallCount, Draft, DraftState, Finding, Json, Run, Turn
from workbench.records import to_record, turn_from_record
from workbench.store.calls import put_limit
from workbench.store.codec import CALL_COLUMNS, dump, load_call, load_draft, load_run
from workbench.store.connection import Database
from workbench.store.rows import DraftCount
from workbench.store.sample_writes import Writes
from workbench.store.samples import Reads
from workbench.store.transaction import Transaction
from workbench.store.verdicts import add_gate_findings

_DECISION = ("state", "rank", "decided_by", "decided_at", "reason", "sample", "edited")
SELECT = f"SELECT record, changes, {', '.join(_DECISION)}"
DRAFT = f"{SELECT} FROM draft"
OPEN = ("draft", "gated")
"""States of a draft that nobody has decided on."""
GROUP = "json_extract(CAST(record AS TEXT), '$.group')"
_NEWEST = (
    "NOT EXISTS (SELECT 1 FROM draft AS later WHERE later.run = draft.run AND later.row = draft.row"
    " AND later.ord > draft.ord)"
)
_COUNTS = """
SELECT state, CASE WHEN reason <> '' THEN reason ELSE problem END AS why, count(*), sum(reused)
FROM (SELECT row, state, reason, problem, reused, max(ord) FROM draft WHERE run = ? GROUP BY row)
GROUP BY state, why ORDER BY min(row)
"""  # beside max(), the other columns are those of the row that has it
_CALL_COUNTS = """
SELECT state, count(*), sum(coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)),
  CASE WHEN count(usd) = count(*) THEN sum(usd) END, sum(estimated) FROM call WHERE run = ? GROUP BY state
"""


class DraftReads(Reads):
    """The reads of `Store` about generation."""

    def runs(self) -> list[Run]:
        """All runs, newest first."""
        return [load_run(row[0]) for row in self._database.rows("SELECT record FROM run ORDER BY rowid DESC")]

    def run(self, run_id: str) -> Run:
        """One run; raises `NotFound`."""
        return read_run(self._database, run_id)

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
        conditions = {"run": run, "state": state, GROUP: group}
        given = {name: value for name, value in conditions.items() if value is not None}
        where = " AND ".join([*(f"{name} = ?" for name in given), *([_NEWEST] if newest else [])]) or "1"
        rows = self._database.rows(f"{DRAFT} WHERE {where} ORDER BY ord LIMIT ?", (*given.values(), limit))
        return [draft_of(row) for row in rows]

    def drafts_by_id(self, ids: Sequence[str]) -> list[Draft]:
        """Drafts by their ids, in their order; raises `NotFound`."""
        return [read_draft(self._database, draft_id) for draft_id in ids]

    def draft(self, draft_id: str) -> Draft:
        """One draft; raises `NotFound`."""
        return read_draft(self._database, draft_id)

    def draft_counts(self, run: str) -> list[DraftCount]:
        """What became of the rows of a run, by the last draft of each; in the order of the rows."""
        return [DraftCount(*row) for row in self._database.rows(_COUNTS, (run,))]

    def call_counts(self, run: str) -> list[CallCount]:
        """What the calls of a run took, by their state."""
        return [CallCount(*row) for row in self._database.rows(_CALL_COUNTS, (run,))]

    def calls(self, run: str | None = None) -> list[Call]:
        """Calls in order; those still "sent" belong to nobody alive when the run is not running."""
        where, values = ("WHERE run = ?", (run,)) if run is not None else ("", ())
        rows = self._database.rows(f"SELECT {CALL_COLUMNS} FROM call {where} ORDER BY id", values)
        return [load_call(row) for row in rows]

    def calls_by_id(self, ids: Sequence[int]) -> list[Call]:
        """Calls by their ids, in order; ids of no call are left out."""
        sql = f"SELECT {CALL_COLUMNS} FROM call WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return [load_call(row) for row in self._database.rows(sql, (dump(list(ids)).decode(),))]

    def answered(self, request_hash: str) -> Call | None:
        """The newest finished call of that request hash, if any."""
        sql = f"SELECT {CALL_COLUMNS} FROM call WHERE request_hash = ? AND state = 'done' ORDER BY id DESC LIMIT 1"
        row = self._database.one(sql, (request_hash,))
        return load_call(row) if row else None


class DraftWrites(Writes):
    """The changes of `Writer` to runs and drafts."""

    def add_run(self, run: Run) -> None:
        """Write down a run before its first call."""
        if self._tx.database.one("SELECT 1 FROM run WHERE id = ?", (run.id,)):
            raise InvalidInput(f"the run {run.id} exists already")
        self._tx.database.rows("INSERT INTO run VALUES (?, ?)", (run.id, dump(run)))
        put_limit(self._tx.database, run.id, run.budget)
        self._tx.log("run", {"run": run.id, "recipe": run.recipe, "requested": run.requested}, undoable=False)

    def save_run(self, run: Run) -> None:
        """Replace a run's state, counts, reasons and message; its budget stays (`limit_run`)."""
        known = read_run(self._tx.database, run.id)
        self._put_run(replace(run, budget=known.budget))
        self._tx.log("run", {"run": run.id, "state": run.state, "counts": dict(run.counts)}, undoable=False)

    def limit_run(self, run_id: str, budget: Budget) -> None:
        """Change what a run may spend, also while it is at work. Raises `NotFound`."""
        self._put_run(replace(read_run(self._tx.database, run_id), budget=budget))
        put_limit(self._tx.database, run_id, budget)
        self._tx.log("run", {"run": run_id, "budget": to_record(budget)}, undoable=False)

    def _put_run(self, run: Run) -> None:
        self._tx.database.rows("UPDATE run SET record = ? WHERE id = ?", (dump(run), run.id))

    def add_drafts(self, drafts: Sequence[Draft]) -> None:
        """Add drafts. Not undoable: drafts are kept and decided on."""
        stamped = [replace(draft, created_at=draft.created_at or self._tx.at) for draft in drafts]
        self._tx.database.many(
            f"INSERT INTO draft (id, run, row, problem, reused, record, {', '.join(_DECISION)})"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [(d.id, d.run, d.row, problem_of(d.gates), "reused" in d.meta, dump(d), *_decision(d)) for d in stamped],
        )
        add_gate_findings(self._tx.database, stamped)
        if stamped:
            self._tx.log("drafts", {"run": stamped[0].run, "drafts": len(stamped)}, undoable=False)

    def decide(
        self,
        draft_id: str,
        state: DraftState,
        *,
        reason: str = "",
        sample: str | None = None,
        edited: Sequence[Turn] | None = None,
    ) -> Draft:
        """Accept, approve or reject a draft (undoable); raises `InvalidInput` when it was decided already."""
        if state not in get_args(DraftState):
            raise InvalidInput(f"a draft cannot be {state!r}", hint=f"give one of: {', '.join(get_args(DraftState))}")
        draft = read_draft(self._tx.database, draft_id)
        if draft.state not in OPEN:
            raise InvalidInput(
                f"draft {draft_id} was {draft.state} already by {draft.decided_by}", hint="undo that decision first"
            )
        person = self._tx.author if state not in OPEN else None
        at = self._tx.at if person else None
        new = {"state": state, "decided_by": person, "decided_at": at, "reason": reason, "sample": sample}
        new |= {"edited": None if edited is None else to_record(tuple(edited))}
        old = {name: _decided(draft, name) for name in new}
        _put(self._tx, draft_id, new)
        self._tx.log("decide", {"draft": draft_id, "old": old, "new": new})
        return replace(draft, **cast(dict[str, Any], {**new, "edited": None if edited is None else tuple(edited)}))

    def rank(self, ranks: Mapping[str, int | None]) -> None:
        """Order drafts of one request: draft id -> rank from 1, equal ranks are ties, None takes a rank away."""
        for draft_id, place in ranks.items():
            draft = read_draft(self._tx.database, draft_id)
            if draft.rank != place:
                _put(self._tx, draft_id, {"rank": place})
                self._tx.log("decide", {"draft": draft_id, "old": {"rank": draft.rank}, "new": {"rank": place}})


def swap_decision(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of a decision or rank: the draft as it was before it, or as after it."""
    expected, wanted = (data["new"], data["old"]) if back else (data["old"], data["new"])
    draft = read_draft(tx.database, data["draft"])
    if any(_decided(draft, name) != value for name, value in expected.items()):
        raise InvalidInput(
            f"somebody decided on draft {draft.id} meanwhile", hint="nothing was changed; look at it first"
        )
    _put(tx, draft.id, wanted)
    tx.log("decide", {**data, "old": expected, "new": wanted})


def read_run(database: Database, run_id: str) -> Run:
    """One run; raises `NotFound`."""
    row = database.one("SELECT record FROM run WHERE id = ?", (run_id,))
    if row is None:
        raise NotFound(f"no run {run_id}")
    return load_run(row[0])


def read_draft(database: Database, draft_id: str) -> Draft:
    """One draft; raises `NotFound`."""
    row = database.one(f"{DRAFT} WHERE id = ?", (draft_id,))
    if row is None:
        raise NotFound(f"no draft {draft_id}")
    return draft_of(row)


def draft_of(row: tuple[Any, ...]) -> Draft:
    """A draft from what `SELECT` reads of it; columns behind that do not count."""
    decision = dict(zip(_DECISION, row[2:], strict=False))
    if decision["edited"] is not None:
        decision["edited"] = tuple(turn_from_record(turn) for turn in orjson.loads(decision["edited"]))
    return load_draft(row[0], decision, row[1])


def _decision(draft: Draft) -> tuple[Any, ...]:
    return tuple(_column(name, _decided(draft, name)) for name in _DECISION)


def _decided(draft: Draft, name: str) -> Any:
    """A part of the decision on a draft as the journal writes it."""
    value = getattr(draft, name)
    return to_record(value) if name == "edited" and value is not None else value


def _column(name: str, value: Any) -> Any:
    return orjson.dumps(value).decode() if name == "edited" and value is not None else value


def problem_of(gates: Iterable[Finding]) -> str:
    """The check that speaks against a draft with these findings, "" when none does."""
    return next((finding.check for finding in gates if finding.severity == "problem"), "")


def _put(tx: Transaction, draft_id: str, values: Json) -> None:
    names = [name for name in _DECISION if name in values]  # column names come from this list, never from data
    sets = ", ".join(f"{name} = ?" for name in names)
    kept = [_column(name, values[name]) for name in names]
    tx.database.rows(f"UPDATE draft SET {sets} WHERE id = ?", (*kept, draft_id))
