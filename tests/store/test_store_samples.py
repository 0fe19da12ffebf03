from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import orjson
import pytest

from tests.builders import a_sample, turns_of
from workbench.errors import InvalidInput, NotFound, StaleRevision
from workbench.ids import canonical_json
from workbench.model import Generated, Imported, Sample, ToolCall, Turn, Written
from workbench.records import conversation_hash, to_record
from workbench.store.sqlite import SqliteStore


def add(store: SqliteStore, *samples: Sample, author: str = "ana") -> list[tuple[str, bool]]:
    with store.write(author, "add") as writer:
        return writer.add_samples(samples)


def edit(store: SqliteStore, sample_id: str, *texts: str, author: str = "ana", base: int | None = None) -> Sample:
    sample = store.get(sample_id)
    with store.write(author, "edit") as writer:
        changed = replace(sample, turns=turns_of(*texts))
        return writer.save_revision(changed, base_revision=base or sample.revision, note="why")


def test_a_sample_comes_back_as_it_was_given(store: SqliteStore) -> None:
    call = ToolCall("c1", "lookup", '{"x": 1}')
    turns = (Turn("t1", "user", "  "), Turn("t2", "assistant", "", tool_calls=(call,), extra={"k": [1, None]}))
    given = Sample("s1", turns, Imported("src", "f.jsonl", 3, branch_of="s0"), "src", extra={"a": {"b": 2.5}})
    add(store, given)
    kept = store.get("s1")
    assert kept == replace(given, created_at=kept.created_at, updated_at=kept.updated_at)
    assert kept.created_at > 0


def test_an_id_that_exists_is_told_and_not_written_again(store: SqliteStore) -> None:
    assert add(store, a_sample("one", id="s1")) == [("s1", True)]
    assert add(store, a_sample("two", id="s1"), a_sample("x", id="s2"), a_sample("y", id="s2")) == [
        ("s1", False),
        ("s2", True),
        ("s2", False),
    ]
    assert store.get("s1").text == "one"
    assert store.count() == 2


def test_many_samples_stream_in_from_a_generator(store: SqliteStore) -> None:
    with store.write("ana", "import") as writer:
        told = writer.add_samples(a_sample(f"text {i}", id=f"s{i}") for i in range(2_500))
    assert len(told) == store.count() == store.max_row() == 2_500
    assert [n for n, _ in store.texts()] == list(range(1, 2_501))


def test_hot_rows_hold_what_is_filtered_and_counted(store: SqliteStore) -> None:
    origin = Generated(("s0",), "duet", "1", "run1", "d1", 2, model="m")
    add(store, a_sample("ab", "cde", id="s1", origin=origin, language="fr"))
    row = next(store.hot_rows())
    assert (row.n, row.id, row.language, row.turns, row.chars) == (1, "s1", "fr", 2, 5)
    assert (row.origin, row.recipe, row.model, row.run, row.depth) == ("generated", "duet", "m", "run1", 2)
    assert row.synthetic
    assert row.content == conversation_hash(turns_of("ab", "cde"))


def test_rows_given_in_any_order_are_read_in_order_of_number(store: SqliteStore) -> None:
    add(store, *(a_sample(f"{i}", id=f"s{i}") for i in range(5)))
    assert [row.n for row in store.hot_rows([5, 2, 4])] == [2, 4, 5]
    assert store.rows_of(["s3", "s0"]) == [4, 1]
    assert store.ids_of([4, 1, 4]) == ["s3", "s0", "s3"]


@pytest.mark.parametrize("ask", ["get", "revisions"])
def test_an_unknown_sample_is_not_found(store: SqliteStore, ask: str) -> None:
    with pytest.raises(NotFound, match="no sample nobody"):
        getattr(store, ask)("nobody")


def test_an_unknown_row_is_not_found(store: SqliteStore) -> None:
    with pytest.raises(NotFound, match="row number 7"):
        store.ids_of([7])


def test_an_edit_appends_a_revision_and_keeps_the_earlier(store: SqliteStore) -> None:
    add(store, a_sample("old", id="s1"))
    saved = edit(store, "s1", "new", author="ben")
    assert (saved.revision, saved.text, store.get("s1")) == (2, "new", saved)
    first, second = store.revisions("s1")
    assert (first.sample.text, first.author) == ("old", "ana")
    assert (second.sample.text, second.author, second.note) == ("new", "ben", "why")


