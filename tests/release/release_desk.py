"""A small real workspace to release from, and reading its exports back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from workbench.flows.edit import edit_turn
from workbench.flows.release import export, freeze, save_slice
from workbench.model import FrozenSlice, SliceSpec, Source, TagScheme
from workbench.release.manifest import Manifest
from workbench.search import BuildRows
from workbench.store.base import Store

Pick = Callable[[Any], bool]


@dataclass
class EverySample:
    """Stands in for the index: every query finds the samples that are not archived and that `pick` takes."""

    store: Store
    pick: Pick = lambda row: True

    def build_rows(self, query: str) -> BuildRows:
        rows = [row.n for row in self.store.hot_rows() if row.state == "active" and self.pick(row)]
        return BuildRows(np.array(rows, np.int64))


@dataclass
class Desk:
    """A store with shortcuts for tests."""

    store: Store
    folder: Path

    def add(self, *samples: Any, license: str = "CC-BY-4.0", evidence: str = "LICENSE in the archive") -> list[str]:
        with self.store.write("ana", "add") as writer:
            writer.save_source(Source("calls", license=license, license_evidence=evidence, id="src_test"))
            return [sample_id for sample_id, _ in writer.add_samples(samples)]

    def scheme(self, scheme: TagScheme) -> None:
        with self.store.write("ana", "scheme") as writer:
            writer.save_scheme(scheme)

    def tag(self, *tags: Any) -> None:
        with self.store.write(tags[0].author, "tag") as writer:
            writer.tag(tags)

    def edit(self, sample: str, text: str, *, turn: str = "t1", author: str = "ana") -> None:
        revision = self.store.get(sample).revision
        edit_turn(self.store, author, sample, turn, text, base_revision=revision)

    def index(self, pick: Pick = lambda row: True) -> EverySample:
        return EverySample(self.store, pick)

    def save(self, name: str, query: str) -> str:
        return save_slice(self.store, "ana", SliceSpec(name, query)).name

    def freeze(self, name: str = "lab", query: str = "", pick: Pick = lambda row: True) -> FrozenSlice:
        return freeze(self.store, self.index(pick), self.save(name, query), author="ana")

    def export(self, frozen: FrozenSlice, *to: str, out: str = "out", **options: Any) -> Manifest:
        return export(self.store, frozen, self.folder / out, to=to, author="ana", options=options)

    def close(self) -> None:
        self.store.close()


def lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def check_whole(folder: Path) -> dict[str, Any]:
    """The manifest, after checking that every file it names is there with its hash, and no other."""
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    named = {file["name"]: file["sha256"] for file in manifest["files"]}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in all_bytes(folder).items()}
    del found["manifest.json"]
    assert named == found
    return manifest
