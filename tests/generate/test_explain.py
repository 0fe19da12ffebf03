"""Explanations: the conversation stays, the parts go with the turn, and evidence has to exist."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.generate.texts import made
from workbench.errors import GenerateError
from workbench.generate import RECIPES, look_at
from workbench.llm import ScriptedModel

RECIPE = RECIPES.get("explain")
PARENT = a_sample("May I drink coffee before the test?", "No, only still water: coffee changes the result.")


WHY = "Coffee acts on the blood values that are measured, so the result would mislead."


def parts(*quotes: str, why=WHY, **more):
    claims = [{"claim": why, "quote": quote} for quote in quotes or ("only still water",)]
    return json.dumps({"claims": claims, "mistake": "Taking {black} coffee for water.", "check": "And tea?", **more})


def explained(reply, parent=PARENT, **params):
    model = ScriptedModel([reply])
    (one,) = made("explain", parent, params, model=model)
    return one, [found.check for found in look_at(RECIPE, parent, one)], model


def test_the_conversation_stays_and_the_parts_go_with_the_turn():
    one, findings, model = explained(parts(), audience="a {nervous} patient")
    assert findings == []
    assert one.turns[:2] == PARENT.turns
    assert [turn.role for turn in one.turns] == ["user", "assistant"] * 2
    assert "“only still water”" in one.turns[3].content
    carried = one.turns[3].extra["explanation"]
    assert (carried["of"], carried["audience"], carried["check"]) == ("t2", "a {nervous} patient", "And tea?")
    assert "a {nervous} patient" in model.history[0].messages[0].content


def test_each_claim_says_where_its_words_stand():
    one, findings, _ = explained(
        parts("only still water", "“drink coffee before the test”", "coffee CHANGES  the result")
    )
    assert findings == []
    claims = one.turns[3].extra["explanation"]["claims"]
    assert [(claim["turn"], claim["claim"]) for claim in claims] == [("t2", WHY), ("t1", WHY), ("t2", WHY)]
    texts = {turn.id: turn.content for turn in one.turns}
    stands = [texts[claim["turn"]][claim["start"] : claim["end"]] for claim in claims]
    assert stands == ["only still water", "drink coffee before the test", "coffee changes the result"]
    assert "“only still water”, “drink coffee before the test”" in one.turns[3].content


LONGER = a_sample(*(turn.content for turn in PARENT.turns), "And tea on 5 May?", "Bye.")


@pytest.mark.parametrize(
    "quote",
    [
        "as much coffee as you like",
        "a ",
        "...",
        "art",
        "only still",
        "still wat",
        "before the test No",
        "only still water coffee ch",
        "tea on 5 May",
    ],
)
def test_a_quotation_is_whole_words_of_one_turn_up_to_the_answer(quote):
    assert "quoted" in explained(parts("only still water", quote), LONGER)[1]


def test_a_quotation_may_stand_in_the_passage_that_the_answer_rests_on():
    passage = {"document": "doc_1", "span": 2, "text": "Before blood is taken, nothing but water is allowed."}
    parent = replace(PARENT, turns=(replace(PARENT.turns[0], extra={"passage": passage}), PARENT.turns[1]))
    one, findings, _ = explained(parts("nothing but water is allowed"), parent)
    assert findings == []
    (claim,) = one.turns[3].extra["explanation"]["claims"]
    assert (claim["turn"], claim["in"]) == ("t1", "passage")
    assert passage["text"][claim["start"] : claim["end"]] == "nothing but water is allowed"


@pytest.mark.parametrize(
    ("quote", "found"), [("只能喝水", []), ("喝水", ["quoted"]), ("咖啡会影响结", []), ("喝茶会影响", ["quoted"])]
)
def test_four_characters_of_chinese_are_enough(quote, found):
    parent = a_sample("检查之前可以喝咖啡吗？", "不可以，只能喝水，咖啡会影响结果。", language="zh")
    said = parts(quote, why="咖啡会影响血液里的数值。", mistake="把咖啡当作水。", check="那么茶呢？")
    assert explained(said, parent)[1] == found


def test_a_place_that_is_not_true_any_more_is_found():
    one, _, _ = explained(parts())
    extra = one.turns[3].extra["explanation"]
    moved = {**extra, "claims": [{**extra["claims"][0], "start": 0, "end": 5}]}
    changed = replace(one, turns=(*one.turns[:3], replace(one.turns[3], extra={"explanation": moved})))
    (found,) = [found for found in look_at(RECIPE, PARENT, changed) if found.check == "quoted"]
    assert found.message == "the words it quotes stand elsewhere by now"


@pytest.mark.parametrize(
    ("why", "found"),
    [
        ("Coffee thins the blood by 40 percent.", True),
        ("After 12 hours coffee is out of the blood.", False),
        ("Two cups in 12 hours: 12 / 2 = 6 hours for each.", True),
        ("In 12 hours: 12 - 4 = 8 hours are left.", True),
        ("In 12 hours: 12 / 12 = 1 is left.", False),
    ],
)
def test_a_number_that_nobody_said_and_no_sum_gives_is_unsure(why, found):
    parent = a_sample("May I drink coffee 12 hours before?", PARENT.turns[1].content)
    one, checks, _ = explained(parts(why=why), parent)
    assert ("sourced" in checks) is found
    assert all(one.severity == "warning" for one in look_at(RECIPE, parent, one) if one.check == "sourced")


def test_false_arithmetic_is_found():
    assert "arithmetic" in explained(parts(why="Because 2 + 2 = 5 cups would be too many for anybody."))[1]


@pytest.mark.parametrize("bad", ["", "Sorry, I cannot.", "{}", parts(check=""), parts(more="x"), parts(claims=[])])
def test_a_reply_of_another_shape_fails(bad):
    with pytest.raises(GenerateError, match=r"JSON|another shape"):
        explained(bad)


def test_a_conversation_without_an_answer_is_told():
    with pytest.raises(GenerateError, match="no answer in it"):
        explained(parts(), a_sample("Hello?"))


def test_what_is_explained_is_the_last_answer_that_tells_something():
    goodbye = a_sample(PARENT.turns[0].content, PARENT.turns[1].content, "Thanks a lot!", "You're welcome, goodbye.")
    one, findings, model = explained(parts(), goodbye)
    assert findings == []
    assert one.branch_at == "t2"
    assert one.turns[:2] == goodbye.turns[:2]
    assert len(one.turns) == 4
    assert "goodbye" not in model.history[0].messages[1].content


def test_a_turn_that_was_changed_is_found():
    one, _, _ = explained(parts())
    changed = replace(one, turns=(replace(one.turns[0], content="May I drink tea?"), *one.turns[1:]))
    assert "begins_alike" in [found.check for found in look_at(RECIPE, PARENT, changed)]


@pytest.mark.parametrize(("language", "said"), [("fr", "Une erreur fréquente"), ("zh", "常见错误")])
def test_it_speaks_the_language_of_the_conversation(language, said):
    one, _, _ = explained(parts(), a_sample("?", "only still water", language=language))
    assert said in one.turns[3].content
