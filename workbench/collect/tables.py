"""CSV and TSV as records: one object per row, named by the header; cells may hold many lines."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO

from workbench.collect.base import Problem, Record
from workbench.collect.limits import LIMITS
from workbench.collect.quotes import opening_line
from workbench.collect.streams import NOT_UTF8, bounded_lines, broken_byte
from workbench.errors import CollectError

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50
_CLOSE = "look for a quote that is never closed; a quote that is part of the text is written twice"
_RESTARTS = 100  # a bound on reading again after quotes that are never closed


class _Lines:
    """The text lines of a stream; those that cannot be used are kept aside as problems."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = bounded_lines(stream)
        self._waiting: deque[str] = deque()
        self._troubles: list[Problem] = []
        self._taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        text = self._waiting.popleft() if self._waiting else self._read()
        self.number += 1
        self._taken.append(text)
        return text

    def begin_row(self) -> None:
        """Forget the lines given out so far: the next one begins a row."""
        self._taken.clear()

    def row_again(self, after: int) -> None:
        """Give the lines of this row out once more, those after number `after` (from 0) of them."""
        again = self._taken[after + 1 :]
        self._waiting.extendleft(reversed(again))
        self.number -= len(again)

    def peek(self, count: int) -> list[str]:
        """The next lines, which will be read again."""
        while len(self._waiting) < count:
            try:
                self._waiting.append(self._read())
            except StopIteration:
                break
        return list(islice(self._waiting, count))

    def opened_at(self, delimiter: str, *, failed: bool = False) -> int | None:
        """Which line of this row, from 0, opens a quote that is never closed; None when there is none.

        Only rows of several lines, the last row, and one that `failed` because a cell grew beyond the limit can.
        """
        if not any('"' in line for line in self._taken):
            return None
        may = failed or len(self._taken) > 1 or not self.peek(1)
        return opening_line(self._taken, delimiter) if may else None

    def troubles(self) -> list[Problem]:
        """The unusable lines that were given out since the last call; their rows are not counted yet."""
        told = [trouble for trouble in self._troubles if (trouble.line or 0) <= self.number]
        self._troubles = self._troubles[len(told) :]
        return told

    def _read(self) -> str:
        for line in self._lines:
            if line.data is None:
                hint = f"a line may have {LIMITS.record >> 20} MB at most"
                self._troubles.append(Problem(0, line.number, "", f"a line of {line.size} bytes", hint))
                return "\n"
            try:
                return line.data.decode("utf-8") + "\n"
            except UnicodeDecodeError as exc:
                self._troubles.append(Problem(0, line.number, "", broken_byte(exc, line.offset), NOT_UTF8))
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
    csv.field_size_limit(LIMITS.record)
    rows = _Rows(lines, delimiter or guessed_delimiter(lines.peek(_SAMPLE_LINES)))
    header = header_of(rows.header())
    row = 0
    while True:
        line, cells, trouble = rows.next()
        troubles = lines.troubles()
        for problem in [*troubles, trouble] if trouble else troubles:
            row += 1
            yield replace(problem, row=row)
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            row += 1
            yield row_record(row, line, header, cells)


class _Rows:
    """The rows of a table; where a quote is never closed, reading begins again at the line after it."""

    def __init__(self, lines: _Lines, delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._reader = csv.reader(lines, delimiter=delimiter)
        self._restarts = 0

    def header(self) -> list[str]:
        """The first row that is not empty; raises `CollectError` when it cannot be told from the rest."""
        try:
            cells = next((cells for cells in self._reader if any(cell.strip() for cell in cells)), [])
        except csv.Error as exc:
            found = _unsplit(exc, 1).found
            raise CollectError(
                f"the table has no readable header: {found}", hint="the first line names the columns"
            ) from exc
        opened = self._lines.opened_at(self._delimiter)
        if opened is not None:
            raise CollectError(f"a quote in line {opened + 1} is never closed: there is no header", hint=_CLOSE)
        return cells

    def next(self) -> tuple[int, list[str] | None, Problem | None]:
        """The line where the next row begins, its cells (None at the end), and what is wrong with it."""
        self._lines.begin_row()
        line, cells, trouble = self._lines.number + 1, None, None
        try:
            cells = next(self._reader, None)
        except csv.Error as exc:
            cells, trouble = [], _unsplit(exc, line)
        opened = self._lines.opened_at(self._delimiter, failed=bool(trouble)) if cells is not None else None
        if opened is None or self._restarts == _RESTARTS:
            return line, cells, trouble
        self._restarts += 1
        self._lines.row_again(opened)
        self._reader = csv.reader(self._lines, delimiter=self._delimiter)
        return line + opened, [], Problem(0, line + opened, "", "a quote that is never closed", _CLOSE)


def _unsplit(exc: csv.Error, line: int) -> Problem:
    """Why the cells of a row cannot be told apart; the row is not counted yet."""
    if "field limit" in str(exc):
        return Problem(0, line, "", f"a cell of more than {LIMITS.record >> 20} MB", _CLOSE)
    if "new-line" in str(exc):
        return Problem(
            0, line, "", "a line break in a cell without quotes", "put quotes around a cell of several lines"
        )
    return Problem(0, line, "", "a row that cannot be split into cells", _CLOSE)


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
