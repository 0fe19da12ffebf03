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
