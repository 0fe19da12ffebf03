from __future__ import annotations

from tests.builders import a_sample
from workbench.flows.edit import archive
from workbench.flows.release import compare
from workbench.model import Generated, Tag


def reasons(changes):
    return {change.sample: change.reason for change in changes}


def test_equal_builds_differ_in_nothing(desk):
    desk.add(a_sample())
    found = compare(desk.store, desk.freeze(), desk.freeze())
    assert not found
    assert found.summary == "both builds hold the same 1 sample"


def test_a_sample_that_left_because_of_a_tag_says_which_and_who(desk):
    (sample,) = desk.add(a_sample())
    desk.tag(Tag(sample, "naturalness", 4, "ana"))
    old = desk.freeze()
    desk.tag(Tag(sample, "naturalness", 3, "ana"))
    found = compare(desk.store, old, desk.freeze(pick=lambda row: False))
    assert reasons(found.left) == {sample: "tag naturalness changed 4 -> 3 by ana"}


def test_an_archived_sample_left(desk):
    (sample,) = desk.add(a_sample())
    old = desk.freeze()
    archive(desk.store, "ana", [sample])
    assert reasons(compare(desk.store, old, desk.freeze()).left) == {sample: "archived"}


def test_an_edited_sample_changed_and_its_tags_as_well(desk):
    (sample,) = desk.add(a_sample())
    old = desk.freeze()
    desk.edit(sample, "new words", author="bob")
    desk.tag(Tag(sample, "domain", "law", "ana", turn="t1"))
    found = compare(desk.store, old, desk.freeze())
    assert reasons(found.changed) == {sample: "edited to revision 2 by bob; tag domain of turn t1 set to law by ana"}
    assert found.summary == "0 entered, 0 left and 1 changed: 1 before, 1 now"


def test_new_samples_say_where_they_came_from(desk):
    old = desk.freeze()
    made = a_sample("x", "y", origin=Generated(("s_1",), "duet", "1", "run_7", "d_1", 1, edited_by="ana"))
    imported, generated = desk.add(a_sample(), made)
    found = reasons(compare(desk.store, old, desk.freeze()).entered)
    assert found == {imported: "imported from test.jsonl", generated: "accepted from run run_7 (duet, edited by ana)"}


def test_a_known_sample_enters_by_a_tag(desk):
    (sample,) = desk.add(a_sample())
    old = desk.freeze(pick=lambda row: False)
    desk.tag(Tag(sample, "naturalness", 5, "ana"))
    assert reasons(compare(desk.store, old, desk.freeze()).entered) == {sample: "tag naturalness set to 5 by ana"}


def test_where_the_journal_has_no_reason_a_changed_query_is_one(desk):
    (sample,) = desk.add(a_sample())
    old = desk.freeze(query="a", pick=lambda row: False)
    found = compare(desk.store, old, desk.freeze(query="b"))
    assert reasons(found.entered) == {sample: "the query changed"}
    assert found.summary.endswith("the query changed")


def test_order_and_place_do_not_matter(desk):
    ids = desk.add(*(a_sample(f"q{i}", f"a{i}") for i in range(1200)))
    odd, even = set(ids[1::2]), set(ids[::2])
    found = compare(
        desk.store, desk.freeze(pick=lambda row: row.id in odd), desk.freeze(pick=lambda row: row.id in even)
    )
    assert {change.sample for change in found.entered} == even
    assert {change.sample for change in found.left} == odd
