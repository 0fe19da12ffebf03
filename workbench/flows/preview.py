"""The first records of an export, exactly as they will be written, and its card, before anything is exported."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from workbench.errors import ExportRefused
from workbench.flows.build import material_of
from workbench.flows.pairs import pairs_of
from workbench.flows.release import check_options, known_notes
from workbench.model import FrozenSlice
from workbench.release import EXPORTERS, FileRecord, Pair, Staging
from workbench.release.card import card_of
from workbench.release.glance import Table, table_of
from workbench.store.base import Store

FEW = 3
"""Samples whose records are shown."""

_PAIR_PARTS = 4  # of `release.pins.PART` members: a slice may hold no pair at all


@dataclass(frozen=True, slots=True)
class FileStart:
    """How a file of an export begins. `start` is the first bytes of the file, or all of them when it is `whole`.

    `table` holds the first rows of a file that is not text, read back from it; its own bytes depend on all records.
    """

    name: str
    records: int
    start: bytes
    whole: bool
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export in one format will hold: how its files begin, what deserves a look, and the card as it stands."""

    format: str
    files: tuple[FileStart, ...]
    notes: tuple[str, ...]
    card: str


def preview_export(
    store: Store, frozen: FrozenSlice, to: str, *, limit: int = FEW, options: Mapping[str, Any] | None = None
) -> ExportPreview:
    """Write the first `limit` samples of a build with the exporter itself, to a folder that is thrown away.

    Files that hold no records (an index of pages, say) are told only when they are whole. Raises `UnknownName` for a
    format that is not known, `InvalidInput` for an option it does not have, `ExportRefused` for a build with nothing
    pinned.
    """
    exporter = EXPORTERS.get(to)
    check_options([exporter], options or {})
    material = material_of(store, frozen)
    few = replace(material, entries=lambda: islice(material.entries(), limit), pairs=lambda: _few(store, frozen, limit))
    whole = len(frozen.members) <= limit
    with tempfile.TemporaryDirectory() as folder:
        stage = Staging(Path(folder), Path(folder), io.BytesIO())
        if not frozen.members:
            raise ExportRefused("this build is empty", hint="change the query of the slice, then freeze it again")
        for _ in exporter.write(few, stage, options or {}):
            pass  # its notes count only these few
        files = tuple(_start(Path(folder), file, whole=whole) for file in stage.files if file.records or whole)
    notes = [*known_notes(material.about)]
    if not files:
        notes.append(f"{exporter.name}: no record among the first samples of this build")
    lost = [f"{exporter.name}: does not hold {', '.join(exporter.loses)}"] if exporter.loses else []
    return ExportPreview(to, files, tuple(notes), card_of(material, [exporter], [*notes, *lost]))


def _few(store: Store, frozen: FrozenSlice, limit: int) -> Iterator[Pair | str]:
    pairs = (pair for pair in pairs_of(store, frozen, _PAIR_PARTS) if isinstance(pair, Pair))
    return islice(pairs, limit)


def _start(folder: Path, file: FileRecord, *, whole: bool) -> FileStart:
    path = folder / file.name
    table = table_of(path)
    return FileStart(file.name, file.records, b"" if table else path.read_bytes(), whole, table)
