from __future__ import annotations

import json

import pytest

from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace


@pytest.fixture
def drafts(run, file, tmp_path):
    run("collect", file)
    with open_workspace(tmp_path / "w.workspace", author="ana") as ws:
        made = ws.generate("answer", params={"variants": 1}, model=ScriptedModel(lambda request: "At seven.")).wait(20)
        return [draft.id for draft in ws.drafts(made.id)]


def test_what_it_would_take_is_told_before_anything_is_asked(run, drafts):
    (estimate,) = run("judge", "--estimate", "--canaries", 1)
    assert estimate["calls"] >= len(drafts)
    assert run("runs")[0]["recipe"] == "answer"


def test_what_was_asked_is_listed_with_what_it_is_worth(run, drafts, tmp_path):
    mark = json.dumps({"natural": 5, "right": 2, "promise": 5, "reason": "no"})
    with open_workspace(tmp_path / "w.workspace", author="ana") as ws:
        ws.judge(model=ScriptedModel(lambda request: mark)).wait(20)
    (found,) = run("judge", "--list")
    assert set(found["opinions"]) == set(drafts)
    assert found["run"]["recipe"] == "judge"


def test_candidates_are_compared_both_ways_and_the_list_says_what_that_is_worth(run, file, tmp_path):
    run("collect", file)
    with open_workspace(tmp_path / "w.workspace", author="ana") as ws:
        answers = ScriptedModel(lambda request: f"At {request.seed}.")
        ws.generate("answer", ws.ids("")[:1], {"variants": 2}, model=answers).wait(20)
        same = json.dumps({"better": "1", "reason": "the first"})
        ws.judge(pairs=True, model=ScriptedModel(lambda request: same)).wait(20)
    (estimate,) = run("judge", "--pairs", "--estimate", "--canaries", 0)
    assert estimate["calls"] == 2
    (found,) = run("judge", "--list")
    assert (found["run"]["recipe"], set(found["better"].values())) == ("judge_pairs", {""})
    assert found["flips"]["number"] == found["flips"]["of"] > 0
