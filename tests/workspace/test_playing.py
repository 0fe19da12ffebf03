"""The public verbs of a conversation run turn by turn."""

from __future__ import annotations

import json
from itertools import count

import pytest

from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace


@pytest.fixture
def ws(tmp_path):
    file = tmp_path / "chats.jsonl"
    file.write_text(json.dumps({"messages": [{"role": "user", "content": "Can you help me with fractions?"}]}))
    with open_workspace(tmp_path / "w", author="ana") as opened:
        opened.collect(file)
        yield opened


def test_run_rewind_run_accept_in_a_notebook(ws):
    numbers = count(1)
    model = ScriptedModel(lambda request: f"Line {next(numbers)}, I think.")
    run = ws.generate("duet", "", {"turns": 5, "live": True}, model=model).wait(20)
    (draft,) = ws.drafts(run.id)
    ws.play(draft.id, 1, model=model).wait(20)
    live = ws.play(draft.id, model=model).wait(20)
    assert live.finished
    live = ws.rewind(draft.id, live.turns[3].turn.id, "No, a quarter.", seconds=2)
    assert (len(live.turns), len(live.stale), len(live.branches)) == (4, 1, 2)
    assert ws.play(draft.id, model=model).wait(20).stale == ()
    (sample,) = ws.accept(draft.id)
    assert [pair.kept for pair in ws.pairs(sample.id)] == [True]
    found = ws.interventions(run.id)
    assert (found.interventions, found.seconds, found.untouched) == (1, 2, 0)
    with open_workspace(ws.path, author="ben") as other:
        assert [item.turn for item in other.live(draft.id).turns] == list(sample.turns)
