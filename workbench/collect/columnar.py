"""Parquet and Arrow files as records, in small batches. Runs in the child process of `child`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.collect.limits import LIMITS
from workbench.errors import CollectError

_BATCH = 256


def load() -> None:
    """Import what reading needs, before the memory limit is set."""
    importlib.import_module("pyarrow.parquet")
    importlib.import_module("pyarrow").set_cpu_count(1)


def rows(path: Path, options: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    """(row, object) of each row of a Parquet file, an Arrow file or an Arrow stream.

    `options["columns"]` reads only those columns. Values of extension types arrive as their storage.
    """
    import pyarrow as pa

    number = 0
    try:
        for batch in _batches(path, options.get("columns")):
            for value in batch.to_pylist():
                number += 1
                yield number, value
    except (pa.ArrowException, OSError) as exc:
        raise CollectError(
            f"{path.name} is damaged after row {number}: {exc}", hint="write it again with its own program"
        ) from exc


def _batches(path: Path, columns: list[str] | None) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with path.open("rb") as file:
        start = file.read(6)
    if start[:4] == b"PAR1":
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20) as parquet:
            _check_columns(parquet.schema_arrow)
            yield from parquet.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False)
    elif start == b"ARROW1":
        with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
            _check_columns(reader.schema)
            for index in range(reader.num_record_batches):
                yield from _small(reader.get_batch(index))
    else:
        with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
            _check_columns(reader.schema)
            for batch in reader:
                yield from _small(batch)


def _small(batch: Any) -> Iterator[Any]:
    for start in range(0, batch.num_rows, _BATCH):
        yield batch.slice(start, _BATCH)


def _check_columns(schema: Any) -> None:
    if len(schema) > LIMITS.columns:
        raise CollectError(f"the table has {len(schema)} columns", hint=f"at most {LIMITS.columns} can be imported")
