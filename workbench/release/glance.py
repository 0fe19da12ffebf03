"""Looking into the written files that are not text: their first rows as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns and the first rows, every cell as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(path: Path) -> Table | None:
    """The first rows of a Parquet file or a workbook; None for a file that is text."""
    read = _READERS.get(path.suffix)
    if read is None:
        return None
    rows = read(path)
    columns = tuple(map(_cell, next(rows, ())))
    return Table(columns, tuple(tuple(map(_cell, row)) for row in islice(rows, MOST_ROWS)))


def _parquet(path: Path) -> Iterator[Any]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield file.schema_arrow.names
        for batch in file.iter_batches(batch_size=MOST_ROWS):
            for row in batch.to_pylist():
                yield row.values()


def _workbook(path: Path) -> Iterator[Any]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        yield from book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


_READERS: dict[str, Callable[[Path], Iterator[Any]]] = {".parquet": _parquet, ".xlsx": _workbook}
