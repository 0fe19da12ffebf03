"""Translation: speakers and turns stay, and a value that did not come through is told with its turn."""

from __future__ import annotations

import gzip
import json
import re
from itertools import islice

import pytest

from tests.builders import a_sample
from tests.generate.texts import made, real_samples
from workbench.errors import GenerateError
from workbench.generate import RECIPES, Candidate, look_at, speaks_against
from workbench.generate.gates import facts_kept, names_kept, values_kept
from workbench.generate.values import fixed_values, lost_values
from workbench.llm import ScriptedModel

RECIPE = RECIPES.get("translate")
PARENT = a_sample(
    'Can I pay the 1,200.50 euros for "Green Line" by 7:15?',
    "Yes, write to desk@alder.example with code AB-1234 {please}, see https://alder.example/pay.",
)
FRENCH = (
    "Puis-je payer les 1 200,50 euros pour « Green Line » avant 7 h 15 ?",
    "Oui, écrivez à desk@alder.example avec le code AB-1234, voir https://alder.example/pay s'il vous plaît.",
)


def translated(replies, parent=PARENT, **params):
    model = ScriptedModel(replies)
    (one,) = made("translate", parent, params, model=model)
    return one, [(found.check, found.turn) for found in look_at(RECIPE, parent, one)], model


def test_turns_and_speakers_stay_and_values_come_through():
    one, findings, model = translated(FRENCH)
    assert findings == []
    assert one.language == "fr"
    assert one.meta["lost"] == []
    assert [(turn.id, turn.role) for turn in one.turns] == [("t1", "user"), ("t2", "assistant")]
    assert "AB-1234\nhttps://alder.example/pay" in model.history[1].messages[1].content
    assert FRENCH[0] in model.history[1].messages[1].content
    assert len(set(re.findall(r"<<<DATA (\w{12})>>>", model.history[1].messages[1].content))) == 3


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        (FRENCH[1].replace("AB-1234", "AB-1243"), "AB-1234"),
        (FRENCH[1].replace("desk@", "bureau@"), "desk@alder.example"),
        (FRENCH[1].replace("/pay", "/payer-ici"), None),
    ],
)
def test_a_value_that_did_not_come_through_is_told_at_its_turn(said, lost):
    one, findings, _ = translated([FRENCH[0], said])
    assert [item["value"] for item in one.meta["lost"]] == ([lost] if lost else [])
    assert findings == ([("values_kept", "t2")] if lost else [])
    assert not speaks_against(look_at(RECIPE, PARENT, one))


WHO = a_sample("I am Amir Haddad and I live in Lyon.", "Dr Bell sees you on Monday in London, for 20 euros.")


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        (("Je suis Amir Haddad et j'habite à Lyon.", "Le docteur Bell vous reçoit lundi à Londres, 20 euros."), None),
        (("Je suis Paul Martin et j'habite à Nice.", "Le docteur Bell vous reçoit lundi à Londres, 20 euros."), "t1"),
        (("Je suis Amir Haddad et j'habite à Nice.", "Le docteur Bell vous reçoit lundi à Londres, 20 euros."), "t1"),
        (("Je suis Amir Haddad et j'habite à Lyon.", "Le docteur Roux vous reçoit lundi à Londres, 20 euros."), "t2"),
    ],
)
def test_people_and_places_come_through_a_city_by_its_name_abroad(said, lost):
    assert translated(said, WHO)[1] == ([("names", lost)] if lost else [])


@pytest.mark.parametrize("wrong", ["mardi à Londres, 20 euros", "lundi à Londres, 20 dollars"])
def test_another_day_and_another_currency_are_told(wrong):
    said = ("Je suis Amir Haddad et j'habite à Lyon.", f"Le docteur Bell vous reçoit {wrong}.")
    assert translated(said, WHO)[1] == [("values_kept", "t2")]


def test_beijing_is_a_name_of_beijing_and_monday_one_of_xingqiyi():
    parent = a_sample("我想去北京玩，可以吗？", "好的，他3月5日星期一去北京。", language="zh")
    said = ["I would like to visit Beijing, may I?", "Fine, he goes to Beijing on Monday, 5 March."]
    assert translated(said, parent, to="en")[1] == []


def test_real_translations_and_rewordings_are_hardly_ever_doubted(corpora):
    """Bilingual dialogues (DiaBLa) are read as translations, back-translations (MTS-Dialog) as other words."""
    for file, group, gates, most in (
        ("diabla/diabla.jsonl.gz", "pair_id", (names_kept, values_kept), 0.01),
        ("mts_dialog/mts_dialog_backtranslation_groups.jsonl.gz", "near_dup_group", (names_kept, facts_kept), 0.01),
    ):
        versions: dict[str, list[dict]] = {}
        with gzip.open(corpora / file, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, islice(lines, 150)):
                versions.setdefault(record["meta"][group], []).append(record)
        turns = doubted = 0
        for first, *others in versions.values():
            for other in others:
                for said, again in zip(first["messages"], other["messages"], strict=False):
                    parent = a_sample(said["content"], language=first["language"])
                    one = Candidate(a_sample(again["content"]).turns, language=other["language"])
                    turns += 1
                    doubted += any(gate(parent, one) for gate in gates)
        assert turns > 500
        assert doubted <= most * turns


def test_what_was_not_translated_or_went_into_another_language_is_told():
    _, findings, _ = translated([FRENCH[0], PARENT.turns[1].content])
    assert ("untranslated", "t2") in findings
    _, findings, _ = translated(FRENCH, to="de")
    assert ("language", None) in findings
    assert ("copy", None) in translated([turn.content for turn in PARENT.turns])[1]


def test_chinese_is_shorter_and_that_is_no_finding():
    said = [
        "我能在7:15之前支付“Green Line”的1200.50欧元吗？",
        "可以，请写信到desk@alder.example，代码AB-1234，见https://alder.example/pay。",
    ]
    assert translated(said, to="zh")[1] == []


def test_it_says_when_there_is_nothing_to_do_or_nothing_came():
    with pytest.raises(GenerateError, match="this language already"):
        translated([], to="en")
    with pytest.raises(GenerateError, match="turn 2 came out empty"):
        translated([FRENCH[0], "  "])


def test_numbers_are_found_however_they_are_written():
    assert fixed_values("On 12/05/2024 room B12 cost ３ euros") == ["12/05/2024", "B12", "3"]
    assert lost_values(["1,200", "18:00", "07:30", "12"], "1 200 euros, 18h00, à 7 h 30, 112 fois") == ["12"]


def test_values_of_real_conversations_are_found_in_their_own_text(corpora):
    for parent in (*real_samples(corpora, "sgd", 60), *real_samples(corpora, "crosswoz", 60)):
        for turn in parent.turns:
            assert lost_values(fixed_values(turn.content), turn.content) == []
