from __future__ import annotations

from dataclasses import replace

from tests.builders import a_sample, turns_of
from workbench.model import Tag
from workbench.store.sqlite import SqliteStore


def fill(store: SqliteStore, count: int) -> None:
    with store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"{i}", id=f"s{i}") for i in range(1, count + 1))


def test_the_change_log_names_every_sample_that_changed(store: SqliteStore) -> None:
    fill(store, 3)
    with store.write("ana", "more") as writer:
        writer.tag([Tag("s2", "d", "x", "ana")])
        writer.save_revision(replace(store.get("s3"), turns=turns_of("new")), base_revision=1)
        writer.tag_rows([1, 3], "d", "y")
        writer.log("export", {})
    assert [(c.n, c.what) for c in store.changes(0)] == [
        (1, "sample"), (2, "sample"), (3, "sample"), (2, "tags"), (3, "sample"), (1, "tags"), (3, "tags"),
    ]  # fmt: skip


def test_the_change_log_can_be_read_from_any_position_in_pieces_of_any_size(store: SqliteStore) -> None:
    fill(store, 25)
    with store.write("ana", "bulk") as writer:
        writer.tag_rows([5, 7, 9], "d", "x")
        writer.tag([Tag("s1", "d", "x", "ana")])
    everything = store.changes(0)
    for size in (1, 4, 100):
        position, found = 0, []
        while part := store.changes(position, size):
            assert len(part) <= size
            found += part
            position = part[-1].seq
        assert found == everything
    assert everything[-1].seq <= store.change_seq()
    assert store.changes(store.change_seq()) == []


def test_positions_only_grow(store: SqliteStore) -> None:
    fill(store, 4)
    with store.write("ana", "bulk") as writer:
        writer.tag_rows([1, 4], "d", "x")
    store.undo("ana")
    positions = [change.seq for change in store.changes(0)]
    assert positions == sorted(set(positions))


def test_steps_are_told_newest_first(store: SqliteStore) -> None:
    fill(store, 2)
    with store.write("ben", "tag two") as writer:
        writer.tag_rows([1, 2], "d", "x")
    assert [(s.author, s.label, s.samples) for s in store.steps()] == [("ben", "tag two", 2), ("ana", "import", 2)]
    assert [s.label for s in store.steps("ana")] == ["import"]
    assert store.steps("nobody") == []
    assert len(store.steps(limit=1)) == 1
