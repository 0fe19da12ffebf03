"""JSON Lines: one record a line, UTF-8, written in batches."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from workbench.release.outputs import OutputFile

_BATCH = 500


def write_lines(file: OutputFile, lines: Iterable[bytes]) -> int:
    """Write JSON values as lines and count them as records."""
    stream = iter(lines)
    while batch := list(islice(stream, _BATCH)):
        batch.append(b"")
        file.write(b"\n".join(batch))
        file.records += len(batch) - 1
    return file.records
