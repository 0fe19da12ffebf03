"""The workbench's own JSON Lines: everything that is known of a sample, for another workspace to read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from workbench.records import to_record
from workbench.release.base import Material, Options
from workbench.release.jsonl import write_lines
from workbench.release.registry import FunctionExporter
from workbench.release.staging import Staging

FILE = "workbench.jsonl"
FORMAT = "workbench/1"
_HEAD = b'{"format":"' + FORMAT.encode() + b'","sample":'


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """One line for each sample with its tags; its source with the first sample that has it."""
    with out.open(FILE) as file:
        write_lines(file, _lines(material))
    return ()


def _lines(material: Material) -> Iterator[bytes]:
    # The stored JSON is copied as it is: parsing it would cost more than reading and writing it.
    sources = {source.id: orjson.dumps(to_record(source)) for source in material.about.sources}
    only = next(iter(sources.values())) if len(sources) == 1 else None
    for entry in material.entries():
        source = only or sources.get(entry.record()["source"], b"null")
        mark = b"" if entry.aigc is None else b',"aigc":' + orjson.dumps(entry.aigc)
        yield b"".join(
            (
                _HEAD, entry.raw, b',"tags":', orjson.dumps(entry.tags), b',"source":', source,
                b',"synthetic":', b"false" if entry.aigc is None else b"true", mark, b"}",
            )
        )  # fmt: skip


WORKBENCH = FunctionExporter(
    "workbench",
    "Workbench (JSONL, lossless)",
    "Every sample with turns, origin, tags and source: to be read back by another workspace.",
    write,
    loses=("earlier revisions", "notes", "drafts that were turned down"),
)
