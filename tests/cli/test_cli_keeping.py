"""Cleaning, putting aside, doing again, going on, and the lists of what a workspace knows."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from workbench.cli import main
from workbench.errors import ModelError
from workbench.llm import ScriptedModel


@pytest.fixture
def untidy(run, tmp_path):
    path = tmp_path / "untidy.jsonl"
    path.write_text(json.dumps({"messages": [{"role": "user", "content": "Salt &amp; pepper?  "}]}), "utf-8")
    run("collect", path)


def text_of(run):
    (sample,) = run("find")
    return sample["turns"][0]["content"]


def test_clean_is_previewed_then_done_and_taken_back(run, untidy):
    (report,) = run("clean", "--preview")
    assert (report["changed"], report["applied"]) == (1, False)
    assert text_of(run) == "Salt &amp; pepper?  "
    run("clean")
    assert text_of(run) == "Salt & pepper?"
    run("undo")
    assert text_of(run) == "Salt &amp; pepper?  "


def test_clean_does_only_the_named_steps(run, untidy):
    run("clean", "pepper", "--steps", "spaces")
    assert text_of(run) == "Salt &amp; pepper?"


def test_an_unknown_cleaning_step_is_wrong_use(run, untidy, capsys):
    assert main(["clean", "--steps", "polish"]) == 2
    assert "spaces" in capsys.readouterr().err


def test_archive_and_restore(run, file):
    run("collect", file)
    assert run("archive", "invoice") == [{"changed": 1}]
    assert len(run("find")) == 1
    assert run("restore", "state:archived") == [{"changed": 1}]
    assert len(run("find")) == 2


def test_one_id_archives_that_sample(run, file):
    run("collect", file)
    (sample,) = run("find", "invoice")
    assert run("archive", sample["id"]) == [{"changed": 1}]


def test_redo_does_again_what_was_taken_back(run, file):
    run("collect", file)
    run("tag", "invoice", "naturalness", "5")
    run("undo")
    assert run("redo")[0]["label"] == "tag naturalness"
    assert len(run("find", "naturalness:5")) == 1


def test_redo_with_nothing_to_do_again_says_so(run, file):
    run("collect", file)
    assert run("redo") == [None]


def test_schemes_sources_and_imports_are_listed(run, file):
    run("collect", file, "--source", "calls 2026")
    assert {"domain", "naturalness"} <= {scheme["name"] for scheme in run("schemes")}
    assert [source["name"] for source in run("sources")] == ["calls 2026"]
    assert [record["imported"] for record in run("imports")] == [2]


def test_problems_are_those_of_the_newest_import(run, file):
    run("collect", file)
    assert [item["row"] for item in run("problems")] == [3]


def test_problems_of_an_unknown_import_are_not_silently_none(run, file, capsys):
    run("collect", file)
    assert main(["problems", "imp_unknown"]) == 1
    assert "imp_unknown" in capsys.readouterr().err


def test_a_run_that_failed_is_listed_and_resumed(run, file, tmp_path, monkeypatch):
    run("collect", file)
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        down = ScriptedModel([ModelError("the endpoint is down")] * 2)
        ws.generate("answer", params={"variants": 1}, model=down).wait()
    (listed,) = run("runs")
    assert listed["counts"] == {"failed": 2}
    assert [draft["reason"] for draft in run("drafts", "--state", "failed")] == ["the endpoint is down"] * 2
    model = ScriptedModel(lambda request: f"Reply {request.seed}")
    monkeypatch.setattr("workbench.flows.run_models.model_from_settings", lambda settings: model)
    assert run("resume", listed["id"], "--calls", "9")[0]["counts"] == {"drafted": 2}
    assert run("drafts", "--state", "in_doubt") == []


def test_two_builds_are_compared(run, file):
    run("collect", file)
    run("slice", "all", "")
    run("freeze", "all")
    run("archive", "invoice")
    run("freeze", "all")
    (found,) = run("compare", "all")
    assert (len(found["left"]), found["entered"]) == (1, [])


def test_one_build_has_nothing_to_be_compared_with(run, file, capsys):
    run("collect", file)
    run("slice", "all", "")
    run("freeze", "all")
    assert main(["compare", "all"]) == 1
    assert "no build before" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["schemes", "sources", "imports", "problems", "runs", "clean", "redo"])
def test_people_read_lines_rather_than_json(run, file, capsys, verb):
    run("collect", file)
    assert main([verb]) == 0
    assert not capsys.readouterr().out.startswith("{")
