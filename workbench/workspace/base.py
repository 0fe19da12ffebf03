"""What every part of the workspace stands on: the store, the index, the author, the jobs, the listeners."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import InvalidInput, NotFound
from workbench.jobs import Jobs
from workbench.search import Index
from workbench.store.base import Store
from workbench.workspace.results import Selection

if TYPE_CHECKING:
    from workbench.flows.judged_runs import Kept
    from workbench.flows.opinions import Judgement
    from workbench.flows.verdicts import Comparison

logger = logging.getLogger(__name__)

Listener = Callable[[dict[str, Any]], None]


class WorkspaceBase:
    """State shared by the parts of `Workspace`; not used alone."""

    def __init__(self, store: Store, index: Index, *, path: Path, author: str) -> None:
        self._store = store
        self._index = index
        self._listeners: dict[str, list[Listener]] = {}
        self._jobs = Jobs()
        self._judged: Kept[Judgement] = {}
        self._compared: Kept[Comparison] = {}
        self.path = path
        self.author = author

    @property
    def name(self) -> str:
        """The workspace's name: its folder's, without the ending ``.workspace``."""
        return self.path.name.removesuffix(".workspace")

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        """Call `listener` with a dict whenever `event` happens here; returns a function that ends it.

        Events: ``sample.changed``, ``job.started``, ``draft.decided``, ``slice.frozen``, ``exported``. They say what
        this process did; for other processes' work compare `data_version`.
        """
        self._listeners.setdefault(event, []).append(listener)
        return lambda: self._listeners[event].remove(listener)

    def _emit(self, event: str, **data: Any) -> None:
        for listener in list(self._listeners.get(event, [])):
            try:
                listener({"event": event, **data})
            except Exception:  # a listener's bug must not undo what was already committed
                logger.exception("a listener of %s failed", event)

    def _ids(self, which: Selection) -> list[str]:
        """Ids of a selection; a query's in its order. Raises `InvalidInput` for what is neither query nor ids."""
        if self._is_query(which):
            return self._store.ids_of([int(row) for row in self._index.rows(str(which))])
        return listed(which, "samples")

    def _is_query(self, which: Selection) -> bool:
        """Whether it is a query: a text that is not exactly the id of a sample."""
        if not isinstance(which, str):
            return False
        try:
            return not (which and self._store.rows_of([which]))
        except NotFound:
            return True

    @contextmanager
    def _changing(self, ids: list[str]) -> Iterator[None]:
        yield
        self._emit("sample.changed", ids=ids)


def listed(ids: Iterable[str] | None, what: str) -> list[str]:
    """Ids as a list, each once; one id alone is a list of one. Raises `InvalidInput` for anything else."""
    if isinstance(ids, str):
        return [ids]
    hint = 'give one id, any iterable of ids, or where a selection is asked for a query ("" finds all)'
    if ids is None or not isinstance(ids, Iterable):
        raise InvalidInput(f"{type(ids).__name__} does not say which {what}", hint=hint)
    found: list[object] = list(ids)
    odd = [type(item).__name__ for item in found if not isinstance(item, str)]
    if odd:
        raise InvalidInput(f"a {odd[0]} is no id", hint="for a page: [sample.id for sample in page]")
    return list(dict.fromkeys(map(str, found)))
