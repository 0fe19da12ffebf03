"""Tables (CSV, TSV, XLSX, flat JSON and Parquet rows) with a mapping from columns to the parts of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from workbench.collect.base import BadRecord, Guess, Head, Options, Parsed, Problem, Record
from workbench.collect.formats.mapping import ColumnMapping, mapping_for
from workbench.collect.formats.openai_chat import turns_of_messages
from workbench.collect.formats.own_table import is_ours, unguarded
from workbench.collect.formats.transcript import turns_of_text
from workbench.collect.formats.turn_rows import parsed_of_rows
from workbench.collect.jsontext import parse_json
from workbench.collect.speech import conversation, object_of, turn_id
from workbench.errors import CollectError
from workbench.model import Turn

_SCORES = {"messages": 0.5, "turns": 0.7, "pair": 0.6, "text": 0.3}
REASONS = {
    "messages": "the table holds a list of messages per row (columns: {columns})",
    "turns": "the table has one row per turn (columns: {columns})",
    "pair": "the table has a question and an answer per row (columns: {columns})",
    "text": "the table has one text per row (columns: {columns})",
}


class Table:
    """The importer of tables; `options["mapping"]` corrects the proposed columns, `options["roles"]` the speakers."""

    name = "table"
    title = "Table (CSV, TSV, XLSX) with a column mapping"
    options = ("mapping", "roles")

    def sniff(self, head: Head) -> Guess | None:
        """A claim on flat records whose column names say enough, or whose mapping is given."""
        rows = [value for value in head.records if isinstance(value, dict)]
        if not rows or len(rows) < len(head.records):
            return None
        given = head.options.get("mapping")
        mapping = mapping_for(list(rows[0]), given)
        share = 1.0 if given else sum(mapping is not None and _fits(mapping, row) for row in rows) / len(rows)
        if mapping is None or not share:
            return None
        reason = REASONS[mapping.layout].format(columns=", ".join(mapping.columns.values()))
        nested = any(isinstance(cell, dict) for cell in rows[0].values())
        score = 0.95 if given else share * (_SCORES[mapping.layout] - 0.1 * nested)
        return Guess(self.name, score, reason)

    def read(self, records: Iterable[Record | Problem], options: Options) -> Iterator[Parsed | Problem]:
        """The conversations of the rows; raises `CollectError` when no column fits and none is given."""
        items = iter(records)
        before: list[Record | Problem] = []
        for item in items:
            before.append(item)
            if isinstance(item, Record):
                break
        first = before[-1] if before else None
        if not isinstance(first, Record):
            yield from (item for item in before if isinstance(item, Problem))
            return
        mapping = self.mapping(first.value, options)
        rows: Iterable[Record | Problem] = chain(before, items)
        if is_ours(first.value):
            rows = unguarded(rows)
        if mapping.layout == "turns":
            yield from parsed_of_rows(rows, mapping, options.get("roles"))
        else:
            yield from self._one_each(rows, mapping, options)

    def mapping(self, row: Any, options: Options) -> ColumnMapping:
        """The mapping used for rows like this one."""
        columns = list(row) if isinstance(row, dict) else []
        mapping = mapping_for(columns, options.get("mapping"))
        if mapping is None:
            raise CollectError(
                f"no column is known to hold the conversation: {', '.join(columns[:30]) or 'the records are no rows'}",
                hint='say which in the mapping: {"text": column}, or "role" and "content", or "user" and "assistant"',
            )
        return mapping

    def _one_each(
        self, rows: Iterable[Record | Problem], mapping: ColumnMapping, options: Options
    ) -> Iterator[Parsed | Problem]:
        for row in rows:
            if isinstance(row, Problem):
                yield row
                continue
            try:
                yield _parsed(row, mapping, options.get("roles"))
            except BadRecord as exc:
                yield Problem(row.row, row.line, exc.field, exc.found, exc.hint)


def _fits(mapping: ColumnMapping, row: Mapping[str, Any]) -> bool:
    """Whether the cells hold what the column names promise: texts, or a list of messages."""
    if mapping.layout == "messages":
        cell = mapping.cell(row, "messages")
        first = cell[0] if isinstance(cell, list) and cell else None
        return isinstance(cell, str) or (isinstance(first, dict) and "role" in first)
    return not any(isinstance(row.get(column), (dict, list)) for column in mapping.columns.values())


def _parsed(row: Record, mapping: ColumnMapping, roles: Mapping[str, str] | None) -> Parsed:
    value = object_of(row.value, "")
    if mapping.layout == "messages":
        turns = _from_messages(mapping.cell(value, "messages"), mapping.columns["messages"])
    elif mapping.layout == "pair":
        turns = _from_pair(value, mapping)
    else:
        turns = turns_of_text(text_cell(value, mapping.columns["text"]), roles)
    language, title, record_id = (mapping.cell(value, part) for part in ("language", "title", "id"))
    return conversation(
        row, turns, (), extra=mapping.rest(value), language=str(language) if language else None,
        title=str(title or ""), record_id=None if record_id in (None, "") else str(record_id),
    )  # fmt: skip


def _from_messages(cell: Any, column: str) -> tuple[Turn, ...]:
    if isinstance(cell, str):
        try:
            cell = parse_json(cell.encode("utf-8", "surrogatepass"))
        except BadRecord as exc:
            raise BadRecord(column, words=exc.found, hint="the cell must hold a JSON list of messages") from exc
    return turns_of_messages(cell, column)


def _from_pair(row: Mapping[str, Any], mapping: ColumnMapping) -> tuple[Turn, ...]:
    said = [("user", text_cell(row, mapping.columns["user"]))]
    said.append(("assistant", text_cell(row, mapping.columns["assistant"])))
    if mapping.cell(row, "system"):
        said.insert(0, ("system", str(mapping.cell(row, "system"))))
    return tuple(Turn(turn_id(index), role, text) for index, (role, text) in enumerate(said))


def text_cell(row: Mapping[str, Any], column: str) -> str:
    """The text of a cell that must have one; numbers are written out."""
    cell = row.get(column)
    if cell is None or cell == "" or isinstance(cell, (dict, list)):
        empty = "an empty cell" if cell is None or cell == "" else ""
        raise BadRecord(column, cell, f"the column {column!r} must hold text", words=empty)
    return cell if isinstance(cell, str) else str(cell)


TABLE = Table()
