"""The examples on the cards of recipes are true: what a recipe without a model makes of the sample data, made again.

After a wanted change: ``WORKBENCH_WRITE_EXAMPLES=1 pytest tests/generate/test_examples.py``.
"""

from __future__ import annotations

import json
import os
import random
from difflib import SequenceMatcher

import pytest

from tests.generate.texts import own_samples
from workbench.errors import GenerateError
from workbench.generate import RECIPES, Blank, read_params
from workbench.generate.recipes import BUILTIN
from workbench.generate.showing import FILE, shown

LANGUAGES = ("en", "fr", "zh")
MOST = {"en": 170, "fr": 180, "zh": 70}
"""Characters of a side: a card is small."""
SEED = 1
WITHOUT_MODEL = sorted(recipe.name for recipe in BUILTIN if not recipe.needs_model and recipe.name != "upsample")
"""`upsample` makes what `fan_100` does where real labels prove that it helps: its card has an illustration."""


def changed(before, after):
    """The first turns that are not as they were: some of each side."""
    texts = ([turn.content for turn in turns] for turns in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind != "equal" and b > a and d > c:
            return before[a : min(b, a + 1)], after[c : min(d, c + (1 if b - a == d - c else 2))]
    return (), ()


def from_sample(recipe, folder, language):
    """The first conversation of the sample data with a change that fits on a card."""
    params = read_params(recipe, {name: value for name, value in recipe.example.items() if name != "language"})
    for sample in own_samples(folder, language):
        try:
            candidate = next(iter(recipe.make(sample, params, None, random.Random(SEED))), None)
        except GenerateError:
            continue
        old, new = changed(sample.turns, candidate.turns) if candidate else ((), ())
        sides = [" ".join(turn.content for turn in turns) for turns in (old, new)]
        if old and new and all(25 * MOST[language] // 170 < len(side) <= MOST[language] for side in sides):
            return [[turn.role, turn.content] for turn in old], [[turn.role, turn.content] for turn in new]
    return None


def from_nothing(recipe, language):
    """Of the first row: what it rests on, and its first turns. Facts and rules are there in English alone."""
    if recipe.name == "derive_then_say" and language != "en":
        return None
    params = read_params(recipe, {**recipe.example, "language": language})
    candidate = next(iter(recipe.make(Blank(0, 4, SEED), params, None, random.Random(SEED))))
    return basis(candidate), [[turn.role, ends(turn.content)] for turn in candidate.turns[:2]]


def basis(candidate):
    proof = candidate.meta.get("proof")
    if proof:
        *premises, rule, _ = proof["steps"][0]
        return [["facts", "; ".join(premises)], ["rules", rule]]
    return [["acts", " → ".join(named(turn.extra) for turn in candidate.turns[:2])]]


def named(labels):
    return f"{labels['act']}({', '.join(str(slot['text']) for slot in labels['slots'])})"


def ends(text):
    """A card has no room for all the lines of a proof: the first and the last, or of a long question the last."""
    first, *middle, last = text.split("\n") if "\n" in text else (text, text)
    if not middle:
        return text
    return "\n".join([first, "…", last]) if len(middle) < 4 else last


def made_again(name, folder, language):
    recipe = RECIPES.get(name)
    found = from_sample(recipe, folder, language) if recipe.starts_from == "sample" else from_nothing(recipe, language)
    return None if found is None else {"before": found[0], "after": found[1], "made": True}


@pytest.mark.parametrize("name", WITHOUT_MODEL)
def test_an_example_is_what_the_recipe_makes(name, sample_data):
    found = {language: made_again(name, sample_data, language) for language in LANGUAGES}
    found = {language: one for language, one in found.items() if one}
    if os.environ.get("WORKBENCH_WRITE_EXAMPLES"):
        all_of_them = {**json.loads(FILE.read_text("utf-8")), name: found}
        FILE.write_text(json.dumps(dict(sorted(all_of_them.items())), ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert "en" in found
    written = json.loads(FILE.read_text("utf-8"))
    assert written[name] == found


def test_every_recipe_has_an_example_in_english_and_an_illustration_is_called_that():
    assert {recipe.name for recipe in BUILTIN if "en" not in shown(recipe.name)} == set()
    assert {recipe.name for recipe in BUILTIN for one in shown(recipe.name).values() if one.made} == set(WITHOUT_MODEL)


def test_every_example_shows_something_that_changes():
    for recipe in BUILTIN:
        for one in shown(recipe.name).values():
            assert one.before
            assert one.after
            assert one.before != one.after
            assert all(who and text.strip() for who, text in (*one.before, *one.after))
