from __future__ import annotations

import unicodedata

import pytest

from workbench.cli.main import main
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
    first, second = draft_of(instructions="Be kind."), draft_of(instructions="Be brief.")
    place = ["-w", str(tmp_path / "w.workspace")]
    assert main(["prompt", first.id, second.id, *place]) == 0
    assert "Be [-kind-]{+brief+}." in capsys.readouterr().out
    assert main(["prompt", first.id, *place]) == 0
    assert "## user: task\n" in capsys.readouterr().out


def test_a_draft_without_a_model_says_so(run, draft_of):
    assert run("prompt", draft_of("noise").id) == [{"calls": 0}]


STEERING = "\x1b]0;owned\x07\x1b[31m \u202eevil\u202c \x9b2J a\rb\x7f \U000e0041\n## system (same)\nReply."


@pytest.fixture
def hostile(tmp_path, draft_of):
    """Two drafts whose prompts hold what steers a terminal, and a line that looks like a head of ours."""
    first, second = draft_of(instructions=f"Be kind. {STEERING}"), draft_of(instructions=f"Be brief. {STEERING}")
    return first, second, ["-w", str(tmp_path / "w.workspace")]


def steers(text):
    return [char for char in text if unicodedata.category(char) in {"Cc", "Cf"} and char not in "\n\t"]


def test_no_text_steers_the_terminal(hostile, capsys):
    first, second, place = hostile
    for words in ([first.id], [first.id, second.id], [first.id, "--json"], [first.id, second.id, "--json"]):
        assert main(["prompt", *words, *place]) == 0
        said = capsys.readouterr().out
        assert steers(said) == []
        assert r"\u001b]0;owned\u0007\u001b[31m \u202eevil\u202c \u009b2J a\rb\u007f \udb40\udc41" in said


def test_what_is_escaped_in_json_is_the_same_text(run, hostile):
    (asked,) = run("prompt", hostile[0].id)
    assert {"text": f"Be kind. {STEERING}", "place": "instructions"} in asked["blocks"][0]["parts"]


def test_a_line_of_a_text_does_not_look_like_a_head(hostile, capsys):
    first, second, place = hostile
    for words in ([first.id], [first.id, second.id]):
        assert main(["prompt", *words, *place]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert "    ## system (same)" in lines
        assert {line.split(" (")[0] for line in lines if line.startswith("##")} == {"## system", "## user: task"}


def test_an_error_does_not_steer_the_terminal_either(hostile, capsys):
    assert main(["prompt", "d_\x1b[31m", *hostile[2]]) != 0
    assert steers(capsys.readouterr().err) == []


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000])
def test_a_number_of_no_call_is_said_in_words(hostile, capsys, number):
    assert main(["prompt", number, *hostile[2]]) == 1
    said = capsys.readouterr().err
    assert said.startswith("workbench prompt: there is no call 99999999999999")
    assert len(said.splitlines()) == 1
    assert len(said) < 200
