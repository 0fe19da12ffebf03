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


def parts(evidence="only still water", **more):
    why = "Coffee acts on the blood values that are measured, so the result would mislead."
    return json.dumps(
        {"why": why, "evidence": evidence, "mistake": "Taking {black} coffee for water.", "check": "And tea?", **more}
    )


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


def test_a_quotation_that_stands_nowhere_is_a_problem_and_the_case_does_not_matter():
    assert explained(parts("as much coffee as you like"))[1] == ["quoted"]
    assert explained(parts("Only still  water"))[1] == []


def test_false_arithmetic_is_found():
    assert "arithmetic" in explained(parts(why="Because 2 + 2 = 5 cups would be too many for anybody."))[1]


@pytest.mark.parametrize("bad", ["", "Sorry, I cannot.", "{}", parts(check=""), parts(more="x")])
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
