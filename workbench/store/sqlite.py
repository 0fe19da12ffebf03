"""The store on SQLite: the groups of reads and writes put together, and opening a workspace's file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import StoreError
from workbench.ids import Clock, now_ms
from workbench.store.activity import ActivityReads
from workbench.store.answers import AnswerReads
from workbench.store.base import Store
from workbench.store.bulk_tags import BulkTagWrites
from workbench.store.calls import CallLedger
from workbench.store.carrying import CarryWrites
from workbench.store.codec import dump
from workbench.store.connection import Database, set_journal
from workbench.store.draft_changes import ChangedDraftReads, ChangedDraftWrites
from workbench.store.importlock import import_lock
from workbench.store.journal import STEP_COLUMNS
from workbench.store.judged import JudgedReads
from workbench.store.live import LiveWrites
from workbench.store.migrations import check_version, migrate
from workbench.store.pairs import PairReads, PairWrites
from workbench.store.prompts import PromptReads
from workbench.store.rows import Step
from workbench.store.sample_writes import SampleWrites
from workbench.store.samples import SampleReads
from workbench.store.shelf import ShelfReads, ShelfWrites
from workbench.store.staging import SqliteStaging, clear, clear_leftovers
from workbench.store.steps import Blocked, do_again, pass_over, record_step, take_back
from workbench.store.tags import TagReads, TagWrites
from workbench.store.terms import Terms
from workbench.store.transaction import Transaction, writing
from workbench.store.writer import Staging, Writer
from workbench.store.yields import YieldReads

FILE_NAME = "workbench.db"
_NEW_SECONDS = 1.0


class SqliteWriter(
    SampleWrites, TagWrites, BulkTagWrites, CarryWrites, ChangedDraftWrites, LiveWrites, PairWrites, ShelfWrites
):
    """The changes possible inside one transaction (`base.Writer`)."""

    @property
    def at(self) -> int:
        """The time of this step, in milliseconds: what is added without a time gets it."""
        return self._tx.at


class SqliteStore(
    SampleReads,
    TagReads,
    AnswerReads,
    ChangedDraftReads,
    YieldReads,
    JudgedReads,
    PairReads,
    ShelfReads,
    ActivityReads,
    PromptReads,
    CallLedger,
):
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

    @contextmanager
    def importing(self, author: str, import_id: str, *, waiting: Callable[[], None]) -> Iterator[SqliteStaging]:
        """Bring in samples of any number beside other people's work; without `publish`, nothing is kept.

        One import runs at a time in a workspace: `waiting` is called while another one does, and may raise to give up.
        """
        with import_lock(self._database.path, waiting):
            clear(self._database, self._terms)
            staging = SqliteStaging(self._database, self._terms, author, self._clock, import_id, SqliteWriter)
            try:
                yield staging
            except BaseException:
                staging.abandon()
                raise
            if not staging.published:
                staging.abandon()

    def data_version(self) -> int:
        """A number that changes whenever anybody's commit (also another process's) becomes visible."""
        return self._database.data_version()

    def clear_leftovers(self) -> None:
        """Delete what killed imports left behind, a bounded part of it. Nobody sees any of it in any case."""
        clear_leftovers(self._database, self._terms)

    def undo(self, author: str) -> Step | None:
        """Take back that author's newest step that is not undone; None when there is none.

        Raises `InvalidInput` when somebody built on it meanwhile: the step stays and is passed over from then on, so
        that the next `undo` takes the step before it.
        """
        return self._travel(author, take_back)

    def redo(self, author: str) -> Step | None:
        """Do again what that author undid last; None when there is nothing, or something was done since.

        Raises `InvalidInput` when somebody changed it meanwhile: the step stays undone and is passed over.
        """
        return self._travel(author, do_again)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON setting of the workspace."""
        with writing(self._database, self._terms):
            self._database.rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, dump(value)))

    def replace_setting(self, key: str, old: Any, new: Any) -> bool:
        """Keep `new` where the setting still is `old`; False, and nothing is changed, where it is not."""
        with writing(self._database, self._terms):
            if self.setting(key) != old:
                return False
            self._database.rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, dump(new)))
            return True

    def _travel(self, author: str, move: Callable[[Transaction], int | None]) -> Step | None:
        try:
            with writing(self._database, self._terms):
                number = move(Transaction(self._database, self._terms, author, self._clock()))
                if number is None:
                    return None
                row = self._database.one(f"SELECT {STEP_COLUMNS} FROM step WHERE id = ?", (number,))
                return self._step(row) if row else None
        except Blocked as blocked:
            with writing(self._database, self._terms):
                pass_over(
                    Transaction(self._database, self._terms, author, self._clock()), blocked.step, blocked.told.message
                )
            raise blocked.told from blocked


if TYPE_CHECKING:  # the type checker compares both with what they promise
    _STORE: type[Store] = SqliteStore
    _WRITER: type[Writer] = SqliteWriter
    _STAGING: type[Staging] = SqliteStaging


def open_store(path: Path, *, clock: Clock = now_ms) -> SqliteStore:
    """Open the workspace in the folder `path`, creating folder and database when they are missing.

    Raises `StoreTooNew` for a file of a newer workbench, `StoreError` for one that cannot be used.
    """
    folder = Path(path)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"the workspace folder {folder} cannot be made: {exc.strerror}") from exc
    _check_not_emptied(folder / FILE_NAME)
    database = Database(folder / FILE_NAME)
    try:
        check_version(database)
        set_journal(database)
        migrate(database, clock)
    except BaseException:
        database.close()
        raise
    store = SqliteStore(database, clock)
    store.clear_leftovers()
    return store


def _check_not_emptied(file: Path) -> None:
    """Raise `StoreError` for a database file that lost its content.

    A new one is empty too, for a moment: in a folder that holds nothing else, or not for longer than a moment.
    """
    others = not all(path.name.startswith(file.name) for path in file.parent.iterdir())
    deadline = time.monotonic() + _NEW_SECONDS
    while others and file.exists() and not file.stat().st_size:
        if time.monotonic() > deadline:
            raise StoreError(
                f"{file} is an empty file: what the workspace held is not in it",
                hint="restore it from a backup, or remove the file to begin anew",
            )
        time.sleep(0.01)
