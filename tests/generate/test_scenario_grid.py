"""Scenarios from a card: frequencies are kept, labels exact, channels do what they say, the card is read back."""

from __future__ import annotations

import json
import random
import re
from collections import Counter

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput, ModelError
from workbench.generate import RECIPES, Blank, look_at, read_params
from workbench.generate.cards import drawn_card, read_fields
from workbench.generate.recipes.channels import CHANNELS, through
from workbench.llm import ScriptedModel
from workbench.model import Sample, Turn, Written

RECIPE = RECIPES.get("scenario_grid")
PARENTLESS = Sample("", (), Written(""), "")
CARD = "goal: get money back | ask {how}\nfacts: order A-1203, paid 59 euros\nmood: calm x3 | annoyed"
SAID = {
    "en": [
        "Hello, it is about my order A-1203. I paid 59 euros and it came broken.",
        "I am sorry to hear that. I can send the money back today. Which account should it go to?",
        "The one I paid with, please. How long does it take?",
        "Three working days at most. You will get a message when it is done.",
    ],
    "fr": [
        "Bonjour, c'est pour ma commande A-1203. J'ai payé 59 euros et elle est arrivée cassée.",
        "Je suis désolée de l'apprendre. Je peux vous rembourser aujourd'hui. Sur quel compte ?",
        "Celui qui a servi à payer, s'il vous plaît. Cela prend combien de temps ?",
        "Trois jours ouvrables au plus. Vous recevrez un message quand ce sera fait.",
    ],
    "zh": [
        "您好，我的订单A-1203有问题，付了59欧元，收到的时候已经坏了。",
        "非常抱歉给您添麻烦了。今天就可以把钱退给您。请问退到哪个账户？",
        "退到我付款的那个账户吧，请问要多久才能到账？",
        "最多三个工作日就能到账。退款完成后会给您发消息。",
    ],
}


def script(goal="get money back", mood="calm"):
    def answer(request):
        if request.schema_name == "card":
            known = {"goal": goal, "mood": mood}
            return json.dumps({name: known[name] for name in request.schema["properties"]})
        language = next(code for code, name in (("fr", "French"), ("zh", "Chinese"), ("en", "English"))
                        if f"in {name}" in request.messages[0].content)  # fmt: skip
        return json.dumps({"turns": SAID[language]})

    return ScriptedModel(answer)


def made(model=None, number=0, of=1, card=CARD, seed=5, **params):
    model = model or script()
    read = read_params(RECIPE, {"turns": 4, "card": card, "variants": of, **params})
    (one,) = RECIPE.make(Blank(number, of, seed), read, model, random.Random(number))
    return one, [(found.check, found.severity) for found in look_at(RECIPE, PARENTLESS, one)], model


def test_values_come_as_often_as_they_should():
    fields = read_fields("# a note\ngoal: a x3 | b\nMood: calm | worried x2 | annoyed\nlanguage：zh")
    cards = [drawn_card(fields, number, 7) for number in range(240)]
    assert Counter(card["goal"] for card in cards) == {"a": 180, "b": 60}
    assert Counter(card["mood"] for card in cards) == {"calm": 60, "worried": 120, "annoyed": 60}
    both = Counter((card["goal"], card["mood"]) for card in cards)
    assert len(both) == 6
    assert {card["language"] for card in cards} == {"zh"}


@pytest.mark.parametrize("text", ["goal get money", "goal:", "goal: a\ngoal: b", ": a", "", "# only a note"])
def test_a_card_that_cannot_be_read_is_told(text):
    with pytest.raises(InvalidInput, match="card"):
        read_fields(text)


def test_the_card_goes_with_the_sample_and_is_read_back_by_one_who_does_not_know_it():
    one, findings, model = made()
    card = one.turns[0].extra["card"]
    assert card == one.meta["card"]
    assert (card["facts"], one.meta["facts"]) == ("order A-1203, paid 59 euros", ["A-1203", "59"])
    assert findings == ([] if one.meta["read_back"].items() <= card.items() else [("card", "warning")])
    writing, reading = model.history
    assert f"goal: {card['goal']}\nfacts: {card['facts']}\nmood: {card['mood']}" in writing.messages[1].content
    assert "goal: get money back | ask {how}" in reading.messages[1].content
    assert re.search(r"<<<DATA (\w{12})>>>\nuser: Hello.*\n<<<END \1>>>", reading.messages[1].content, re.DOTALL)
    assert reading.schema["properties"]["mood"]["enum"] == ["calm", "annoyed"]


def test_what_does_not_agree_is_shown_to_a_person():
    found = {mood: made(script(mood=mood), card="mood: calm | annoyed") for mood in ("calm", "annoyed")}
    for mood, (one, findings, _) in found.items():
        assert one.meta["read_back"] == {"mood": mood}
        assert findings == ([] if one.meta["card"]["mood"] == mood else [("card", "warning")])
    assert sorted(len(findings) for _, findings, _ in found.values()) == [0, 1]
    refused = ModelError("the model did not answer with valid JSON", raw="I cannot say.")
    refused.tokens = (90, 4)
    for unreadable in ("I cannot say.", refused):
        one, findings, _ = made(ScriptedModel([json.dumps({"turns": SAID["en"]}), unreadable]))
        assert (one.meta["read_back"], findings) == ({}, [("card", "warning")])
    with pytest.raises(ModelError, match="down"):
        made(ScriptedModel([json.dumps({"turns": SAID["en"]}), ModelError("it is down")]))
    assert len(made(read_back=False)[2].history) == 1


