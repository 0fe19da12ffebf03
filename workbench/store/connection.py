"""One database file, one connection per thread, set up so that a commit survives a power cut.

Write-ahead log with ``synchronous=FULL``; every writing transaction is ``BEGIN IMMEDIATE`` (a deferred one fails when
it is upgraded while somebody else writes); deleted content is overwritten. Floors and reasons: docs/architecture.md.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import apsw

from workbench.errors import StoreError
from workbench.store.failures import EXPECTED, explained
from workbench.store.filesystem import file_system_of, is_network
from workbench.store.giving_way import ASK_SECONDS, ask

logger = logging.getLogger(__name__)

PAGE_BYTES = 16_384
BUSY_SECONDS = 30.0
OLDEST_SQLITE = (3, 51, 3)  # earlier ones can lose a commit that races with a checkpoint (the "WAL-reset bug")

_PRAGMAS = f"""
PRAGMA page_size={PAGE_BYTES};
PRAGMA synchronous=FULL;
PRAGMA foreign_keys=ON;
PRAGMA secure_delete=ON;
PRAGMA trusted_schema=OFF;
PRAGMA cell_size_check=ON;
PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-65536;
PRAGMA journal_size_limit=67108864;
"""


class Database:
    """The connections to one file. `busy_seconds` is how long a writer waits for another one's transaction.

    `wal` is False on network file systems, where the slower rollback journal is used and `warnings` says so.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        check_sqlite(apsw.sqlite_lib_version())
        self.path = path
        self.busy_seconds = busy_seconds
        kind = file_system_of(path.parent)
        self.wal = not is_network(kind)
        self.warnings: tuple[str, ...] = () if self.wal else (_network_warning(kind),)
        self._local = threading.local()
        self._open: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()
        self._lock = threading.RLock()
        self._turn = threading.Lock()
        self._watcher: apsw.Connection | None = None
        self._process = os.getpid()
        self._closed = False

    def connection(self) -> apsw.Connection:
        """This thread's connection, opened at its first use."""
        if self._closed:
            raise StoreError("this workspace was closed", hint="open it again")
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None or os.getpid() != self._process:
            connection = self._local.connection = self._connect()
        return connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, or of a statement that answers nothing."""
        try:
            return self.connection().execute(sql, values).fetchall()
        except EXPECTED as exc:
            raise explained(exc) from exc

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each tuple of values."""
        try:
            self.connection().executemany(sql, values)
        except EXPECTED as exc:
            raise explained(exc) from exc

    def changed(self) -> int:
        """How many rows the newest statement of this thread inserted, changed or deleted."""
        return int(self.connection().changes())

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let the threads of this process write one after the other, without polling for each other's lock."""
        if not self._turn.acquire(blocking=False):
            self._wait_for_turn()
        try:
            yield
        finally:
            self._turn.release()

    def _wait_for_turn(self) -> None:
        deadline = time.monotonic() + self.busy_seconds
        ask(self.path)
        while not self._turn.acquire(timeout=ASK_SECONDS):
            if time.monotonic() > deadline:
                raise explained(apsw.BusyError())
            ask(self.path)

    def data_version(self) -> int:
        """A number that changes with every commit by any thread of any process.

        A connection sees the commits of all others, never its own; so one that only watches sees everybody's.
        """
        with self._lock:
            if self._watcher is None or os.getpid() != self._process:
                self._watcher = self._connect()
            try:
                version: Any = self._watcher.pragma("data_version")
            except EXPECTED as exc:
                raise explained(exc) from exc
            return int(version)

    def close(self) -> None:
        """Close all connections, also those of other threads; a statement still running there is stopped."""
        self._closed = True
        with self._lock:
            connections, self._watcher = list(self._open), None
        for connection in connections:
            _close(connection)

    def _connect(self) -> apsw.Connection:
        if os.getpid() != self._process:
            raise StoreError(
                "this workspace was opened by the process that started this one",
                hint="open the workspace again in the new process",
            )
        try:
            connection = apsw.Connection(str(self.path))
            connection.set_busy_handler(_patience(self.busy_seconds, partial(ask, self.path)))
            connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
            connection.execute(_PRAGMAS).fetchall()
        except EXPECTED as exc:
            raise explained(exc) from exc
        with self._lock:
            self._open.add(connection)
        return connection


def check_sqlite(version: str) -> None:
    """Raise `StoreError` for an SQLite that is known to lose commits."""
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SQLITE:
        floor = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(
            f"SQLite {version} can lose saved work when two notebooks write at once",
            hint=f"upgrade the package apsw so that it brings SQLite {floor} or newer",
        )


def set_journal(database: Database) -> None:
    """Choose the journal. The switch needs the file to itself for a moment, so it is tried until others are done."""
    mode = "wal" if database.wal else "delete"
    deadline = time.monotonic() + database.busy_seconds
    while True:
        try:
            found = database.connection().execute(f"PRAGMA journal_mode={mode}").fetchall()[0][0]
        except (apsw.BusyError, apsw.LockedError) as exc:
            if time.monotonic() > deadline:
                raise explained(exc) from exc
            time.sleep(0.01)
            continue
        except apsw.Error as exc:
            raise explained(exc) from exc
        if found != mode:
            raise StoreError(
                f"the database keeps its journal as {found!r}, not {mode!r}", hint="run `workbench doctor`"
            )
        return


def _network_warning(kind: str) -> str:
    return (
        f"this workspace is on a network file system ({kind}): it works, more slowly, and only one machine should "
        "use it at a time; a local disk is better"
    )


def _patience(seconds: float, ask: Callable[[], None]) -> Callable[[int], bool]:
    """A busy handler that looks again every few milliseconds: SQLite's own backs off so far that writers starve.

    It calls `ask` at once and every `ASK_SECONDS`, for an import to give way.
    """
    started = asking = 0.0

    def handler(attempts: int) -> bool:
        nonlocal started, asking
        now = time.monotonic()
        if attempts == 0:
            started = now
        if attempts == 0 or now - asking >= ASK_SECONDS:
            asking = now
            ask()
        if now - started >= seconds:
            return False
        time.sleep(random.uniform(0.0002, 0.002 if attempts < 50 else 0.005))
        return True

    return handler


def _close(connection: apsw.Connection) -> None:
    deadline = time.monotonic() + 5
    while True:
        try:
            connection.close()
            return
        except apsw.ConnectionClosedError:
            return
        except (apsw.ThreadingViolationError, apsw.BusyError):  # its thread is inside a statement
            if time.monotonic() > deadline:
                logger.warning("a connection to the workspace is still in use and stays open until its thread ends")
                return
            connection.interrupt()
            time.sleep(0.005)
