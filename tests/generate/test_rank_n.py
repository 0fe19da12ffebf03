"""Answers to put in order: one group from careful to free, and a model's score kept apart from people's order."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from tests.builders import a_sample
from tests.generate.texts import made
from workbench.errors import GenerateError, InvalidInput, ModelRefused
from workbench.generate import RECIPES, look_at, read_params, speaks_against
from workbench.label.ranking import kendall_tau, ranks_from_scores
from workbench.llm import ScriptedModel

RECIPE = RECIPES.get("rank_n")
PARENT = a_sample("Is the lab open?", "No, on Monday.", "And the pharmacy?")
SCORES = {"helpful": 4, "correct": 3, "coherent": 4, "complex": 1, "verbose": 0}


def numbered():
    return ScriptedModel(lambda request: f"Until six, said the {request.seed}.")


def judging(*replies):
    judged = iter(replies)
    return ScriptedModel(lambda request: next(judged) if request.schema else f"Until six ({request.seed}).")


def test_answers_are_one_group_from_careful_to_free_without_an_order():
    model = numbered()
    candidates = made("rank_n", PARENT, {"variants": 5, "least": 0.2, "most": 1.0}, model=model)
    assert [request.temperature for request in model.history] == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert {one.group for one in candidates} == {f"{PARENT.id}:t3"}
    assert {one.rank for one in candidates} == {None}
    assert all(one.turns[:3] == PARENT.turns and look_at(RECIPE, PARENT, one) == () for one in candidates)


def test_a_models_scores_are_advice_beside_the_answer():
    replies = [json.dumps(SCORES), json.dumps({**SCORES, "correct": 0}), "Good!"]
    candidates = made("rank_n", PARENT, {"variants": 3, "judge": True}, model=judging(*replies))
    assert [one.meta["machine"].get("score") for one in candidates] == [3.667, 2.667, None]
    assert all(one.meta["machine"]["advice"] for one in candidates)
    assert "valid JSON" in candidates[2].meta["machine"]["unread"]
    scored = {n: one.meta["machine"]["score"] for n, one in enumerate(candidates[:2])}
    assert kendall_tau(ranks_from_scores(scored), {0: 2, 1: 1}) == pytest.approx(-1)


def test_a_judgement_that_the_endpoint_cannot_give_costs_nobody_the_answer():
    def judge(request):
        if not request.schema:
            return f"Until six ({request.seed})."
        refusal = ModelRefused("I will not judge")
        refusal.tokens = (80, 6)
        raise refusal

    candidates = made("rank_n", PARENT, {"variants": 3, "judge": True}, model=ScriptedModel(judge))
    assert [one.meta["machine"]["unread"] for one in candidates] == ["I will not judge"] * 3


def test_bad_answers_are_told():
    with pytest.raises(GenerateError, match="came out empty"):
        made("rank_n", PARENT, model=ScriptedModel([" "]))
    with pytest.raises(InvalidInput, match="from 3 to 9"):
        read_params(RECIPE, {"variants": 2})
    (first, *_) = made(
        "rank_n", PARENT, model=ScriptedModel(lambda _: "La pharmacie ferme à dix-huit heures ce soir-là.")
    )
    assert "language" in {found.check for found in look_at(RECIPE, PARENT, first)}


def test_a_changed_question_is_a_problem():
    from dataclasses import replace

    (first, *_) = made("rank_n", PARENT, model=numbered())
    broken = replace(first, turns=(replace(first.turns[0], content="Hm?"), *first.turns[1:]))
    assert speaks_against(look_at(RECIPE, PARENT, broken))


def test_an_order_with_ties_is_kept(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        (tmp_path / "one.jsonl").write_text(json.dumps({"messages": [{"role": "user", "content": "Is it open?"}]}))
        ws.collect(tmp_path / "one.jsonl")
        run = ws.generate("rank_n", params={"variants": 3}, model=numbered()).wait()
        first, second, third = ws.drafts(run.id)
        ws.rank({first.id: 2, second.id: 1, third.id: 2})
        assert sorted(draft.rank for draft in ws.drafts(run.id)) == [1, 2, 2]
