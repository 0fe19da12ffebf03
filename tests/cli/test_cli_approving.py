"""Approving what a run proposed, and going on from it, from the command line."""

from __future__ import annotations

import json

import pytest

from workbench.cli import main
from workbench.generate.recipes.role_cards import FIELDS
from workbench.llm import ScriptedModel


def said(request):
    if request.schema_name == "cards":
        return json.dumps({name: f"You are {name} {request.seed}." for name in FIELDS})
    return f"Reply {request.seed}, then."


@pytest.fixture
def model(monkeypatch):
    scripted = ScriptedModel(said)
    monkeypatch.setattr("workbench.flows.run_models.model_from_settings", lambda settings: scripted)
    return scripted


def test_cards_are_approved_by_name_edited_and_all_at_once_and_only_these_are_played(
    run, file, model, tmp_path, capsys
):
    run("collect", file)
    (estimate,) = run("generate", "role_cards", "--estimate")
    assert (estimate["calls"], estimate["then_recipe"], estimate["then"]["drafts"]) == (2, "duet", 2)
    assert main(["generate", "role_cards", "-p", "variants=2"]) == 0
    assert "approve the role cards with: workbench approvals run_" in capsys.readouterr().out
    (proposed,) = run("runs")
    asked = len(model.history)
    run("generate-approved", proposed["id"], code=2)
    assert len(model.history) == asked
    first, second, *_ = run("approvals", proposed["id"])[0]["waiting"]
    nurse = tmp_path / "nurse.txt"
    nurse.write_text("You are a nurse.\n")
    run("approve", first, "--text", "nonsense", nurse, code=2)
    run("approve", first, "--text", "assistant_role", nurse)
    run("reject", second, "--reason", "dull")
    assert run("approve", "--all", proposed["id"])[0]["approved"] != []
    assert run("runs")[0]["counts"] == {"approved": 3, "rejected": 1}
    assert main(["approvals", proposed["id"]]) == 0
    printed = capsys.readouterr().out
    assert "3 approved and not used" in printed
    assert f"go on with: workbench generate-approved {proposed['id']}" in printed
    (next_step,) = run("generate-approved", proposed["id"], "-p", "turns=3", "--estimate")
    assert (next_step["rows"], next_step["drafts"]) == (3, 3)
    (made,) = run("generate-approved", proposed["id"], "-p", "turns=3")
    assert (made["counts"], made["follows"]) == ({"drafted": 3}, proposed["id"])
    drafts = run("drafts", "--run", made["id"])
    assert sum(draft["params"]["assistant_role"] == "You are a nurse." for draft in drafts) == 1
    run("approve", code=2)
