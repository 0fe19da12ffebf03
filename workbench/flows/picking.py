"""Selections: picking samples out, keeping them for a person, and what is known of them later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from workbench.errors import InvalidInput
from workbench.ids import now_ms
from workbench.search import Index
from workbench.search.selections import NAMES, ON_CHART, ON_MAP, Selected, keep
from workbench.store.base import Store

How = Literal["new", "add", "remove", "common"]
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Picked:
    """Samples a person picked out: a set that stays as it is until they pick again.

    Attributes:
        query: The query that finds them, for everybody: ``in@ana:map-selection``.
        count: How many were picked.
        found: How many of them a query still finds: archived ones are left out.
        newer: How many samples have come since; they are not in the selection.
        at: When it was made, in milliseconds.
        told: How it was made, in words.
        rows: The row numbers, ascending.
    """

    author: str
    name: str
    query: str
    count: int
    found: int
    newer: int
    at: int
    told: str
    rows: Array = field(repr=False, compare=False)
    _ids: Callable[[], list[str]] = field(repr=False, compare=False)

    @property
    def ids(self) -> list[str]:
        """The ids of all that were picked, in order of arrival."""
        return self._ids()


def pick(store: Store, index: Index, author: str, rows: Array, *, name: str, how: How, told: str = "") -> None:
    """Make rows a person's selection, or add them to it, take them out of it, or keep what both have.

    On the map, that is a step which can be undone.
    """
    check_selection(name)
    held = index.selected(author, name)
    before = held.rows if held is not None else np.zeros(0, np.int64)
    ways: dict[str, Callable[[], Array]] = {
        "new": lambda: rows,
        "add": lambda: np.union1d(before, rows),
        "remove": lambda: np.setdiff1d(before, rows),
        "common": lambda: np.intersect1d(before, rows),
    }
    if how not in ways:
        raise InvalidInput(f"{how!r} is no way to select", hint=f"one of {', '.join(ways)}")
    keep(store, author, name, ways[how](), at=now_ms(), told=told)


def picked(store: Store, index: Index, author: str, name: str) -> Picked | None:
    """What a person picked out under that name, or None."""
    check_selection(name)
    held = index.selected(author, name)
    return None if held is None or not held.count else _told(store, index, author, name, held)


def drop(store: Store, author: str, name: str) -> None:
    """Forget a selection."""
    check_selection(name)
    keep(store, author, name, np.zeros(0, np.int64), at=now_ms())


def check_selection(name: str) -> None:
    """Raise `InvalidInput` for a name that no selection has."""
    if name not in NAMES:
        raise InvalidInput(f"there is no selection {name!r}", hint=f"there are {', '.join(NAMES)}")


def _told(store: Store, index: Index, author: str, name: str, held: Selected) -> Picked:
    active = index.mask("")
    rows = held.rows
    found = int(np.count_nonzero(active[rows[rows < len(active)]]))
    newer = int(np.count_nonzero(active[held.last + 1 :]))
    return Picked(
        author=author,
        name=name,
        query=f"in:{name}" if author == index.person else f"in@{author}:{name}",
        count=held.count,
        found=found,
        newer=newer,
        at=held.at,
        told=held.told,
        rows=rows,
        _ids=lambda: store.ids_of(rows.tolist()),
    )


__all__ = ["NAMES", "ON_CHART", "ON_MAP", "How", "Picked", "check_selection", "drop", "pick", "picked"]
