"""The commands of the editor, of find and replace, and of the list of steps."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import SampleBrowser, _steps
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, SampleBrowser)


def looked(ws: Workspace, call: Any, **rule: Any) -> str:
    return finished(ws, call("replace.look", **rule))


def turns(call: Any, sample: str) -> list[dict[str, Any]]:
    return call("sample.open", id=sample)["sample"]["turns"]


def test_a_report_shows_each_place_with_the_words_around_it(ws: Workspace, call: Any) -> None:
    report = call("replace.report", job=looked(ws, call, find="monday", by="Tuesday"))
    assert {name: report[name] for name in ("read", "found", "hits", "beyond", "emptied")} == {
        "read": 3,
        "found": 1,
        "hits": 1,
        "beyond": 0,
        "emptied": 0,
    }
    (row,) = report["rows"]
    assert (row["title"], row["stale"], row["hits"]) == ("Is the lab open on Sunday?", False, 1)
    assert row["places"] == [
        {
            "turn": 2,
            "role": "assistant",
            "before": "No, on ",
            "found": "Monday",
            "by": "Tuesday",
            "after": " at seven.",
        }
    ]


def test_replacing_tells_what_it_did_and_undo_takes_it_back(ws: Workspace, call: Any) -> None:
    job = looked(ws, call, find="o", by="0", match_case=True, query="")
    (sample,) = ws.ids("card")
    done = call("replace.done", job=finished(ws, call("replace.apply", job=job, without=[sample])))
    assert (done["changed"], done["conflicts"], done["named"]) == (2, 0, [])
    assert call("step.undo")["step"]["label"] == "replace “o” with “0”"


def test_a_conflict_names_the_conversation(ws: Workspace, call: Any) -> None:
    job = looked(ws, call, find="monday", by="Tuesday")
    (sample,) = ws.ids("sunday")
    with open_workspace(ws.path, author="ben") as ben:
        ben.edit(sample, turn="t2", text="No, on Monday at eight.", base_revision=1)
    done = call("replace.done", job=finished(ws, call("replace.apply", job=job)))
    assert (done["changed"], done["conflicts"]) == (0, 1)
    assert done["named"] == [{"id": sample, "title": "Is the lab open on Sunday?"}]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"find": ""}, "invalid_input"),
        ({"find": "(", "regex": True}, "invalid_input"),
    ],
)
def test_a_rule_that_cannot_be_used_is_told_at_once(call: Any, rule: dict[str, Any], code: str) -> None:
    assert call("replace.look", **rule)["code"] == code


def test_a_query_that_cannot_be_read_is_told_by_the_report(ws: Workspace, call: Any) -> None:
    assert call("replace.report", job=looked(ws, call, find="a", query="naturalness>="))["code"] == "query"


def test_a_job_that_is_not_there_is_told(call: Any) -> None:
    for name in ("replace.report", "replace.apply", "replace.done", "step.taken"):
        assert call(name, job="job_0")["code"] == "not_found"


def test_long_texts_are_cut_around_a_place(ws: Workspace, call: Any) -> None:
    (sample,) = ws.ids("sunday")
    ws.edit(sample, turn="t1", text="x" * 500 + "needle" + "y" * 500, base_revision=1)
    (row,) = call("replace.report", job=looked(ws, call, find="needle", by="z" * 900))["rows"]
    (place,) = row["places"]
    assert (place["before"], place["after"]) == ("…" + "x" * 48, "y" * 48 + "…")
    assert len(place["by"]) == 300


def test_a_stale_save_tells_all_three_texts_and_who_saved(ws: Workspace, call: Any) -> None:
    (sample,) = ws.ids("sunday")
    mine = turns(call, sample)
    with open_workspace(ws.path, author="ben") as ben:
        ben.edit(sample, turn="t2", text="Ben's words.", base_revision=1)
    mine[1]["content"] = "My words."
    error = call("edit.save", id=sample, turns=mine, base_revision=1)
    assert (error["code"], error["author"], error["theirs"]["revision"]) == ("stale_revision", "ben", 2)
    assert error["theirs"]["turns"][1]["content"] == "Ben's words."
    assert error["before"]["turns"][1]["content"] == "No, on Monday at seven."
    assert call("edit.save", id=sample, turns=mine, base_revision=2)["sample"]["revision"] == 3


def test_a_turn_or_a_call_that_cannot_be_read_is_told(ws: Workspace, call: Any) -> None:
    (sample,) = ws.ids("sunday")
    assert call("edit.save", id=sample, turns=[{"role": "user"}], base_revision=1)["code"] == "invalid_input"
    broken = turns(call, sample)
    broken[1]["tool_calls"] = [{"id": "c", "name": "look", "arguments": "{"}]
    assert "not JSON" in call("edit.save", id=sample, turns=broken, base_revision=1)["message"]


def test_a_pair_is_shown_with_both_texts_and_can_be_taken_away(ws: Workspace, call: Any) -> None:
    (sample,) = ws.ids("sunday")
    job = ws.generate("noise", "sunday", seed=3)
    job.wait(20)
    (made,) = ws.accept([ws.drafts(run=job.subject)[0].id])
    made_id = made if isinstance(made, str) else made.id
    mine = turns(call, made_id)
    before, mine[1]["content"] = mine[1]["content"], "On Monday, at seven."
    call("edit.save", id=made_id, turns=mine, base_revision=1, pair=True)
    (pair,) = call("pair.list", id=made_id)
    assert (pair["rejected"], pair["chosen"]) == (before, "On Monday, at seven.")
    assert call("sample.open", id=made_id)["pairs"][0]["kept"] is True
    call("pair.keep", id=pair["id"], kept=False)
    assert call("pair.list", id=made_id) == []
    assert call("pair.keep", id="nothing")["code"] == "not_found"
    assert call("pair.list", id=sample) == []


def test_steps_are_listed_mine_or_everybodys(ws: Workspace, call: Any) -> None:
    (sample,) = ws.ids("sunday")
    with open_workspace(ws.path, author="ben") as ben:
        ben.tag([sample], "naturalness", 3)
    ws.tag([sample], "naturalness", 4)
    assert [step["author"] for step in call("step.list", limit=1)] == ["ana"]
    assert [step["author"] for step in call("step.list", limit=2, everybody=True)] == ["ana", "ben"]
    step = call("step.list", limit=1)[0]
    assert call("step.samples", id=step["id"]) == [{"id": sample, "title": "Is the lab open on Sunday?"}]
    assert call("step.samples", id=10**6)["code"] == "not_found"


def test_a_large_step_is_taken_back_as_a_job(ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_steps, "LARGE", 2)
    ws.tag(ws.ids(), "naturalness", 4)
    answer = call("step.undo", later=True)
    assert answer["step"]["samples"] == 3
    assert len(call("step.taken", job=finished(ws, answer))["steps"]) == 1
    assert ws.tags(ws.ids()) == []
    assert len(call("step.taken", job=finished(ws, call("step.redo", later=True)))["steps"]) == 1
    assert len(ws.tags(ws.ids())) == 3
    assert call("step.redo", later=True) == {"step": None}
    assert call("step.undo")["step"]["samples"] == 3


def test_going_back_and_forward_again_are_jobs(ws: Workspace, call: Any) -> None:
    (sample,) = ws.ids("sunday")
    for value in (2, 3, 4):
        ws.tag([sample], "naturalness", value)
    newest, middle = call("step.list", limit=2)
    back = call("step.taken", job=finished(ws, call("step.undo_to", id=middle["id"])))
    assert ([step["id"] for step in back["steps"]], back.get("blocked", "")) == ([newest["id"], middle["id"]], "")
    assert ws.tags([sample])[0].value == 2
    again = call("step.taken", job=finished(ws, call("step.redo_to", id=newest["id"])))
    assert len(again["steps"]) == 2
    assert call("step.taken", job=finished(ws, call("step.undo_to", id=10**6)))["code"] == "invalid_input"
