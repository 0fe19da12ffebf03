from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from release_desk import check_whole, lines

from tests.builders import a_sample
from workbench.flows.collect import collect
from workbench.model import Generated, Imported, Tag, TagScheme, ToolCall, Turn
from workbench.release import EXPORTERS
from workbench.store import open_store

MADE = Generated(("s_1",), "duet", "1", "run_1", "d_1", 2, "tiny")
MARK = {"generated": True, "model": "tiny", "recipe": "duet", "depth": 2}


def test_openai_chat_holds_messages_ids_and_marks(desk):
    ids = desk.add(a_sample("Hi", "Bye"), a_sample("你好", "再见", origin=MADE))
    desk.export(desk.freeze(), "openai-chat")
    first, second = lines(desk.folder / "out" / "openai-chat.jsonl")
    assert first == {
        "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Bye"}],
        "id": ids[0],
        "synthetic": False,
    }
    assert (second["id"], second["synthetic"], second["aigc"]) == (ids[1], True, MARK)


def test_openai_chat_holds_tool_calls_in_the_shape_of_the_api(desk):
    turns = (
        Turn("t1", "assistant", "", tool_calls=(ToolCall("c1", "look_up", '{"day": "Sunday"}'),)),
        Turn("t2", "tool", "closed", tool_call_id="c1"),
    )
    desk.add(replace(a_sample(), turns=turns))
    desk.export(desk.freeze(), "openai-chat")
    call, answer = lines(desk.folder / "out" / "openai-chat.jsonl")[0]["messages"]
    assert call["content"] is None
    assert call["tool_calls"][0]["function"] == {"name": "look_up", "arguments": '{"day": "Sunday"}'}
    assert answer == {"role": "tool", "content": "closed", "tool_call_id": "c1"}


def without_import(origin):
    return replace(origin, import_id=None) if isinstance(origin, Imported) else origin


def test_the_lossless_format_comes_back_as_the_same_samples_tags_and_origins(desk, tmp_path):
    ids = desk.add(a_sample("Hi", "Bye", extra={"k": [1]}), a_sample("x", "y", origin=MADE, title="T"))
    desk.scheme(TagScheme("domain", "nominal", open=True))
    desk.tag(Tag(ids[0], "domain", "law", "ana", note="sure"), Tag(ids[1], "domain", "health", "ana", turn="t2"))
    desk.export(desk.freeze(), "workbench")
    store = open_store(tmp_path / "second.workspace")
    report = collect(store, desk.folder / "out" / "workbench.jsonl", author="bob")
    assert (report.imported, report.problems, report.format) == (2, 0, "workbench")
    for sample_id in ids:
        assert store.get(sample_id).turns == desk.store.get(sample_id).turns
        assert without_import(store.get(sample_id).origin) == without_import(desk.store.get(sample_id).origin)
        assert store.get(sample_id).extra == desk.store.get(sample_id).extra
    told = [(t.sample, t.turn, t.scheme, t.value, t.author, t.note) for t in store.tags(ids)]
    assert sorted(told, key=str) == sorted(
        [(t.sample, t.turn, t.scheme, t.value, t.author, t.note) for t in desk.store.tags(ids)], key=str
    )
    store.close()


def test_answers_about_deleted_turns_do_not_spoil_the_lossless_format(desk):
    from workbench.flows.edit import save_turns

    (sample,) = desk.add(a_sample("one", "two", "three", "four"))
    desk.tag(Tag(sample, "domain", "law", "ana", turn="t4"), Tag(sample, "domain", "law", "ana"))
    save_turns(desk.store, "ana", sample, desk.store.get(sample).turns[:2], base_revision=1)
    manifest = desk.export(desk.freeze(), "workbench")
    assert [tag.get("turn") for tag in lines(desk.folder / "out" / "workbench.jsonl")[0]["tags"]] == [None]
    assert "workbench: answers about turns that were deleted since, left out: 1" in manifest.notes


