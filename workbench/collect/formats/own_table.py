"""Tables that our own exporters wrote: recognised by their columns, and freed of the guard against formulas.

The guard puts an apostrophe before text that a spreadsheet could take for a formula. Read back, the apostrophe would
be part of the text, and the conversation another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from workbench.collect.base import Problem, Record

COLUMNS = ("conversation_id", "turn_index", "turn_id", "role", "name", "content", "tool_calls", "tool_call_id")
"""The first columns of such a table; no other program is likely to write all of them in this order."""

_GUARDED = tuple("'" + sign for sign in "=+-@\t\r\n＝＋－＠")


def is_ours(row: Any) -> bool:
    """Whether a row is one of a table of ours."""
    return isinstance(row, dict) and tuple(row)[: len(COLUMNS)] == COLUMNS


def unguarded(rows: Iterable[Record | Problem]) -> Iterator[Record | Problem]:
    """The rows as they were before the guard."""
    for row in rows:
        if isinstance(row, Record) and isinstance(row.value, dict):
            yield replace(row, value={_plain(name): _plain(cell) for name, cell in row.value.items()})
        else:
            yield row


def _plain(cell: Any) -> Any:
    return cell[1:] if isinstance(cell, str) and cell.startswith(_GUARDED) else cell
