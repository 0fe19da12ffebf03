"""Importing again: after an undo, over archived samples, and under a source that is known already."""

from __future__ import annotations

import pytest

from workbench.collect import open_files
from workbench.errors import InvalidInput
from workbench.flows.collect import collect
from workbench.flows.documents import add_document
from workbench.model import Source, Tag
from workbench.store import open_store

TAG = {"scheme": "domain", "value": "law", "author": "li"}


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "workspace")
    yield store
    store.close()


def lines(*texts):
    return [{"format": "workbench/1", "turns": [{"role": "user", "content": t}], "tags": [TAG]} for t in texts]


def states(store):
    return [row.state for row in store.hot_rows()]


def test_an_undone_import_can_be_imported_again(store, write):
    path = write("a.jsonl", lines("one", "two"))
    collect(store, path, author="ana")
    store.undo("ana")
    report = collect(store, path, author="ana")
    assert (report.imported, report.duplicates, report.tags) == (2, 0, 2)
    assert states(store) == ["active", "active"]
    assert "back again from an import that was undone: 2" in report.note
    assert [tag.author for tag in store.tags(store.ids_of([1, 2]))] == ["li", "li"]


def test_importing_again_after_undo_is_one_step_that_can_be_undone_and_done_again(store, write):
    path = write("a.jsonl", lines("one", "two"))
    for _ in range(3):
        collect(store, path, author="ana")
        assert store.undo("ana").label == "import a.jsonl"
        assert states(store) == ["archived", "archived"]
        assert store.tags(store.ids_of([1, 2])) == []
    store.redo("ana")
    assert states(store) == ["active", "active"]
    assert len(store.tags(store.ids_of([1, 2]))) == 2


def test_what_came_back_and_somebody_worked_on_since_is_not_taken_away(store, write):
    path = write("a.jsonl", lines("one", "two"))
    collect(store, path, author="ana")
    store.undo("ana")
    collect(store, path, author="ana")
    with store.write("ben", "tag") as writer:
        writer.tag([Tag(store.ids_of([1])[0], "nat", 1, "ben")])
    with pytest.raises(InvalidInput, match=r"ben changed it meanwhile; your step 'import a\.jsonl' stays"):
        store.undo("ana")
    assert states(store) == ["active", "active"]


def test_the_same_conversation_twice_in_a_file_comes_back_once(store, write):
    path = write("a.jsonl", lines("one", "one"))
    collect(store, path, author="ana")
    store.undo("ana")
    report = collect(store, path, author="ana")
    assert (report.imported, report.duplicates) == (1, 1)


@pytest.mark.parametrize("undone_before", [False, True])
def test_samples_archived_by_hand_stay_so_and_are_told(store, write, undone_before):
    path = write("a.jsonl", lines("one", "two"))
    collect(store, path, author="ana")
    if undone_before:
        store.undo("ana")
        store.redo("ana")
    with store.write("ben", "archive") as writer:
        writer.set_state(store.ids_of([1]), "archived")
    report = collect(store, path, author="ana")
    assert (report.imported, report.duplicates, report.archived) == (0, 2, 1)
    assert states(store) == ["archived", "active"]
    assert "here but archived: 1" in report.note


def test_an_import_that_adds_nothing_is_no_step_and_does_not_end_redo(store, write):
    path = write("a.jsonl", lines("one"))
    collect(store, path, author="ana")
    with store.write("ana", "tag") as writer:
        writer.tag([Tag(store.ids_of([1])[0], "nat", 1, "ana")])
    store.undo("ana")
    report = collect(store, path, author="ana")
    assert not store.steps("ana")[0].undoable
    assert store.redo("ana").label == "tag"
    assert report.import_id in [record.id for record in store.imports()]


KNOWN = Source("calls", license="CC-BY-4.0", license_evidence="the contract", policy="may_leave", collector="eve")


@pytest.mark.parametrize("given", ["calls", Source("calls"), Source("calls", collector="eve")])
def test_what_is_known_of_a_source_stays(store, write, given):
    with store.write("ana", "source") as writer:
        saved = writer.save_source(KNOWN)
    report = collect(store, write("a.jsonl", lines("one")), author="ana", source=given)
    assert report.source == saved
    assert store.sources() == [saved]


def test_a_file_named_like_a_known_source_does_not_change_it(store, write):
    with store.write("ana", "source") as writer:
        saved = writer.save_source(KNOWN)
    report = collect(
        store, write("calls.jsonl", [{"messages": [{"role": "user", "content": "x"}], "license": "MIT"}]), author="ana"
    )
    assert store.sources() == [saved]
    assert "says 'MIT'; the source 'calls' was known before and stays 'CC-BY-4.0'" in report.note


def test_what_a_person_says_outright_is_added_to_a_source(store, write):
    with store.write("ana", "source") as writer:
        writer.save_source(KNOWN)
    told = Source("calls", license="MIT", legal_basis="consent")
    report = collect(store, write("a.jsonl", lines("one")), author="ana", source=told)
    assert (report.source.license, report.source.legal_basis) == ("MIT", "consent")
    assert (report.source.license_evidence, report.source.policy) == ("the contract", "may_leave")


def test_an_import_that_adds_nothing_makes_no_source_and_names_the_one_the_samples_have(store, write):
    first = collect(store, write("first.jsonl", lines("one")), author="ana")
    again = collect(store, write("second.jsonl", lines("one")), author="ana")
    assert [source.name for source in store.sources()] == ["first"]
    assert again.source == first.source
    assert "already here under the source 'first'" in again.note


def test_a_document_does_not_change_its_source(store, write):
    with store.write("ana", "source") as writer:
        saved = writer.save_source(Source("guide", license="CC0-1.0"))
    document = add_document(store, write("guide.md", "# Guide\n\nText."), author="ana")
    assert document.source == saved.id
    assert store.sources() == [saved]


def test_a_file_that_breaks_off_does_not_stop_the_others(store, write):
    write("in/a.jsonl", lines("one"))
    write("in/b.xlsx", b"PK\x03\x04damaged")
    folder = write("in/c.jsonl", lines("two")).parent
    assert len(list(open_files(folder))) == 3
    report = collect(store, folder, author="ana")
    assert (report.imported, report.problems) == (2, 1)
    assert store.problems(report.import_id)[0].file == "b.xlsx"
