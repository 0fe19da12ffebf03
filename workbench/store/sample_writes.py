"""Writing samples: adding, saving revisions, archiving; and taking each of these back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from workbench.errors import InvalidInput, NotFound, StaleRevision, StoreBusy
from workbench.model import Sample
from workbench.store.codec import content_key, load_sample
from workbench.store.encoding import EncodedSample, encoded
from workbench.store.rowset import Rows, numbers, row_chunks, strings
from workbench.store.samples import ACTIVE, HIDDEN, HOT_CHUNK, LAST_NUMBER, SHOWN, STATES, row_numbers
from workbench.store.transaction import SAMPLE, Transaction

ADD_CHUNK = 1_000
_INSERT = f"INSERT INTO sample VALUES ({','.join('?' * 18)})"
_INSERT_BODY = "INSERT INTO body (n, author, note, record) VALUES (?,?,?,?)"
_INSERT_LINK = "INSERT INTO link VALUES (?, ?)"


class Writes:
    """What every group of writes works on."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction


class SampleWrites(Writes):
    """The changes of `Writer` to samples."""

    def add_samples(self, samples: Iterable[Sample]) -> list[tuple[str, bool]]:
        """Insert samples; for each its id and whether it is new. Takes them in small batches: any number streams."""
        return self.add_encoded(encoded(sample, self._tx.at) for sample in samples)

    def add_encoded(self, samples: Iterable[EncodedSample]) -> list[tuple[str, bool]]:
        """The same for samples that are `encoded` already."""
        first = n = last_number(self._tx)
        told: list[tuple[str, bool]] = []
        stream = iter(samples)
        while batch := list(islice(stream, ADD_CHUNK)):
            new = _unknown(self._tx, batch, told)
            insert_samples(self._tx, new, n + 1)
            n += len(new)
        if n > first:
            self._tx.log("add", {"samples": n - first}, what=SAMPLE, rows=np.arange(first + 1, n + 1))
        return told

    def save_revision(self, sample: Sample, *, base_revision: int, note: str = "") -> Sample:
        """Append a revision; raises `StaleRevision` when `base_revision` is not the newest. Returns it as saved."""
        n, current, state, created_at = _head(self._tx, sample.id)
        if current != base_revision:
            raise StaleRevision(sample.id, base=base_revision, current=current)
        saved = replace(
            sample, revision=current + 1, state=STATES[state], created_at=created_at, updated_at=self._tx.at
        )
        _append(self._tx, n, saved, note)
        self._tx.log(
            "edit", {"sample": sample.id, "revision": saved.revision, "base": current, "note": note}, what=SAMPLE, n=n
        )
        return saved

    def set_state(self, ids: Sequence[str], state: str) -> int:
        """Make samples active or archived; returns how many changed."""
        if state not in STATES:
            raise InvalidInput(f"a sample cannot be {state!r}", hint=f"give one of: {', '.join(STATES)}")
        found = row_numbers(self._tx.database, ids)
        missing = next((sample_id for sample_id in ids if sample_id not in found), None)
        if missing is not None:
            raise NotFound(f"no sample {missing}", hint="look it up by a search")
        rows = np.unique(np.fromiter(found.values(), dtype=np.int64, count=len(found)))
        changed = _in_state(self._tx, rows, 1 - STATES.index(state))
        if len(changed):
            set_state_of(self._tx, changed, STATES.index(state))
            self._tx.log("state", {"state": state, "samples": len(changed)}, what=SAMPLE, rows=changed)
        return len(changed)


def set_state_of(tx: Transaction, rows: Rows, state: int) -> None:
    """Give rows a state, without a journal line."""
    for part in row_chunks(rows, HOT_CHUNK):
        tx.database.rows("UPDATE sample SET state = ? WHERE n IN carray(?)", (state, numbers(part)))


def switch_state(tx: Transaction, rows: Rows, new: int, *, undone: bool = False) -> None:
    """For undo and redo: give rows that all have the other state this one; `InvalidInput` when one has not.

    `undone` is noted in the journal: these samples are archived because what added them was taken back.
    """
    if len(_in_state(tx, rows, 1 - new)) != len(rows):
        raise InvalidInput(
            f"some of these samples were made {STATES[new]} meanwhile", hint="nothing was changed; look at them first"
        )
    set_state_of(tx, rows, new)
    data = {"state": STATES[new], "samples": len(rows)} | ({"undone": True} if undone else {})
    tx.log("state", data, what=SAMPLE, rows=rows)


def restore_content(tx: Transaction, sample_id: str, *, expect: int, content: int) -> None:
    """For undo and redo: append a revision that says what revision `content` said.

    Raises `StaleRevision` unless the newest revision says what revision `expect` said.
    """
    n, current, state, created_at = _head(tx, sample_id)
    newest, expected, wanted = (_record(tx, n, revision) for revision in (current, expect, content))
    if _said(newest) != _said(expected):
        raise StaleRevision(sample_id, base=expect, current=current)
    sample = load_sample(wanted, STATES[state])
    saved = replace(sample, revision=current + 1, created_at=created_at, updated_at=tx.at)
    note = f"as in revision {content}"
    _append(tx, n, saved, note)
    data = {"sample": sample_id, "revision": saved.revision, "base": current, "note": note}
    tx.log("edit", data, what=SAMPLE, n=n)


