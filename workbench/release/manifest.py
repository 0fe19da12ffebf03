"""The manifest of an export: its files with their hashes, what is in them and what each format could not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from workbench.model import FrozenSlice
from workbench.records import to_record
from workbench.release.base import About
from workbench.release.outputs import FileRecord

FORMAT = "workbench-export/1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export wrote to `path`.

    `counts` holds ``samples``, ``turns``, ``synthetic``, ``human``, ``side_branches``, ``side_branches_left_out`` and
    ``above_their_tier``; `hash` is the frozen slice's; `notes` say what deserves a look: unknown licences, branches
    that were left out, tiers that were claimed too high, proofs that do not hold any more, what a format cannot hold,
    what could not be written as it is.
    """

    path: Path
    files: tuple[FileRecord, ...]
    counts: Mapping[str, int]
    hash: str
    formats: tuple[str, ...]
    notes: tuple[str, ...]


def counts_of(about: About) -> dict[str, int]:
    """The counts of a manifest."""
    return {
        "samples": about.samples,
        "turns": about.turns,
        "synthetic": about.synthetic,
        "human": about.samples - about.synthetic,
        "side_branches": about.side_branches,
        "side_branches_left_out": about.side_left_out,
        "above_their_tier": sum(about.above.values()),
    }


def manifest_bytes(manifest: Manifest, frozen: FrozenSlice, about: About) -> bytes:
    """The file ``manifest.json``. It names no time, person or place, so equal content gives equal bytes."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "name": frozen.name,
        "query": frozen.query,
        "hash": manifest.hash,
        "schemes": dict(frozen.schemes),
        "formats": list(manifest.formats),
        "counts": {**manifest.counts, **to_record(about.counts)},
        "sources": [
            {"name": source.name, "license": source.license, "license_evidence": source.license_evidence}
            for source in about.sources
        ],
        "files": [to_record(file) for file in manifest.files],
        "notes": list(manifest.notes),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
