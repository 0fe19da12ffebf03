"""One import at a time: a lock that ends with the process that holds it, however that process ends.

It is SQLite's own lock on an empty file beside the database, so it works wherever the database does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from workbench.store.failures import EXPECTED, explained
from workbench.store.giving_way import lock_file

_ASK_SECONDS = 0.05


@contextmanager
def import_lock(database: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock; `waiting` is called again and again until it is free, and may raise to give up."""
    with _opened(database) as lock:
        while not _taken(lock):
            waiting()
            time.sleep(_ASK_SECONDS)
        yield


@contextmanager
def import_lock_if_free(database: Path) -> Iterator[bool]:
    """Hold the lock when nobody else does; says whether."""
    with _opened(database) as lock:
        yield _taken(lock)


@contextmanager
def _opened(database: Path) -> Iterator[apsw.Connection]:
    try:
        lock = apsw.Connection(str(lock_file(database)))
    except EXPECTED as exc:
        raise explained(exc) from exc
    with closing(lock):
        yield lock


def _taken(lock: apsw.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except apsw.BusyError:
        return False
    except EXPECTED as exc:
        raise explained(exc) from exc
    return True
