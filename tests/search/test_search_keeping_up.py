"""The index follows the store: other indexes' and threads' changes, undo, and caches that are wrong, old or damaged."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from tests.builders import a_sample
from tests.search.oracle import populate, world
from workbench.model import SliceSpec, Tag
from workbench.search import Index
from workbench.store.base import Store


def add(store: Store, *texts: str) -> list[str]:
    with store.write("ana", "add") as writer:
        return [sample_id for sample_id, _ in writer.add_samples([a_sample(text, "yes") for text in texts])]


def tag(store: Store, sample_id: str, value: str, author: str = "ana") -> None:
    with store.write(author, "tag") as writer:
        writer.tag([Tag(sample_id, "domain", value, author)])


def test_two_indexes_on_one_store_see_every_change(store: Store, index: Index, tmp_path: Path) -> None:
    other = Index(store, tmp_path)
    (sample_id,) = add(store, "first")
    assert (index.search().total, other.search().total) == (1, 1)
    tag(store, sample_id, "law")
    assert (index.search("domain:law").total, other.search("domain:law").total) == (1, 1)
    other.close()


def test_an_undone_tag_is_gone(store: Store, index: Index) -> None:
    (sample_id,) = add(store, "first")
    tag(store, sample_id, "law")
    assert index.search("domain:law").total == 1
    store.undo("ana")
    assert index.search("domain:law").total == 0


def test_a_changed_answer_replaces_the_old_one_and_keeps_the_others(store: Store, index: Index) -> None:
    (sample_id,) = add(store, "first")
    tag(store, sample_id, "law", "bob")
    tag(store, sample_id, "health")
    assert index.search("domain:health domain:law").total == 1
    tag(store, sample_id, "other")
    assert [index.search(f"domain:{value}").total for value in ("health", "law", "other")] == [0, 1, 1]


def test_a_page_token_goes_on_after_its_row_when_newer_samples_came(store: Store, index: Index) -> None:
    add(store, *(f"text {number}" for number in range(10)))
    first = index.search(limit=4)
    add(store, "newer one", "newer two")
    assert index.search(limit=4, after=first.next).rows == [6, 5, 4, 3]


def test_a_slice_can_be_used_in_a_query_and_changed(store: Store, index: Index) -> None:
    add(store, "blood", "needle")
    with store.write("ana", "slice") as writer:
        writer.save_slice(SliceSpec("mine", "blood"))
    assert index.search("in:mine").rows == [1]
    with store.write("ana", "slice") as writer:
        writer.save_slice(SliceSpec("mine", "needle"))
    assert index.search("in:mine").rows == [2]


def test_searching_while_others_write_is_always_a_state_that_was(store: Store, index: Index) -> None:
    ids = add(store, *(f"text {number}" for number in range(20)))
    failures: list[str] = []

    def search() -> None:
        while not done.is_set():
            result = index.search("tagged:domain", limit=100)
            if len(result.rows) != result.total or len(set(result.rows)) != result.total:
                failures.append(str(result))

    done = threading.Event()
    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for sample_id in ids:
        tag(store, sample_id, "law")
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert index.search("domain:law").total == 20


def test_a_saved_cache_is_used_and_gives_the_same_answers(store: Store, index: Index, tmp_path: Path) -> None:
    populate(store, 3)
    expected = index.search("domain:health/* OR missing:tier", limit=100).rows
    index.refresh()
    again = Index(store, tmp_path)
    assert again.search("domain:health/* OR missing:tier", limit=100).rows == expected
    again.close()


@pytest.mark.parametrize("damage", ["truncate", "flip", "manifest", "pointer", "remove", "text"])
def test_a_damaged_cache_is_built_again(store: Store, index: Index, tmp_path: Path, damage: str) -> None:
    populate(store, 4)
    index.search()
    index.refresh()
    folder = tmp_path / "index" / "columns"
    save = folder / (folder / "CURRENT").read_text()
    target = save / "code_language.npy"
    data = bytearray(target.read_bytes())
    data[-3] ^= 1
    match damage:
        case "truncate":
            target.write_bytes(data[:-9])
        case "flip":
            target.write_bytes(data)
        case "manifest":
            (save / "manifest.json").write_text('{"format": 1, "size": "x"}')
        case "pointer":
            (folder / "CURRENT").write_text("../../elsewhere")
        case "remove":
            target.unlink()
        case "text":
            target.write_text("not an array")
    again = Index(store, tmp_path)
    expected = world(store).rows(lambda sample, _: sample.language == "fr")
    assert set(again.search("language:fr", limit=100).rows) == expected
    again.close()


def test_a_cache_of_another_workspace_is_not_believed(store: Store, index: Index, tmp_path: Path) -> None:
    from workbench.store import open_store

    other_folder = tmp_path / "other"
    other = open_store(other_folder)
    populate(other, 5, count=30)
    strange = Index(other, other_folder)
    strange.search()
    strange.close()
    populate(store, 6, count=60)
    index.close()
    shutil.rmtree(tmp_path / "index" / "columns", ignore_errors=True)
    shutil.copytree(other_folder / "index" / "columns", tmp_path / "index" / "columns")
    again = Index(store, tmp_path)
    assert set(again.search("language:en", limit=100).rows) == world(store).rows(lambda s, _: s.language == "en")
    again.close()
    other.close()


def test_deleting_the_whole_index_loses_nothing(store: Store, index: Index, tmp_path: Path) -> None:
    add(store, "blood test", "needle")
    assert index.search("blood").total == 1
    index.close()
    shutil.rmtree(tmp_path / "index")
    again = Index(store, tmp_path)
    assert again.search("blood").rows == [1]
    again.close()


def test_many_new_samples_are_indexed_in_the_background(store: Store, index: Index) -> None:
    add(store, *(f"needle {number}" for number in range(1_500)))
    early = index.search("needle").total
    index.refresh()
    assert early in range(1_501)
    assert index.search("needle").total == 1_500
    assert index.progress().indexed == 1_500
