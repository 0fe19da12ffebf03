"""What the lossless format says of where a sample came from is what another workspace reads, field by field."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from release_desk import lines

from tests.builders import a_sample
from tests.flows.two_models import PREFS, Talker, two_models
from workbench.flows.collect import collect
from workbench.model import Finding, Generated, Imported, Written
from workbench.store import open_store

FOUND = Finding("copied", 0.25, "warning", "5 % of it", "s_0", "t2", 3, 9, "0.05")
ORIGINS: dict[str, Any] = {
    "imported": Imported("src_test", "calls.csv", 7, "r7", "i_1", "s_9", "t2", synthetic=True, depth=3),
    "written": Written("ana", "s_9", "t2", depth=2),
    "generated": Generated(
        ("s_1", "s_2"),
        "answer",
        "3",
        "run_1",
        "d_1",
        2,
        model="large-9",
        params={"variants": 2, "tone": ["calm"]},
        seed=7,
        edited_by="ana",
        approved_by="ben",
        branch_of="s_1",
        branch_at="t2",
        document="doc_1",
        gates=(FOUND,),
        turn_models={"t1": "small-1", "t2": "large-9"},
    ),
}
HERE = {"import_id"}
"""Says which import of this workspace it was."""


def read_back(desk, folder):
    """The exported lines in another workspace."""
    store = open_store(folder / "second.workspace")
    report = collect(store, desk.folder / "out" / "workbench.jsonl", author="bob")
    assert (report.problems, report.format) == (0, "workbench")
    return store


@pytest.mark.parametrize("value", [*ORIGINS.values(), FOUND], ids=lambda value: type(value).__name__)
def test_the_examples_leave_no_field_at_its_default(value):
    assert [one.name for one in fields(value) if getattr(value, one.name) == one.default] == []
    assert [one.name for one in fields(value) if getattr(value, one.name) in (None, "", 0, (), {})] == []


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)
def test_every_field_of_an_origin_survives_an_export_and_an_import(desk, tmp_path, origin):
    (sample,) = desk.add(a_sample("Hi", "Bye", origin=origin))
    desk.export(desk.freeze(), "workbench")
    store = read_back(desk, tmp_path)
    back = store.get(sample).origin
    for one in fields(origin):
        if one.name not in HERE:
            assert getattr(back, one.name) == getattr(origin, one.name), one.name
    store.close()


def test_which_model_wrote_which_turn_is_known_in_the_workspace_that_reads_it(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, *_):
        run = ws.generate("topic_to_pref", params=PREFS, seed=3).wait(60)
        draft = next(draft for draft in ws.drafts(run.id) if draft.model == "large-9")
        (sample,) = ws.accept([draft.id])
        assert sample.origin.turn_models == {"t1": "small-1", "t2": "large-9"}
        ws.slice("all", "")
        ws.export(ws.freeze("all"), tmp_path / "out", to=["workbench"])
        (line,) = lines(tmp_path / "out" / "workbench.jsonl")
        assert line["format"] == "workbench/2"
    store = open_store(tmp_path / "second.workspace")
    collect(store, tmp_path / "out" / "workbench.jsonl", author="bob")
    assert store.get(sample.id).origin.turn_models == {"t1": "small-1", "t2": "large-9"}
    store.close()


def test_a_turn_that_a_person_put_in_its_place_is_nobodys_but_theirs(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, *_):
        run = ws.generate("topic_to_pref", params=PREFS, seed=3).wait(60)
        draft = next(draft for draft in ws.drafts(run.id) if draft.model == "large-9")
        turns = (draft.turns[0], replace(draft.turns[1], id="", content="Ask the library."))
        (sample,) = ws.accept([draft.id], turns=turns)
        assert (sample.origin.edited_by, sample.origin.turn_models) == ("ana", {"t1": "small-1"})


@pytest.mark.parametrize("version", ["workbench/1", "workbench/2"])
def test_both_versions_are_read(desk, tmp_path, version):
    (sample,) = desk.add(a_sample("Hi", "Bye"))
    desk.export(desk.freeze(), "workbench")
    path = desk.folder / "out" / "workbench.jsonl"
    path.write_text(path.read_text().replace("workbench/2", version))
    store = read_back(desk, tmp_path)
    assert store.get(sample).turns == desk.store.get(sample).turns
    store.close()


@pytest.mark.parametrize(
    ("old", "new", "field", "hint"),
    [
        ('"workbench/2"', '"workbench/3"', "format", "update the workbench: a newer one wrote this"),
        ('"t2":"large-9"', '"t2":9', "sample.origin.turn_models.t2", ""),
        ('{"t1":"small-1","t2":"large-9"}', '["large-9"]', "sample.origin.turn_models", ""),
    ],
)
def test_what_is_not_understood_is_told_line_by_line(desk, tmp_path, old, new, field, hint):
    desk.add(a_sample("Hi", "Bye", origin=ORIGINS["generated"]))
    desk.export(desk.freeze(), "workbench")
    path = desk.folder / "out" / "workbench.jsonl"
    path.write_text(path.read_text().replace(old, new))
    store = open_store(tmp_path / "second.workspace")
    report = collect(store, path, author="bob")
    (problem,) = store.problems(report.import_id)
    assert (report.imported, problem.field) == (0, field)
    assert hint in problem.hint
    store.close()
