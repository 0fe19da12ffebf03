"""One writing transaction: who writes, when, and the journal lines that make it undoable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from workbench.errors import StoreBusy
from workbench.store.codec import dump_record
from workbench.store.connection import Database
from workbench.store.rowset import Rows, pack
from workbench.store.terms import Terms

NOTHING, SAMPLE, TAGS = 0, 1, 2
WHAT = ("", "sample", "tags")


class Transaction:
    """The open transaction of this thread: `log` appends to the journal and remembers which samples were touched."""

    def __init__(self, database: Database, terms: Terms, author: str, at: int) -> None:
        self.database = database
        self.terms = terms
        self.author = author
        self.at = at
        self.author_code = terms.code(author)
        row = database.one("SELECT max(seq) FROM event")
        self.seq = int(row[0] or 0) if row else 0
        self.first = self.seq + 1
        self.undoable = False
        self._touched: list[Rows] = []
        self._touched_singly: set[int] = set()

    def log(
        self,
        kind: str,
        data: Any,
        *,
        what: int = NOTHING,
        n: int | None = None,
        rows: Rows | None = None,
        inverse: bytes | None = None,
        undoable: bool = True,
    ) -> None:
        """Append one line: about one sample `n`, a set of `rows`, or neither. Rows must not be empty."""
        size = 1 if rows is None else len(rows)
        self.seq += size
        packed = None if rows is None else pack(rows)
        self.database.rows(
            "INSERT INTO event (seq, size, at, author, kind, what, n, data, rows, inverse)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            (self.seq, size, self.at, self.author_code, kind, what, n, dump_record(data), packed, inverse),
        )
        self.undoable = self.undoable or undoable
        if rows is not None:
            self._touched.append(rows)
        elif n is not None:
            self._touched_singly.add(n)

    def touched(self) -> int:
        """How many samples the lines so far are about."""
        if not self._touched:
            return len(self._touched_singly)
        singly = np.fromiter(self._touched_singly, dtype=np.int64)
        return len(np.unique(np.concatenate([*self._touched, singly])))


@contextmanager
def writing(database: Database, terms: Terms) -> Iterator[None]:
    """Hold the write lock; commit when the block ends, leave nothing behind when it raises."""
    refuse_inside(database)
    with database.turn():
        database.rows("BEGIN IMMEDIATE")
        try:
            yield
            database.rows("COMMIT")
        except BaseException:
            terms.forget()
            roll_back(database)
            raise


def refuse_inside(database: Database) -> None:
    """Raise `StoreBusy` when this thread is in the middle of a transaction."""
    if database.connection().in_transaction:
        raise StoreBusy(
            "a change is already being written on this thread", hint="finish the first `write` before the second"
        )


def roll_back(database: Database) -> None:
    """End the transaction without keeping it; SQLite may have ended it already, for example on a full disk."""
    if database.connection().in_transaction:
        database.rows("ROLLBACK")
