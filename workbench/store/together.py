"""Group commit: what many threads want written down at the same moment becomes one durable transaction.

A commit waits for the disk, and commits of one file wait for each other. A call to a model needs two; with many calls
under way the disk would decide how fast a run can be. Each thread still returns only after its own line is safe.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from workbench.store.connection import Database
from workbench.store.terms import Terms
from workbench.store.transaction import refuse_inside, writing

Statement = tuple[str, Sequence[Any]]


class _Line:
    """One statement and what became of it."""

    def __init__(self, sql: str, values: Sequence[Any], then: Sequence[Statement]) -> None:
        self.sql = sql
        self.values = values
        self.then = then
        self.row = 0
        self.changed = 0
        self.error: BaseException | None = None
        self.over = threading.Event()


class Together:
    """Writes single statements of many threads in common transactions."""

    def __init__(self, database: Database, terms: Terms) -> None:
        self._database = database
        self._terms = terms
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: list[_Line] = []

    def write(self, sql: str, values: Sequence[Any], *, then: Sequence[Statement] = ()) -> _Line:
        """Run a statement durably; its `row` is the row inserted, `changed` how many were. Raises as the store does.

        What comes `then` is run in the same transaction where the statement changed something.

        Who comes first writes for all who came until then; who comes while the disk is busy waits for the next turn.
        """
        refuse_inside(self._database)
        line = _Line(sql, values, then)
        with self._lock:
            self._waiting.append(line)
            first = len(self._waiting) == 1
        if first:
            self._write_all()
        line.over.wait()
        if line.error is not None:
            raise line.error
        return line

    def _write_all(self) -> None:
        lines: list[_Line] = []
        try:
            with self._writing:
                lines = self._taken()
                with writing(self._database, self._terms):
                    for line in lines:
                        self._database.rows(line.sql, line.values)
                        line.row = int(self._database.connection().last_insert_rowid())
                        line.changed = self._database.changed()
                        for more in line.then if line.changed else ():
                            self._database.rows(*more)
        except BaseException as exc:  # the others must not wait for ever for a thread that was broken off
            lines = lines or self._taken()
            for line in lines:
                line.error = exc
            raise
        finally:
            for line in lines:
                line.over.set()

    def _taken(self) -> list[_Line]:
        with self._lock:
            lines, self._waiting = self._waiting, []
        return lines
