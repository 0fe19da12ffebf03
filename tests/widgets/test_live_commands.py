"""The commands of a draft that is run turn by turn."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

import pytest

from tests.widgets.asking import finished
from workbench.errors import ModelError
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.workspace import Workspace


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """The model of the settings, for runs and for single turns."""
    numbers = count(1)
    scripted = ScriptedModel(lambda request: f"Line {next(numbers)}, I think.")
    for module in ("run_models", "playing"):
        monkeypatch.setattr(f"workbench.flows.{module}.model_from_settings", lambda settings: scripted)
    return scripted


@pytest.fixture
def draft(ws: Workspace, call: Any, model: ScriptedModel) -> str:
    finished(ws, call("generate.run", recipe="duet", where="lab", params={"turns": 6, "live": True}))
    (line,) = call("draft.queue")["drafts"]
    return str(line["id"])


def played(ws: Workspace, call: Any, draft: str, **args: Any) -> dict[str, Any]:
    finished(ws, call("live.play", id=draft, **args))
    shown: dict[str, Any] = call("live.open", id=draft)
    return shown


def test_a_draft_says_whether_it_can_go_turn_by_turn(ws: Workspace, call: Any, draft: str) -> None:
    assert call("draft.open", id=draft)["live"] == "begun"
    finished(ws, call("generate.run", recipe="duet", where="lab", params={"turns": 3}))
    finished(ws, call("generate.run", recipe="noise", where="lab"))
    opened = {line["id"]: call("draft.open", id=line["id"]) for line in call("draft.queue")["drafts"]}
    assert {(found["draft"]["recipe"], found["live"]) for found in opened.values()} == {
        ("duet", "begun"),
        ("duet", "offered"),
        ("noise", ""),
    }


def test_step_run_edit_and_run_again(ws: Workspace, call: Any, draft: str) -> None:
    stepped = played(ws, call, draft, count=1)
    assert (len(stepped["branches"][-1]["turns"]), stepped["finished"]) == (3, False)
    whole = played(ws, call, draft)
    assert whole["finished"]
    assert whole["job"]["state"] == "done"
    turn = whole["branches"][-1]["turns"][3]["turn"]["id"]
    edited = call("live.rewind", id=draft, turn=turn, text="Four.", seconds=5)
    assert [item["by"] for item in edited["branches"][-1]["turns"]] == ["opening", "model", "model", "person"]
    assert len(edited["stale"]) == 2
    assert [branch["how"] for branch in edited["branches"]] == ["made", "fixed"]
    assert played(ws, call, draft)["stale"] == []
    assert call("live.measures") == {
        "conversations": 1, "per_100_turns": pytest.approx(100 / 7), "seconds": 5, "untouched": 0.0,
    }  # fmt: skip


def test_an_earlier_version_goes_on_and_is_a_step(ws: Workspace, call: Any, draft: str) -> None:
    whole = played(ws, call, draft)
    turn = whole["branches"][0]["turns"][3]["turn"]["id"]
    call("live.rewind", id=draft, turn=turn, text="Four.")
    back = call("live.back", id=draft, branch=0)
    assert back["branches"][-1]["turns"] == whole["branches"][0]["turns"]
    assert [(branch["how"], branch["of"]) for branch in back["branches"]] == [
        ("made", None),
        ("fixed", None),
        ("returned", 0),
    ]
    assert call("live.back", id=draft, branch=7)["code"] == "invalid_input"
    ws.undo()
    assert call("live.open", id=draft)["branches"][-1]["of"] == 1


def test_a_reached_limit_is_shown_with_what_was_spent_and_can_be_raised(ws: Workspace, call: Any, draft: str) -> None:
    run = ws.draft(draft).run
    ws.set_budget(run, Budget(calls=2))
    stopped = played(ws, call, draft)
    assert stopped["job"]["error"]["code"] == "budget"
    assert (stopped["limit"]["budget"], stopped["limit"]["calls"]) == ({"calls": 2}, 2)
    assert call("run.list")[0]["limit"] == stopped["limit"]
    whole = played(ws, call, draft, budget={"calls": 9})
    assert (whole["finished"], whole["limit"]) == (True, None)
    assert ws.run(run).budget == Budget(calls=9)


def test_a_turn_that_was_maybe_charged_is_asked_for_again(ws: Workspace, call: Any, draft: str) -> None:
    lost = ScriptedModel([ModelError("no complete answer", maybe_charged=True)])
    with pytest.raises(ModelError):
        ws.play(draft, 1, model=lost).wait(20)
    assert call("live.open", id=draft)["job"]["error"]["maybe_charged"]
    assert played(ws, call, draft, count=1)["job"]["error"]["code"] == "call_in_doubt"
    again = played(ws, call, draft, count=1, send_again=True)
    assert (again["job"]["state"], len(again["branches"][-1]["turns"])) == ("done", 3)


def test_what_a_check_found_stands_with_its_turn(ws: Workspace, call: Any, draft: str) -> None:
    ws.live(draft)
    said = ws.live(draft).turns[0].turn.content
    model = ScriptedModel([said])
    ws.play(draft, model=model).wait(20)
    last = call("live.open", id=draft)["branches"][-1]["turns"][-1]
    assert (last["pauses"], last["findings"][0]["check"]) == (True, "copy")


def test_pausing_ends_the_job_after_its_turn(ws: Workspace, call: Any, draft: str) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slow(request: Any) -> str:
        asked.set()
        go_on.wait(10)
        return "One, I think."

    job = ws.play(draft, model=ScriptedModel(slow))
    asked.wait(10)
    assert call("live.open", id=draft)["job"]["state"] == "running"
    assert call("live.pause", id=draft) == {"job": job.id}
    go_on.set()
    assert len(job.wait(20).turns) == 3
    assert call("live.pause", id=draft) == {"job": None}


def test_the_cost_of_a_run_grows_with_its_conversations(ws: Workspace, call: Any, draft: str) -> None:
    before = call("run.list")[0]["cost"]["calls"]
    played(ws, call, draft, count=1)
    assert call("run.list")[0]["cost"]["calls"] == before + 1


@pytest.mark.parametrize(
    ("command", "args", "code"),
    [
        ("live.open", {"id": "none"}, "not_found"),
        ("live.rewind", {"turn": "t99", "text": "x"}, "not_found"),
        ("live.rewind", {"turn": "t1"}, "invalid_input"),
        ("live.play", {"count": 0}, "invalid_input"),
        ("live.play", {"count": "two"}, "invalid_input"),
    ],
)
def test_what_cannot_be_done_is_told(call: Any, draft: str, command: str, args: dict[str, Any], code: str) -> None:
    assert call(command, **{"id": draft, **args})["code"] == code
