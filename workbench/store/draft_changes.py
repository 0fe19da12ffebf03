"""Changes of drafts that nobody has decided on: kept one after the other beside what was made, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.errors import InvalidInput, StaleRevision
from workbench.model import Draft, DraftChange, DraftState, Json
from workbench.records import to_record
from workbench.store.codec import dump_record
from workbench.store.drafts import OPEN, SELECT, DraftReads, DraftWrites, draft_of, problem_of, read_draft
from workbench.store.transaction import Transaction
from workbench.store.verdicts import renew_gate_findings

_PAGE = 500


class ChangedDraftReads(DraftReads):
    """The reads of `Store` about what may still be changed."""

    def open_drafts(self, run: str | None = None) -> Iterator[Draft]:
        """Drafts that nobody has decided on (of a run), oldest first, without loading all at once."""
        where = " AND run = ?" if run is not None else ""
        values = (run,) if run is not None else ()
        sql = f"{SELECT}, ord FROM draft WHERE ord > ? AND state IN ('draft', 'gated'){where} ORDER BY ord LIMIT ?"
        last = 0
        while found := list(self._database.rows(sql, (last, *values, _PAGE))):
            yield from map(draft_of, found)
            last = found[-1][-1]


class ChangedDraftWrites(DraftWrites):
    """The changes of `Writer` to what drafts say."""

    def change_draft(self, draft_id: str, change: DraftChange, state: DraftState, *, base: int) -> Draft:
        """Let an undecided draft say something else from now on (undoable); what was made stays with it.

        `base` is how many changes it had when this one was worked out. Raises `StaleRevision` when it has others by
        now, and `InvalidInput` when somebody decided on it or ran it on turn by turn.
        """
        draft = read_draft(self._tx.database, draft_id)
        if draft.state not in OPEN:
            raise InvalidInput(f"draft {draft_id} was decided already", hint="undo that decision first")
        _check_not_run_on(self._tx, draft)
        if len(draft.changes) != base:
            raise StaleRevision(draft_id, base=base, current=len(draft.changes))
        record = to_record(DraftChange(self._tx.author, self._tx.at, change.rule, change.turns, change.gates))
        old = _standing(draft)
        new = {"state": state, "problem": problem_of(change.gates)}
        _put(self._tx, draft_id, [*map(to_record, draft.changes), record], new)
        self._tx.log("change_draft", {"draft": draft_id, "base": base, "change": record, "old": old, "new": new})
        return read_draft(self._tx.database, draft_id)


def swap_change(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of a change: the draft as it was before it, or as after it."""
    draft = read_draft(tx.database, data["draft"])
    expected = data["new"] if back else data["old"]
    made = [*map(to_record, draft.changes)]
    there = made[data["base"] :] == ([data["change"]] if back else [])
    if not there or _standing(draft) != expected:
        raise InvalidInput(
            f"somebody decided on draft {draft.id} meanwhile", hint="nothing was changed; look at it first"
        )
    _check_not_run_on(tx, draft)
    _put(tx, draft.id, made[:-1] if back else [*made, data["change"]], data["old"] if back else data["new"])
    tx.log("change_draft", {"draft": draft.id, "base": data["base"], "back": back})


def _check_not_run_on(tx: Transaction, draft: Draft) -> None:
    """Raise `InvalidInput` for a draft that was run on turn by turn: its history begins with what it says now."""
    sql = "SELECT 1 FROM event WHERE kind = 'log:live' AND data ->> '$.run' = ? AND data ->> '$.draft' = ? LIMIT 1"
    if tx.database.one(sql, (draft.run, draft.id)) is not None:
        raise InvalidInput(f"draft {draft.id} is run turn by turn by now", hint="go back in it instead")


def _standing(draft: Draft) -> Json:
    return {"state": draft.state, "problem": problem_of(draft.gates)}


def _put(tx: Transaction, draft_id: str, changes: Sequence[Json], standing: Json) -> None:
    tx.database.rows(
        "UPDATE draft SET changes = ?, state = ?, problem = ? WHERE id = ?",
        (dump_record(list(changes)) if changes else None, standing["state"], standing["problem"], draft_id),
    )
    renew_gate_findings(tx.database, read_draft(tx.database, draft_id))
