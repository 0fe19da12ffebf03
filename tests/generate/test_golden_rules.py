"""Rules from golden utterances: what is proposed, and that nothing is made before it is approved."""

from __future__ import annotations

import random

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput
from workbench.generate import RECIPES, Blank, read_params
from workbench.generate.grammar import read_grammar, say
from workbench.generate.grammar.aligning import text_of, tokens_of
from workbench.generate.grammar.hearing import heard
from workbench.generate.grammar.inducing import induced

RECIPE = RECIPES.get("golden_grammar")
GOLDEN = """\
@slot exam (a, the)
a blood test / the blood test
an eye test / the eye test

@slot day
Monday
Friday

@user ask
"Can I book a blood test on Monday?"
"Could I book an eye test on Monday?"
"Could I book a blood test on Friday, please?"
"May I book a blood test on Friday, please?"
I need {exam}.

@user again
"Can I come earlier?"

@assistant offer
"We have something on Monday morning."
"We have something on Friday evening."
"We have something on Monday afternoon."
"Not this week."

@flow booked
ask, offer, again
"""


def ways(text: str, act: str) -> tuple[str, ...]:
    return read_grammar(text).acts[act].ways


def test_what_differs_at_one_place_becomes_a_choice_and_is_tried_elsewhere():
    found = induced(GOLDEN)
    assert ways(found.text, "ask") == ("[Can|Could|May] I book {exam} on {day}[, please]?", "I need {exam}.")
    assert ways(found.text, "again") == ("[Can|Could|May] I come earlier?",)
    assert (found.rules, found.shapes) == (5, (10, 14))


def test_a_place_that_takes_many_values_is_a_slot():
    found = induced(GOLDEN)
    assert ways(found.text, "offer") == ("We have something on {day} {value_a}.", "Not this week.")
    assert read_grammar(found.text).slots["value_a"].values == (("morning",), ("evening",), ("afternoon",))


def test_every_rule_names_the_utterances_it_comes_from():
    lines = induced(GOLDEN).text.splitlines()
    at = lines.index("[Can|Could|May] I book {exam} on {day}[, please]?")
    assert [line.removeprefix("# ") for line in lines[at - 4 : at]] == GOLDEN.splitlines()[9:13]


def test_every_golden_utterance_can_still_be_said():
    grammar = read_grammar(induced(GOLDEN).text)
    for utterance, act in (
        ("Could I book an eye test on Monday?", "ask"),
        ("We have something on Friday evening.", "offer"),
    ):
        slots = [
            {"text": shape, "value": value[0]}
            for slot in grammar.slots.values() for value in slot.values for shape in value
        ]  # fmt: skip
        assert any(heard(way, utterance, slots) is not None for way in grammar.acts[act].ways)


@pytest.mark.parametrize(
    ("golden", "way"),
    [
        (("“我想{day}来检查。”", "“我要{day}来检查。”", "“我想{day}来检查一下。”"), "我[想|要]{day}来检查[一下]。"),
        (('"Je voudrais venir {day}."', "« Je peux venir {day}. »"), "Je [voudrais|peux] venir {day}."),
        (('"Please call back."', '"Call back."'), "[Please call|Call] back."),
        (("“我想来检查。”", "“想来检查。”"), "[我]想来检查。"),
        (('"Hello, is it open?"', '"Is it open?"'), "[Hello, is|Is] it open?"),
        (('"Is it open today?"', '"Was it shut yesterday?"'), '"Is it open today?"'),
        (('"Yes, it is."', '"Yes. it is."'), '"Yes, it is."'),
    ],
)
def test_what_may_be_merged_and_what_not(golden, way):
    text = "@slot day\n星期一\n星期五\n\n@user a\n" + "\n".join(golden) + "\n\n@flow f\na\n"
    first = ways(induced(text).text, "a")[0]
    assert first in {way, way.strip('"')}
    assert induced(text).rules == len(golden) - len(ways(induced(text).text, "a"))


@pytest.mark.parametrize(
    "text", ["Could I, please?", "我要{day}来。", "[Hi|Hello], it's {who.I}. Fine", "l'été, j'y vais"]
)
def test_an_utterance_is_put_together_as_it_was(text):
    assert text_of(tokens_of(text)) == text


def test_without_golden_utterances_that_agree_it_is_said_what_to_write():
    params = read_params(RECIPE, {"rules_first": True, "grammar": "@user a\nHello\n\n@flow f\na"})
    with pytest.raises(GenerateError, match="no two utterances of an act are alike"):
        list(RECIPE.make(Blank(0, 1, 0), params, None, random.Random(0)))


def test_conversations_are_made_from_the_rules_as_they_were_approved(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        asked = ws.generate("golden_grammar", params={"grammar": GOLDEN, "rules_first": True, "variants": 6}).wait()
        assert asked.counts == {"drafted": 1}
        (item,) = ws.drafts(asked.id)
        assert item.meta["rules"] == 5
        (turn,) = item.turns
        with pytest.raises(InvalidInput, match="cannot be read"):
            ws.approve([item.id], turns=[wb.Turn(turn.id, turn.role, "nonsense")])
        mine = turn.content.replace("[Can|Could|May]", "[Can|Could]")
        ws.approve([item.id], turns=[wb.Turn(turn.id, turn.role, mine)])
        made = ws.generate_approved(asked.id).wait()
        texts = {turn.content for draft in ws.drafts(made.id) for turn in draft.turns}
    assert sum(made.counts.values()) == made.requested == 6
    assert not any(text.startswith("May ") for text in texts)
    assert {text.split()[0] for text in texts} & {"Can", "Could"}
    assert say("[a]", read_grammar(GOLDEN), {}, random.Random(1)).text in {"a", ""}
