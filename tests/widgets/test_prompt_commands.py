"""What a model was asked for a draft, and what the checks found in what it became, as the pages show them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from tests.widgets.asking import asker
from widgets import SampleBrowser
from workbench.llm import ScriptedModel
from workbench.workspace import Workspace

SAID = "At seven, as always, at the desk downstairs."


def answers(ws: Workspace, said: str = SAID, **params: Any) -> list[Any]:
    model = ScriptedModel(lambda request: said)
    run = ws.generate("answer", ws.ids()[:1], {"variants": 2, **params}, model=model).wait(30)
    return ws.drafts(run.id)


def test_the_blocks_of_a_prompt_tell_what_was_put_in(ws: Workspace, call: Any) -> None:
    draft = answers(ws, instructions="Be kind.")[0]
    found = call("prompt.open", id=draft.id)
    (asked,) = found["calls"]
    assert (asked["turns"], asked["missing"], found["more"]) == ([draft.turns[-1].id], "", 0)
    assert set(asked["settings"]) == {"temperature", "max_tokens", "seed"}
    assert [block["name"] for block in asked["blocks"]] == ["system", "task"]
    assert {"text": "Be kind.", "place": "instructions"} in asked["blocks"][0]["parts"]


def test_drafts_of_the_same_request_are_offered_to_compare_with(ws: Workspace, call: Any) -> None:
    first, second = answers(ws)
    (other, _) = answers(ws, instructions="Be brief.")
    offered = call("prompt.alike", id=first.id)
    assert [one["id"] for one in offered][:2] == [second.id, other.id]
    assert offered[0]["start"] == SAID
    found = call("prompt.diff", old=other.id, new=first.id)
    assert found["more"] == 0
    (pair,) = found["pairs"]
    assert [(block["name"], block["how"]) for block in pair["blocks"]] == [("system", "changed"), ("task", "same")]


def test_questions_that_are_not_sent_are_counted(ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets._prompts.MOST_CALLS", 1)
    numbers = itertools.count(1)
    model = ScriptedModel(lambda request: f"Line {next(numbers)} of what I say.")
    run = ws.generate("paraphrase", ws.ids()[:1], {"variants": 2}, model=model).wait(30)
    first, second = ws.drafts(run.id)
    left = len(first.calls) - 1
    assert left > 0
    assert (len(call("prompt.open", id=first.id)["calls"]), call("prompt.open", id=first.id)["more"]) == (1, left)
    found = call("prompt.diff", old=second.id, new=first.id)
    assert (len(found["pairs"]), found["more"]) == (1, left)


def test_an_unknown_draft_is_said_in_words(call: Any) -> None:
    assert call("prompt.open", id="d_none")["code"] == "not_found"


def test_what_the_checks_found_is_shown_with_the_conversation(ws: Workspace) -> None:
    draft = answers(ws, said="Write to ana.lopez@example.org, please.")[0]
    assert draft.gates
    (sample,) = ws.accept([draft.id])
    (found, *_) = asker(ws, SampleBrowser)("sample.open", id=sample.id)["found"]
    assert (found["check"], found["message"]) == (draft.gates[0].check, draft.gates[0].message)
    assert found["title"]


def test_of_a_draft_that_was_changed_it_is_what_they_found_in_the_changed_text(ws: Workspace) -> None:
    first, second = answers(ws, said="Write to ana.lopez@example.org, please.")
    other = [*first.turns[:-1], replace(first.turns[-1], content="Ask at the desk.")]
    (mended,) = ws.accept([first.id], turns=other)
    call = asker(ws, SampleBrowser)
    assert call("sample.open", id=mended.id)["found"] == []
    worse = [*second.turns[:-1], replace(second.turns[-1], content="Write to bo.lee@example.org, or call us.")]
    (sample,) = ws.accept([second.id], turns=worse)
    assert {one["check"] for one in call("sample.open", id=sample.id)["found"]} == {
        one.check for one in sample.origin.gates
    }
    assert sample.origin.gates


def test_imported_conversations_have_no_checks_to_tell(ws: Workspace) -> None:
    assert asker(ws, SampleBrowser)("sample.open", id=ws.ids()[0])["found"] == []
