"""Another rhythm: nothing is lost, nothing is invented, speakers take turns, in three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.generate.texts import each_made, made, own_samples, real_samples, texts
from workbench.errors import GenerateError
from workbench.generate import RECIPES, look_at

RECIPE = RECIPES.get("turn_structure")
LONG = a_sample(
    "Good morning. My bill is wrong again this month. It says two hundred instead of twenty.",
    "I am sorry about that. Let me look at the meter first. Which number does it show today?",
    "It shows four thousand and five. That is what I sent you.",
    "Thank you, then the bill is wrong.",
)


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
@pytest.mark.parametrize("kind", ["any", "back-channel", "clarification", "interruption"])
def test_promises_hold_on_our_conversations(kind, language, sample_data):
    passed = 0
    parents = own_samples(sample_data, language)[:40]
    for parent, candidate in each_made("turn_structure", parents, {"kind": kind, "changes": 3}):
        passed += 1
        assert look_at(RECIPE, parent, candidate) == ()
        kept = [turn.id for turn in candidate.turns if turn.id in {one.id for one in parent.turns}]
        assert kept == [turn.id for turn in parent.turns]
    assert passed >= 20


@pytest.mark.parametrize("name", ["sgd", "crosswoz"])
def test_promises_hold_on_real_conversations(name, corpora):
    passed = 0
    for parent, candidate in each_made("turn_structure", real_samples(corpora, name, 60), {"changes": 2}):
        assert {finding.check for finding in look_at(RECIPE, parent, candidate)} == set()
        passed += 1
    assert passed > 50


def test_a_split_turn_has_a_sound_of_listening_between_its_parts():
    (candidate,) = made("turn_structure", LONG, {"kind": "back-channel"}, seed=2)
    before, sound, after = next(
        candidate.turns[at : at + 3] for at, turn in enumerate(candidate.turns) if turn not in LONG.turns
    )
    assert before.role == after.role != sound.role
    assert f"{before.content} {after.content}" in texts(LONG.turns)


def test_an_interruption_goes_on_where_it_stopped():
    (candidate,) = made("turn_structure", LONG, {"kind": "interruption"})
    assert [turn.role for turn in candidate.turns] == ["user", "assistant"] * 4
    assert candidate.turns[5].content.endswith("Which number does it show today?")


def test_turns_with_only_a_sound_between_them_become_one():
    parent = a_sample("My bill is wrong.", "I see.", "It says two hundred.", "I will correct it.")
    (candidate,) = made("turn_structure", parent, {"kind": "merge"})
    assert texts(candidate.turns) == ["My bill is wrong. It says two hundred.", "I will correct it."]
    assert look_at(RECIPE, parent, candidate) == ()


def test_french_and_chinese_phrases_address_as_the_people_do():
    french = a_sample(
        "Tu es là ?", "Oui, je suis là pour toi.", "Tu peux regarder mon exercice maintenant ?", "Bien sûr."
    )
    (candidate,) = made("turn_structure", replace(french, language="fr"), {"kind": "clarification"})
    assert "Tu peux" in candidate.turns[3].content
    chinese = a_sample("您好", "您好，请讲。", "请问您那边几点开门呢？", "九点。")
    (candidate,) = made("turn_structure", replace(chinese, language="zh"), {"kind": "clarification"})
    assert "您" in candidate.turns[3].content


def test_a_lost_and_an_invented_word_are_found():
    (candidate,) = made("turn_structure", LONG)
    last = candidate.turns[-1]
    for text, message in (("Thank you, then the bill", "not said any more"), (f"{last.content} Goodbye", "nobody")):
        spoiled = replace(candidate, turns=(*candidate.turns[:-1], replace(last, content=text)))
        assert message in look_at(RECIPE, LONG, spoiled)[-1].message


def test_a_conversation_without_a_safe_place_is_refused():
    with pytest.raises(GenerateError, match="no turn"):
        made("turn_structure", a_sample("Rain?", "Yes."))
    with pytest.raises(GenerateError, match="no phrases"):
        made("turn_structure", a_sample("Guten Tag", language="de"))
