"""A small real workspace to release from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.flows.release import export, freeze, save_slice
from workbench.model import FrozenSlice, SliceSpec, Source
from workbench.release.manifest import Manifest
from workbench.store import open_store
from workbench.store.base import Store


@dataclass
class EverySample:
    """Stands in for the index: every query finds what `pick` says of the hot rows; archived ones never."""

    store: Store
    pick: Callable[[Any], bool] = lambda row: True

    def rows(self, query: str) -> list[int]:
        return [row.n for row in self.store.hot_rows() if row.state == "active" and self.pick(row)]


@dataclass
class Desk:
    """A store with shortcuts for tests."""

    store: Store
    folder: Path

    def add(self, *samples: Any) -> list[str]:
        with self.store.write("ana", "add") as writer:
            writer.save_source(
                Source("calls", license="CC-BY-4.0", license_evidence="LICENSE in the archive", id="src_test")
            )
            return [sample_id for sample_id, _ in writer.add_samples(samples)]

    def tag(self, *tags: Any) -> None:
        with self.store.write(tags[0].author, "tag") as writer:
            writer.tag(tags)

    def freeze(self, name: str = "lab", query: str = "", pick: Callable[[Any], bool] = lambda row: True) -> FrozenSlice:
        save_slice(self.store, "ana", SliceSpec(name, query))
        return freeze(self.store, EverySample(self.store, pick), name, author="ana")

    def export(self, frozen: FrozenSlice, *to: str, out: str = "out", **options: Any) -> Manifest:
        return export(self.store, frozen, self.folder / out, to=to, author="ana", options=options)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "clinic.workspace")
    yield Desk(store, tmp_path)
    store.close()
