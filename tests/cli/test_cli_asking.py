from __future__ import annotations

import pytest

from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace


@pytest.fixture
def draft_of(run, file, tmp_path):
    run("collect", file)

    def made(recipe="answer", **params):
        with open_workspace(tmp_path / "w.workspace", author="ana") as ws:
            model = ScriptedModel(lambda request: "At seven.") if recipe == "answer" else None
            found = ws.generate(recipe, params={"variants": 1, **params}, model=model, limit=1).wait(20)
            return ws.drafts(found.id)[0]

    return made


def test_what_was_asked_is_said_block_by_block(run, draft_of):
    draft = draft_of(instructions="Be kind.")
    (asked,) = run("prompt", draft.id)
    assert [block["name"] for block in asked["blocks"]] == ["system", "task"]
    assert {"text": "Be kind.", "place": "instructions"} in asked["blocks"][0]["parts"]
    (same,) = run("prompt", draft.calls[0])
    assert same["blocks"] == asked["blocks"]


def test_two_drafts_are_compared(run, draft_of):
    first, second = draft_of(instructions="Be kind."), draft_of(instructions="Be brief.")
    (found,) = run("prompt", first.id, second.id)
    assert [block["how"] for block in found["blocks"]] == ["changed", "same"]


def test_people_read_the_blocks_and_the_changed_words(draft_of, tmp_path, capsys):
    from workbench.cli.main import main

    first, second = draft_of(instructions="Be kind."), draft_of(instructions="Be brief.")
    place = ["-w", str(tmp_path / "w.workspace")]
    assert main(["prompt", first.id, second.id, *place]) == 0
    assert "Be [-kind-]{+brief+}." in capsys.readouterr().out
    assert main(["prompt", first.id, *place]) == 0
    assert "## user: task\n" in capsys.readouterr().out


def test_a_draft_without_a_model_says_so(run, draft_of):
    assert run("prompt", draft_of("noise").id) == [{"calls": 0}]
