"""The commands with which items are approved, and the step after it is priced and started."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.widgets.asking import finished
from widgets import _approve, _queue
from workbench.generate.recipes.role_cards import FIELDS
from workbench.llm import ScriptedModel
from workbench.workspace import Workspace


def said(request: Any) -> str:
    if request.schema_name == "cards":
        return json.dumps({name: f"You are {name} {request.seed}." for name in FIELDS})
    return f"Line {request.seed}, I think."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    scripted = ScriptedModel(said)
    monkeypatch.setattr("workbench.flows.run_models.model_from_settings", lambda settings: scripted)
    return scripted


@pytest.fixture
def run(ws: Workspace, call: Any, model: ScriptedModel) -> str:
    started = call("generate.run", recipe="role_cards", where="", params={"variants": 2}, limit=2)
    finished(ws, started)
    return str(started["run"])


def test_a_run_says_that_it_proposes_and_its_items_are_no_drafts_to_decide(ws: Workspace, call: Any, run: str) -> None:
    (line,) = [one for one in call("run.list") if one["id"] == run]
    assert (line["proposes"], line["follows"], line["counts"]) == ("role cards", "", {"drafted": 4})
    assert call("draft.queue")["drafts"] == []
    assert call("draft.queue", run=run)["drafts"] == []
    finished(ws, call("generate.run", recipe="noise", where=""))
    assert {one["recipe"] for one in call("draft.queue")["drafts"]} == {"noise"}


def test_drafts_behind_many_items_are_in_the_queue(
    ws: Workspace, call: Any, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(ws, call("generate.run", recipe="noise", where=""))
    monkeypatch.setattr(_queue, "MOST_QUEUED", 1)
    found = call("draft.queue")
    assert [one["recipe"] for one in found["drafts"]] == ["noise"]
    assert found["more"] is True


def test_items_come_with_their_parts_their_source_and_the_form_of_the_next_step(call: Any, run: str) -> None:
    found = call("approve.list", run=run)
    assert found["counts"] == {"waiting": 4, "ready": 0, "used": 0, "rejected": 0}
    first = found["items"][0]
    assert [part["title"] for part in first["parts"]][:2] == ["Who asks", "What the asker wants (private)"]
    assert first["source"]["kind"] == "sample"
    assert (found["next"]["recipe"], found["next"]["needs_model"]) == ("duet", True)
    names = {entry["name"]: entry["default"] for entry in found["next"]["form"]}
    assert "user_role" not in names
    assert names["keep"] == 0


def test_more_items_than_fit_are_told(call: Any, run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_approve, "MOST_SHOWN", 3)
    found = call("approve.list", run=run)
    assert (len(found["items"]), found["more"]) == (3, True)


def test_approve_edit_reject_undo_and_go_on(ws: Workspace, call: Any, run: str, model: ScriptedModel) -> None:
    first, second, third, fourth = [item["id"] for item in call("approve.list", run=run)["items"]]
    turns = call("approve.list", run=run)["items"][0]["turns"]
    turns[0]["content"] = "You are a nurse."
    assert call("approve.give", ids=[first], turns=turns) == {"drafts": [first]}
    call("draft.reject", ids=[second], reason="off topic")
    call("approve.give", ids=[third, fourth])
    call("step.undo")
    ready = call("approve.list", run=run, pick="ready")["items"]
    assert [item["id"] for item in ready] == [first]
    assert (ready[0]["parts"][0]["text"], ready[0]["decided_by"]) == ("You are a nurse.", ws.author)
    assert ready[0]["parts"][0]["made"] != "You are a nurse."
    (rejected,) = call("approve.list", run=run, pick="rejected")["items"]
    assert (rejected["id"], rejected["reason"]) == (second, "off topic")
    asked = len(model.history)
    estimate = call("approve.estimate", run=run, params={"turns": 3})
    assert (estimate["rows"], estimate["drafts"], estimate["calls"]) == (1, 1, 3)
    assert len(model.history) == asked
    started = call("approve.run", run=run, params={"turns": 3}, budget={"calls": "3"})
    finished(ws, started)
    (line,) = [one for one in call("run.list") if one["id"] == started["run"]]
    assert (line["follows"], line["counts"], line["proposes"]) == (run, {"drafted": 1}, "")
    assert call("approve.list", run=run)["counts"] == {"waiting": 2, "ready": 0, "used": 1, "rejected": 1}
    assert call("approve.list", run=run)["runs"] == [started["run"]]


def test_what_cannot_be_done_says_why(call: Any, run: str) -> None:
    assert "no approved role cards" in call("approve.run", run=run)["message"]
    assert call("approve.run", run=run)["hint"] == "4 wait for approval"
    assert call("approve.list", run="run_0")["code"] == "not_found"
    (first, *_) = call("approve.list", run=run)["items"]
    assert "approve it instead" in call("draft.accept", ids=[first["id"]])["hint"]
    assert "comes from what was approved" in call("approve.estimate", run=run, params={"user_role": "x"})["message"]
