from __future__ import annotations

import numpy as np
import pytest

from tests.builders import a_sample
from workbench.errors import InvalidInput, NotFound
from workbench.model import Note, Tag, TagScheme, TagValue
from workbench.store.sqlite import SqliteStore


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"text {i}", id=f"s{i}") for i in range(1, 6))
    return store


def tag(store: SqliteStore, sample: str, value: TagValue, *, author: str = "ana", **more: object) -> int:
    with store.write(author, "tag") as writer:
        return writer.tag([Tag(sample, str(more.pop("scheme", "domain")), value, author, **more)])  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["health/lab", 4, 0.5, True, ("a", "b"), "", 'it\'s "q" \0 end'])
def test_every_kind_of_value_comes_back(filled: SqliteStore, value: TagValue) -> None:
    tag(filled, "s1", value)
    (kept,) = filled.tags(["s1"])
    assert kept.value == value
    assert type(kept.value) is type(value)
    assert [row.value for row in filled.tag_rows()] == [value]


def test_authors_never_overwrite_each_other(filled: SqliteStore) -> None:
    tag(filled, "s1", "health")
    tag(filled, "s1", "law", author="ben")
    tag(filled, "s1", "finance")
    assert {(t.author, t.value) for t in filled.tags(["s1"])} == {("ana", "finance"), ("ben", "law")}


def test_words_of_a_step_that_failed_stand_for_no_others_later(filled: SqliteStore) -> None:
    """A word is kept once, under a number; the numbers of a step that failed are given anew."""
    wrong = Tag("no such sample", "subject", "law", "new")
    with pytest.raises(NotFound), filled.write("new", "tag") as writer:
        writer.tag([Tag("s1", "subject", "law", "new"), wrong])
    assert filled.tags(["s1"]) == []
    tag(filled, "s2", "health", author="ben", scheme="topic")
    tag(filled, "s1", "law", author="new", scheme="subject")
    answers = [(t.scheme, t.value, t.author) for t in filled.tags(["s1", "s2"])]
    assert sorted(answers) == [("subject", "law", "new"), ("topic", "health", "ben")]


def test_a_bulk_answer_settles_what_its_author_was_unsure_about_before(filled: SqliteStore) -> None:
    tag(filled, "s1", "law", confidence=0.5)
    for changed in (1, 0):
        with filled.write("ana", "bulk") as writer:
            assert writer.tag_rows([1], "domain", "law") == changed
        assert [t.confidence for t in filled.tags(["s1"])] == [None]


@pytest.mark.parametrize("value", ["health", None])
def test_a_bulk_answer_about_samples_leaves_those_about_their_turns_alone(
    filled: SqliteStore, value: str | None
) -> None:
    tag(filled, "s1", "law")
    tag(filled, "s1", "finance", turn="t1")
    for undo in (False, True):
        if undo:
            filled.undo("ana")
        else:
            with filled.write("ana", "bulk") as writer:
                assert writer.tag_rows([1, 2], "domain", value) == (1 if value is None else 2)
        assert [t.value for t in filled.tags(["s1"]) if t.turn] == ["finance"]
    assert {(t.turn, t.value) for t in filled.tags(["s1", "s2"])} == {(None, "law"), ("t1", "finance")}


def test_turn_and_sample_answers_are_different_answers(filled: SqliteStore) -> None:
    tag(filled, "s1", 5)
    tag(filled, "s1", 2, turn="t1", note="stiff", confidence=0.25, machine=True, scheme_version=3)
    whole, turn = sorted(filled.tags(["s1"]), key=lambda t: t.turn or "")
    assert (whole.turn, whole.value) == (None, 5)
    assert (turn.turn, turn.note, turn.confidence, turn.machine, turn.scheme_version) == ("t1", "stiff", 0.25, True, 3)


