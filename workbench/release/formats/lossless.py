"""The workbench's own JSON Lines: everything that is known of a sample, for another workspace to read back.

A generated sample also has a ``draft``: the template's hash, the calls with their requests, tokens and prices, which of
them gave which turn, what the gates found, who changed what, and what the model had said. A reader needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from workbench.model import Json
from workbench.records import to_record
from workbench.release.base import Entry, Material
from workbench.release.jsonl import write_lines
from workbench.release.options import Options
from workbench.release.registry import FunctionExporter
from workbench.release.staging import Staging

FILE = "workbench.jsonl"
FORMAT = "workbench/2"
_HEAD = b'{"format":"' + FORMAT.encode() + b'","sample":'


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """One line for each sample with its tags and its source."""
    orphans: list[int] = []
    with out.open(FILE) as file:
        write_lines(file, _lines(material, orphans))
    if orphans:
        yield f"answers about turns that were deleted since, left out: {sum(orphans)}"


def _lines(material: Material, orphans: list[int]) -> Iterator[bytes]:
    # The stored JSON is copied as it is: parsing it would cost more than reading and writing it.
    sources = {source.id: orjson.dumps(to_record(source)) for source in material.about.sources}
    only = next(iter(sources.values())) if len(sources) == 1 else None
    for entry, draft in _with_drafts(material):
        source = only or sources.get(entry.record()["source"], b"null")
        tags = _standing(entry, orphans) if '"turn":' in entry.tags_text else entry.tags_text.encode()
        mark = b"false" if entry.aigc is None else b'true,"aigc":' + orjson.dumps(entry.aigc)
        made = b"" if draft is None else b',"draft":' + orjson.dumps(draft)
        end = made + (b',"branch":"side"}' if entry.side else b"}")
        yield b"".join((_HEAD, entry.raw, b',"tags":', tags, b',"source":', source, b',"synthetic":', mark, end))


def _with_drafts(material: Material) -> Iterator[tuple[Entry, Json | None]]:
    """The entries, each generated one with how it was made; only these are parsed."""
    for entry in material.entries():
        yield entry, next(material.made([entry.record()])) if entry.synthetic else None


def _standing(entry: Entry, orphans: list[int]) -> bytes:
    """The tags about the sample or about a turn it still has; how many others there are goes to `orphans`."""
    turns = {turn["id"] for turn in entry.record()["turns"]}
    tags = entry.tags
    standing = [tag for tag in tags if tag.get("turn") is None or tag["turn"] in turns]
    if len(standing) < len(tags):
        orphans.append(len(tags) - len(standing))
    return orjson.dumps(standing)


WORKBENCH = FunctionExporter(
    "workbench",
    "Workbench (JSONL, lossless)",
    "Every sample with turns, origin, tags, source and how it was made: to be read back by another workspace.",
    write,
    loses=("earlier revisions", "notes", "drafts that were turned down"),
)
