"""Several processes on one workspace: one map and encoder, files that are never half written, nobody kept waiting."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tests.search.test_search_map import _some
from tests.search.test_search_map import filled as filled  # the fixture
from workbench.search import Index
from workbench.search.meaning.atlasfiles import AtlasFiles


@pytest.fixture
def beside(filled, store, tmp_path):
    """The same workspace as another process has it open."""
    other = Index(store, tmp_path)
    yield other
    other.close()


def test_two_that_had_maps_of_their_own_come_to_the_same_one(filled, beside, store):
    """Two notebooks on one workspace: a region and an outline mean the same in both."""
    mine = filled.map()
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("rent", mine.made_of, start=100))
    newer = beside.map()
    assert newer.layout != mine.layout
    here = filled.map()
    assert np.array_equal(here.points, newer.points, equal_nan=True)
    assert np.array_equal(here.regions, newer.regions)
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("trains", 1, start=200))
    assert filled.map().layout == beside.map().layout == newer.layout


def test_a_workspace_opened_beside_another_measures_nearness_with_its_encoder(filled, beside, store):
    """The first encoder is on disk as soon as it is fitted, and a later one is taken over by those who have it not."""
    mine = filled.map()
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("trains", 3, start=100))
    assert beside.map().layout == mine.layout
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("rent", 4 * mine.made_of, start=100))
    outgrown = beside.map()
    assert outgrown.encoder != mine.encoder
    assert filled.map().encoder == outgrown.encoder


def test_who_opened_before_there_were_vectors_takes_those_of_another(filled, beside):
    assert beside.map_ready() is None
    mine = filled.map()
    assert beside.map().encoder == mine.encoder


def test_a_query_does_not_wait_for_who_reads_all_texts_because_another_process_saved(filled, beside, store):
    filled.map()
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("rent", 2_000, start=100))
    beside.map()
    assert filled._meaning._files.changed()
    with filled._meaning._working:  # as a thread in the background has it while it reads
        asked = threading.Thread(target=lambda: answers.append(filled.map_ready()), daemon=True)
        answers: list[object] = []
        asked.start()
        asked.join(20)
        assert answers == [None]


def test_a_map_that_is_read_while_two_save_it_is_always_whole(filled, tmp_path):
    atlas = filled.map()
    file = tmp_path / "shared" / "map.npz"
    stop = threading.Event()

    def save():
        files = AtlasFiles(file)
        while not stop.is_set():
            files.save(atlas)

    writers = [threading.Thread(target=save, daemon=True) for _ in range(2)]
    for writer in writers:
        writer.start()
    while not file.exists():
        stop.wait(0.01)
    reader = AtlasFiles(file)
    read = [reader.load() for _ in range(300)]
    stop.set()
    for writer in writers:
        writer.join(10)
    assert all(one is not None and one.layout == atlas.layout for one in read)
    assert [path.name for path in file.parent.iterdir()] == ["map.npz"]


def test_a_tag_alone_does_not_write_the_map_again(filled, store, tmp_path):
    filled.map()
    file = tmp_path / "index" / "meaning" / "map.npz"
    before = file.stat().st_mtime_ns
    with store.write("ana", "tag") as writer:
        writer.tag_rows([1, 2, 3], "domain", "health")
    assert filled.map().position == store.change_seq()
    assert file.stat().st_mtime_ns == before
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("trains", 1, start=300))
    size = filled.map().size
    assert AtlasFiles(file).load().size == size
    assert np.isfinite(filled.map().points[-1]).all()