def _unknown(tx: Transaction, batch: Sequence[EncodedSample], told: list[tuple[str, bool]]) -> list[EncodedSample]:
    known = _known_ids(tx, [sample.id for sample in batch])
    new = []
    for sample in batch:
        told.append((sample.id, sample.id not in known))
        if sample.id not in known:
            if not sample.id:
                raise InvalidInput("a sample needs an id", hint="derive one from its content (ids.derived_id)")
            known.add(sample.id)
            new.append(sample)
    return new


def _known_ids(tx: Transaction, ids: Sequence[str]) -> set[str]:
    rows = tx.database.rows("SELECT id, state FROM sample WHERE id IN carray(?)", (strings(ids),))
    hidden = next((sample_id for sample_id, state in rows if state >= HIDDEN), None)
    if hidden is not None:
        raise StoreBusy(f"sample {hidden} is just being imported", hint="wait for the import to end, then do it again")
    return {row[0] for row in rows}


def last_number(tx: Transaction) -> int:
    """The largest row number that was ever given; 0 when none was."""
    row = tx.database.one(f"SELECT {LAST_NUMBER}")
    return int(row[0]) if row else 0


def insert_samples(tx: Transaction, samples: Sequence[EncodedSample], first: int, *, hidden: bool = False) -> None:
    """Insert samples whose ids are new, numbered from `first`, without a journal line; `hidden`: see `staging`."""
    numbered = list(enumerate(samples, first))
    more = HIDDEN if hidden else 0
    tx.database.many(_INSERT, [_hot(tx, n, sample, more) for n, sample in numbered])
    tx.database.many(_INSERT_BODY, [(n, tx.author_code, "", sample.record) for n, sample in numbered])
    tx.database.many(_INSERT_LINK, [(parent, n) for n, sample in numbered for parent in sample.parents])


def _hot(tx: Transaction, n: int, sample: EncodedSample, more: int = 0) -> tuple[Any, ...]:
    code = tx.terms.code
    return (
        n, sample.id, content_key(sample.content), code(sample.source), code(sample.language), code(sample.origin),
        code(sample.recipe), code(sample.model), code(sample.run), code(sample.import_id), sample.depth, sample.turns,
        sample.chars, sample.revision, STATES.index(sample.state) + more, int(sample.synthetic), sample.created_at,
        sample.updated_at,
    )  # fmt: skip


def _append(tx: Transaction, n: int, sample: Sample, note: str) -> None:
    new = encoded(sample, tx.at)
    tx.database.rows(
        "INSERT INTO revision SELECT n, revision, updated_at, author, note, record FROM sample JOIN body USING (n)"
        " WHERE n = ?",
        (n,),
    )
    tx.database.rows(
        "UPDATE body SET author = ?, note = ?, record = ? WHERE n = ?", (tx.author_code, note, new.record, n)
    )
    tx.database.rows(
        "UPDATE sample SET (n, id, content, source, language, origin, recipe, model, run, import, depth, turns, chars,"
        f" revision, state, synthetic, created_at, updated_at) = ({','.join('?' * 14)}, state, ?, ?, ?) WHERE n = ?",
        (*(values := _hot(tx, n, new))[:14], *values[15:], n),
    )
    tx.database.many("INSERT OR IGNORE INTO link VALUES (?, ?)", [(parent, n) for parent in new.parents])


def _head(tx: Transaction, sample_id: str) -> tuple[int, int, int, int]:
    row = tx.database.one("SELECT n, revision, state, created_at FROM sample WHERE id = ? AND " + SHOWN, (sample_id,))
    if row is None:
        raise NotFound(f"no sample {sample_id}", hint="look it up by a search")
    return row[0], row[1], row[2], row[3]


def _record(tx: Transaction, n: int, revision: int) -> bytes:
    row = tx.database.one(
        "SELECT record FROM sample JOIN body USING (n) WHERE n = ?1 AND revision = ?2 UNION ALL"
        " SELECT record FROM revision WHERE n = ?1 AND revision = ?2",
        (n, revision),
    )
    if row is None:
        raise NotFound(f"row {n} has no revision {revision}")
    return bytes(row[0])


def _said(record: bytes) -> Sample:
    return replace(load_sample(record, STATES[ACTIVE]), revision=0, updated_at=0)


def _in_state(tx: Transaction, rows: Rows, state: int) -> Rows:
    found: list[int] = []
    for part in row_chunks(rows, HOT_CHUNK):
        sql = "SELECT n FROM sample WHERE n IN carray(?) AND state = ? ORDER BY n"
        found.extend(row[0] for row in tx.database.rows(sql, (numbers(part), state)))
    return np.array(found, dtype=np.int64)
