"""The reading half of an import in a process of its own, beside the half that writes: two cores instead of one.

The parent starts ``python -m workbench.flows.batches_child`` and sends it one JSON object that names the file. The
child answers with frames: two 64-bit lengths, a JSON header, and the samples' own JSON one behind the other, which
the parent passes on to the database without looking inside.
"""

from __future__ import annotations

import gc
import os
import struct
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import orjson

from workbench.collect import IMPORTERS, FileReading, Problem
from workbench.collect.child import check_end, started
from workbench.collect.containers import Member
from workbench.collect.formats import BUILTIN
from workbench.collect.formats.workbench import WORKBENCH
from workbench.collect.packing import Packing
from workbench.errors import CollectError
from workbench.flows.batches import Batch, ImportFacts, batches
from workbench.records import to_record
from workbench.store.encoding import EncodedSample

WORTH_IT = 8 << 20
"""Bytes from which a file is read by a child: starting one takes as long as reading a few megabytes."""

_LENGTHS = struct.Struct("<QQ")


def can_read(file: FileReading) -> bool:
    """Whether a child could read this file, and would be done sooner.

    It has to lie on the disk as it is; the importer has to be one that every process knows; and the file must not
    bring sources of its own, since those are saved while it is read.
    """
    member, importer = file.member, file.importer
    large = member.path is not None and member.size is not None and member.size >= WORTH_IT
    return large and importer in BUILTIN and importer is not WORKBENCH and (os.cpu_count() or 1) > 1


def batches_from_child(file: FileReading, facts: ImportFacts) -> Generator[Batch, None, None]:
    """The same as `batches`, read by a child that is stopped when this generator is.

    Raises:
        CollectError: when the file cannot be read, or the child dies.
    """
    packing = file.packing
    order = {
        "path": str(file.member.path), "name": file.name, "importer": file.importer.name, "options": file.options,
        "packing": (packing.kind, packing.encoding, packing.key), "facts": to_record(facts),
    }  # fmt: skip
    with started(__name__, stdin=True) as child:
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            with suppress(BrokenPipeError):  # a child that died at once is told by its exit code
                child.stdin.write(orjson.dumps(order))
                child.stdin.close()
            yield from _received(child.stdout, file.name)
            check_end(child, file.name)
        finally:
            child.kill()


def _received(stream: IO[bytes], name: str) -> Iterator[Batch]:
    while len(lengths := stream.read(_LENGTHS.size)) == _LENGTHS.size:
        header_size, bodies_size = _LENGTHS.unpack(lengths)
        header, bodies = stream.read(header_size), stream.read(bodies_size)
        if len(header) + len(bodies) < header_size + bodies_size:
            return  # the child died; how is told by its exit code
        yield _unpacked(orjson.loads(header), bodies)


def _unpacked(header: dict[str, Any], bodies: bytes) -> Batch:
    if "error" in header:
        raise CollectError(header["error"], hint=header["hint"])
    samples, start = [], 0
    for columns, size in zip(header["samples"], header["sizes"], strict=True):
        samples.append(EncodedSample._make([*columns, bodies[start : start + size]]))
        start += size
    problems = [Problem(*problem) for problem in header["problems"]]
    return Batch(samples, header["rows"], licences=header["licences"], problems=problems)


def _packed(batch: Batch) -> bytes:
    header = {
        "samples": [sample[:-1] for sample in batch.samples],
        "sizes": [len(sample.record) for sample in batch.samples],
        "rows": batch.rows,
        "licences": batch.licences,
        "problems": [(p.row, p.line, p.field, p.found, p.hint, p.raw, p.file) for p in batch.problems],
    }
    return _frame(header, *(sample.record for sample in batch.samples))


def _frame(header: dict[str, Any], *bodies: bytes) -> bytes:
    data = orjson.dumps(header)
    return b"".join((_LENGTHS.pack(len(data), sum(map(len, bodies))), data, *bodies))


def _ordered(order: dict[str, Any]) -> tuple[FileReading, ImportFacts]:
    path = Path(order["path"])
    member = Member(order["name"], lambda: path.open("rb"), path.stat().st_size, path)
    importer = IMPORTERS.get(order["importer"])
    file = FileReading(member, Packing(*order["packing"]), importer, (), (), order["options"])
    return file, ImportFacts(**order["facts"])


def main() -> int:
    """The child: read the order, write the frames; returns the exit code."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)  # turns come and go by the million and hold no cycles
    file, facts = _ordered(orjson.loads(sys.stdin.buffer.read()))
    out = sys.stdout.buffer
    try:
        for batch in batches(file, facts, lambda source: facts.source):
            out.write(_packed(batch))
    except CollectError as exc:
        out.write(_frame({"error": exc.message, "hint": exc.hint}))
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
