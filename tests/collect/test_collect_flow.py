from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from tests.builders import a_sample
from workbench.collect import Parsed, register
from workbench.collect.registry import IMPORTERS
from workbench.errors import Cancelled, CollectError, DuplicateName, UnknownName
from workbench.flows import batches
from workbench.flows.collect import collect
from workbench.flows.documents import add_document
from workbench.model import Generated, Source, Turn
from workbench.records import to_record
from workbench.store import open_store


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "workspace")
    yield store
    store.close()


def chat(*contents, **more):
    return {"messages": [{"role": "user", "content": content} for content in contents], **more}


def test_counts_add_up_and_problems_are_kept(store, write):
    path = write("a.jsonl", [chat("one"), chat("one"), {"messages": 3}, chat("two")])
    report = collect(store, path, author="ana")
    assert (report.read, report.imported, report.duplicates, report.problems) == (4, 2, 1, 1)
    assert report.duplicate_rows == (("a.jsonl", 2),)
    (problem,) = store.problems(report.import_id)
    assert (problem.row, problem.line, problem.field, problem.file) == (3, 3, "messages", "a.jsonl")
    (record,) = store.imports()
    assert (record.format, record.quarantined, record.author) == ("openai-chat", 1, "ana")


def test_same_bytes_again_add_nothing_and_say_so(store, write):
    path = write("a.jsonl", [chat("one"), chat("two")])
    first = collect(store, path, author="ana")
    again = collect(store, path, author="ben")
    assert (again.imported, again.duplicates) == (0, 2)
    assert "nothing new" in again.note
    assert first.import_id in again.note
    assert store.count() == 2


def test_origin_names_source_file_row_and_import(store, write):
    report = collect(store, write("a.jsonl", [chat("one", id="x")]), author="ana")
    (sample,) = store.samples(store.ids_of([1]))
    origin = sample.origin
    assert (origin.file, origin.row, origin.record_id, origin.import_id) == ("a.jsonl", 1, "x", report.import_id)
    assert origin.source == sample.source == report.source.id


def test_undo_takes_the_whole_import_back(store, write):
    collect(store, write("a.jsonl", [chat(str(n)) for n in range(2_500)]), author="ana")
    store.undo("ana")
    assert {row.state for row in store.hot_rows()} == {"archived"}
    store.redo("ana")
    assert {row.state for row in store.hot_rows()} == {"active"}


def test_cancelled_import_leaves_nothing(store, write, monkeypatch):
    monkeypatch.setattr(batches, "_ITEMS", 1_000)
    path = write("a.jsonl", [chat(str(n)) for n in range(2_500)])
    asked = iter([False, True])
    with pytest.raises(Cancelled):
        collect(store, path, author="ana", cancelled=lambda: next(asked))
    assert (store.count(), store.imports(), store.sources()) == (0, [], [])


def test_progress_is_told(store, write, monkeypatch):
    monkeypatch.setattr(batches, "_ITEMS", 1_000)
    told = []
    path = write("a.jsonl", [chat(str(n)) for n in range(2_500)])
    collect(store, path, author="ana", progress=lambda done, total, message: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 2_500
    assert len(told) > 2


def test_licence_comes_from_the_records(store, write):
    report = collect(store, write("a.jsonl", [chat("x", license="CC-BY-4.0")]), author="ana")
    assert report.source.license == "CC-BY-4.0"
    assert "a.jsonl" in report.source.license_evidence


def test_licence_comes_from_the_notice_beside(store, write):
    write("in/NOTICE.txt", "Made by us.\nlicence: CC0-1.0\n")
    report = collect(store, write("in/a.jsonl", [chat("x")]), author="ana")
    assert (report.source.license, report.source.license_evidence) == ("CC0-1.0", "NOTICE.txt in the same folder")


def test_unknown_licence_stays_unknown_and_a_given_source_is_not_changed(store, write):
    path = write("a.jsonl", [chat("x", license="MIT")])
    assert collect(store, path, author="ana", source=Source("calls")).source.license == "unknown"
    assert collect(store, write("b.jsonl", [chat("y")]), author="ana").source.license == "unknown"


def test_hand_written_lines_bring_their_authors_tags(store, write):
    tags = [
        {"scheme": "domain", "value": "law", "author": "li"},
        {"scheme": "naturalness", "value": 4, "author": "ben"},
    ]
    line = {"format": "workbench/1", "id": "h1", "turns": [{"role": "user", "content": "x"}], "meta": {"kind": "k"}}
    report = collect(store, write("a.jsonl", [{**line, "tags": tags}]), author="ana")
    (sample_id,) = store.ids_of([1])
    assert report.tags == 2
    assert {(tag.scheme, tag.value, tag.author) for tag in store.tags([sample_id])} == {
        ("domain", "law", "li"),
        ("naturalness", 4, "ben"),
    }
    assert store.get(sample_id).extra == {"kind": "k"}


def exported(sample, **more):
    return {"format": "workbench/1", "sample": to_record(sample), **more}


def test_lossless_lines_give_the_same_sample_back(store, write):
    origin = Generated(("p1",), "duet", "1", "run_1", "d1", depth=2, model="m", params={"n": 1}, seed=7)
    turns = (Turn("q", "user", "x"), Turn("a9", "assistant", "", extra={"k": [1]}))
    sample = replace(a_sample("x", id="s_1", origin=origin, title="T"), turns=turns, extra={"e": 1}, created_at=5)
    line = exported(sample, source={"name": "calls", "license": "MIT", "policy": "may_leave"})
    report = collect(store, write("a.jsonl", [line]), author="ana")
    assert report.problems == 0
    back = store.get("s_1")
    assert (back.turns, back.origin, back.extra, back.title) == (turns, origin, {"e": 1}, "T")
    (source,) = [source for source in store.sources() if source.id == back.source]
    assert (source.name, source.license, source.policy) == ("calls", "MIT", "may_leave")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"origin": {"kind": "magic"}}, "sample.origin"),
        ({"turns": [{"id": "t1", "role": "user", "content": 3}]}, "sample.turns[0].content"),
        ({"turns": [{"id": "t", "role": "user", "content": "a"}] * 2}, "sample.turns"),
        ({"id": 5}, "sample.id"),
        ({"created_at": "today"}, "sample.created_at"),
    ],
)
def test_a_damaged_lossless_line_is_quarantined(store, write, change, field):
    line = exported(a_sample("x", id="s_1"))
    line["sample"].update(change)
    report = collect(store, write("a.jsonl", [line]), author="ana")
    assert store.problems(report.import_id)[0].field == field


