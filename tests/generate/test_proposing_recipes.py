"""Recipes whose drafts are items to approve: what they propose, and what is found in it."""

from __future__ import annotations

import json
import random

import pytest

from tests.builders import a_sample
from tests.generate.texts import made, own_samples
from workbench.collect.documents import paragraphs
from workbench.errors import GenerateError
from workbench.generate import RECIPES, look_at, parameter_form, read_params
from workbench.generate.recipes.role_cards import FIELDS
from workbench.llm import ScriptedModel
from workbench.model import Document, Sample, Written

PARENTLESS = Sample("", (), Written(""), "", language="en")
TEXT = "# Fever\n\nPeople with a fever are seen on the same day.\n\nPeople who take warfarin need a blood test before."


def cards(**changed):
    return json.dumps({name: f"You are the {name.replace('_', ' ')} person." for name in FIELDS} | changed)


def facts(rules, facts=("Mrs Bell has a fever",)):
    written = [{"if": list(body), "then": head, "span": span} for body, head, span in rules]
    return json.dumps({"facts": list(facts), "rules": written})


def of_document(replies, language="en", **params):
    recipe, model = RECIPES.get("facts_and_rules"), ScriptedModel(replies)
    document = Document("doc_1", "Guide", TEXT, paragraphs(TEXT), "src", language)
    read = read_params(recipe, {"variants": 1, **params})
    return list(recipe.make(document, read, model, random.Random(1))), model


def found(name, candidate, parent=PARENTLESS):
    return [(one.check, one.severity) for one in look_at(RECIPES.get(name), parent, candidate)]


def test_what_a_recipe_proposes_fits_the_recipe_that_goes_on():
    proposing = [recipe for recipe in RECIPES if recipe.then is not None]
    assert {recipe.name for recipe in proposing} >= {"document_qa", "facts_and_rules", "role_cards", "topic_to_pref"}
    for recipe in proposing:
        follow = RECIPES.get(recipe.then.recipe)
        assert follow.starts_from in {"sample", "nothing"}
        assert recipe.then.settled <= {entry["name"] for entry in parameter_form(follow)}
        read_params(follow, recipe.then.begins(read_params(recipe, {})))


def test_cards_are_two_sides_and_the_mistakes_that_were_asked_for():
    parent = a_sample("Can you help me with fractions?", "Of course.")
    said = ScriptedModel([cards(mistakes=["One half is two.", "A third is\nthree."])])
    (one,) = made("role_cards", parent, {"mistakes": 2}, model=said)
    assert [turn.id for turn in one.turns] == [*FIELDS, "mistakes"]
    assert one.turns[-1].content.splitlines() == ["One half is two.", "A third is three."]
    assert {turn.role for turn in one.turns} == {"system"}
    assert found("role_cards", one, parent) == []
    prompt = said.history[0].messages[1].content
    assert "Can you help me with fractions?" in prompt
    assert "write 2 typical ones" in prompt


def test_every_further_pair_of_cards_is_asked_to_be_another_case():
    said = ScriptedModel([cards(user_role="You are Ann."), cards(user_role="You are Bob.")])
    made("role_cards", a_sample("Hello?", "Hi."), {"variants": 2}, model=said)
    assert "You are Ann." not in said.history[0].messages[1].content
    assert "You are Ann." in said.history[1].messages[1].content


def test_two_sides_with_one_card_are_set_aside():
    parent = a_sample("Can you help me with fractions?", "Of course.")
    (one,) = made("role_cards", parent, model=ScriptedModel([cards(user_goal="Win it.", assistant_goal="win it")]))
    assert found("role_cards", one, parent) == [("cards", "problem")]


@pytest.mark.parametrize("bad", ["", "You are a nurse.", '{"user_role": "x"}', cards(user_goal="")])
def test_cards_of_another_shape_fail_and_keep_what_was_written(bad):
    with pytest.raises(GenerateError) as told:
        made("role_cards", a_sample("Hello?", "Hi."), model=ScriptedModel([bad]))
    assert told.value.raw == bad


def test_cards_are_written_for_conversations_of_every_language(sample_data):
    for language, name in (("en", "English"), ("fr", "French"), ("zh", "Chinese")):
        said = ScriptedModel(lambda request: cards())
        for parent in own_samples(sample_data, language)[:5]:
            made("role_cards", parent, model=said)
        assert all(f"in {name}" in request.messages[0].content for request in said.history)


def test_facts_and_rules_are_written_as_the_engine_reads_them():
    rules = [(["{person} has a fever"], "{person} is seen the same day", 2)]
    (one,), model = of_document([facts(rules)])
    assert one.turns[0].content == "Mrs Bell has a fever"
    assert one.turns[1].content == "if {person} has a fever then {person} is seen the same day"
    assert found("facts_and_rules", one) == []
    assert "[2] People with a fever" in model.history[0].messages[1].content
    assert '"{person} has a fever"' in model.history[0].messages[0].content


@pytest.mark.parametrize(
    ("language", "body", "head"),
    [("fr", ["{p} a de la fièvre", "{p} est âgé"], "{p} est vu"), ("zh", ["{p}发烧", "{p}年老"], "{p}今天就诊")],
)
def test_rules_are_read_in_french_and_chinese(language, body, head):
    bell = [sentence.replace("{p}", "Bell") for sentence in body]
    (one,), _ = of_document([facts([(body, head, 2)], bell)], language)
    assert one.meta["given"] == {"language": language}
    assert ("follows", "problem") not in found("facts_and_rules", one)


def test_rules_from_which_nothing_follows_are_set_aside_and_unsupported_ones_shown():
    (one,), _ = of_document([facts([(["{person} flies"], "{person} lands", 2)])])
    assert found("facts_and_rules", one) == [("follows", "problem"), ("grounded", "warning")]
    (one,), _ = of_document([facts([(["{person} has a fever"], "{other} is seen", 9)])])
    assert ("follows", "problem") in found("facts_and_rules", one)
    with pytest.raises(GenerateError, match="no wording in 'de'"):
        of_document([], "de")
