"""The undo matrix: what every kind of step does when it is taken back and done again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_sample
from tests.store.undo_desk import Change, an_import, edited, state_of
from tests.store.undo_desk import filled as filled
from workbench.model import Note, PreferencePair, SliceSpec, Source, Tag, TagScheme
from workbench.store import open_store
from workbench.store.sqlite import SqliteStore

CHANGES: dict[str, Change] = {
    "add samples": lambda s, w: w.add_samples([a_sample("new", id="n1"), a_sample("new2", id="n2")]),
    "import": lambda s, w: (w.add_samples([a_sample("new", id="n1")]), w.add_import(an_import(), [])),
    "edit": lambda s, w: w.save_revision(edited(s, "s1", "changed"), base_revision=1),
    "two edits": lambda s, w: [w.save_revision(edited(s, "s1", f"t{i}"), base_revision=i) for i in (1, 2)],
    "archive": lambda s, w: w.set_state(["s1", "s2"], "archived"),
    "first tag": lambda s, w: w.tag([Tag("s2", "domain", "health", "ana")]),
    "changed tag": lambda s, w: w.tag([Tag("s1", "domain", "health", "ana", note="second", confidence=0.5)]),
    "tag for others": lambda s, w: w.tag([Tag("s1", "domain", "x", "model", machine=True)]),
    "untag": lambda s, w: w.untag([("s1", None, "domain"), ("s1", None, "nat")]),
    "bulk tag": lambda s, w: w.tag_rows([1, 2, 3], "domain", "health", note="bulk"),
    "bulk untag": lambda s, w: w.tag_rows([1, 2, 3], "domain", None),
    "note": lambda s, w: w.add_note(Note("note1", "s1", "ana", 0, "hm")),
    "new scheme": lambda s, w: w.save_scheme(TagScheme("tier", "ordinal")),
    "changed scheme": lambda s, w: w.save_scheme(TagScheme("domain", "nominal", title="Domain")),
    "new slice": lambda s, w: w.save_slice(SliceSpec("other", "nat>3")),
    "changed slice": lambda s, w: w.save_slice(SliceSpec("kb", "nat>3")),
    "removed slice": lambda s, w: w.remove_slice("kb"),
    "new setting": lambda s, w: w.save_setting("other", {"rows": [1]}),
    "changed setting": lambda s, w: w.save_setting("kept", {"rows": [2, 3]}),
    "changed source": lambda s, w: w.save_source(Source("calls", license="CC0-1.0")),
    "accept": lambda s, w: (w.add_samples([a_sample("d", id="made")]), w.decide("d1", "accepted", sample="made")),
    "reject": lambda s, w: w.decide("d1", "rejected", reason="off topic"),
    "rank": lambda s, w: w.rank({"d1": 2, "d2": 1}),
    "pair": lambda s, w: w.judge_pair(PreferencePair("p1", "s1", "t1", 1, 2, "ana", 1)),
    "mixed": lambda s, w: [CHANGES[name](s, w) for name in ("edit", "bulk tag", "note", "archive", "reject")],
}


@pytest.mark.parametrize("name", CHANGES)
def test_undo_and_redo_restore_exactly(filled: SqliteStore, folder: Path, name: str) -> None:
    before = state_of(filled)
    with filled.write("ana", name) as writer:
        CHANGES[name](filled, writer)
    after = state_of(filled)
    assert after != before
    filled.close()
    reopened = open_store(folder)  # steps outlive the process that made them
    for _ in range(3):
        undone = reopened.undo("ana")
        assert undone
        assert undone.undone
        assert state_of(reopened) == before
        redone = reopened.redo("ana")
        assert redone
        assert not redone.undone
        assert state_of(reopened) == after
    reopened.close()


def test_undo_goes_back_step_by_step_per_author(filled: SqliteStore) -> None:
    for author, value in (("ana", 1), ("ben", 2), ("ana", 3)):
        with filled.write(author, f"{author} {value}") as writer:
            writer.tag([Tag("s2", "nat", value, author)])
    labels = [step.label if (step := filled.undo("ana")) else None for _ in range(3)]
    assert labels == ["ana 3", "ana 1", None]
    assert [tag.author for tag in filled.tags(["s2"])] == ["ben"]


def test_a_new_step_ends_this_authors_redo(filled: SqliteStore) -> None:
    for author in ("ana", "ben"):
        with filled.write(author, "tag") as writer:
            writer.tag([Tag("s2", "nat", 1, author)])
        filled.undo(author)
    with filled.write("ana", "other") as writer:
        writer.tag([Tag("s3", "nat", 1, "ana")])
    assert filled.redo("ana") is None
    assert filled.redo("ben") is not None


def test_work_in_the_background_does_not_end_redo_and_is_skipped_by_undo(filled: SqliteStore) -> None:
    with filled.write("ana", "tag") as writer:
        writer.tag([Tag("s2", "nat", 1, "ana")])
    filled.undo("ana")
    with filled.write("ana", "run", undoable=False) as writer:
        writer.tag([Tag("s3", "nat", 1, "ana")])
    assert filled.redo("ana") is not None
    assert filled.undo("ana").label == "tag"  # type: ignore[union-attr]
    assert filled.undo("ana") is None
    assert [tag.sample for tag in filled.tags(["s2", "s3"])] == ["s3"]


def test_a_step_of_records_alone_is_passed_over_by_undo_and_ends_no_redo(filled: SqliteStore) -> None:
    for value in (1, 2):
        with filled.write("ana", f"tag {value}") as writer:
            writer.tag([Tag("s2", "nat", value, "ana")])
    filled.undo("ana")
    with filled.write("ana", "export") as writer:
        writer.log("export", {"files": 1})
    assert filled.redo("ana").label == "tag 2"  # type: ignore[union-attr]
    with filled.write("ana", "export") as writer:
        writer.log("export", {"files": 1})
    assert filled.undo("ana").label == "tag 2"  # type: ignore[union-attr]


def test_a_step_in_which_nothing_happened_is_no_step(filled: SqliteStore) -> None:
    steps = filled.steps()
    with filled.write("ana", "nothing"):
        pass
    assert filled.steps() == steps


def test_undoing_an_edit_appends_and_destroys_nothing(filled: SqliteStore) -> None:
    with filled.write("ana", "edit") as writer:
        writer.save_revision(edited(filled, "s1", "changed"), base_revision=1)
    filled.undo("ana")
    assert [r.sample.text for r in filled.revisions("s1")] == ["text 1", "changed", "text 1"]
    assert filled.get("s1").revision == 3
    assert [event.kind for event in filled.events(limit=100)][-3:] == ["edit", "edit", "undo"]


def test_a_bulk_step_is_one_step_over_what_it_replaced(filled: SqliteStore) -> None:
    with filled.write("ana", "bulk") as writer:
        writer.tag_rows([1, 2, 3], "domain", "health")
    assert filled.steps()[0].samples == 3
    filled.undo("ana")
    assert [(t.sample, t.value, t.note) for t in filled.tags(["s1", "s2", "s3"]) if t.scheme == "domain"] == [
        ("s1", "law", "first")
    ]


def test_an_undone_import_is_marked_so(filled: SqliteStore) -> None:
    with filled.write("ana", "import") as writer:
        CHANGES["import"](filled, writer)
    filled.undo("ana")
    assert [record.state for record in filled.imports()] == ["undone"]
    filled.redo("ana")
    assert [record.state for record in filled.imports()] == ["done"]


def test_indexes_hear_of_an_undo(filled: SqliteStore) -> None:
    with filled.write("ana", "bulk") as writer:
        writer.tag_rows([2, 3], "domain", "health")
    position = filled.change_seq()
    filled.undo("ana")
    assert [(change.n, change.what) for change in filled.changes(position)] == [(2, "tags"), (3, "tags")]
