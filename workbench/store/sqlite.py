"""The store on SQLite: the groups of reads and writes put together, and opening a workspace's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import StoreError
from workbench.ids import Clock, now_ms
from workbench.store.base import Step, Store, Writer
from workbench.store.bulk_tags import BulkTagWrites
from workbench.store.calls import CallLedger
from workbench.store.codec import dump
from workbench.store.connection import Database, set_journal
from workbench.store.drafts import DraftReads, DraftWrites
from workbench.store.journal import STEP_COLUMNS, JournalReads
from workbench.store.migrations import check_version, migrate
from workbench.store.sample_writes import SampleWrites
from workbench.store.samples import SampleReads
from workbench.store.shelf import ShelfReads, ShelfWrites
from workbench.store.steps import do_again, record_step, take_back
from workbench.store.tags import TagReads, TagWrites
from workbench.store.terms import Terms
from workbench.store.transaction import Transaction, writing

FILE_NAME = "workbench.db"


class SqliteWriter(SampleWrites, TagWrites, BulkTagWrites, DraftWrites, ShelfWrites):
    """The changes possible inside one transaction (`base.Writer`)."""

    @property
    def at(self) -> int:
        """The time of this step, in milliseconds: what is added without a time gets it."""
        return self._tx.at


class SqliteStore(SampleReads, TagReads, DraftReads, ShelfReads, JournalReads, CallLedger):
    """A workspace's database (`base.Store`). Every thread may use it; `warnings` says what is not as it should be."""

    def __init__(self, database: Database, clock: Clock) -> None:
        terms = Terms(database)
        super().__init__(database, terms)
        self._clock = clock
        self.warnings = database.warnings

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    def close(self) -> None:
        """Close every connection of this store."""
        self._database.close()

    @contextmanager
    def write(self, author: str, label: str, *, undoable: bool = True) -> Iterator[SqliteWriter]:
        """One transaction, one step, one author. An exception inside leaves nothing behind."""
        with writing(self._database, self._terms):
            transaction = Transaction(self._database, self._terms, author, self._clock())
            yield SqliteWriter(transaction)
            record_step(transaction, label, undoable=undoable)

    def data_version(self) -> int:
        """A number that changes whenever anybody's commit (also another process's) becomes visible."""
        return self._database.data_version()

    def undo(self, author: str) -> Step | None:
        """Take back that author's newest step that is not undone; None when there is none.

        Raises `StaleRevision` or `InvalidInput` (and changes nothing) when somebody built on it meanwhile.
        """
        return self._travel(author, take_back)

    def redo(self, author: str) -> Step | None:
        """Do again what that author undid last; None when there is nothing, or something was done since."""
        return self._travel(author, do_again)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON setting of the workspace."""
        with writing(self._database, self._terms):
            self._database.rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, dump(value)))

    def _travel(self, author: str, move: Callable[[Transaction], int | None]) -> Step | None:
        with writing(self._database, self._terms):
            number = move(Transaction(self._database, self._terms, author, self._clock()))
            if number is None:
                return None
            row = self._database.one(f"SELECT {STEP_COLUMNS} FROM step WHERE id = ?", (number,))
            return self._step(row) if row else None


if TYPE_CHECKING:  # the type checker compares both with what they promise
    _STORE: type[Store] = SqliteStore
    _WRITER: type[Writer] = SqliteWriter


def open_store(path: Path, *, clock: Clock = now_ms) -> SqliteStore:
    """Open the workspace in the folder `path`, creating folder and database when they are missing.

    Raises `StoreTooNew` for a file of a newer workbench, `StoreError` for one that cannot be used.
    """
    folder = Path(path)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"the workspace folder {folder} cannot be made: {exc.strerror}") from exc
    database = Database(folder / FILE_NAME)
    try:
        check_version(database)
        set_journal(database)
        migrate(database, clock)
    except BaseException:
        database.close()
        raise
    return SqliteStore(database, clock)
