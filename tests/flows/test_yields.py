"""What a run gave, as people read it: gates in their order, what was lost, what an accepted draft took."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput, ModelError, NotFound
from workbench.flows.gating import gates_of_run
from workbench.flows.yields import VERDICTS
from workbench.generate import RECIPES, Candidate, about, checks, register
from workbench.generate.gates import ABOUT
from workbench.generate.gates.named import name_of
from workbench.llm.base import Message, Price, Request
from workbench.llm.scripted import ScriptedModel
from workbench.model import Finding, Turn

SAID = ("thank you, all", "I will go", "we see the list", "nothing", "buzz, and e")
"""Of what is made of them: has_e is unsure about the first and fails the second, nameless is unsure about the last."""


@checks("has_e")
def has_e(parent, candidate):
    text = candidate.turns[-1].content
    return None if "e" in text else Finding("has_e", 0.0, "problem" if "i" in text else "warning", "there is no e")


def nameless(parent, candidate):
    text = candidate.turns[-1].content
    return Finding("nameless", 1.0, "warning", "somebody should look") if "z" in text else None


@pytest.fixture
def ws(tmp_path, monkeypatch):
    monkeypatch.setattr(RECIPES, "_entries", {name: (RECIPES.get(name), "workbench") for name in RECIPES.names()})

    @register("said_by_model", needs_model=True, gates=(has_e, nameless))
    def said_by_model(sample, params, model, rng):
        text = model.reply(Request((Message("user", "say it"),), seed=rng.getrandbits(31))).text
        if text == "nothing":
            raise GenerateError("there is nothing to make of it")
        yield Candidate((*sample.turns, Turn("t9", "assistant", text)))

    file = tmp_path / "chats.jsonl"
    lines = [f'{{"messages": [{{"role": "user", "content": "Question {n}, please?"}}]}}' for n in range(len(SAID))]
    file.write_text("\n".join(lines))
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        opened.collect(file)
        opened._store.set_setting("model", {"in_flight": 1})
        yield opened


def made(ws, price=None):
    return ws.generate("said_by_model", model=ScriptedModel(SAID, price=price)).wait()


def test_each_gate_tells_what_it_let_pass_and_what_became_of_it(ws):
    run = made(ws)
    one = ws.run_yield(run.id)
    assert [gate.gate for gate in one.gates] == [*gates_of_run(RECIPES.get("said_by_model")), "nameless"]
    assert (one.requested, one.made, dict(one.lost)) == (5, 4, {"there is nothing to make of it": 1})
    ours = {gate.gate: gate for gate in one.gates}
    assert [getattr(ours["has_e"], verdict).drafts for verdict in VERDICTS] == [2, 1, 1]
    assert [getattr(ours["nameless"], verdict).drafts for verdict in VERDICTS] == [3, 1, 0]
    assert [getattr(ours["copy"], verdict).drafts for verdict in VERDICTS] == [4, 0, 0]
    assert [getattr(one.everything, verdict).drafts for verdict in VERDICTS] == [1, 2, 1]
    failed = ws.drafts_at(run.id, "has_e", "failed")
    ws.accept([failed[0].id])
    ws.reject([ws.drafts_at(run.id, "has_e", "unsure")[0].id], "not natural")
    again = {gate.gate: gate for gate in ws.run_yield(run.id).gates}["has_e"]
    assert (again.failed.accepted, again.unsure.rejected, again.passed.undecided) == (1, 1, 2)
    assert [draft.id for draft in ws.drafts_at(run.id, "has_e", "failed", "accepted")] == [failed[0].id]
    assert ws.drafts_at(run.id, "has_e", "failed", "rejected") == []


def test_every_gate_accounts_for_every_draft(ws):
    one = ws.run_yield(made(ws).id)
    frame = one.frame
    assert set(frame.groupby("gate")["drafts"].sum()) == {one.made}
    assert (frame["accepted"] + frame["rejected"] + frame["undecided"] == frame["drafts"]).all()


def test_an_accepted_draft_costs_its_share_of_all_calls(ws):
    run = made(ws, Price(1e6, 1e6))
    one = ws.run_yield(run.id)
    assert (one.usd_per_accepted, one.minutes_per_accepted) == (None, None)
    ws.accept([draft.id for draft in ws.drafts(run.id)[:2]])
    one = ws.run_yield(run.id)
    assert one.usd == pytest.approx(sum(count.usd for count in ws.call_counts(run.id)))
    assert one.usd_per_accepted == pytest.approx(one.usd / 2)


class Unpriced:
    """A model whose price nobody knows."""

    name, endpoint, on_this_machine, price = "unpriced", "scripted", True, None

    def __init__(self, replies):
        self._model = ScriptedModel(replies)

    def reply(self, request, *, on_text=None):
        return replace(self._model.reply(request, on_text=on_text), usd=None)


def test_an_unknown_price_stays_unknown(ws):
    run = ws.generate("said_by_model", model=Unpriced(SAID)).wait()
    ws.accept([ws.drafts(run.id)[0].id])
    one = ws.run_yield(run.id)
    assert (one.usd, one.usd_per_accepted) == (None, None)
    assert one.minutes_per_accepted is not None
    assert "price unknown" in str(one)


def test_opinions_are_counted_in_words_of_their_own(ws):
    made(ws)
    mark = json.dumps({"natural": 5, "right": 5, "promise": 5, "reason": "fine"})
    run = ws.judge(canaries=0, model=ScriptedModel(lambda request: mark, price=Price(1e6, 1e6))).wait()
    one = ws.run_yield(run.id)
    assert (one.judged, one.made, one.requested) == (4, 0, 4)
    assert str(one).startswith("rows with a model's opinion: 4 of 4\n  $")
    assert "accepted" not in str(one)
    assert one.frame.to_dict("records") == [
        {"gate": "all", "verdict": "judged", "drafts": 4, "accepted": 0, "rejected": 0, "undecided": 0}
    ]


def test_what_was_maybe_charged_is_told_beside_what_was_spent(ws):
    def cut(request):
        raise ModelError("cut", maybe_charged=True)

    one = ws.run_yield(ws.generate("said_by_model", limit=1, model=ScriptedModel(cut, price=Price(1, 1))).wait().id)
    assert one.usd == 0 < one.usd_in_doubt
    assert f"$0 and up to ${one.usd_in_doubt:.4g} maybe charged" in str(one)
    assert "maybe charged" not in str(ws.run_yield(made(ws, Price(1, 1)).id))


def test_what_is_asked_for_must_be_there(ws):
    run = made(ws)
    with pytest.raises(NotFound):
        ws.run_yield("run_0")
    with pytest.raises(InvalidInput, match="verdict"):
        ws.drafts_at(run.id, "has_e", "maybe")
    with pytest.raises(InvalidInput, match="becomes"):
        ws.drafts_at(run.id, "has_e", "failed", "forgotten")


def test_a_run_of_before_gates_were_named_shows_those_of_its_recipe(ws):
    run = made(ws)
    stored = ws._store.run(run.id)
    assert "has_e" in stored.gates
    with ws._store.write("ana", "older", undoable=False) as writer:
        writer.save_run(replace(stored, gates=()))
    assert ws.run_yield(run.id).gates[0].gate == "well_formed"


def test_every_gate_of_ours_has_a_name_and_words_a_person_reads():
    recipes = list(RECIPES)
    assert [(recipe.name, gate) for recipe in recipes for gate in recipe.gates if not name_of(gate)] == []
    named = {name for recipe in recipes for name in gates_of_run(recipe)}
    assert named - ABOUT.keys() == set()
    assert all(about(name).title and about(name).explanation for name in named)


def test_a_gate_has_the_name_that_its_findings_carry():
    """Read from the sources: each `Finding("name", ...)` inside a gate named by `checks("name")`."""
    wrong, seen = [], 0
    for path in Path(wb.__file__).parent.joinpath("generate").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [one.args[0].value for one in getattr(node, "decorator_list", ()) if _is_checks(one)]
            if not named:
                continue
            made = [one.args[0].value for one in ast.walk(node) if _makes_finding(one)]
            seen += len(made)
            wrong += [(path.name, node.name, name) for name in made if name != named[0]]
    assert wrong == []
    assert seen > 40


def _is_checks(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "checks"


def _makes_finding(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"
