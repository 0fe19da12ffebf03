"""The columns on disk: plain ``.npy`` files that are mapped into memory, so that opening a workspace reads no rows.

Each save is a folder of its own with a manifest; the file CURRENT names the one to use and is replaced as the last
step, so that other processes see an old picture or a new one, never half of one. Nothing here is precious: what does
not fit (other format, other size, damaged bytes) is ignored, and the columns are built from the store again.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from workbench.ids import new_id
from workbench.search.codes import Array, Dictionary
from workbench.search.columns import CODES, NUMBERS, CodeColumn, Columns
from workbench.search.leftovers import clear_leftovers
from workbench.search.tagcolumn import TagColumn

logger = logging.getLogger(__name__)

FORMAT = 2  # 2: the column branch
_KEPT = 2  # saves left on disk: another process may be about to map the last one
_PARTS = ("codes", "authors", "more_rows", "more_codes", "more_authors", "more_fresh")


class ColumnFiles:
    """The saved columns of one workspace, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, columns: Columns) -> None:
        """Write the columns; a full or read-only disk is reported in the log and costs only the next start's speed."""
        target = self._folder / new_id("cols")
        try:
            target.mkdir(parents=True)
            (target / "manifest.json").write_bytes(orjson.dumps(_written(columns, target)))
            pointer = self._folder / f"{target.name}.tmp"
            pointer.write_text(target.name, encoding="utf-8")
            pointer.replace(self._folder / "CURRENT")
            for old in sorted(self._folder.glob("cols_*/"))[:-_KEPT]:
                shutil.rmtree(old, ignore_errors=True)
            clear_leftovers(self._folder, "cols_*.tmp")
        except OSError:
            logger.warning("the column cache could not be saved in %s", self._folder, exc_info=True)

    def load(self) -> Columns | None:
        """The newest saved columns, or None when there are none that can be trusted."""
        try:
            name = (self._folder / "CURRENT").read_text(encoding="utf-8")
            source = self._folder / Path(name).name
            manifest = orjson.loads((source / "manifest.json").read_bytes())
            return _read(manifest, source) if manifest["format"] == FORMAT else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            logger.warning("the column cache in %s cannot be read; building it again", self._folder, exc_info=True)
            return None


def _written(columns: Columns, folder: Path) -> dict[str, Any]:
    """Write every array; the manifest with each one's checksum, and the dictionaries."""
    checks = {}
    for name, array in _arrays(columns):
        np.save(folder / f"{name}.npy", array)
        checks[name] = _checksum(array)
    return {
        "format": FORMAT,
        "position": columns.position,
        "size": columns.size,
        "checks": checks,
        "texts": {name: column.texts.texts[1:] for name, column in columns.codes.items()},
        "authors": columns.authors.texts[1:],
        "tags": [
            {"scheme": scheme, "machine": machine, "values": column.values.texts[1:]}
            for (scheme, machine), column in columns.tags.items()
        ],
    }


def _arrays(columns: Columns) -> Iterator[tuple[str, Array]]:
    yield "alive", columns.alive
    yield "synthetic", columns.synthetic
    for name, column in columns.codes.items():
        yield f"code_{name}", column.codes
    for name, numbers in columns.numbers.items():
        yield f"number_{name}", numbers
    for place, tag in enumerate(columns.tags.values()):
        for part in _PARTS:
            yield f"tag{place}_{part}", getattr(tag, part)


def _read(manifest: Mapping[str, Any], folder: Path) -> Columns:
    size = manifest["size"]

    def mapped(name: str, limit: int | None = None, *, further: bool = False) -> Array:
        array: Array = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        if array.ndim != 1 or (not further and len(array) != size) or _checksum(array) != manifest["checks"][name]:
            raise ValueError(f"{name} is damaged")
        if limit is not None and int(array.max(initial=0)) >= limit:
            raise ValueError(f"{name} names what does not exist")
        return array

    authors = Dictionary(manifest["authors"])
    texts = {name: Dictionary(manifest["texts"][name]) for name in CODES}
    tags = {}
    for place, entry in enumerate(manifest["tags"]):
        values = Dictionary(entry["values"])
        limits = (len(values), len(authors), size, len(values), len(authors), None)
        parts = {
            part: mapped(f"tag{place}_{part}", limit, further=part.startswith("more"))
            for part, limit in zip(_PARTS, limits, strict=True)
        }
        tags[(str(entry["scheme"]), bool(entry["machine"]))] = TagColumn(values, **parts)
    columns = Columns(
        position=int(manifest["position"]),
        alive=mapped("alive"),
        synthetic=mapped("synthetic"),
        codes={name: CodeColumn(texts[name], mapped(f"code_{name}", len(texts[name]))) for name in CODES},
        numbers={name: mapped(f"number_{name}") for name in NUMBERS},
        tags=tags,
    )
    return replace(columns, authors=authors)


def _checksum(array: Array) -> int:
    """The sum of the bytes as 64-bit words: finds damage at memory speed; it is no defence against intent."""
    data = np.ascontiguousarray(array).view(np.uint8)
    whole = len(data) // 8 * 8
    words = np.frombuffer(data[:whole].data, dtype=np.uint64) if whole else np.zeros(0, np.uint64)
    return (int(words.sum(dtype=np.uint64)) + int(data[whole:].sum(dtype=np.uint64)) * 31 + len(data)) % 2**64
