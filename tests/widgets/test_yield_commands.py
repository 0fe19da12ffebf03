"""What a run gave: its counts gate by gate, its figures, and the grid of gaps before it and after it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.widgets.generate_desk import a_run
from widgets import _estimate, _gaps
from workbench.errors import InvalidInput
from workbench.llm import ScriptedModel
from workbench.workspace import Workspace


def test_reused_rows_are_counted(ws: Workspace, call: Any) -> None:
    a_run(ws, ["Fine."])
    a_run(ws, [], reuse=True)
    listed = call("run.list")
    assert [run["reused"] for run in listed] == [1, 0]
    assert listed[0]["cost"]["calls"] == 0


def test_each_count_of_a_yield_opens_its_drafts(ws: Workspace, call: Any, drafts: list[dict[str, Any]]) -> None:
    run = drafts[0]["run"]
    call("draft.accept", ids=[drafts[0]["id"]])
    given = call("run.yield", run=run)
    assert (given["made"], given["accepted"]) == (len(drafts), 1)
    assert given["lost"] == [{"reason": "there is no place for a slip", "rows": 1}]
    for gate in [*given["gates"], given["everything"]]:
        for verdict in ("passed", "unsure", "failed"):
            found = call("run.gated", run=run, gate=gate["gate"], verdict=verdict)
            assert len(found["drafts"]) == gate[verdict]["drafts"]
    accepted = call("run.gated", run=run, verdict="passed", became="accepted")["drafts"]
    accepted += call("run.gated", run=run, verdict="unsure", became="accepted")["drafts"]
    accepted += call("run.gated", run=run, verdict="failed", became="accepted")["drafts"]
    assert [(one["id"], one["by"]) for one in accepted] == [(drafts[0]["id"], "ana")]


def test_figures_come_at_once_for_few_drafts_and_from_a_job_for_many(ws: Workspace, call: Any) -> None:
    said = json.dumps({"turns": ["The valve froze.", "Close it.", "And then?", "Wait."]})
    lists = {"things": "valve", "actions": "close", "conditions": "\n".join(["frozen", *map(str, range(120))])}
    model = ScriptedModel(lambda request: said)
    few = ws.generate("lexicon_triples", params={**lists, "variants": 3}, model=model).wait()
    assert call("run.yield", run=few.id)["figures"] is True
    given = call("run.figures", run=few.id)
    assert given["drafts"] == 3
    assert (
        given["figures"][0] | {"title": "Different triples used", "value": 3, "of": 121, "unit": "triples"}
        == (given["figures"][0])
    )
    many = ws.generate("lexicon_triples", params={**lists, "variants": 101}, model=model).wait()
    job = call("run.figures", run=many.id)["job"]
    ws.job(job).wait(60)
    assert call("run.figured", job=job)["figures"][0]["value"] == 101
    other = a_run(ws, ["Fine."])
    assert call("run.yield", run=other.id)["figures"] is False
    assert call("run.figures", run=other.id) == {"drafts": 0, "figures": []}


def test_the_grid_of_a_run_that_fills_gaps_comes_with_what_its_cells_hold(ws: Workspace, call: Any) -> None:
    said = ["Is the lab open?", "Yes, from seven to noon.", "And on a Sunday?", "No, it is closed."]
    model = ScriptedModel(lambda request: json.dumps({"turns": said}))
    grid = "language: en | zh\nlength: short"
    run = ws.generate("gap_fill", "", {"grid": grid, "target": 40, "variants": 2}, model=model).wait()
    (written,) = [draft for draft in ws.drafts(run.id) if draft.meta["gap"]["cell"]["language"] == "zh"][:1]
    call("draft.accept", ids=[written.id])
    told = call("run.gaps", run=run.id)
    assert told["axes"] == [{"name": "language", "values": ["en", "zh"]}, {"name": "length", "values": ["short"]}]
    _, chinese = told["cells"]
    assert chinese["after"] == chinese["before"] + 1
    assert chinese["short"] == 40 - chinese["after"]
    assert (told["filled"], told["wanting"], told["each"]) == (0, 2, None)
    assert len(ws.ids(chinese["query"])) == chinese["after"]
    assert call("run.gaps", run="run_0")["code"] == "not_found"
    assert "fills no grid" in call("run.gaps", run=a_run(ws, ["Fine."]).id)["message"]


def test_the_grid_of_a_selection_comes_before_a_run_with_what_it_would_write(ws: Workspace, call: Any) -> None:
    params = {"grid": "language: en | zh\ndomain: law | helth", "target": 40, "variants": 3}
    told = call("generate.gaps", where="", params=params)
    assert told["axes"] == [
        {"name": "language", "values": ["en", "zh"]},
        {"name": "domain", "values": ["law", "helth"]},
    ]
    assert (told["questions"], told["selected"]) == (["domain"], ws.count(""))
    assert (told["wanting"], told["lacking"], told["planned"]) == (4, 160, 3)
    assert [cell["planned"] for cell in told["cells"]] == [1, 1, 1, 0]
    assert {(cell["before"], cell["target"], cell["short"]) for cell in told["cells"]} == {(0, 40, 40)}
    assert "helth" in told["notes"][0]
    some = call("generate.gaps", where=ws.ids("")[:2], params={"grid": "length: short | middle | long", "target": 9})
    assert sum(cell["before"] for cell in some["cells"]) == 2
    assert [len(ws.ids(cell["query"])) for cell in some["cells"]] == [cell["before"] for cell in some["cells"]]
    assert "no length 'huge'" in call("generate.gaps", where="", params={"grid": "length: huge"})["message"]
    assert call("generate.gaps", where="language:xx", params={"grid": "length: short"})["selected"] == 0


def test_the_cells_of_many_conversations_are_counted_by_a_job(
    ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_gaps, "FEW", 2)
    params = {"grid": "length: short | middle | long", "target": 9}
    assert ws.count("") == 3
    for where, counts in (("", 3), (ws.ids(""), 3)):
        job = call("generate.gaps", where=where, params=params)["job"]
        ws.job(job).wait(30)
        assert sum(cell["before"] for cell in call("generate.counted", job=job)["cells"]) == counts
    assert call("generate.gaps", where=ws.ids("")[:2], params=params)["selected"] == 2
    wrong = call("generate.gaps", where="", params={"grid": "length: huge"})["job"]
    with pytest.raises(InvalidInput):
        ws.job(wrong).wait(30)
    assert "no length 'huge'" in call("generate.counted", job=wrong)["message"]


def test_a_draft_that_a_gate_was_unsure_about_shows_what_the_gate_said(ws: Workspace, call: Any) -> None:
    same = "The desk is open from Monday to Friday between seven and noon, and it is closed on Sunday."
    run = ws.generate("answer", "", {"variants": 1}, model=ScriptedModel([same] * 9)).wait()
    found = call("run.gated", run=run.id, gate="similar", verdict="unsure")["drafts"]
    assert found
    assert {one["said"][0]["title"] for one in found} == {"Unlike the others"}
    assert all("nearly the same as draft" in one["said"][0]["message"] for one in found)


def test_the_estimate_of_a_recipe_over_many_conversations_is_worked_out_by_a_job(
    ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"recipe": "gap_fill", "where": "", "params": {"grid": "length: short | middle | long", "target": 9}}
    at_once = call("generate.estimate", **asked)
    monkeypatch.setattr(_estimate, "FEW", 2)
    job = call("generate.estimate", **asked)["job"]
    ws.job(job).wait(30)
    assert call("generate.estimated", job=job) == at_once
    assert at_once["calls"] == at_once["drafts"] == 10
    assert "job" not in call("generate.estimate", **{**asked, "where": ws.ids("")[:2]}), "few are looked at at once"
    assert "job" not in call("generate.estimate", recipe="paraphrase", where="", params={}), "and a few of many"
    wrong = call("generate.estimate", **{**asked, "params": {"grid": "length: huge"}})
    if "job" in wrong:
        with pytest.raises(InvalidInput):
            ws.job(wrong["job"]).wait(30)
        wrong = call("generate.estimated", job=wrong["job"])
    assert "no length 'huge'" in wrong["message"]
