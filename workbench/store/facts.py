"""What can be asked of a database file without opening it as a workspace: for `workbench doctor`."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import apsw

from workbench.store.connection import OLDEST_SQLITE, Database
from workbench.store.filesystem import file_system_of, is_network

__all__ = ["OLDEST_SQLITE", "StoreFacts", "facts_of", "file_system_of", "is_network", "sqlite_version"]

_SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """How a database keeps its promises. `damage` is SQLite's own words, "" when the file is whole."""

    journal_mode: str
    synchronous: str
    damage: str


def sqlite_version() -> str:
    """The SQLite that holds workspaces, which is not the one of Python's own `sqlite3`."""
    return apsw.sqlite_lib_version()


def facts_of(file: Path) -> StoreFacts:
    """Look at a database as the store connects to it. Raises `StoreError`. Reads the whole file once."""
    with contextlib.closing(Database(file)) as database:
        journal = database.one("PRAGMA journal_mode")
        synchronous = database.one("PRAGMA synchronous")
        damage = [str(row[0]) for row in database.rows("PRAGMA quick_check(3)") if row[0] != "ok"]
    return StoreFacts(
        journal_mode=str(journal[0]) if journal else "",
        synchronous=_SYNCHRONOUS[int(synchronous[0])] if synchronous else "",
        damage="; ".join(damage),
    )
