from __future__ import annotations

import pytest

from workbench.errors import InvalidInput, NotFound
from workbench.model import Choice, Document, FrozenSlice, SliceSpec, Source, Span, TagScheme
from workbench.store.rows import ImportRecord, ProblemRecord
from workbench.store.sqlite import SqliteStore


def test_a_changed_scheme_becomes_the_next_version(store: SqliteStore) -> None:
    scheme = TagScheme("domain", "hierarchical", choices=(Choice("health", key="1"), Choice("health/lab")))
    with store.write("ana", "scheme") as writer:
        assert writer.save_scheme(scheme).version == 1
        assert writer.save_scheme(scheme).version == 1
        changed = writer.save_scheme(TagScheme("domain", "hierarchical", title="Domain"))
    assert changed.version == 2
    assert store.schemes() == [changed]


def test_a_source_keeps_its_id_when_it_is_changed(store: SqliteStore) -> None:
    with store.write("ana", "source") as writer:
        first = writer.save_source(Source("calls 2026"))
        second = writer.save_source(Source("calls 2026", license="CC-BY-4.0", policy="may_leave"))
    assert first.id == second.id
    assert store.sources() == [second]


def test_documents_are_added_once(store: SqliteStore) -> None:
    document = Document("doc1", "Manual", "All the text.", (Span(1, 0, 3), Span(2, 4, 8)), "src", "en")
    with store.write("ana", "document") as writer:
        assert writer.add_documents([document, document]) == 1
    assert store.documents() == [document]
    assert store.document("doc1") == document
    with pytest.raises(NotFound, match="no document doc2"):
        store.document("doc2")


def test_an_import_keeps_its_counts_and_problems(store: SqliteStore) -> None:
    record = ImportRecord("i1", "src", "f.jsonl", "h", "own", "ana", 5, 3, 1, 1, 1, options={"a": 1})
    problems = [ProblemRecord("i1", "f.jsonl", row, None, "", "", "mend it", raw="{") for row in (9, 2)]
    with store.write("ana", "import") as writer:
        writer.add_import(record, problems)
    assert store.imports() == [record]
    assert store.problems("i1") == [problems[1], problems[0]]


def test_an_import_whose_counts_do_not_add_up_is_refused(store: SqliteStore) -> None:
    with pytest.raises(InvalidInput, match="add up"), store.write("ana", "import") as writer:
        writer.add_import(ImportRecord("i1", "s", "f", "h", "own", "ana", 5, 3, 1, 1, 0), [])


def test_slices_are_kept_by_name(store: SqliteStore) -> None:
    with store.write("ana", "slice") as writer:
        writer.save_slice(SliceSpec("kb", "a"))
        writer.save_slice(SliceSpec("all", ""))
        writer.save_slice(SliceSpec("kb", "b", title="Base"))
    assert [(s.name, s.query, s.author) for s in store.slices()] == [("all", "", "ana"), ("kb", "b", "ana")]


def test_a_frozen_slice_is_kept_exactly_and_once(store: SqliteStore) -> None:
    frozen = FrozenSlice("f1", "kb", "", (("s1", 1), ("s2", 3)), {"domain": 2}, "b2:x", "ana", 9)
    with store.write("ana", "freeze") as writer:
        writer.add_frozen(frozen)
    assert store.frozen() == store.frozen("kb") == [frozen]
    assert store.frozen("other") == []
    with pytest.raises(InvalidInput, match="exists already"), store.write("ana", "freeze") as writer:
        writer.add_frozen(frozen)


def test_settings_hold_json(store: SqliteStore) -> None:
    assert store.setting("theme") is None
    store.set_setting("theme", {"dark": True, "size": [1, 2]})
    store.set_setting("theme", {"dark": False})
    assert store.setting("theme") == {"dark": False}


def test_the_journal_keeps_who_did_what(store: SqliteStore) -> None:
    with store.write("ana", "export", undoable=False) as writer:
        writer.log("export", {"to": "out", "samples": 3})
    (event,) = store.events()
    assert (event.author, event.kind, event.data) == ("ana", "export", {"to": "out", "samples": 3})
    assert store.events(after=event.seq) == []
    assert not store.steps()[0].undoable


def test_a_journal_line_is_never_taken_for_another_change(store: SqliteStore) -> None:
    with store.write("ana", "x") as writer:
        writer.log("add", {"samples": 1})
        writer.save_slice(SliceSpec("kb", "a"))
    assert store.undo("ana") is not None
    assert store.slices() == []
