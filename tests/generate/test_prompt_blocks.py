"""Every request of every recipe is made of named blocks, and can be made again from what the ledger keeps of it."""

from __future__ import annotations

import random

import pytest

from tests.generate.plausible import plausible
from tests.generate.test_data_blocks import FULLEST, material
from workbench.generate import RECIPES, Blank, read_params
from workbench.generate.judge import JUDGE
from workbench.generate.material import Judged
from workbench.generate.templates import template
from workbench.llm.base import Message, Request
from workbench.prompt import Block, Part, blocks_of, lines, numbers_in, packed, text_number, unmarked, unpacked

ASKING = [recipe for recipe in RECIPES if recipe.needs_model]
FREE = {("topic_to_pref", "user")}
"""Messages that are said as they are, without a template: the question that a person is to answer."""


def requests_of(recipe):
    model = plausible()
    if recipe is JUDGE:
        start, params = Judged(material("sample", "answer").turns, "kept apart"), None
    else:
        start = Blank(0, 1, 1) if recipe.starts_from == "nothing" else material(recipe.starts_from, recipe.name)
        more = {"scenario_grid": {"read_back": True}, "topic_to_pref": {"judge": True}}.get(recipe.name, {})
        params = read_params(recipe, {**FULLEST.get(recipe.name, {}), **more})
    list(recipe.make(start, params, model, random.Random(1)))
    assert model.history
    return model.history


@pytest.mark.parametrize("recipe", [*ASKING, JUDGE], ids=lambda recipe: recipe.name)
def test_all_that_a_recipe_says_to_a_model_stands_in_named_blocks(recipe):
    for request in requests_of(recipe):
        for message in request.messages:
            blocks = blocks_of(message.content)
            assert "\n".join(block.text for block in blocks) == message.content
            named = {bool(block.name) for block in blocks}
            assert named == {True} or (recipe.name, message.role) in FREE, message.content[:200]


@pytest.mark.parametrize("recipe", [*ASKING, JUDGE], ids=lambda recipe: recipe.name)
def test_the_same_request_is_made_again_from_what_is_kept(recipe):
    for request in requests_of(recipe):
        line, texts = request.packed()
        again = Request.of_prompt(unpacked(line, texts))
        assert again.hash("e", "m") == request.hash("e", "m")
        assert set(numbers_in(line)) == set(texts)


def test_what_two_requests_share_is_one_text():
    first, second = (request.packed() for request in requests_of(RECIPES.get("paraphrase"))[1:3])
    shared = set(first.texts) & set(second.texts)
    assert first.line != second.line
    assert {text_number(template("paraphrase")["medium"]), numbers_in(first.line)[0]} <= shared


def test_a_block_tells_its_words_from_what_was_put_in():
    asked = template("document_answer")["task"].format(passage="P", question="{q}", unused=1)
    (block,) = blocks_of(asked)
    assert block.name == "task"
    assert [part for part in block.parts() if part.place] == [Part("P", "passage"), Part("{q}", "question")]
    assert block.text == asked


def test_what_came_from_no_template_is_a_block_without_a_name():
    (block,) = blocks_of("Say {hello}.")
    assert (block.name, block.text) == ("", "Say {hello}.")
    assert blocks_of(lines(["a", template("topic_to_pref")["go"]]))[1].name == "go"


def test_words_that_are_filled_in_are_no_template_again():
    assert Block("task", "{a} {{b}}", (("a", "{b}"),)).text == "{b} {b}"


@pytest.mark.parametrize("text", ["", "x" * 5000, "<<<DATA 0123456789ab>>>\nin\n<<<END 0123456789ab>>>", "7", "é\n{0}"])
def test_any_text_is_kept_as_it_is(text):
    line, texts = packed([("user", text)], {})
    assert unpacked(line, texts).texts() == [("user", text)]


def test_data_in_data_stays_where_it_is():
    inner = "<<<DATA aaaaaaaaaaaa>>>\nx\n<<<END aaaaaaaaaaaa>>>"
    outer = f"<<<DATA 0123456789ab>>>\n{inner}\n<<<END 0123456789ab>>>"
    line, texts = packed([("user", outer)], {})
    assert unpacked(line, texts).texts() == [("user", outer)]
    assert set(numbers_in(line)) == set(texts)
    assert unmarked(outer) == inner


def test_a_request_without_anything_special_keeps_only_what_it_says():
    asked = Request((Message("user", "hello"),))
    assert Request.of_prompt(unpacked(*asked.packed())) == asked
