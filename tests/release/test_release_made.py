"""The lossless format says of every generated sample how it was made: template, calls, gates, changes, cost."""

from __future__ import annotations

from itertools import count

import pytest
from release_desk import lines

from tests.builders import a_sample
from workbench.flows.collect import collect
from workbench.flows.decide import accept
from workbench.flows.generate import start_run
from workbench.flows.playing import play
from workbench.flows.rewinding import rewind
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.llm.base import Price
from workbench.model import Budget, Turn
from workbench.store import open_store


@pytest.fixture
def model():
    numbers = count(1)
    return ScriptedModel(
        lambda request: "{}" if request.schema else f"Line {next(numbers)} it is, I think.", price=Price(1.0, 2.0)
    )


def drafts_from(desk, recipe, model, **params):
    (parent,) = desk.add(a_sample("Can you help me, please?", "Of course. What is it?", id="s1"))
    run = start_run(desk.store, Jobs(), author="ana", recipe=recipe, parents=[parent], query="", params=params,
                    budget=Budget(), seed=1, model=model).wait(20)  # fmt: skip
    return desk.store.drafts(run=run.id)


def exported(desk):
    desk.export(desk.freeze(), "workbench")
    return {line["sample"]["id"]: line for line in lines(desk.folder / "out" / "workbench.jsonl")}


def test_an_answer_with_a_judge_says_what_it_was_made_with_and_took(desk, model):
    draft = drafts_from(desk, "rank_n", model, variants=3, judge=True)[0]
    (sample,) = accept(desk.store, "ana", [draft.id])
    found = exported(desk)
    told = found[sample.id]["draft"]
    assert "draft" not in found["s1"]
    assert (told["id"], told["template_hash"], told["asked"]) == (draft.id, draft.template_hash, "scripted")
    ledger = {call.id: call for call in desk.store.calls(draft.run)}
    assert [(call["id"], call["request"]) for call in told["calls"]] == [
        (call, ledger[call].request_hash) for call in draft.calls
    ]
    assert told["turns"] == {draft.turns[-1].id: {"call": draft.calls[0], "seed": draft.seed}}
    assert told["cost"]["calls"] == 2
    assert told["cost"]["usd"] == pytest.approx(sum(ledger[call].usd for call in draft.calls))
    assert told["cost"]["usd"] > 0
    assert [gate["check"] for gate in told.get("gates", [])] == [gate.check for gate in draft.gates]
    assert "made" not in told, "nobody changed it"


def test_what_the_model_had_said_is_beside_what_a_person_made_of_it(desk, model):
    draft = drafts_from(desk, "answer", model, variants=1)[0]
    (sample,) = accept(desk.store, "ben", [draft.id], turns=[*draft.turns[:-1], Turn("", "assistant", "At ten.")])
    line = exported(desk)[sample.id]
    assert line["sample"]["origin"]["edited_by"] == "ben"
    assert [turn["content"] for turn in line["draft"]["made"]] == [turn.content for turn in draft.turns]


def test_a_conversation_run_turn_by_turn_names_call_and_seed_of_each_turn(desk, model):
    (draft,) = drafts_from(desk, "duet", model, turns=6, live=True)
    live = play(desk.store, Jobs(), draft.id, author="ana", turns=2, model=model).wait(20)
    rewind(desk.store, "ana", draft.id, live.turns[-1].turn.id, "No, a quarter.")
    live = play(desk.store, Jobs(), draft.id, author="ana", model=model).wait(20)
    (sample,) = accept(desk.store, "ana", [draft.id])
    told = exported(desk)[sample.id]["draft"]
    by_model = [item.turn.id for item in live.turns if item.by == "model"]
    assert list(told["turns"]) == by_model
    assert len({turn["seed"] for turn in told["turns"].values()}) == len(by_model)
    assert [call["id"] for call in told["calls"]] == [call.id for call in desk.store.calls(draft.run)]


def test_the_same_build_gives_the_same_lines_later_and_another_workspace_reads_them(desk, model, tmp_path):
    first, second = drafts_from(desk, "rank_n", model, variants=3)[:2]
    (sample,) = accept(desk.store, "ana", [first.id])
    frozen = desk.freeze()
    desk.export(frozen, "workbench")
    before = (desk.folder / "out" / "workbench.jsonl").read_bytes()
    accept(desk.store, "ana", [second.id])
    desk.export(frozen, "workbench", out="later")
    assert (desk.folder / "later" / "workbench.jsonl").read_bytes() == before
    other = open_store(tmp_path / "other.workspace")
    report = collect(other, desk.folder / "out" / "workbench.jsonl", author="bob")
    assert (report.imported, report.problems) == (2, 0)
    assert other.get(sample.id).origin == desk.store.get(sample.id).origin
    other.close()
