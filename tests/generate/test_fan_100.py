"""A hundred variants of one event: what must stay, how alike any two are, how evenly the axes are used."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import combinations

import pytest

from tests.builders import a_sample
from tests.generate.texts import made, own_samples
from workbench.errors import GenerateError, InvalidInput
from workbench.generate import RECIPES, look_at, read_params, speaks_against
from workbench.generate.alike import alike, shingles

RECIPE = RECIPES.get("fan_100")
KEEP = {
    "en": ("babysitter", "allergic to peanuts"),
    "fr": ("canapé",),
    "zh": ("白内障",),
}


def _event(sample_data, language):
    return next(
        sample for sample in own_samples(sample_data, language) if all(word in sample.text for word in KEEP[language])
    )


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_hundred_variants_keep_what_must_stay_and_are_all_apart(language, sample_data):
    parent = _event(sample_data, language)
    variants = made("fan_100", parent, {"keep": "\n".join(KEEP[language])})
    assert len(variants) == 100
    for one in variants:
        text = " ".join(turn.content for turn in one.turns).casefold()
        assert all(word in text for word in KEEP[language])
        assert not speaks_against(look_at(RECIPE, parent, one))
    marks = [shingles(one.turns) for one in (parent, *variants)]
    assert max(alike(one, other) for one, other in combinations(marks, 2)) < 0.9
    for axis in variants[0].meta["fan"]["levels"]:
        counts = Counter(one.meta["fan"]["levels"][axis] for one in variants)
        assert len(counts) > 1
        assert max(counts.values()) - min(counts.values()) <= 1


def test_too_short_an_event_says_how_many_it_gave():
    parent = a_sample("My name is Anna, I live in Boston.", "Fine, Anna.")
    recipe_made = []

    variants = RECIPE.make(parent, read_params(RECIPE, {"cap": 0.3, "noise": False}), None, random.Random(1))
    with pytest.raises(GenerateError, match=r"different enough: only \d+"):
        recipe_made.extend(variants)
    assert len(recipe_made) < 100


def test_numbers_to_call_belong_to_nobody(sample_data):
    variants = made("fan_100", _event(sample_data, "en"), {"variants": 20, "noise": False, "cap": 0.99})
    called = {
        number for one in variants for turn in one.turns for number in re.findall(r"\(212\) [\d-]+", turn.content)
    }
    assert len(called) > 6
    assert all(number.startswith("(212) 555-01") for number in called)


def test_a_phrase_that_is_not_there_is_named():
    with pytest.raises(InvalidInput, match="pyjamas"):
        made("fan_100", a_sample("Is it open on Monday?"), {"keep": "pyjamas"})


def test_nothing_that_may_vary_is_told():
    axes = ("names", "cities", "amounts", "dates", "codes", "register", "structure", "noise")
    with pytest.raises(GenerateError, match="can vary"):
        made("fan_100", a_sample("Is it open on Monday?"), dict.fromkeys(axes, False))


def test_the_same_seed_gives_the_same_fan(sample_data):
    parent = _event(sample_data, "en")
    assert made("fan_100", parent, {"variants": 5}) == made("fan_100", parent, {"variants": 5})
