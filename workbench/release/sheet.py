"""A slice as a table with one row for each turn: the shape of CSV and XLSX, and the guard against formulas.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, or with the full-width
form of one, for a formula and may run it (OWASP, "CSV injection"). The guard puts an apostrophe before such text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from workbench.release.base import Entry, Material
from workbench.release.messages import message
from workbench.release.options import Option

Cell = str | int | bool | None

_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
_COLUMNS = (
    "conversation_id", "turn_index", "turn_id", "role", "name", "content", "tool_calls", "tool_call_id", "language",
    "title", "source", "license", "origin", "synthetic", "aigc_model", "aigc_recipe", "aigc_depth", "turn_tags",
)  # fmt: skip

FORMULA_GUARD = Option.yes_or_no("formula_guard", "An apostrophe before text that a spreadsheet would run", usual=True)
LOSES = ("the other fields of samples", "notes and confidences of tags", "answers given by machines")


class TurnTable:
    """The rows of a slice; `guarded` counts the cells that got an apostrophe."""

    def __init__(self, material: Material, *, guard: bool) -> None:
        self._material = material
        self._guard = guard
        self._schemes = [scheme.name for scheme in material.about.schemes]
        self._branches = bool(material.about.side_branches)
        self.guarded = 0

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The names of the columns, then a row for each turn."""
        by = [column for name in self._schemes for column in (f"tag {name}", f"tag {name} by")]
        yield self._safe([*_COLUMNS, *by, *(["branch"] if self._branches else [])])
        sources = {source.id: source for source in self._material.about.sources}
        for entry in self._material.entries():
            record = entry.record()
            source = sources.get(record["source"])
            head = (source.name, source.license) if source else (record["source"], "unknown")
            yield from map(self._safe, self._turns(entry, record, head))

    def note(self) -> str:
        """What the manifest says about the guard."""
        if not self._guard:
            return "the formula guard is off: do not open this in a spreadsheet unless you trust every text in it"
        return f"cells that a spreadsheet could take for formulas, with an apostrophe put before them: {self.guarded}"

    def _turns(self, entry: Entry, record: dict[str, Any], source: tuple[str, str]) -> Iterator[list[Cell]]:
        aigc = entry.aigc or {}
        about: list[Cell] = [
            record.get("language"), record.get("title"), *source, record["origin"]["kind"], entry.synthetic,
            aigc.get("model"), aigc.get("recipe"), aigc.get("depth"),
        ]  # fmt: skip
        tags = entry.tags
        answers = self._answers(tags) + ([entry.branch] if self._branches else [])
        for index, turn in enumerate(record["turns"]):
            calls = message(turn).get("tool_calls")
            yield [
                record["id"], index, turn["id"], turn["role"], turn.get("name"), turn["content"],
                orjson.dumps(calls).decode() if calls else None, turn.get("tool_call_id"), *about,
                _turn_tags(tags, turn["id"]), *answers,
            ]  # fmt: skip

    def _answers(self, tags: Sequence[dict[str, Any]]) -> list[Cell]:
        cells: list[Cell] = []
        for name in self._schemes:
            given = [tag for tag in tags if tag["scheme"] == name and "turn" not in tag and not tag.get("machine")]
            values = dict.fromkeys(plain_value(tag["value"]) for tag in given)
            cells += [" | ".join(values) or None, " | ".join(tag["author"] for tag in given) or None]
        return cells

    def _safe(self, row: Sequence[Cell]) -> Sequence[Cell]:
        if not self._guard or not any(isinstance(cell, str) and cell.startswith(_DANGEROUS) for cell in row):
            return row
        return [self._guarded(cell) for cell in row]

    def _guarded(self, cell: Cell) -> Cell:
        if isinstance(cell, str) and cell.startswith(_DANGEROUS):
            self.guarded += 1
            return "'" + cell
        return cell


def plain_value(value: Any) -> str:
    """An answer as people read it; several choices are joined by commas."""
    return ", ".join(value) if isinstance(value, (list, tuple)) else str(value)


def _turn_tags(tags: Sequence[dict[str, Any]], turn_id: str) -> str | None:
    given = [tag for tag in tags if tag.get("turn") == turn_id and not tag.get("machine")]
    return "; ".join(f"{tag['scheme']}={plain_value(tag['value'])} ({tag['author']})" for tag in given) or None
