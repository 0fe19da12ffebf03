"""What a save leaves on disk when its process is killed: a later save removes it, once it is surely nobody's."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.builders import a_sample
from workbench.search import Index
from workbench.search.alike import AlikeFile
from workbench.search.findings import FindingFile
from workbench.search.meaning.atlasfiles import AtlasFiles
from workbench.search.meaning.files import MeaningFiles
from workbench.search.saving import ColumnFiles
from workbench.store.base import Store

Save = Callable[[Path], None]


class Killed(BaseException):
    """The process ends here: nothing that handles errors sees it."""


def _saves(store: Store, index: Index) -> dict[str, Save]:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(f"The night train number {n} to Lyon", id=f"s_{n}") for n in range(30)])
    atlas = index.map()
    collection, columns = index._meaning._collection, index._columns.current()
    assert atlas is not None
    assert collection is not None
    one = np.ones(1, np.int64)
    return {
        "map": lambda folder: AtlasFiles(folder / "map.npz").save(atlas),
        "meaning": lambda folder: MeaningFiles(folder).save(collection),
        "columns": lambda folder: ColumnFiles(folder).save(columns),
        "findings": lambda folder: FindingFile(folder).put([1], one, [["odd"]], {}),
        "alike": lambda folder: AlikeFile(folder).put(one, one, one),
    }


def _killed_at_the_last_step(save: Save, folder: Path) -> Path:
    def dies(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", dies)
        with pytest.raises(Killed):
            save(folder)
    (left,) = [file for file in folder.iterdir() if file.suffix in (".part", ".tmp")]
    return left


@pytest.mark.parametrize("what", ["map", "meaning", "columns", "findings", "alike"])
def test_what_a_killed_save_left_is_removed_an_hour_later(
    store: Store, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    save, folder = _saves(store, index)[what], tmp_path / "elsewhere"
    left = _killed_at_the_last_step(save, folder)
    monkeypatch.setattr(os, "getpid", lambda: 1)  # the next save is another process'
    save(folder)
    assert left.exists()  # it may be a process that still writes
    long_ago = time.time() - 2 * 3600
    os.utime(left, (long_ago, long_ago))
    save(folder)
    assert not left.exists()
    assert any(folder.iterdir())
