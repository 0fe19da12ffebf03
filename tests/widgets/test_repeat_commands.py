"""The page's commands for an edit carried over: offered, looked at, applied, and what cannot be read refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.widgets.asking import finished
from workbench.llm import ScriptedModel
from workbench.workspace import Workspace

ANSWERS = ["Certainly! Come at nine.", "Certainly! Come at noon.", "Certainly!\n\nCall first.", "No.", "Come at noon."]


@pytest.fixture
def drafts(ws: Workspace) -> list[str]:
    run = ws.generate("answer", ws.ids()[:1], {"variants": 5}, model=ScriptedModel(ANSWERS)).wait(30)
    return [draft.id for draft in ws.drafts(run.id)]


@pytest.fixture
def offered(ws: Workspace, call: Any, drafts: list[str]) -> dict[str, Any]:
    draft = ws.draft(drafts[0])
    turns = [*draft.turns[:-1], replace(draft.turns[-1], content="Come at nine.")]
    ws.accept([draft.id], turns=turns)
    job = call("repeat.offer", id=draft.id)
    finished(ws, job)
    found: dict[str, Any] = call("repeat.offered", job=job["job"])
    return found


def looked(ws: Workspace, call: Any, offered: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    (correction,) = offered["corrections"]
    job = call("repeat.look", rule=correction["rules"][correction["best"]], run=offered["run"])
    finished(ws, job)
    return job["job"], call("repeat.report", job=job["job"])


def test_an_accepted_edit_is_offered_with_the_number_it_fits(ws: Workspace, drafts: list[str], offered: Any) -> None:
    (correction,) = offered["corrections"]
    assert (correction["removed"], correction["fits"]) == ("Certainly! ", 2)
    assert correction["rules"][correction["best"]]["at"] == "start"
    assert offered["run"] == ws.draft(drafts[0]).run


def test_nothing_is_offered_for_what_was_accepted_as_it_was(ws: Workspace, call: Any, drafts: list[str]) -> None:
    ws.accept(drafts[:1])
    job = call("repeat.offer", id=drafts[0])
    finished(ws, job)
    assert call("repeat.offered", job=job["job"])["corrections"] == []


def test_what_would_change_is_shown_as_word_diffs(ws: Workspace, call: Any, drafts: list[str], offered: Any) -> None:
    _, report = looked(ws, call, offered)
    assert (report["read"], report["found"], report["hits"]) == (4, 2, 2)
    first, second = report["rows"]
    assert (first["kind"], first["row"], first["stale"]) == ("draft", 1, False)
    (turn,) = first["turns"]
    assert turn["role"] == "assistant"
    assert [(part["kind"], part["text"]) for part in turn["parts"]] == [
        ("removed", "Certainly! "), ("same", "Come at noon."),
    ]  # fmt: skip
    assert report["broken"] == [drafts[1]], "it would say the same as another draft"
    assert [finding["check"] for finding in first["worse"]] == ["similar"]
    assert second["worse"] == []


def test_the_change_is_made_but_for_what_was_taken_out_and_the_queue_says_so(
    ws: Workspace, call: Any, drafts: list[str], offered: Any
) -> None:
    job, report = looked(ws, call, offered)
    applied = call("repeat.apply", job=job, without=report["broken"])
    finished(ws, applied)
    assert call("repeat.done", job=applied["job"]) == {"drafts": 1, "samples": 0, "hits": 1, "conflicts": 0}
    lines = {line["id"]: line["changed"] for line in call("draft.queue")["drafts"]}
    assert lines == {drafts[1]: 0, drafts[2]: 1, drafts[3]: 0, drafts[4]: 0}
    found = call("draft.open", id=drafts[2])["draft"]
    assert found["turns"][-1]["content"] == "Call first."
    assert found["made"][-1]["content"] == "Certainly!\n\nCall first."
    assert found["changes"][0]["author"] == "ana"
    call("step.undo")
    assert ws.draft(drafts[2]).changes == ()


def test_a_draft_that_says_something_else_by_now_is_not_accepted_unseen(
    ws: Workspace, call: Any, drafts: list[str], offered: Any
) -> None:
    job, _ = looked(ws, call, offered)
    finished(ws, call("repeat.apply", job=job))
    assert "meanwhile" in call("draft.accept", ids=[drafts[2]], seen={drafts[2]: 0})["message"]
    assert ws.draft(drafts[2]).state == "draft"
    assert call("draft.accept", ids=[drafts[2]], seen={drafts[2]: 1})["samples"]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"find": "no"}, "invalid_input"),
        ({"find": 3}, "invalid_input"),
        ({"find": "Come", "roles": "user"}, "invalid_input"),
        ({"find": "Come", "nothing": True}, "invalid_input"),
        ({"find": "Come", "slots": "yes"}, "invalid_input"),
        ({"find": "Come (", "regex": True}, "invalid_input"),
        ({"find": "Come", "at": "middle"}, "invalid_input"),
        ({}, "invalid_input"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_at_once(call: Any, rule: dict[str, Any], code: str) -> None:
    assert call("repeat.look", rule=rule)["code"] == code
