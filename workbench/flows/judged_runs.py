"""A run of a judge as it is by now, read again only where it holds more than before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from workbench.flows.runs import drafts_of, read_run
from workbench.model import Draft, Run
from workbench.store.base import Store

T = TypeVar("T")

Kept = dict[str, tuple[int, T]]
"""What was read before: run -> how many answers of its judge it held then, and what they are worth."""

Read = Callable[[Run, Sequence[Draft]], T]
"""What a run is worth, from it and its rows that hold an answer of the judge."""


def read_judged(store: Store, run: Run, read: Read[T], kept: Kept[T] | None) -> tuple[Run, T]:
    """The run as it is by now, and what it is worth: as it is `kept` where the run holds no other answers since.

    What is read is added to `kept`.
    """
    live = read_run(store, run.id)
    number = live.counts.get("judged", 0)
    before, found = (kept or {}).get(run.id, (-1, None))
    if found is None or before != number:
        found = read(live, [row for row in drafts_of(store, run.id) if row.state == "judged"])
        if kept is not None:
            kept[run.id] = (number, found)
    return live, found
