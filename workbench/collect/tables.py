"""CSV and TSV as records: one object per row, named by the header; cells may hold many lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from workbench.collect.base import Problem, Record
from workbench.collect.limits import LIMITS
from workbench.collect.streams import bounded_lines
from workbench.errors import CollectError

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50


class _Lines:
    """The text lines of a stream; those that cannot be used are kept aside as problems."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = bounded_lines(stream)
        self._waiting: list[str] = []
        self._troubles: list[tuple[int, str, str]] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        text = self._waiting.pop(0) if self._waiting else self._read()
        self.number += 1
        return text

    def peek(self, count: int) -> list[str]:
        """The next lines, which will be read again."""
        while len(self._waiting) < count:
            try:
                self._waiting.append(self._read())
            except StopIteration:
                break
        return self._waiting[:count]

    def troubles(self) -> list[tuple[int, str, str]]:
        """(line, found, hint) of the unusable lines since the last call."""
        troubles, self._troubles = self._troubles, []
        return troubles

    def _read(self) -> str:
        for line in self._lines:
            if line.data is None:
                hint = f"a line may have {LIMITS.record >> 20} MB at most"
                self._troubles.append((line.number, f"a line of {line.size} bytes", hint))
                return "\n"
            try:
                return line.data.decode("utf-8") + "\n"
            except UnicodeDecodeError as exc:
                found = f"byte 0x{line.data[exc.start]:02x} at offset {line.offset + exc.start} is not UTF-8"
                self._troubles.append((line.number, found, "save as UTF-8, or give its encoding"))
                return "\n"
        raise StopIteration


def read_table(stream: BinaryIO, delimiter: str | None = None) -> Iterator[Record | Problem]:
    """The rows of a delimited table below its header. `row` counts them from 1, `line` is where one begins.

    Args:
        stream: UTF-8 bytes.
        delimiter: the character between cells; guessed from the first lines when None.

    Raises:
        CollectError: when there is no usable header.
    """
    lines = _Lines(stream)
    chosen = delimiter or guessed_delimiter(lines.peek(_SAMPLE_LINES))
    csv.field_size_limit(LIMITS.record)
    reader = csv.reader(lines, delimiter=chosen)
    header = header_of(_first_row(reader))
    row = 0
    while True:
        line, cells, trouble = lines.number + 1, None, ""
        try:
            cells = next(reader, None)
        except csv.Error as exc:
            cells, trouble = [], str(exc)
        troubles = lines.troubles()
        if trouble:
            troubles.append((line, trouble, "look for a quote that is never closed"))
        for number, found, hint in troubles:
            row += 1
            yield Problem(row, number, "", found, hint)
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            row += 1
            yield row_record(row, line, header, cells)


def _first_row(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
    except csv.Error as exc:
        raise CollectError(f"the table has no readable header: {exc}", hint="the first line names the columns") from exc


def header_of(cells: Sequence[Any]) -> list[str]:
    """Column names from a header row: trimmed, the unnamed ones numbered, doubled ones numbered too.

    Raises:
        CollectError: when there are none, or far too many.
    """
    if len(cells) > LIMITS.columns:
        raise CollectError(f"the table has {len(cells)} columns", hint=f"at most {LIMITS.columns} can be imported")
    if not any(str(cell or "").strip() for cell in cells):
        raise CollectError("the table has no header", hint="the first row must name the columns")
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = str(cell if cell is not None else "").strip() or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def row_record(row: int, line: int | None, header: Sequence[str], cells: Sequence[Any]) -> Record | Problem:
    """A row as an object; cells missing at its end are None, and cells beyond the header are a problem."""
    if len(cells) > len(header) and any(cell not in ("", None) for cell in cells[len(header) :]):
        found = f"{len(cells)} cells where the header has {len(header)}"
        return Problem(row, line, "", found, "quote cells that hold the separator, or name the column", raw=str(cells))
    values = [*cells[: len(header)], *[None] * (len(header) - len(cells))]
    return Record(row, dict(zip(header, values, strict=True)), line)


def guessed_delimiter(lines: Sequence[str]) -> str:
    """The character that splits the first lines into the same number of cells most often; a comma when none does."""

    def evenness(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(cells) for cells in islice(csv.reader(iter(lines), delimiter=delimiter), 20) if cells]
        except csv.Error:
            return (0, 0)
        if not widths or widths[0] < 2:
            return (0, 0)
        return (widths.count(widths[0]) * 100 // len(widths), widths[0])

    return max(_DELIMITERS, key=evenness)
