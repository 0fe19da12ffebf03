"""Tables with one row per turn: rows that follow each other with the same conversation id are one conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from workbench.collect.base import BadRecord, Parsed, Problem, Record
from workbench.collect.formats.mapping import ColumnMapping
from workbench.collect.speech import ROLES, Speakers, conversation, object_of, turn_id
from workbench.model import Turn

_ROWS = 20_000


def parsed_of_rows(
    rows: Iterable[Record | Problem], mapping: ColumnMapping, roles: Mapping[str, str] | None
) -> Iterator[Parsed | Problem]:
    """The conversations of a table of turns. A bad row keeps its whole conversation out, and is told.

    Without a conversation column every row is a conversation of one turn.
    """
    seen: set[int] = set()
    numbered = ((row, _key(row, mapping)) for row in rows)
    for key, group in groupby(numbered, key=lambda item: item[1]):
        members = [row for row, _ in islice(group, _ROWS + 1)]
        first = members[0]
        if isinstance(first, Problem):
            yield from (row for row in members if isinstance(row, Problem))
        elif hash(key) in seen:
            yield Problem(
                first.row, first.line, mapping.columns["conversation"],
                f"conversation {key!r} again, after rows of another one", "sort the table by conversation",
            )  # fmt: skip
        else:
            seen.add(hash(key))
            if len(members) > _ROWS:
                yield Problem(
                    first.row, first.line, mapping.columns["conversation"], f"more than {_ROWS} rows of one id",
                    "is this the column of the conversation?",
                )  # fmt: skip
                continue
            yield _whole([row for row in members if isinstance(row, Record)], mapping, roles)


def _key(row: Record | Problem, mapping: ColumnMapping) -> Any:
    if isinstance(row, Problem):
        return ("problem",)
    if "conversation" not in mapping.columns:
        return row.row
    cell = mapping.cell(row.value, "conversation") if isinstance(row.value, dict) else None
    return row.row if cell in (None, "") else str(cell)


def _whole(rows: list[Record], mapping: ColumnMapping, roles: Mapping[str, str] | None) -> Parsed | Problem:
    at = rows[0]
    try:
        rows = _in_order(rows, mapping)
        shared, own = _shared([mapping.rest(object_of(row.value, "")) for row in rows])
        speakers = Speakers(roles)
        turns: list[Turn] = []
        for at, extra in zip(rows, own, strict=True):
            turns.append(_turn(at.value, len(turns), mapping, speakers, extra))
        return _parsed(rows[0], tuple(turns), mapping, shared)
    except BadRecord as exc:
        hint = f"{exc.hint}; the conversation of {len(rows)} rows was left out" if len(rows) > 1 else exc.hint
        return Problem(at.row, at.line, exc.field, exc.found, hint)


def _parsed(first: Record, turns: tuple[Turn, ...], mapping: ColumnMapping, extra: dict[str, Any]) -> Parsed:
    key, language, title = (mapping.cell(first.value, part) for part in ("conversation", "language", "title"))
    return conversation(
        first, turns, (), extra=extra, record_id=None if key in (None, "") else str(key),
        language=str(language) if language else None, title=str(title or ""),
    )  # fmt: skip


def _turn(
    row: Mapping[str, Any], index: int, mapping: ColumnMapping, speakers: Speakers, extra: dict[str, Any]
) -> Turn:
    name, said = mapping.cell(row, "role"), mapping.cell(row, "content")
    if not isinstance(name, str) or not name.strip():
        raise BadRecord(mapping.columns["role"], name, "each row must say who speaks")
    if said is None or isinstance(said, (dict, list)):
        raise BadRecord(mapping.columns["content"], said, "each row must hold the text of a turn")
    role = speakers.role(name)
    return Turn(turn_id(index), role, str(said), name=None if name.strip().lower() in ROLES else name, extra=extra)


def _in_order(rows: list[Record], mapping: ColumnMapping) -> list[Record]:
    """The rows by their order column when all of it are numbers; else as they stand."""
    try:
        return sorted(rows, key=lambda row: float(mapping.cell(row.value, "order")))
    except (TypeError, ValueError):
        return rows


def _shared(cells: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Cells that are the same in all rows belong to the conversation, the others to their turns."""
    first = cells[0]
    shared = {name: cell for name, cell in first.items() if all(row.get(name) == cell for row in cells)}
    return shared, [{name: cell for name, cell in row.items() if name not in shared} for row in cells]
