"""From topics to preferences: an even grid of questions, answers in groups, and pairs that are only proposed."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput, ModelError
from workbench.generate import RECIPES, Blank, look_at, read_params
from workbench.generate.preferring import proposed_pair
from workbench.generate.recipes.topic_to_pref import TopicToPrefParams
from workbench.llm import ScriptedModel
from workbench.model import Sample, Written

RECIPE = RECIPES.get("topic_to_pref")
PARENTLESS = Sample("", (), Written(""), "")


class Talker:
    """Asks, answers and scores; every answer is a different one."""

    def __init__(self, scores=(4, 1, 3)):
        self.asked = 0
        self.scores = scores
        self.judged = 0

    def __call__(self, request):
        if request.schema_name == "question":
            self.asked += 1
            message = f"How do I keep {{it}} number {self.asked} safe?"
            return json.dumps({"subtopic": f"chosen {self.asked}", "message": message})
        if request.schema_name == "scores":
            score = self.scores[self.judged % len(self.scores)]
            self.judged += 1
            return json.dumps({"helpful": score, "correct": score, "coherent": score, "complex": 1, "verbose": 0})
        return f"Write it down twice and keep one copy elsewhere, number {request.seed}."


def made(number=0, of=1, script=None, seed=3, **params):
    model = ScriptedModel(script or Talker())
    read = read_params(RECIPE, params)
    return list(RECIPE.make(Blank(number, of, seed), read, model, random.Random(number))), model


def test_answers_to_one_question_are_one_group_with_a_proposed_pair():
    candidates, model = made()
    assert len({one.group for one in candidates}) == 1
    assert {one.turns[0].content for one in candidates} == {"How do I keep {it} number 1 safe?"}
    assert len({one.turns[1].content for one in candidates}) == 3
    assert [one.meta["machine"].get("pair") for one in candidates] == ["chosen", "rejected", None]
    assert all(one.meta["machine"]["advice"] and one.rank is None for one in candidates)
    assert [request.temperature for request in model.history if not request.schema] == [0.2, 0.65, 1.1]
    assert all(look_at(RECIPE, PARENTLESS, one) == () for one in candidates)
    cell = candidates[0].meta["topic"]
    assert all(cell[part] in model.history[0].messages[0].content for part in ("topic", "subtopic", "task", "persona"))


def test_cells_are_asked_about_evenly():
    topics = "money: saving | loans x2\nlaw: tenancy"
    cells = [made(n, 40, topics=topics, questions_only=True)[0][0].meta["topic"] for n in range(40)]
    subtopics = Counter((cell["topic"], cell["subtopic"]) for cell in cells)
    assert subtopics == {("money", "saving"): 10, ("money", "loans"): 20, ("law", "tenancy"): 10}
    assert set(Counter(cell["persona"] for cell in cells).values()) == {10}
    assert set(Counter(cell["task"] for cell in cells).values()) == {8}


def test_the_model_may_choose_the_subtopic():
    (one, *_), model = made(topics="money: *")
    assert one.meta["topic"]["subtopic"] == "chosen 1"
    assert "choose a narrow subtopic" in model.history[0].messages[0].content


@pytest.mark.parametrize(
    ("scores", "words", "params", "pair"),
    [
        ([4, 1, 3], [10, 10, 10], {}, (0, 1)),
        ([4, 1, 3], [10, 20, 12], {}, (0, 2)),
        ([4, 1, 3], [10, 20, 12], {"same_length": False}, (0, 1)),
        ([2, 1, 0], [9, 9, 9], {}, None),
        ([3, 2.8, 2.7], [9, 9, 9], {}, None),
        ([3, 3], [9, 9], {"margin": 0.0}, None),
        ([3, None, 1], [9, 9, 9], {}, (0, 2)),
        ([None, None], [9, 9], {}, None),
    ],
)
def test_a_pair_is_good_apart_and_equally_long(scores, words, params, pair):
    assert proposed_pair(scores, words, replace(TopicToPrefParams(), **params)) == pair


def test_without_a_judge_nothing_is_proposed():
    candidates, model = made(judge=False, answers=2)
    assert [one.meta.get("machine") for one in candidates] == [None, None]
    assert len(model.history) == 3


@pytest.mark.parametrize("bad", ["", "Hello?", '{"subtopic": "x", "message": ""}'])
def test_a_question_of_another_shape_fails(bad):
    with pytest.raises(GenerateError, match=r"JSON|another shape"):
        made(script=lambda request: bad)


def test_bad_answers_and_empty_lists_are_told():
    with pytest.raises(GenerateError, match="answer came out empty"):
        made(script=lambda request: json.dumps({"subtopic": "ab", "message": "Why?"}) if request.schema else " ")
    with pytest.raises(InvalidInput, match="no task"):
        made(tasks=" ")
    echo = {"subtopic": "ab", "message": "Why is the sky blue?"}
    (one, *_), _ = made(script=lambda request: json.dumps(echo) if request.schema else echo["message"], judge=False)
    assert [found.check for found in look_at(RECIPE, PARENTLESS, one)] == ["repeats"]


def test_a_run_keeps_groups_together_and_accounts_for_every_row(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate(
            "topic_to_pref", params={"questions": 4, "answers": 3}, model=ScriptedModel(Talker()), seed=7
        ).wait()
        assert (run.requested, run.counts) == (12, {"drafted": 12})
        groups = defaultdict(list)
        for draft in ws.drafts(run.id):
            groups[draft.group].append(draft)
        assert sorted(len(drafts) for drafts in groups.values()) == [3, 3, 3, 3]
        for drafts in groups.values():
            assert len({draft.row // 3 for draft in drafts}) == 1
            assert len({draft.turns[0].content for draft in drafts}) == 1
        first = next(iter(groups.values()))
        ws.rank({first[0].id: 2, first[1].id: 1, first[2].id: 2})
        ws.set_model({"base_url": "http://127.0.0.1:9/v1", "model": "m"})
        estimate = ws.estimate("topic_to_pref", params={"questions": 4, "answers": 3})
        assert (estimate.drafts, estimate.calls) == (12, 28)


def test_questions_wait_for_a_person_and_are_answered_afterwards(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate(
            "topic_to_pref", params={"questions": 3, "questions_only": True}, model=ScriptedModel(Talker())
        ).wait()
        assert run.counts == {"drafted": 3}
        (sample,) = ws.accept([ws.drafts(run.id)[0].id])
        answered = ws.generate("rank_n", [sample.id], {"variants": 3}, model=ScriptedModel(Talker())).wait()
        assert answered.counts == {"drafted": 3}


def test_a_group_that_broke_is_made_again_when_the_run_goes_on(tmp_path):
    talker, broken = Talker(), []

    def script(request):
        if request.schema_name == "scores" and talker.judged == 4 and not broken:
            broken.append(True)
            raise ModelError("the line was cut", hint="try again")
        return talker(request)

    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        params = {"questions": 3, "answers": 3}
        run = ws.generate("topic_to_pref", params=params, model=ScriptedModel(script), seed=1).wait()
        assert run.counts == {"drafted": 6, "failed": 3}
        again = ws.resume(run.id, model=ScriptedModel(script)).wait()
        assert again.counts == {"drafted": 9}
        assert Counter(Counter(draft.group for draft in ws.drafts(run.id) if draft.turns).values()) == {3: 3}
