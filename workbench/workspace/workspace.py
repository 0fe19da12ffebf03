"""`Workspace`: its parts put together, and how one is opened."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from workbench.config import current_author, workspace_folder
from workbench.errors import InvalidInput
from workbench.flows.label import seed_schemes
from workbench.flows.sources import check_name
from workbench.search import Index
from workbench.store import open_store
from workbench.text import amount
from workbench.workspace.accounting import Accounting
from workbench.workspace.approving import Approving
from workbench.workspace.browsing import Browsing
from workbench.workspace.collecting import Collecting
from workbench.workspace.connecting import Connecting
from workbench.workspace.deciding import Deciding
from workbench.workspace.generating import Generating
from workbench.workspace.judging import Judging
from workbench.workspace.overview import Overview
from workbench.workspace.playing import Playing
from workbench.workspace.releasing import Releasing
from workbench.workspace.repeating import Repeating
from workbench.workspace.reviewing import Reviewing
from workbench.workspace.rewriting import Rewriting
from workbench.workspace.schemes import Changing


class Workspace(
    Browsing,
    Overview,
    Changing,
    Reviewing,
    Rewriting,
    Collecting,
    Connecting,
    Generating,
    Accounting,
    Deciding,
    Judging,
    Approving,
    Repeating,
    Playing,
    Releasing,
):
    """A folder with one embedded database. Several notebooks may hold it open, and any thread may call it."""

    def setting(self, key: str) -> Any:
        """A setting of this workspace, or None."""
        return self._store.setting(key)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON setting in this workspace."""
        self._store.set_setting(key, value)

    def preference(self, name: str) -> Any:
        """What this author chose for their own screen under that name, or None."""
        return self._store.setting(f"person.{self.author}.{name}")

    def set_preference(self, name: str, value: Any) -> None:
        """Keep a small JSON value for this author's own screen. It is not a step: undo does not touch it."""
        self._store.set_setting(f"person.{self.author}.{name}", value)

    def close(self) -> None:
        """Stop its jobs and close the database."""
        if _of_this_server.get((self.path, self.author)) is self:
            del _of_this_server[self.path, self.author]
        self._jobs.stop_all()
        self._index.close()
        self._store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Workspace {self.name!r} of {amount(self._store.count(), 'sample')}, as {self.author}>"


def open_workspace(path: str | Path | None = None, *, author: str | None = None) -> Workspace:
    """Open the workspace in a folder; a missing folder becomes a new workspace.

    Without a path it is the one that `workbench lab` was started on, named by WORKBENCH_WORKSPACE. That one is opened
    once per process: a page that is loaded again finds the jobs that it started before.
    Raises `InvalidInput` for a file, a folder with other things in it or an author's name that cannot be shown;
    `StoreTooNew`, `StoreError`.
    """
    folder, name = workspace_folder(path), current_author(author)
    check_name("an author", name)
    if path is not None:
        return _open(folder, name)
    with _opening:
        if (folder, name) not in _of_this_server:
            _of_this_server[folder, name] = _open(folder, name)
        return _of_this_server[folder, name]


_of_this_server: dict[tuple[Path, str], Workspace] = {}
_opening = threading.Lock()


def _open(folder: Path, author: str) -> Workspace:
    if folder.exists() and not folder.is_dir():
        raise InvalidInput(f"{folder} is a file", hint="name a folder; `collect` imports a file into a workspace")
    if folder.is_dir() and not (folder / "workbench.db").exists() and any(folder.iterdir()):
        raise InvalidInput(f"{folder} is not a workspace and not empty", hint="name a new or empty folder")
    store = open_store(folder)
    seed_schemes(store, author)
    return Workspace(store, Index(store, folder, person=author), path=folder, author=author)