@pytest.fixture
def registry(monkeypatch):
    """The importers, with those that a test adds forgotten afterwards."""
    IMPORTERS.names()
    monkeypatch.setattr(IMPORTERS, "_entries", dict(IMPORTERS._entries))


def test_our_own_importer_is_used_like_a_built_in(registry, store, write):
    @register("tickets", sniff=lambda head: (1.0, "asks") if head.share(lambda v: "ask" in v) else None)
    def read_ticket(record, options):
        yield Parsed(record.row, record.line, (Turn("t1", "user", record.value["ask"]),))

    report = collect(store, write("a.jsonl", [{"ask": "x"}, {"nothing": 1}]), author="ana")
    assert (report.imported, report.problems) == (1, 1)
    assert "KeyError" in store.problems(report.import_id)[0].found


def test_an_importer_that_stumbles_does_not_stop_the_others(registry, store, write, caplog):
    register("clumsy", sniff=lambda head: head.records[0]["nowhere"])(lambda record, options: ())
    assert collect(store, write("a.jsonl", [chat("x")]), author="ana").format == "openai-chat"
    assert "clumsy" in caplog.text


def test_a_taken_name_is_refused_and_an_unknown_one_proposes(store, write):
    with pytest.raises(DuplicateName):
        register("sharegpt")(lambda record, options: ())
    with pytest.raises(UnknownName, match="sharegpt"):
        collect(store, write("a.jsonl", [chat("x")]), author="ana", format="sharegtp")
    assert "sharegpt" in IMPORTERS


def test_far_too_many_bad_records_stop_the_import(store, write, monkeypatch):
    monkeypatch.setattr("workbench.flows.importing.LIMITS", type("Few", (), {"problems": 10}))
    path = write("a.jsonl", [chat("x")] + [{"messages": 1}] * 11)
    with pytest.raises(CollectError, match="more than 10 bad records"):
        collect(store, path, author="ana")
    assert store.count() == 0


def test_document_has_numbered_paragraphs(store, write):
    text = "# Guide\n\nFirst line\nof a paragraph.\n\n\nSecond.\n"
    document = add_document(store, write("guide.en.md", text), author="ana")
    assert [text[span.start : span.end] for span in document.spans] == [
        "# Guide",
        "First line\nof a paragraph.",
        "Second.",
    ]
    assert (document.title, document.language, [span.number for span in document.spans]) == ("Guide", "en", [1, 2, 3])
    assert store.documents() == [document]
    assert add_document(store, write("guide.en.md", text), author="ana").id == document.id


def test_empty_document_is_refused(store, write):
    with pytest.raises(CollectError, match="empty"):
        add_document(store, write("a.md", "\n\n"), author="ana")


def test_sample_data_is_imported_whole(store, sample_data):
    files = sorted((sample_data / "conversations").glob("*.jsonl"))
    lines = [orjson.loads(line) for file in files for line in file.read_bytes().splitlines()]
    report = collect(store, sample_data / "conversations", author="ana")
    assert (report.imported, report.problems, report.format) == (len(lines), 0, "workbench")
    assert report.tags == sum(len(line.get("tags", ())) for line in lines)
