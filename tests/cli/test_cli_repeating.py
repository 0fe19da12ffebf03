"""The same change elsewhere, from the command line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.cli import main
from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace

ANSWERS = ["Certainly! Come at nine.", "Certainly! Come by bus.", "Certainly! Call us first.", "No."]


@pytest.fixture
def drafts(run, file, tmp_path):
    """Four drafts of which the first was accepted without its "Certainly!"."""
    run("collect", file)
    with open_workspace(tmp_path / "w.workspace", author="ana") as ws:
        made = ws.generate("answer", ws.ids()[:1], {"variants": 4}, model=ScriptedModel(ANSWERS)).wait(20)
        found = ws.drafts(made.id)
        turns = [*found[0].turns[:-1], replace(found[0].turns[-1], content="Come at nine.")]
        ws.accept([found[0].id], turns=turns)
    return [draft.id for draft in found]


def test_the_rules_of_an_edit_are_listed_looked_at_and_applied(run, drafts, capsys):
    assert main(["repeat", drafts[0]]) == 0
    listed = capsys.readouterr().out
    (line,) = [line for line in listed.splitlines() if line.endswith("fits 2 drafts")]
    assert "in assistant turns at the start: leave out “Certainly!”" in line
    rule = line.split()[0]
    assert main(["repeat", drafts[0], "--rule", rule]) == 0
    assert "[-Certainly! -]Come by bus." in capsys.readouterr().out
    assert {one["id"] for one in run("repeat", drafts[0], "--rule", rule)} == set(drafts[1:3])
    (done,) = run("repeat", drafts[0], "--rule", rule, "--apply", "--without", drafts[2])
    assert (done["drafts"], done["samples"]) == (1, 0)
    said = {draft["id"]: draft["turns"][-1]["content"] for draft in run("drafts", "--state", "draft")}
    assert said == {drafts[1]: "Come by bus.", drafts[2]: ANSWERS[2], drafts[3]: "No."}
    run("undo")
    assert run("drafts", "--state", "draft")[0]["turns"][-1]["content"] == ANSWERS[1]


def test_a_rule_of_ones_own_is_looked_for_in_all_drafts(run, drafts):
    found = run("repeat", "--find", "Come by {word}", "--by", "Take the {word}", "--role", "assistant")
    assert [(one["id"], list(one["turns"].values())) for one in found] == [(drafts[1], ["Certainly! Take the bus."])]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--find", "no"], "nearly everywhere"),
        ([], "no edit is named"),
        (["EDITED", "--rule", "9.9"], "no rule 9.9"),
        (["EDITED", "--rule", "1"], "no rule 1"),
    ],
)
def test_what_cannot_be_done_says_why(drafts, capsys, words, why):
    assert main(["repeat", *(drafts[0] if word == "EDITED" else word for word in words)]) == 2
    assert why in capsys.readouterr().err


def test_an_edit_that_is_not_there_is_told(run, file, capsys):
    run("collect", file)
    assert main(["repeat", "d_none"]) == 1
    assert "no draft or sample d_none" in capsys.readouterr().err
