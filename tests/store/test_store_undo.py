"""The undo matrix: what every kind of step does when it is taken back and done again, and when it must refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_sample, turns_of
from workbench.errors import InvalidInput
from workbench.model import Draft, Generated, Note, SliceSpec, Source, Tag, TagScheme
from workbench.store import open_store
from workbench.store.rows import ImportRecord
from workbench.store.sqlite import SqliteStore
from workbench.store.writer import Writer

Change = Callable[[SqliteStore, Writer], Any]


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    store.set_setting("kept", {"rows": [1]})
    with store.write("eve", "before") as writer:
        writer.add_samples(a_sample(f"text {i}", id=f"s{i}") for i in range(1, 4))
        writer.tag([Tag("s1", "domain", "law", "ana", note="first"), Tag("s1", "nat", 3, "ana")])
        writer.save_scheme(TagScheme("domain", "nominal"))
        writer.save_slice(SliceSpec("kb", "domain:law"))
        writer.save_source(Source("calls"))
        writer.add_drafts([a_draft("d1"), a_draft("d2")])
    return store


def a_draft(draft_id: str) -> Draft:
    return Draft(draft_id, "run", 1, turns_of("draft"), ("s1",), "duet", "1")


def an_import() -> ImportRecord:
    return ImportRecord("imp", "calls", "f.jsonl", "hash", "own", "ana", 0, 2, 1, 1, 0)


def edited(store: SqliteStore, sample_id: str, text: str) -> Any:
    return replace(store.get(sample_id), turns=turns_of(text))


def state_of(store: SqliteStore) -> dict[str, Any]:
    """Everything a person can see, without the counters that an undo moves on."""
    samples = [replace(sample, revision=0, updated_at=0) for _, sample in store.texts()]
    ids = [sample.id for sample in samples]
    return {
        "samples": [s for s in samples if s.state == "active"],
        "archived": [s.id for s in samples if s.state == "archived" and s.id in ("s1", "s2", "s3")],
        "tags": sorted(store.tags(ids), key=repr),
        "notes": [note for sample_id in ids for note in store.notes(sample_id)],
        "schemes": store.schemes(),
        "slices": store.slices(),
        "sources": store.sources(),
        "drafts": store.drafts(),
        "settings": [store.setting(key) for key in ("kept", "other")],
    }


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


def test_a_step_in_which_nothing_happened_is_no_step(filled: SqliteStore) -> None:
    steps = filled.steps()
    with filled.write("ana", "nothing"):
        pass
    assert filled.steps() == steps


def edits_over_each_other(store: SqliteStore) -> None:
    with store.write("ana", "edit") as writer:
        writer.save_revision(edited(store, "s1", "ana's"), base_revision=1)
    with store.write("ben", "edit") as writer:
        writer.save_revision(edited(store, "s1", "ben's"), base_revision=2)


def test_an_edit_somebody_built_on_cannot_be_undone(filled: SqliteStore) -> None:
    edits_over_each_other(filled)
    position = filled.change_seq()
    with pytest.raises(InvalidInput, match="ben changed it meanwhile; your step 'edit' stays"):
        filled.undo("ana")
    assert (filled.get("s1").text, filled.change_seq()) == ("ben's", position)


def test_undo_is_not_stuck_behind_a_step_somebody_built_on(filled: SqliteStore) -> None:
    with filled.write("ana", "tag") as writer:
        writer.tag([Tag("s2", "nat", 1, "ana")])
    edits_over_each_other(filled)
    with pytest.raises(InvalidInput):
        filled.undo("ana")
    assert filled.undo("ana").label == "tag"  # type: ignore[union-attr]
    assert filled.undo("ana") is None
    assert [(step.label, step.undone, step.undoable) for step in filled.steps("ana")] == [
        ("edit", False, False),
        ("tag", True, True),
    ]


def test_redo_is_not_stuck_behind_what_somebody_changed(filled: SqliteStore) -> None:
    for n in (1, 2):
        with filled.write("ana", f"archive {n}") as writer:
            writer.set_state([f"s{n}"], "archived")
    filled.undo("ana")
    filled.undo("ana")
    with filled.write("ben", "archive") as writer:
        writer.set_state(["s1"], "archived")
    with pytest.raises(InvalidInput, match="ben changed it meanwhile; your step 'archive 1' stays undone"):
        filled.redo("ana")
    assert filled.redo("ana").label == "archive 2"  # type: ignore[union-attr]


def test_a_bulk_answer_of_somebody_else_is_named_when_undo_is_refused(filled: SqliteStore) -> None:
    with filled.write("ana", "import") as writer:
        writer.add_samples([a_sample("new", id="n1")])
    with filled.write("zoe", "bulk") as writer:
        writer.tag_rows(filled.rows_of(["s1", "n1"]), "nat", 1)
    with pytest.raises(InvalidInput, match="zoe changed it meanwhile; your step 'import' stays: sample n1"):
        filled.undo("ana")


def test_undoing_an_edit_appends_and_destroys_nothing(filled: SqliteStore) -> None:
    with filled.write("ana", "edit") as writer:
        writer.save_revision(edited(filled, "s1", "changed"), base_revision=1)
    filled.undo("ana")
    assert [r.sample.text for r in filled.revisions("s1")] == ["text 1", "changed", "text 1"]
    assert filled.get("s1").revision == 3
    assert [event.kind for event in filled.events(limit=100)][-3:] == ["edit", "edit", "undo"]


BUILT_UPON: dict[str, Change] = {
    "tagged": lambda s, w: w.tag([Tag("n1", "nat", 1, "ben")]),
    "bulk tagged": lambda s, w: w.tag_rows(s.rows_of(["s1", "n1"]), "nat", 1),
    "edited": lambda s, w: w.save_revision(edited(s, "n1", "x"), base_revision=1),
    "noted": lambda s, w: w.add_note(Note("", "n1", "ben", 0, "x")),
    "archived": lambda s, w: w.set_state(["n1"], "archived"),
    "varied": lambda s, w: w.add_samples([a_sample("v", id="v", origin=Generated(("n1",), "r", "1", "r", "d", 1))]),
}


@pytest.mark.parametrize("how", BUILT_UPON)
def test_an_import_somebody_built_on_cannot_be_undone(filled: SqliteStore, how: str) -> None:
    with filled.write("ana", "import") as writer:
        writer.add_samples([a_sample("new", id="n1"), a_sample("new2", id="n2")])
    with filled.write("ben", how) as writer:
        BUILT_UPON[how](filled, writer)
    before = state_of(filled)
    with pytest.raises(InvalidInput, match="n1"):
        filled.undo("ana")
    assert state_of(filled) == before


def test_an_import_others_left_alone_can_be_undone(filled: SqliteStore) -> None:
    with filled.write("ana", "import") as writer:
        writer.add_samples([a_sample("new", id="n1")])
    with filled.write("ben", "elsewhere") as writer:
        writer.tag_rows(filled.rows_of(["s1", "s2"]), "nat", 1)
    filled.undo("ana")
    assert filled.get("n1").state == "archived"


def test_archived_samples_somebody_restored_refuse_undo(filled: SqliteStore) -> None:
    for author, state in (("ana", "archived"), ("ben", "active")):
        with filled.write(author, state) as writer:
            writer.set_state(["s1"], state)
    with pytest.raises(InvalidInput, match="meanwhile"):
        filled.undo("ana")


def test_a_setting_changed_outside_of_steps_is_not_undone(filled: SqliteStore) -> None:
    with filled.write("ana", "choose") as writer:
        writer.save_setting("kept", 1)
    filled.set_setting("kept", 2)
    with pytest.raises(InvalidInput, match="your step 'choose' stays: what was chosen was changed meanwhile"):
        filled.undo("ana")
    assert filled.setting("kept") == 2


def test_a_scheme_somebody_answered_cannot_be_undone(filled: SqliteStore) -> None:
    with filled.write("ana", "scheme") as writer:
        writer.save_scheme(TagScheme("tier", "ordinal"))
    with filled.write("ben", "tag") as writer:
        writer.tag([Tag("s1", "tier", 1, "ben")])
    with pytest.raises(InvalidInput, match="has answers"):
        filled.undo("ana")


def test_a_bulk_step_is_one_step_over_what_it_replaced(filled: SqliteStore) -> None:
    with filled.write("ana", "bulk") as writer:
        writer.tag_rows([1, 2, 3], "domain", "health")
    assert filled.steps()[0].samples == 3
    filled.undo("ana")
    assert [(t.sample, t.value, t.note) for t in filled.tags(["s1", "s2", "s3"]) if t.scheme == "domain"] == [
        ("s1", "law", "first")
    ]


@pytest.mark.parametrize("value", ["health", None])
def test_a_bulk_step_refuses_undo_when_one_answer_is_not_as_it_left_it(filled: SqliteStore, value: str | None) -> None:
    with filled.write("ana", "bulk") as writer:
        writer.tag_rows([1, 2], "domain", "x")
        writer.tag_rows([1, 2], "domain", value)
    with filled.write("admin", "on behalf") as writer:
        writer.tag([Tag("s2", "domain", "other", "ana")])
    with pytest.raises(InvalidInput, match="changed meanwhile"):
        filled.undo("ana")
    assert "other" in [tag.value for tag in filled.tags(["s2"])]


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
