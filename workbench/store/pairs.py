"""What people said about rewritten answers: kept as preference pairs, or not.

A pair names two revisions and a turn; the texts are in the revisions, which never change. `state` is 1 (kept), 0 (not
kept) or NULL: what wrote it down was undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import InvalidInput, NotFound
from workbench.ids import derived_id
from workbench.model import Json, PreferencePair
from workbench.store.codec import dump, load
from workbench.store.rowset import strings
from workbench.store.sample_writes import Writes
from workbench.store.samples import Reads, row_numbers
from workbench.store.transaction import Transaction


class PairReads(Reads):
    """The reads of `Store` about preference pairs."""

    def pairs(self, ids: Sequence[str]) -> list[PreferencePair]:
        """What people said about rewritten answers of these samples, oldest first; those not kept included."""
        sql = (
            "SELECT pair.record, pair.state FROM sample JOIN pair USING (n) WHERE sample.id IN carray(?)"
            " AND pair.state IS NOT NULL ORDER BY pair.at, pair.rowid"
        )
        return [_pair(row) for row in self._database.rows(sql, (strings(list(ids)),))]

    def pair(self, pair_id: str) -> PreferencePair:
        """One of them; raises `NotFound`."""
        row = self._database.one("SELECT record, state FROM pair WHERE id = ?", (pair_id,))
        if row is None:
            raise NotFound(f"no preference pair {pair_id}", hint="read the list again")
        return _pair(row)


class PairWrites(Writes):
    """The changes of `Writer` to preference pairs."""

    def judge_pair(self, pair: PreferencePair) -> PreferencePair:
        """Write down whether a rewritten answer is a preference. Returns it with id and time."""
        n = row_numbers(self._tx.database, [pair.sample]).get(pair.sample)
        if n is None:
            raise NotFound(f"no sample {pair.sample}", hint="look it up by a search")
        name = pair.id or derived_id("pair", pair.sample, pair.turn, str(pair.base), str(pair.revision))
        told = replace(pair, id=name, at=pair.at or self._tx.at)
        self._tx.database.rows(
            "INSERT OR IGNORE INTO pair VALUES (?, ?, ?, NULL, ?)", (told.id, n, told.at, dump(told))
        )
        _change(self._tx, {"pair": told.id, "sample": told.sample}, _state(self._tx, told.id), int(told.kept))
        return told


def swap_pair(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo: what was said of a pair before, or again what was said later."""
    expected, wanted = (data["new"], data["old"]) if back else (data["old"], data["new"])
    if _state(tx, data["pair"]) != expected:
        raise InvalidInput("that preference pair was changed meanwhile", hint="nothing was changed")
    _change(tx, data, expected, wanted)


def _change(tx: Transaction, data: Json, old: int | None, new: int | None) -> None:
    if old == new:
        return
    tx.database.rows("UPDATE pair SET state = ? WHERE id = ?", (new, data["pair"]))
    row = tx.database.one("SELECT n FROM pair WHERE id = ?", (data["pair"],))
    tx.log("pair", {**data, "old": old, "new": new}, n=row[0] if row else None)


def _state(tx: Transaction, pair_id: str) -> int | None:
    row = tx.database.one("SELECT state FROM pair WHERE id = ?", (pair_id,))
    return row[0] if row else None


def _pair(row: Sequence[Any]) -> PreferencePair:
    record, state = row
    return PreferencePair(**{**load(record), "kept": bool(state)})
