"""Conversations from a grammar: acts and values exact, every axis used evenly, in three languages, and no two alike."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import pytest

import workbench as wb
from workbench.clean import detect_personal_data
from workbench.errors import InvalidInput
from workbench.generate import RECIPES, Blank, look_at, read_params
from workbench.generate.drawing import evenly
from workbench.generate.grammar import LANGUAGES, built_in, read_grammar, recognised, say
from workbench.model import Sample, Written

RECIPE = RECIPES.get("golden_grammar")
PARENTLESS = Sample("", (), Written(""), "")
OWN = """\
# Taxis.
@slot place (name, at)
station / at the station
airport / at the airport

@user ask
"A taxi at the station, please."
[Hello|Hi], one taxi to the {place2}[, please].

@assistant say
Of course, {place.at}.
{place.at} it is.

@flow order
ask, say
"""


def _made(rows=140, seed=3, **params):
    read = read_params(RECIPE, {**params, "variants": rows})
    return [one for n in range(rows) for one in RECIPE.make(Blank(n, rows, seed), read, None, random.Random(n))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_stand_where_they_are_said_and_stay_the_same(language):
    grammar = built_in(language)
    made = _made(language=language)
    assert [look_at(RECIPE, PARENTLESS, one) for one in made] == [()] * len(made)
    for one in made:
        acts = [turn.extra["act"] for turn in one.turns]
        assert tuple(acts) == grammar.flows[one.meta["flow"]]
        days = {slot["value"] for turn in one.turns for slot in turn.extra["slots"] if slot["slot"] == "day"}
        assert len(days) <= (2 if one.meta["flow"] in {"another_day", "moved"} else 1)
        for turn in one.turns:
            for slot in turn.extra["slots"]:
                assert turn.content[slot["start"] : slot["end"]].casefold() == slot["text"].casefold()
                assert any(
                    slot["value"] == value[0] and slot["text"].casefold() in [form.casefold() for form in value]
                    for value in grammar.slots[slot["slot"]].values
                )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_are_different_clean_and_even(language):
    made = _made(1000, language=language)
    texts = [" ".join(turn.content for turn in one.turns) for one in made]
    assert len(set(texts)) == 1000
    assert not [
        text for text in texts if re.search(r"[ ]{2}|[{}\[\]|]| [,.]|\.\.|[。，]{2}|^[a-zà-ÿ]|[.?!] [a-zà-ÿ]", text)
    ]
    assert detect_personal_data("\n".join(texts), language=language) == []
    flows = Counter(one.meta["flow"] for one in made)
    assert max(flows.values()) - min(flows.values()) <= 1
    whos = Counter(
        next(slot["value"] for turn in one.turns for slot in turn.extra["slots"] if slot["slot"] == "who")
        for one in made
        if one.turns[0].extra["act"] != "cancel"
    )
    assert max(whos.values()) < 1.2 * min(whos.values())


def test_the_first_rows_are_as_even_as_all():
    for rows in (7, 20, 99):
        counts = Counter(evenly("abcde", n, 4, "x") for n in range(rows))
        assert max(counts.values()) - min([counts[level] for level in "abcde"]) <= 1
    assert [evenly("abc", n, 1, "x") for n in range(30)] != [evenly("abc", n, 1, "y") for n in range(30)]


def test_a_golden_utterance_gives_its_slots_and_others_stay():
    slots = read_grammar(OWN).slots
    assert recognised('"From the station to the airport or the station"', slots) == (
        "From the {place} to the {place2} or the {place}"
    )
    assert recognised("“We meet at the airport”", slots) == "We meet {place.at}"
    assert recognised('"At the station?"', slots) == "{place.at}?"
    assert recognised("At the stationery shop", slots) == "At the stationery shop"
    said = {one.turns[0].content for one in _made(40, grammar=OWN)}
    assert {"A taxi at the station, please.", "A taxi at the airport, please.", "Hi, one taxi to the airport."} <= said


def test_a_value_that_begins_a_sentence_gets_a_capital():
    grammar = read_grammar(OWN)
    said = say(
        "Fine. {place.at} then, {place.at}[|].", grammar, {"place": ("station", "at the station")}, random.Random(1)
    )
    assert said.text == "Fine. At the station then, at the station."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("@flow order\nask, say", "", "no flow"),
        ("ask, say", "ask, cheer", "uses cheer"),
        ("{place2}", "{place3}", "uses {place3}"),
        ("{place.at} it", "{place.in} it", "uses {place.in}"),
        ("{place2}", "{town}", "uses {town}"),
        ("[Hello|Hi]", "[Hello|Hi", "uses [Hello"),
        ("airport / at the airport", "airport", "“airport”: 1 instead of 2"),
        ("@slot place", "@slots place", "line 2 of the grammar cannot be read"),
        ("@assistant say", "@assistant ask", "'ask' is empty or there twice"),
    ],
)
def test_a_grammar_that_cannot_be_used_is_named(old, new, says):
    with pytest.raises(InvalidInput, match=re.escape(says)):
        read_grammar(OWN.replace(old, new))


def test_a_value_that_moved_is_found():
    one = _made(1)[0]
    first = replace(one.turns[0], content=f"Well, {one.turns[0].content}")
    assert [found.check for found in look_at(RECIPE, PARENTLESS, replace(one, turns=(first, *one.turns[1:])))] == [
        "slots"
    ]


def test_acts_and_values_go_with_the_sample(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate("golden_grammar", params={"language": "zh", "variants": 8}).wait()
        assert run.counts == {"drafted": 8}
        (sample, *_) = ws.accept([draft.id for draft in ws.drafts(run.id)])
        assert sample.language == "zh"
        assert sample.turns[0].extra["act"] in built_in("zh").acts