def test_a_stale_edit_is_reported_and_changes_nothing(store: SqliteStore) -> None:
    add(store, a_sample("old", id="s1"))
    edit(store, "s1", "ben's", author="ben")
    with pytest.raises(StaleRevision) as caught:
        edit(store, "s1", "ana's", base=1)
    assert (caught.value.base, caught.value.current) == (1, 2)
    assert store.get("s1").text == "ben's"
    assert len(store.steps()) == 2


def test_pinned_revisions_stream_in_the_order_asked(store: SqliteStore) -> None:
    add(store, a_sample("a1", id="a"), a_sample("b1", id="b"))
    edit(store, "a", "a2")
    members = [("b", 1), ("a", 1), ("a", 2)]
    assert [sample.text for sample in store.pinned(members)] == ["b1", "a1", "a2"]


def test_raw_records_are_the_json_of_the_sample(store: SqliteStore) -> None:
    add(store, a_sample("tab\there", id="a"))
    (raw,) = store.raw_pinned([("a", 1)])
    assert canonical_json(to_record(store.get("a"))) == canonical_json(orjson.loads(raw))


def test_raw_records_do_not_change_when_a_sample_is_archived(store: SqliteStore) -> None:
    add(store, a_sample("x", id="a"))
    before = list(store.raw_pinned([("a", 1)]))
    with store.write("ana", "archive") as writer:
        assert writer.set_state(["a"], "archived") == 1
        assert writer.set_state(["a"], "archived") == 0
    assert list(store.raw_pinned([("a", 1)])) == before
    assert store.get("a").state == "archived"


def test_a_revision_that_does_not_exist_is_not_found(store: SqliteStore) -> None:
    add(store, a_sample("x", id="a"))
    with pytest.raises(NotFound, match="no revision 9"):
        list(store.raw_pinned([("a", 9)]))


def test_children_are_those_generated_from_or_branched_off_a_sample(store: SqliteStore) -> None:
    made = Generated(("p", "q"), "r", "1", "run", "d", 1)
    branch = Imported("src", "f", 2, branch_of="p", branch_at="t1")
    add(store, a_sample("p", id="p"), a_sample("c", id="c", origin=made), a_sample("b", id="b", origin=branch))
    assert store.children("p") == ["c", "b"]
    assert store.children("q") == ["c"]


def test_equal_conversations_are_found_by_content(store: SqliteStore) -> None:
    add(store, a_sample("same", id="a"), a_sample("same", id="b"), a_sample("other", id="c"))
    assert store.by_content(conversation_hash(turns_of("same"))) == ["a", "b"]
    edit(store, "b", "other")
    assert store.by_content(conversation_hash(turns_of("other"))) == ["b", "c"]


def test_an_exception_inside_a_write_leaves_nothing(store: SqliteStore) -> None:
    def samples() -> Iterator[Sample]:
        yield a_sample("x", id="a", source="a source never seen before")
        raise RuntimeError

    with pytest.raises(RuntimeError), store.write("ana", "add") as writer:
        writer.add_samples(samples())
    assert (store.count(), store.steps(), store.change_seq()) == (0, [], 0)
    add(store, a_sample("y", id="b", source="another"))
    assert next(store.hot_rows()).source == "another"


def test_a_write_inside_a_write_is_refused(store: SqliteStore) -> None:
    with pytest.raises(Exception, match="already being written"), store.write("ana", "a"):
        add(store, a_sample("x"))


def test_a_state_must_be_known(store: SqliteStore) -> None:
    with pytest.raises(InvalidInput, match="'gone'"), store.write("ana", "x") as writer:
        writer.set_state([], "gone")


def test_only_an_imported_path_beside_another_is_a_side_branch(store: SqliteStore) -> None:
    side = Imported("src", "f", 1, branch_of="s1", branch_at="t2")
    accepted = Generated(("s1",), "repair", "1", "run1", "d1", 1, branch_of="s1", branch_at="t2")
    add(store, a_sample("a", id="s1"), a_sample("b", id="s2", origin=side), a_sample("c", id="s3", origin=accepted))
    add(store, a_sample("d", id="s4", origin=Written("ana", branch_of="s1")))
    assert [row.branch for row in store.hot_rows()] == ["main", "side", "main", "main"]
