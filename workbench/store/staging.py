"""Imports of any size beside other people's work: written in short transactions, shown to everybody in a last one.

Samples of an import under way are in the database with a state that no read shows (`samples.SHOWN`). Their row
numbers are noted in the table `gap`. The last transaction gives them their real state and writes the journal; it is
the only one that counts as something that happened. What an import left that was killed is deleted by the next one,
or at the next opening; their row numbers stay a gap for ever, so that none is used twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from workbench.errors import StoreError
from workbench.ids import Clock
from workbench.store.connection import Database
from workbench.store.encoding import EncodedSample
from workbench.store.giving_way import asked
from workbench.store.importlock import import_lock_if_free
from workbench.store.rowset import as_rows, strings, unpack
from workbench.store.sample_writes import insert_samples, last_number, set_state_of
from workbench.store.samples import ACTIVE, ARCHIVED, HIDDEN
from workbench.store.steps import record_step
from workbench.store.terms import Terms
from workbench.store.transaction import SAMPLE, Transaction, writing
from workbench.store.writer import Met, Writer

_LEAST_SECONDS = 0.03
"""How long a transaction of an import takes at least, whoever waits: nobody must bring an import to a halt."""

_LET_IN_SECONDS = 0.01
"""How long an import stays out when it was asked to: those who wait look every few milliseconds."""

_SLICE = 100
"""Samples written between two looks at whether somebody waits."""

_CLEAR_ROWS = 2_000
_CLEAR_AT_OPENING = 20_000

logger = logging.getLogger(__name__)


class SqliteStaging:
    """An import under way (`writer.Staging`)."""

    def __init__(
        self,
        database: Database,
        terms: Terms,
        author: str,
        clock: Clock,
        import_id: str,
        writer: Callable[[Transaction], Writer],
    ) -> None:
        self._at = clock()
        self._writer = writer
        self.published = False
        self._database = database
        self._terms = terms
        self._author = author
        self._import = import_id
        self._tx: Transaction
        self._returning: set[int] = set()

    @property
    def at(self) -> int:
        """The time of the import, in milliseconds."""
        return self._at

    def add(self, samples: Sequence[EncodedSample]) -> list[Met]:
        """Take samples in; see `writer.Staging`. One transaction, or several when somebody waits."""
        met: list[Met] = []
        while len(met) < len(samples):
            with writing(self._database, self._terms):
                self._tx = Transaction(self._database, self._terms, self._author, self.at)
                since, waiting = time.monotonic(), asked(self._database.path)
                while len(met) < len(samples):
                    met.extend(self._add(samples[len(met) : len(met) + _SLICE]))
                    if time.monotonic() - since >= _LEAST_SECONDS and asked(self._database.path) != waiting:
                        break
            if len(met) < len(samples):
                time.sleep(_LET_IN_SECONDS)
        return met

    @contextmanager
    def publish(self, label: str, *, undoable: bool = True) -> Iterator[Writer]:
        """The last transaction, as one step: what was taken in is shown, together with what is written in it."""
        with writing(self._database, self._terms):
            tx = Transaction(self._database, self._terms, self._author, self.at)
            self._show(tx)
            yield self._writer(tx)
            record_step(tx, label, undoable=undoable)
        self.published = True

    def abandon(self) -> None:
        """Take everything out again."""
        try:
            clear(self._database, self._terms)
        except StoreError as failed:  # a full disk, say: nobody sees what is left, and the next import deletes it
            logger.warning("what the stopped import had written is deleted later: %s", failed)

    def _add(self, samples: Sequence[EncodedSample]) -> list[Met]:
        known = self._known([sample.id for sample in samples])
        met, new = [], []
        for sample in samples:
            found = known.get(sample.id)
            if found is None:
                new.append(sample)
                known[sample.id] = Met(sample.id, "here", sample.source)
                met.append(Met(sample.id, "new", sample.source))
            else:
                met.append(found)
                if found.how == "undone":
                    known[sample.id] = found._replace(how="here")
        if new:
            first = last_number(self._tx) + 1
            insert_samples(self._tx, new, first, hidden=True)
            self._note_gap(first, first + len(new) - 1)
        return met

    def _known(self, ids: list[str]) -> dict[str, Met]:
        if not ids:
            return {}
        sql = "SELECT n, id, state, source FROM sample WHERE id IN carray(?)"
        rows = self._database.rows(sql, (strings(ids),))
        archived = {row[0] for row in rows if row[2] == ARCHIVED} - self._returning
        undone = archived_by_undo(self._tx, archived)
        self._returning |= undone
        text = self._terms.text
        return {
            sample_id: Met(
                sample_id, "undone" if n in undone else "archived" if n in archived else "here", text(source)
            )
            for n, sample_id, _, source in rows
        }

    def _note_gap(self, first: int, last: int) -> None:
        self._database.rows("UPDATE gap SET last = ? WHERE last = ? AND import = ?", (last, first - 1, self._import))
        if not self._database.changed():
            self._database.rows("INSERT INTO gap VALUES (?, ?, ?)", (first, last, self._import))

    def _show(self, tx: Transaction) -> None:
        gaps = self._database.rows("SELECT first, last FROM gap WHERE import = ? ORDER BY first", (self._import,))
        self._database.rows("DELETE FROM gap WHERE import = ?", (self._import,))
        for first, last in gaps:
            self._database.rows("UPDATE sample SET state = state - ? WHERE n BETWEEN ? AND ?", (HIDDEN, first, last))
        if gaps:
            rows = np.concatenate([np.arange(first, last + 1) for first, last in gaps])
            tx.log("add", {"samples": len(rows)}, what=SAMPLE, rows=rows)
        if self._returning:
            back = as_rows(list(self._returning))
            set_state_of(tx, back, ACTIVE)
            tx.log("return", {"samples": len(back)}, what=SAMPLE, rows=back)


def archived_by_undo(tx: Transaction, rows: set[int]) -> set[int]:
    """Those of these archived samples that are archived because an import was undone, not because somebody chose so."""
    undone: set[int] = set()
    if not rows:
        return undone
    left = as_rows(list(rows))
    sql = (
        "SELECT rows, data ->> 'undone' FROM event INDEXED BY event_bulk WHERE rows IS NOT NULL AND kind = 'state'"
        " ORDER BY seq DESC"
    )
    for packed, by_undo in tx.database.connection().execute(sql):
        found = np.intersect1d(unpack(packed), left, assume_unique=True)
        if by_undo:
            undone.update(found.tolist())
        left = np.setdiff1d(left, found, assume_unique=True)
        if not len(left):
            break
    return undone


def clear_leftovers(database: Database, terms: Terms) -> None:
    """Delete what killed imports left, a bounded part of it, unless one is under way."""
    if database.one("SELECT 1 FROM gap WHERE import <> '' LIMIT 1"):
        with import_lock_if_free(database.path) as free:
            if free:
                clear(database, terms, _CLEAR_AT_OPENING)


def clear(database: Database, terms: Terms, limit: int | None = None) -> None:
    """Delete hidden samples, in short transactions. Only with the import lock: what is hidden is nobody's then."""
    deleted = 0
    while limit is None or deleted < limit:
        with writing(database, terms):
            gap = database.one("SELECT first, last FROM gap WHERE import <> '' LIMIT 1")
            if gap is None:
                return
            first, last = gap
            start = max(first, last - _CLEAR_ROWS + 1)
            _delete(database, start, last)
            database.rows("DELETE FROM gap WHERE first = ?", (first,))
            if start > first:
                database.rows("INSERT INTO gap SELECT ?, ?, 'killed'", (first, start - 1))
            _join_gap(database, start, last)
            deleted += last - start + 1


def _delete(database: Database, first: int, last: int) -> None:
    for table, key in (("link", "child"), ("body", "n"), ("sample", "n")):
        database.rows(f"DELETE FROM {table} WHERE {key} BETWEEN ? AND ?", (first, last))


def _join_gap(database: Database, first: int, last: int) -> None:
    """Note a gap for good, as one with the one behind it."""
    behind = database.one("SELECT last FROM gap WHERE first = ? AND import = ''", (last + 1,))
    if behind:
        database.rows("DELETE FROM gap WHERE first = ?", (last + 1,))
    database.rows("INSERT INTO gap VALUES (?, ?, '')", (first, behind[0] if behind else last))
