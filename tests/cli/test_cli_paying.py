"""What is in doubt, what is reused and what is repaired, from the command line."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from workbench.cli import main
from workbench.errors import GenerateError, ModelError
from workbench.llm import ScriptedModel

LOST = ModelError("no complete answer", maybe_charged=True)


@pytest.fixture
def answers(monkeypatch):
    """Sets what the model of the settings says."""

    def say(replies):
        model = ScriptedModel(replies)
        monkeypatch.setattr("workbench.flows.run_models.model_from_settings", lambda settings: model)
        return model

    return say


def echo(request):
    return f"Reply {request.seed}"


def test_what_was_maybe_charged_is_said_in_these_words_and_sent_again_by_name(run, file, answers, capsys):
    run("collect", file)
    answers([LOST, "Fine."])
    assert main(["generate", "answer", "-p", "variants=1"]) == 0
    printed = capsys.readouterr().out
    assert "1 maybe charged" in printed
    assert "--state in_doubt" in printed
    assert main(["runs"]) == 0
    assert "1 maybe charged" in capsys.readouterr().out
    (listed,), (lost,) = run("runs"), run("drafts", "--state", "in_doubt")
    model = answers(echo)
    run("resume", listed["id"], code=2)
    assert model.history == []
    run("resume", listed["id"], "--only", lost["id"], code=2)
    assert run("resume", listed["id"], "--only", lost["id"], "--send-again", lost["id"])[0]["counts"] == {"drafted": 2}
    assert len(model.history) == 1


def test_identical_requests_are_reused_when_asked_for(run, file, answers, capsys):
    run("collect", file)
    answers(echo)
    run("generate", "answer", "-p", "variants=1")
    model = answers([])
    assert main(["generate", "answer", "-p", "variants=1", "--reuse"]) == 0
    assert "2 reused from the ledger, at no cost" in capsys.readouterr().out
    assert model.history == []


def test_a_failed_answer_is_shown_mended_and_read_again(run, file, tmp_path, monkeypatch, capsys):
    def broken(*_, **__):
        raise GenerateError("the model did not answer with valid JSON", raw="An answ")

    run("collect", file)
    with wb.open(tmp_path / "w.workspace", author="ana") as ws, monkeypatch.context() as patch:
        patch.setattr("workbench.generate.recipes.answer.Candidate", broken)
        ws.generate("answer", params={"variants": 1}, limit=1, model=ScriptedModel(["An answ"])).wait()
    (failed,) = run("drafts", "--state", "failed")
    assert main(["repair", failed["id"]]) == 0
    assert capsys.readouterr().out.strip() == "An answ"
    mended = tmp_path / "mended.txt"
    mended.write_text("An answer.", "utf-8")
    (draft,) = run("repair", failed["id"], mended)
    assert draft["turns"][-1]["content"] == "An answer."
    assert draft["meta"]["repaired"]["by"] == "ana"
    assert run("runs")[0]["counts"] == {"drafted": 1}


def test_what_a_run_gave_is_told_gate_by_gate_and_its_drafts_are_listed(run, file, answers, capsys):
    run("collect", file)
    answers(["The desk is open.", "The desk is open."])
    (made,) = run("generate", "answer", "-p", "variants=1")
    (told,) = run("runs", made["id"])
    assert (told["requested"], told["made"], told["accepted"]) == (2, 2, 0)
    gates = {gate["gate"]: gate for gate in told["gates"]}
    assert gates["similar"]["passed"]["drafts"] == 2
    assert gates["complete"]["title"] == "Complete"
    passed = run("runs", made["id"], "--gate", "complete", "--verdict", "passed")
    assert [draft["row"] for draft in passed] == [0, 1]
    run("accept", passed[0]["id"])
    assert len(run("runs", made["id"], "--verdict", "passed", "--became", "accepted")) == 1
    assert main(["runs", made["id"]]) == 0
    printed = capsys.readouterr().out
    assert "rows with a text: 2 of 2; accepted: 1" in printed
    assert "minutes per accepted" in printed
    assert main(["runs", "run_0"]) == 1


def test_the_grid_of_a_run_that_fills_gaps_is_told_cell_by_cell(run, file, answers, capsys):
    run("collect", file)
    said = ["Is the lab open?", "Yes, from seven to noon.", "And on a Sunday?", "No, it is closed."]
    answers(lambda request: json.dumps({"turns": said}))
    grid = ["-p", "grid=length: short", "-p", "target=3", "-p", "variants=1"]
    (made,) = run("generate", "gap_fill", *grid)
    (told,) = run("runs", made["id"], "--cells")
    (cell,) = told["cells"]
    assert (cell["cell"], cell["before"], cell["written"]) == ({"length": "short"}, 2, 1)
    assert main(["runs", made["id"], "--cells"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed == ["length short: 2 -> 2 of 3, 1 short (1 to decide)", "short cells filled: 0 of 1"]
    run("accept", run("drafts")[0]["id"])
    assert main(["runs", made["id"], "--cells"]) == 0
    assert "length short: 2 -> 3 of 3\nshort cells filled: 1 of 1; cost per filled cell: $0" in capsys.readouterr().out


def test_the_grid_is_told_before_a_run_and_what_that_would_write(run, file, capsys):
    run("collect", file)
    grid = ["-p", "grid=length: short | middle\ntone: calm", "-p", "target=3", "-p", "variants=4"]
    (told,) = run("gaps", *grid[:-1], "variants=4")
    assert [cell["planned"] for cell in told["cells"]] == [2, 2]
    assert main(["gaps", "-p", "grid=length: short | middle", *grid[2:]]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "length short: 2 of 3, 1 short (1 to be written)",
        "length middle: 0 of 3, 3 short (3 to be written)",
        "short cells: 2 of 2, 4 missing in all; to be written: 4",
    ]
    assert main(["gaps", *grid]) == 0
    assert "there is no question 'tone'" in capsys.readouterr().out
    assert main(["gaps", "-p", "grid=length: huge"]) == 2
    assert "no length 'huge'" in capsys.readouterr().err


def test_a_pilot_of_a_set_says_what_all_would_take_and_how_to_go_on(run, file, answers, capsys):
    run("collect", file)
    answers(lambda request: json.dumps({"turns": ["Is the lab open?", "Yes.", "And on a Sunday?", "No, never."]}))
    args = ["-p", "grid=length: short", "-p", "target=22", "-p", "variants=40", "--pilot", "5"]
    assert main(["generate", "gap_fill", *args]) == 0
    printed = capsys.readouterr().out
    assert "from 5 of 20 rows, with 90 % certainty" in printed
    assert "it ends earlier, and takes less" in printed
    assert "go on with: workbench resume run_" in printed


def test_a_run_of_a_recipe_with_figures_tells_them_after_its_gates(run, file, answers, capsys):
    run("collect", file)
    answers(lambda request: json.dumps({"turns": ["The valve froze.", "Close it.", "And then?", "Wait."]}))
    lists = [part for name in ("things=valve", "actions=close\nopen", "conditions=frozen") for part in ("-p", name)]
    (made,) = run("generate", "lexicon_triples", *lists, "-p", "variants=2")
    given, told = run("runs", made["id"])
    assert given["made"] == told["drafts"] == 2
    assert told["figures"][0]["title"] == "Different triples used"
    assert main(["runs", made["id"]]) == 0
    printed = capsys.readouterr().out
    assert "What its drafts are like (2):\n  Different triples used: 2 of 2 triples\n" in printed
    assert "Say all three words: 50 %: not said 50 %" in printed


def test_only_one_run_has_a_grid_and_only_of_that_recipe(run, file, capsys):
    run("collect", file)
    (made,) = run("generate", "noise")
    for words in (["--cells"], [made["id"], "--cells", "--verdict", "failed"]):
        assert main(["runs", *words]) == 2
        assert "--cells shows the grid of one run" in capsys.readouterr().err
    assert main(["runs", made["id"], "--cells"]) == 2
    assert "noise fills no grid" in capsys.readouterr().err
