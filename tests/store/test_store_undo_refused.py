"""When undo refuses: somebody built on what the step left, and what is undone instead."""

from __future__ import annotations

import pytest

from tests.builders import a_sample, turns_of
from tests.store.undo_desk import Change, edited, state_of
from tests.store.undo_desk import filled as filled
from workbench.errors import InvalidInput
from workbench.model import DraftChange, Generated, Note, PreferencePair, SliceSpec, Source, Tag, TagScheme
from workbench.store.sqlite import SqliteStore


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
    first = next(step for step in filled.steps("ana") if step.label == "archive 1")
    assert (first.undone, first.undoable) == (True, False)
    assert "ben changed it" in first.why


def test_a_bulk_answer_of_somebody_else_is_named_when_undo_is_refused(filled: SqliteStore) -> None:
    with filled.write("ana", "import") as writer:
        writer.add_samples([a_sample("new", id="n1")])
    with filled.write("zoe", "bulk") as writer:
        writer.tag_rows(filled.rows_of(["s1", "n1"]), "nat", 1)
    with pytest.raises(InvalidInput, match="zoe changed it meanwhile; your step 'import' stays: sample n1"):
        filled.undo("ana")


def test_the_last_one_who_changed_it_is_named_when_undo_is_refused(filled: SqliteStore) -> None:
    with filled.write("ana", "import") as writer:
        writer.add_samples([a_sample("new", id="n1")])
    with filled.write("zoe", "bulk") as writer:
        writer.tag_rows(filled.rows_of(["n1"]), "nat", 1)
    with filled.write("ben", "tag") as writer:
        writer.tag([Tag("n1", "nat", 2, "ben")])
    with pytest.raises(InvalidInput, match="ben changed it meanwhile"):
        filled.undo("ana")


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


def test_an_import_whose_variants_were_undone_before_can_be_undone(filled: SqliteStore) -> None:
    for label, change in (("import", lambda w: w.add_samples([a_sample("new", id="n1")])),
                          ("vary", lambda w: BUILT_UPON["varied"](filled, w))):  # fmt: skip
        with filled.write("ana", label) as writer:
            change(writer)
    assert [step.label for step in (filled.undo("ana"), filled.undo("ana")) if step] == ["vary", "import"]
    assert {filled.get(one).state for one in ("n1", "v")} == {"archived"}


def test_an_import_with_conversations_and_their_variants_can_be_undone(filled: SqliteStore) -> None:
    with filled.write("ana", "import") as writer:
        writer.add_samples([a_sample("new", id="n1")])
        BUILT_UPON["varied"](filled, writer)  # a line of the journal for each
    filled.undo("ana")
    assert {filled.get(one).state for one in ("n1", "v")} == {"archived"}


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


def test_a_change_of_a_draft_that_was_run_on_since_is_not_undone(filled: SqliteStore) -> None:
    """Its history begins with what it says now: else its turns would answer what nobody said."""
    with filled.write("ana", "change") as writer:
        writer.change_draft("d1", DraftChange("ana", 0, {}, turns_of("changed")), "draft", base=0)
    with filled.write("ben", "run on") as writer:
        writer.log_live({"run": "run", "draft": "d1"})
    with pytest.raises(InvalidInput, match="draft d1 is run turn by turn by now"):
        filled.undo("ana")
    assert filled.draft("d1").changes


OVER: dict[str, tuple[Change, Change]] = {
    "answer": (
        lambda s, w: w.tag([Tag("s2", "domain", "x", "model", machine=True)]),
        lambda s, w: w.tag([Tag("s2", "domain", "y", "model", machine=True)]),
    ),
    "slice": (
        lambda s, w: w.save_slice(SliceSpec("kb", "nat>3")),
        lambda s, w: w.save_slice(SliceSpec("kb", "nat>4")),
    ),
    "source": (
        lambda s, w: w.save_source(Source("calls", license="CC0-1.0")),
        lambda s, w: w.save_source(Source("calls", license="MIT")),
    ),
    "setting": (lambda s, w: w.save_setting("kept", 1), lambda s, w: w.save_setting("kept", 2)),
    "scheme": (
        lambda s, w: w.save_scheme(TagScheme("domain", "nominal", title="Domain")),
        lambda s, w: w.save_scheme(TagScheme("domain", "nominal", title="Field")),
    ),
    "decision": (
        lambda s, w: w.decide("d1", "rejected", reason="off topic"),
        lambda s, w: w.decide("d1", "rejected", reason="too short"),
    ),
    "pair": (
        lambda s, w: w.judge_pair(PreferencePair("p1", "s1", "t1", 1, 2, "ana", 1)),
        lambda s, w: w.judge_pair(PreferencePair("p1", "s1", "t1", 1, 2, "ben", 2, kept=False)),
    ),
    "rank": (lambda s, w: w.rank({"d1": 1}), lambda s, w: w.rank({"d1": 2})),
}


# A draft that was decided cannot be decided by somebody else, so that nothing stands in the way of undo.
REFUSED = [(what, way) for what in OVER for way in ("undo", "redo") if (what, way) != ("decision", "undo")]


@pytest.mark.parametrize(("what", "way"), REFUSED)
def test_what_somebody_changed_since_is_not_overwritten(filled: SqliteStore, what: str, way: str) -> None:
    first, later = OVER[what]
    with filled.write("ana", "first") as writer:
        first(filled, writer)
    if way == "redo":
        filled.undo("ana")
    with filled.write("ben", "later") as writer:
        later(filled, writer)
    before = state_of(filled)
    with pytest.raises(InvalidInput, match="meanwhile"):
        getattr(filled, way)("ana")
    assert state_of(filled) == before