def test_a_fact_that_nobody_says_is_shown():
    assert made(card="facts: order A-1204, paid 59 euros")[1] == [("facts", "warning")]
    assert made(card="facts: order A-1204, paid 61 euros")[1] == [("facts", "problem")]


@pytest.mark.parametrize("language", sorted(SAID))
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_does_what_it_says(channel, language):
    one, findings, _ = made(card=f"facts: order A-1203, paid 59 euros\nchannel: {channel}\nlanguage: {language}")
    assert findings == []
    said = [turn.content for turn in one.turns]
    assert one.language == language
    match channel:
        case "typing slips" | "speech recognition":
            assert said[1::2] == SAID[language][1::2]
            assert said[0::2] != SAID[language][0::2]
        case "interruptions":
            assert len(said) == 8
        case "cut off":
            assert said[:2] == SAID[language][:2]
            assert len(said) == 3
            assert 0 < len(said[2]) < 0.8 * len(SAID[language][2])
            assert SAID[language][2].startswith(said[2])
        case _:
            assert said == SAID[language]


def test_a_second_language_is_asked_of_the_model():
    model = made(card="channel: mixed languages\nlanguage: zh")[2]
    assert "mixes words of English" in model.history[0].messages[1].content


@pytest.mark.parametrize(("card", "says"), [("channel: telex", "channel cannot be 'telex'"), ("language: xx", "'xx'")])
def test_what_the_card_asks_for_and_nobody_knows_is_told(card, says):
    with pytest.raises(InvalidInput, match=says):
        made(card=card)


def test_a_channel_without_a_place_for_its_effect_is_told():
    with pytest.raises(GenerateError, match="no turn"):
        through("interruptions", (Turn("t1", "user", "Rain?"), Turn("t2", "assistant", "Yes.")), "en", random.Random(1))


def test_a_run_keeps_every_label(tmp_path):
    card = "goal: get money back | ask how\nmood: calm | annoyed\nlanguage: en | fr | zh"
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate("scenario_grid", params={"card": card, "turns": 4, "variants": 3}, model=script()).wait()
        assert run.counts == {"drafted": 3}
        samples = ws.accept([draft.id for draft in ws.drafts(run.id)])
    assert {sample.language for sample in samples} == {"en", "fr", "zh"}
    assert all(sample.turns[0].extra["card"]["language"] == sample.language for sample in samples)


@pytest.mark.parametrize(
    ("line", "says", "hint"),
    [
        ("chanel: cut off", "line 3 of the card: there is no field 'chanel'", "write channel"),
        ("Facts : order 1\nmoods: calm", "line 4 of the card: there is no field 'moods'", "write mood"),
        ("channel: cutoff | as written", "line 3 of the card: channel cannot be 'cutoff'", "cut off"),
        ("channel: Cut off x2", "line 3 of the card: channel cannot be 'Cut off'", "one of: as written"),
        ("language: en | english", "line 3 of the card: language cannot be 'english'", "en, fr, zh"),
        ("mood: calm x0 | annoyed", "line 3 of the card: 'x0' is no weight", "x2 behind a value"),
        ("mood: calm 2x | annoyed", "line 3 of the card: '2x' is no weight", "x2 behind a value"),
        ("mood: calm x 2", "line 3 of the card: 'x 2' is no weight", "x2 behind a value"),
    ],
)
def test_a_slip_in_the_card_is_told_with_its_line_before_anything_is_made(line, says, hint):
    with pytest.raises(InvalidInput) as told:
        read_params(RECIPE, {"card": f"# a card\ngoal: get money back\n{line}"})
    assert told.value.message == says
    assert hint in told.value.hint


def test_fields_of_ones_own_and_all_known_values_are_no_slips():
    card = f"ticket number: 4 | 5\nweather: 2x4 planks | 3 x rain today\nchannel: {' | '.join(CHANNELS)}"
    assert read_fields(read_params(RECIPE, {"card": card}).card) == {
        "ticket number": (("4", 1), ("5", 1)),
        "weather": (("2x4 planks", 1), ("3 x rain today", 1)),
        "channel": tuple((channel, 1) for channel in CHANNELS),
    }
    given = read_fields(read_params(RECIPE, {}).card)
    assert set(given) == {"goal", "facts", "persona", "mood", "obstacle", "channel", "language"}
    assert dict(given["mood"]) == {"calm": 2, "worried": 1, "annoyed": 1}
    assert {channel for channel, _ in given["channel"]} == set(CHANNELS)


def test_a_run_over_a_card_with_a_slip_does_not_start(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        with pytest.raises(InvalidInput, match="line 1 of the card"):
            ws.generate("scenario_grid", params={"card": "chanel: cut off"}, model=script())
        assert ws.runs() == []