def test_the_same_answer_again_writes_nothing(filled: SqliteStore) -> None:
    assert tag(filled, "s1", "health") == 1
    position = filled.change_seq()
    assert tag(filled, "s1", "health") == 0
    assert filled.change_seq() == position


def test_untag_removes_only_this_authors_answer(filled: SqliteStore) -> None:
    tag(filled, "s1", "a")
    tag(filled, "s1", "b", author="ben")
    with filled.write("ana", "untag") as writer:
        assert writer.untag([("s1", None, "domain"), ("s2", None, "domain")]) == 1
    assert [t.author for t in filled.tags(["s1"])] == ["ben"]


def test_tagging_an_unknown_sample_changes_nothing(filled: SqliteStore) -> None:
    with pytest.raises(NotFound), filled.write("ana", "tag") as writer:
        writer.tag([Tag("s1", "d", "x", "ana"), Tag("nobody", "d", "x", "ana")])
    assert filled.tags(["s1"]) == []


def test_a_bulk_answer_skips_those_that_have_it(filled: SqliteStore) -> None:
    tag(filled, "s2", "health")
    with filled.write("ana", "bulk") as writer:
        assert writer.tag_rows(np.array([3, 1, 2, 2]), "domain", "health") == 2
    assert [row.n for row in filled.tag_rows()] == [1, 2, 3]
    assert filled.steps()[0].samples == 2


def test_a_bulk_removal_takes_this_authors_answers(filled: SqliteStore) -> None:
    tag(filled, "s1", "a")
    tag(filled, "s2", "b", author="ben")
    with filled.write("ana", "bulk") as writer:
        assert writer.tag_rows([1, 2, 3], "domain", None) == 1
    assert [row.author for row in filled.tag_rows()] == ["ben"]


def test_a_bulk_answer_carries_the_current_version_of_its_scheme(filled: SqliteStore) -> None:
    with filled.write("ana", "schemes") as writer:
        writer.save_scheme(TagScheme("domain", "nominal"))
        writer.save_scheme(TagScheme("domain", "nominal", title="Domain"))
        writer.tag_rows([1], "domain", "x")
    assert filled.tags(["s1"])[0].scheme_version == 2


def test_a_bulk_answer_on_a_row_of_no_sample_is_refused(filled: SqliteStore) -> None:
    with pytest.raises(NotFound), filled.write("ana", "bulk") as writer:
        writer.tag_rows([1, 99], "domain", "x")
    assert list(filled.tag_rows()) == []


def test_tag_rows_can_be_read_for_some_rows(filled: SqliteStore) -> None:
    with filled.write("ana", "bulk") as writer:
        writer.tag_rows([1, 2, 3], "domain", "x")
    assert [row.n for row in filled.tag_rows([3, 1, 5])] == [1, 3]


def test_the_history_of_a_sample_holds_single_and_bulk_answers(filled: SqliteStore) -> None:
    tag(filled, "s1", "a")
    with filled.write("ben", "bulk") as writer:
        writer.tag_rows([1, 2], "domain", "b")
    filled.undo("ben")
    assert [(e.author, e.kind) for e in filled.tag_history("s1")] == [
        ("ana", "tag"),
        ("ben", "tag_many"),
        ("ben", "untag_many"),
    ]
    assert len(filled.tag_history("s2")) == 2
    assert filled.tag_history("s3") == []


def test_notes_are_kept_in_order_with_their_turn(filled: SqliteStore) -> None:
    with filled.write("ana", "note") as writer:
        first = writer.add_note(Note("", "s1", "ana", 0, "look here", turn="t1"))
        writer.add_note(Note("", "s1", "ana", 0, ""))
    assert first.id
    assert [(n.text, n.turn) for n in filled.notes("s1")] == [("look here", "t1"), ("", None)]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": 1}, None])
def test_a_value_that_is_no_answer_is_refused(filled: SqliteStore, value: object) -> None:
    with pytest.raises(InvalidInput):
        tag(filled, "s1", value)  # type: ignore[arg-type]
