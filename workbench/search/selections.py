"""Selections: samples a person picked out, on the map say, kept by name and used in queries (``in:map-selection``).

A selection is a set of samples, not a question: samples that come later are not in it. It belongs to one person, so
that two people never change each other's. It is kept as a setting of the workspace; row numbers never change. What is
picked out on the map is work: each change of it is a step that can be undone. A click on a chart is not.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from workbench.search.codes import Array
from workbench.store.base import Store
from workbench.store.rowset import as_rows, pack, unpack

ON_MAP = "map-selection"
ON_CHART = "chart-selection"
NAMES = (ON_MAP, ON_CHART)
"""The names of selections; no slice can have one of them."""

Finder = Callable[[str, str], "Selected | None"]
"""A selection by its person and its name."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A kept selection: its rows as `rowset` packs them, when it was made, and the largest row number there was then.

    `told` says in the person's words how it was made ("lasso", a region's words).
    """

    packed: bytes
    count: int
    at: int
    last: int
    told: str = ""

    @property
    def rows(self) -> Array:
        """The row numbers, ascending."""
        return unpack(self.packed)


def keep(store: Store, person: str, name: str, rows: Array, *, at: int, told: str = "") -> Selected:
    """Replace a person's selection of that name; durable when this returns.

    On the map it is a step, unless nothing was and is selected.
    """
    ordered = as_rows(rows)
    selected = Selected(pack(ordered), len(ordered), at, store.max_row(), told)
    record = {"rows": base64.b64encode(selected.packed).decode(), "count": selected.count, "at": at,
              "last": selected.last, "told": told}  # fmt: skip
    if name != ON_MAP:
        store.set_setting(_key(person, name), record)
    elif selected.count or _held(store, person, name):
        step = f"select on the map {selected.count}" if selected.count else "clear the map selection"
        with store.write(person, step) as writer:
            writer.save_setting(_key(person, name), record)
    return selected


def _held(store: Store, person: str, name: str) -> bool:
    held = kept(store, person, name)
    return held is not None and held.count > 0


def kept(store: Store, person: str, name: str) -> Selected | None:
    """A person's selection of that name; None when there is none."""
    record = store.setting(_key(person, name))
    if not record:
        return None
    try:
        packed = base64.b64decode(record["rows"])
        selected = Selected(packed, record["count"], record["at"], record["last"], record["told"])
        return selected if len(selected.rows) == selected.count else None
    except (KeyError, TypeError, ValueError, binascii.Error, zlib.error):
        return None


def owned(query: str, person: str) -> str:
    """A query in which this person's own selections are named by their owner, so that it finds the same for all."""
    names = "|".join(NAMES)
    parts = re.split(r'("(?:[^"\\]|\\.)*")', query)  # what stands in quotes is text
    owner = person if re.fullmatch(r"[\w.-]+", person) else '"' + person.replace('"', '\\"') + '"'
    plain = [re.sub(rf"(?<![\w@.])in:({names})\b", rf"in@{owner}:\1", part, flags=re.I) for part in parts[::2]]
    return "".join(part for pair in zip(plain, [*parts[1::2], ""], strict=True) for part in pair)


def _key(person: str, name: str) -> str:
    return f"selection.{person.casefold()}.{name}"
