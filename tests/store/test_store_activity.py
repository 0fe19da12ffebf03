"""The journal counted by day, author and kind."""

from __future__ import annotations

from tests.builders import a_sample
from workbench.model import Tag
from workbench.store import open_store

DAY = 86_400_000


def test_activity_begins_at_the_moment_asked_for(tmp_path):
    now = [10 * DAY]
    store = open_store(tmp_path, clock=lambda: now[0])
    for number in range(600):
        with store.write("ana" if number % 2 else "ben", "add") as writer:
            writer.add_samples([a_sample(f"text {number}", id=f"s_{number}")])
        now[0] += DAY // 100
    lines = store.activity(12 * DAY)
    assert {line.kind for line in lines} == {"added"}
    assert sum(line.count for line in lines) == 400
    assert {(line.day // DAY, line.author): line.count for line in lines}[13, "ana"] == 50
    assert len(store.active_rows("added", 12 * DAY, DAY, "ana")) == 50
    store.close()


def test_samples_touched_twice_are_one_row_and_nobody_else_s(tmp_path):
    store = open_store(tmp_path)
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("one", id="s_1"), a_sample("two", id="s_2")])
    for value in (3, 4):
        with store.write("ben", "tag") as writer:
            writer.tag([Tag("s_2", "naturalness", value, "ben")])
    assert store.active_rows("answers", 0, 1 << 60).tolist() == [2]
    assert store.active_rows("answers", 0, 1 << 60, "ana").tolist() == []
    assert store.active_rows("put aside", 0, 1 << 60).tolist() == []
    store.close()
