"""Undo and redo: a step's journal lines are taken back in reverse, or done again in order, in one transaction.

A line says what was before and after it. Undo first looks whether things still are as the line left them, and refuses
otherwise, so nobody's later work is ever overwritten. A step that is refused is passed over from then on: the next
undo takes the step before it. What undo itself does is written to the journal too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import orjson

from workbench.errors import InvalidInput, NotFound, StaleRevision
from workbench.model import Json
from workbench.store.bulk_tags import swap_bulk
from workbench.store.carrying import swap_carry
from workbench.store.draft_changes import swap_change
from workbench.store.drafts import swap_decision
from workbench.store.journal import DONE, FINAL, REPLACED, UNDONE
from workbench.store.live import swap_live
from workbench.store.pairs import swap_pair
from workbench.store.rowset import Rows, as_rows, numbers, unpack
from workbench.store.sample_writes import restore_content, switch_state
from workbench.store.samples import ACTIVE, ARCHIVED, STATES
from workbench.store.shelf import swap_import, swap_record, swap_scheme, swap_setting
from workbench.store.tags import swap_note, swap_tag
from workbench.store.transaction import Transaction

_BULK_SINCE = (
    "SELECT seq, author, rows FROM event INDEXED BY event_bulk WHERE rows IS NOT NULL AND seq > ? AND author <> ?"
)


class Line(NamedTuple):
    """A journal line as undo reads it."""

    seq: int
    kind: str
    n: int | None
    data: Json
    rows: bytes | None
    inverse: bytes | None


def _add(tx: Transaction, line: Line, back: bool) -> None:
    switch_state(tx, unpack(line.rows or b""), ARCHIVED if back else ACTIVE, undone=back)


def _state(tx: Transaction, line: Line, back: bool) -> None:
    later = STATES.index(line.data["state"])
    switch_state(tx, unpack(line.rows or b""), 1 - later if back else later)


def _edit(tx: Transaction, line: Line, back: bool) -> None:
    data = line.data
    later, earlier = data["revision"], data["base"]
    expect, content = (later, earlier) if back else (earlier, later)
    restore_content(tx, data["sample"], expect=expect, content=content)


def _bulk(tx: Transaction, line: Line, back: bool) -> None:
    swap_bulk(tx, line.data, unpack(line.rows or b""), line.inverse, back=back)


def _source(tx: Transaction, line: Line, back: bool) -> None:
    if line.data["old"] is not None:  # a new source stays: samples name it
        swap_record(tx, "source", line.data, back=back)


_SWAPS: dict[str, Callable[[Transaction, Line, bool], None]] = {
    "add": _add,
    "return": _add,  # samples of an undone import that a later import brought back
    "state": _state,
    "edit": _edit,
    "tag": lambda tx, line, back: swap_tag(tx, line.data, back=back),
    "untag": lambda tx, line, back: swap_tag(tx, line.data, back=back),
    "tag_many": _bulk,
    "tag_carry": lambda tx, line, back: swap_carry(tx, line.data, line.inverse, back=back),
    "note": lambda tx, line, back: swap_note(tx, line.data, back=back),
    "scheme": lambda tx, line, back: swap_scheme(tx, line.data, back=back),
    "source": _source,
    "slice": lambda tx, line, back: swap_record(tx, "slice", line.data, back=back),
    "setting": lambda tx, line, back: swap_setting(tx, line.data, back=back),
    "import": lambda tx, line, back: swap_import(tx, line.data, back=back),
    "pair": lambda tx, line, back: swap_pair(tx, line.data, back=back),
    "log:live": lambda tx, line, back: swap_live(tx, line.seq, line.data, back=back),
    "decide": lambda tx, line, back: swap_decision(tx, line.data, back=back),
    "change_draft": lambda tx, line, back: swap_change(tx, line.data, back=back),
}


def record_step(tx: Transaction, label: str, *, undoable: bool) -> None:
    """Write the step of this transaction down, unless nothing happened; a new undoable step ends the author's redo."""
    if tx.seq < tx.first:
        return
    state = DONE if undoable and tx.undoable else FINAL
    if state == DONE:
        tx.database.rows(f"UPDATE step SET state = ? WHERE author = ? AND state = {UNDONE}", (REPLACED, tx.author_code))
    tx.database.rows(
        "INSERT INTO step (author, at, label, samples, first, last, state) VALUES (?,?,?,?,?,?,?)",
        (tx.author_code, tx.at, label, tx.touched(), tx.first, tx.seq, state),
    )


class Blocked(Exception):
    """A step cannot be taken back or done again. `pass_over` is then called in a transaction of its own."""

    def __init__(self, step: int, told: InvalidInput) -> None:
        super().__init__(told.message)
        self.step = step
        self.told = told


def take_back(tx: Transaction) -> int | None:
    """Undo the author's newest step that is not undone; its number, or None when there is none.

    Raises `Blocked` when somebody built on it.
    """
    step = _find(tx, DONE, "DESC")
    if step is None:
        return None
    number, label, first, last = step
    lines = _lines(tx, first, last)
    try:
        if added := [unpack(line.rows or b"") for line in lines if line.kind in ("add", "return")]:
            _check_alone(tx, as_rows(np.concatenate(added)), last)
        for line in reversed(lines):
            _swap(tx, line, True)
    except (InvalidInput, NotFound, StaleRevision) as exc:
        hint = "the next undo takes back your step before this one"
        who = _who(tx, lines, last)
        stays = f"your step {label!r} stays: {exc.message}"
        told = f"{who} changed it meanwhile; your step {label!r} stays: {exc.message}" if who else stays
        raise Blocked(number, InvalidInput(told, hint=hint)) from exc
    _mark(tx, number, UNDONE, "undo")
    return number