def test_datasets_opens_the_hugging_face_folder(desk):
    import datasets
    import yaml

    ids = desk.add(a_sample("Hi", "Bye"), a_sample("x", "y", origin=MADE))
    desk.tag(Tag(ids[0], "tier", ("a", "b"), "ana"))
    desk.export(desk.freeze(), "huggingface", "csv", "openai-chat")
    out = desk.folder / "out"
    rows = datasets.load_dataset(str(out), cache_dir=str(desk.folder / "cache"))["train"]
    assert rows["id"][:] == ids
    assert rows[0]["messages"][0]["content"] == "Hi"
    assert (rows[0]["tags"][0]["value"], rows[0]["aigc"], rows[1]["aigc"]) == ("a, b", None, MARK)
    header = yaml.safe_load((out / "README.md").read_text().split("---\n")[1])
    assert header["dataset_info"]["features"] == rows.features._to_yaml_list()


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_tables_have_a_row_for_each_turn_with_answers_and_marks(desk, name):
    ids = desk.add(a_sample("Hi", "Bye, then", origin=MADE), a_sample("多少钱？", "\r\n"))
    desk.scheme(TagScheme("domain", "nominal"))
    desk.tag(Tag(ids[0], "domain", "law", "ana"), Tag(ids[0], "domain", "law", "ana", turn="t2"))
    desk.tag(Tag(ids[0], "domain", "health", "bob"))
    desk.export(desk.freeze(), name)
    rows = _table(desk.folder / "out", name)
    assert [row["conversation_id"] for row in rows] == [ids[0], ids[0], ids[1], ids[1]]
    assert [row["content"] for row in rows][:3] == ["Hi", "Bye, then", "多少钱？"]
    assert (rows[0]["tag domain"], rows[0]["tag domain by"]) == ("law | health", "ana | bob")
    assert rows[1]["turn_tags"] == "domain=law (ana)"
    assert [str(row["synthetic"]) for row in rows] == ["True", "True", "False", "False"]
    assert (rows[0]["aigc_model"], rows[0]["aigc_recipe"], str(rows[0]["aigc_depth"])) == ("tiny", "duet", "2")


def _table(folder, name):
    if name == "csv":
        return list(csv.DictReader(io.StringIO((folder / "turns.csv").read_bytes().decode("utf-8-sig"), newline="")))
    head, *rows = openpyxl.load_workbook(folder / "turns.xlsx")["turns"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(desk, name, start):
    desk.add(a_sample(f"{start}1+1", "fine =1"))
    manifest = desk.export(desk.freeze(), name)
    contents = [row["content"] for row in _table(desk.folder / "out", name)]
    assert contents == [f"'{start}1+1", "fine =1"]
    assert f"{name}: cells that a spreadsheet could take for formulas, with an apostrophe put before them: 1" in (
        manifest.notes
    )


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_without_the_guard_the_text_stays_and_the_manifest_says_so(desk, name):
    desk.add(a_sample("=1+1", "fine"))
    manifest = desk.export(desk.freeze(), name, formula_guard=False)
    assert _table(desk.folder / "out", name)[0]["content"] == "=1+1"
    assert any("the formula guard is off" in note for note in manifest.notes)


def test_a_workbook_never_holds_a_formula(desk):
    desk.add(a_sample("=1+1", "fine"))
    desk.export(desk.freeze(), "xlsx", formula_guard="no")
    sheet = openpyxl.load_workbook(desk.folder / "out" / "turns.xlsx")["turns"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "inlineStr"}


def test_every_format_marks_synthetic_text(desk):
    desk.add(a_sample("x", "y", origin=MADE))
    names = [name for name in EXPORTERS.names() if name != "trl-preference"]
    desk.export(desk.freeze(), *names)
    check_whole(desk.folder / "out")
    out = desk.folder / "out"
    for name in ("openai-chat", "workbench"):
        assert (lines(out / f"{name}.jsonl")[0]["synthetic"], lines(out / f"{name}.jsonl")[0]["aigc"]) == (True, MARK)
    assert (
        "Synthetic (generated): model tiny, recipe duet, generation depth 2"
        in (out / "pages" / "unsorted.md").read_text()
    )
    assert "synthetic (marked in every record) | 1 | 100.0 %" in (out / "README.md").read_text()