def do_again(tx: Transaction) -> int | None:
    """Redo what the author undid last; its number, or None when there is nothing to redo.

    Raises `Blocked` when somebody changed what it changes.
    """
    step = _find(tx, UNDONE, "ASC")
    if step is None:
        return None
    number, label, first, last = step
    lines = _lines(tx, first, last)
    try:
        for line in lines:
            _swap(tx, line, False)
    except (InvalidInput, NotFound, StaleRevision) as exc:
        who = _who(tx, lines, last)
        stays = f"your step {label!r} stays undone: {exc.message}"
        told = f"{who} changed it meanwhile; your step {label!r} stays undone: {exc.message}" if who else stays
        raise Blocked(number, InvalidInput(told, hint="do it again by hand")) from exc
    _mark(tx, number, DONE, "redo")
    return number


def pass_over(tx: Transaction, step: int, why: str) -> None:
    """Make a step final that was blocked: done for good, or undone for good; `why` is told in the list of steps."""
    tx.database.rows(
        f"UPDATE step SET state = CASE state WHEN {DONE} THEN {FINAL} ELSE {REPLACED} END, why = ?"
        f" WHERE id = ? AND state IN ({DONE}, {UNDONE})",
        (why, step),
    )


def _who(tx: Transaction, lines: list[Line], last: int) -> str:
    """The other author who last changed a sample of these lines after position `last`; "" when none did."""
    rows = [unpack(line.rows) for line in lines if line.rows]
    singly = np.array([line.n for line in lines if line.n is not None], dtype=np.int64)
    touched = as_rows(np.concatenate([*rows, singly]))
    if not len(touched):
        return ""
    sql = "SELECT seq, author FROM event WHERE seq > ? AND author <> ? AND n IN carray(?) ORDER BY seq DESC LIMIT 1"
    found = tx.database.one(sql, (last, tx.author_code, numbers(touched)))
    for seq, author, packed in tx.database.rows(f"{_BULK_SINCE} ORDER BY seq DESC", (last, tx.author_code)):
        if found and found[0] > seq:
            break
        if len(np.intersect1d(unpack(packed), touched, assume_unique=True)):
            return tx.terms.text(author)
    return tx.terms.text(found[1]) if found else ""


def _mark(tx: Transaction, step: int, state: int, kind: str) -> None:
    tx.database.rows("UPDATE step SET state = ? WHERE id = ?", (state, step))
    tx.log(kind, {"step": step})


def _swap(tx: Transaction, line: Line, back: bool) -> None:
    swap = _SWAPS.get(line.kind)
    if swap is not None:  # runs, drafts, documents and frozen slices stay: they are records, not decisions
        swap(tx, line, back)


def _find(tx: Transaction, state: int, order: str) -> tuple[int, str, int, int] | None:
    sql = f"SELECT id, label, first, last FROM step WHERE author = ? AND state = {state} ORDER BY id {order} LIMIT 1"
    row = tx.database.one(sql, (tx.author_code,))
    return (row[0], row[1], row[2], row[3]) if row else None


def _lines(tx: Transaction, first: int, last: int) -> list[Line]:
    sql = "SELECT seq, kind, n, data, rows, inverse FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq"
    found = tx.database.rows(sql, (first, last))
    return [Line(seq, kind, n, orjson.loads(data), rows, inverse) for seq, kind, n, data, rows, inverse in found]


def _check_alone(tx: Transaction, rows: Rows, last: int) -> None:
    """Raise `InvalidInput` when somebody else worked on these samples after position `last`, or built on them.

    They are all that a step added: what it made from one another goes with it.
    """
    others: dict[str, tuple[str, tuple[Any, ...]]] = {
        "was changed by somebody else": (
            "SELECT n FROM event WHERE seq > ?2 AND author <> ?3 AND n IN carray(?1) LIMIT 1",
            (last, tx.author_code),
        ),
        "is the parent of other samples": (
            "SELECT p.n FROM sample p JOIN link ON link.parent = p.id JOIN sample c ON c.n = link.child"
            " WHERE p.n IN carray(?1) AND c.state = 0 AND c.n NOT IN carray(?1) LIMIT 1",
            (),
        ),
    }
    for reason, (sql, values) in others.items():
        row = tx.database.one(sql, (numbers(rows), *values))
        if row:
            raise _built_upon(tx, row[0], reason)
    for _, _, packed in tx.database.rows(_BULK_SINCE, (last, tx.author_code)):
        shared = np.intersect1d(unpack(packed), rows, assume_unique=True)
        if len(shared):
            raise _built_upon(tx, int(shared[0]), "was changed by somebody else")


def _built_upon(tx: Transaction, n: int, reason: str) -> InvalidInput:
    row = tx.database.one("SELECT id FROM sample WHERE n = ?", (n,))
    return InvalidInput(f"sample {row[0] if row else n} {reason} meanwhile")
