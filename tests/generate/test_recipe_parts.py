"""What several recipes are built from: parameters, shapes of replies, requests, words of replies, draws."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from tests.builders import a_turn
from workbench.errors import GenerateError, InvalidInput
from workbench.generate import Recipe, parameter_form, read_params
from workbench.generate.drawing import spread
from workbench.generate.inputs import choice, entries, freedom, long_text, number, short_text, switch, whole
from workbench.generate.mistakes import planned_mistakes
from workbench.generate.prompts import task_request
from workbench.generate.replies import answer_words, json_reply, own_words, turn_words
from workbench.generate.sampling import Spread, in_turn, sampled
from workbench.generate.schemas import INTEGER, array, one_of, record, string
from workbench.generate.topics import drawn_cell, only
from workbench.llm import ScriptedModel
from workbench.llm.base import Message, Reply
from workbench.llm.shape import misfit


@dataclass(frozen=True, slots=True)
class Everything:
    on: bool = switch("On", "or off")
    many: int = whole("Many", "things", default=3, least=1, most=9)
    share: float = number("Share", "of them", default=0.5, least=0.0, most=1.0)
    side: str = choice("Side", "which one", default="left", of=("left", "right"))
    name: str = short_text("Name", "of it", default="x")
    list: str = long_text("List", "one a line")
    temperature: float = freedom(0.7)


def test_a_declared_parameter_is_drawn_in_the_form_and_checked():
    recipe = Recipe("r", "1", "R", "", lambda *_: iter(()), params=Everything)
    form = {entry["name"]: entry for entry in parameter_form(recipe)}
    kinds = {name: entry["kind"] for name, entry in form.items()}
    assert kinds == {
        "on": "boolean", "many": "integer", "share": "number", "side": "choice", "name": "text", "list": "long_text",
        "temperature": "number",
    }  # fmt: skip
    assert (form["many"]["minimum"], form["many"]["maximum"], form["many"]["default"]) == (1, 9, 3)
    assert (form["side"]["title"], form["side"]["choices"]) == ("Side", ("left", "right"))
    assert read_params(recipe, {}) == Everything()
    with pytest.raises(InvalidInput, match="Many"):
        read_params(recipe, {"many": 10})


def test_each_line_that_says_something_is_an_entry():
    assert entries(" one \n\n\ttwo\n ") == ["one", "two"]
    assert entries(" \n") == []


def test_a_shape_is_what_a_reply_is_checked_against():
    shape = record({"word": string(), "mark": one_of(range(5)), "side": one_of(("a", "b")), "spans": array(INTEGER)})
    good = {"word": "ab", "mark": 4, "side": "b", "spans": [1]}
    assert misfit(good, shape) is None
    for wrong in ({"word": "a"}, {"mark": 5}, {"side": "c"}, {"spans": []}, {"spans": ["1"]}, {"more": 1}):
        assert misfit({**good, **wrong}, shape), wrong
    assert misfit({"word": "ab"}, shape)
    assert misfit([1, 2, 3], array(INTEGER, 1, 2))


def test_a_request_has_a_seed_of_its_own_and_the_same_one_again():
    def asked(seed):
        return task_request("You are.", "Do.", random.Random(seed), temperature=0.5, max_tokens=9)

    assert asked(1) == asked(1)
    assert asked(1).seed != asked(2).seed
    assert [(message.role, message.content) for message in asked(1).messages] == [
        ("system", "You are."),
        ("user", "Do."),
    ]


def reply(text):
    return Reply(text, "stop", 1, 1, "m")


@pytest.mark.parametrize("mark", ["<<<DATA 6fe58619db84>>>", "<<<End of 6fe58619db84>>", "<<<TEXT 6fe58619db84>>>"])
def test_marks_that_a_model_repeats_are_not_its_words(mark):
    assert own_words(f"{mark}\nAssistant: It is open.\n{mark}") == "It is open."
    assert own_words("It is <<< open") == "It is <<< open"


def test_what_comes_out_empty_is_told_with_the_raw_reply():
    assert answer_words(reply("Assistant: It is open.")) == "It is open."
    with pytest.raises(GenerateError, match="the answer came out empty") as raised:
        answer_words(reply("Assistant: "))
    assert raised.value.raw == "Assistant: "
    with pytest.raises(GenerateError, match="turn 3 came out empty"):
        turn_words(reply(""), [a_turn("a"), a_turn("b", id="t2")])


def test_a_json_reply_comes_with_how_it_ended():
    shape = record({"n": INTEGER})
    request = task_request("", "", random.Random(1), temperature=0.0, max_tokens=9, schema=shape)
    value, ended = json_reply(ScriptedModel(['{"n": 2}']), request)
    assert (value, ended.finish_reason) == ({"n": 2}, "stop")
    with pytest.raises(GenerateError, match="another shape"):
        json_reply(ScriptedModel(['{"n": "2"}']), request)


def test_items_are_spread_over_their_places():
    assert spread("ab", [1, 3, 5, 7]) == {1: "a", 5: "b"}
    assert spread("abc", [0, 2, 4]) == {0: "a", 2: "b", 4: "c"}
    assert spread("", [0, 2]) == {}


def test_answers_are_sampled_from_careful_to_free():
    model = ScriptedModel(["one", "two", "three", "{}"])
    asked = a_turn("Why?")
    made = list(sampled((asked,), (Message("user", "Why?"),), Spread(3, 0.2, 1.0, 50, False), model, random.Random(1)))
    assert [one.text for one in made] == ["one", "two", "three"]
    assert [one.meta["temperature"] for one in made] == [0.2, 0.6, 1.0] == [one.temperature for one in model.history]
    assert len({one.seed for one in model.history}) == 3


def test_models_answer_in_turn_each_from_careful_to_free():
    def freedoms(answers, models):
        spread = Spread(answers, 0.2, 1.1, 50, False, tuple(models))
        return [spread.temperature(number) for number in range(answers)]

    assert freedoms(4, "ab") == [0.2, 0.2, 1.1, 1.1]
    assert freedoms(5, "ab") == [0.2, 0.2, 0.65, 0.65, 1.1]
    assert freedoms(2, "ab") == freedoms(2, "abc") == [0.2, 0.2]
    orders = [in_turn(("a", "b"), 3, random.Random(seed)) for seed in range(200)]
    assert {tuple(order) for order in orders} == {("a", "b", "a"), ("b", "a", "b")}
    assert 70 < sum(order.count("a") == 2 for order in orders) < 130
    assert in_turn((), 2, random.Random(0)) == ["", ""]
    alone = random.Random(3)
    assert in_turn(("a",), 2, alone) == ["a", "a"]
    assert alone.random() == random.Random(3).random()  # one model draws nothing more than before


def test_a_score_that_cannot_be_read_costs_nobody_the_answer():
    scores = '{"helpful": 4, "correct": 3, "coherent": 2, "complex": 1, "verbose": 0}'
    model = ScriptedModel(["one", scores, "two", "no idea"])
    made = sampled(
        (a_turn("Why?"),), (Message("user", "Why?"),), Spread(2, 0.2, 1.0, 50, True), model, random.Random(1)
    )
    first, second = (one.meta["machine"] for one in made)
    assert (first["score"], first["advice"]) == (3.0, True)
    assert set(second) == {"advice", "by", "unread"}
    assert "JSON" in second["unread"]


def test_only_its_own_cell_is_drawn_again():
    cell = drawn_cell("money: saving | a loan x2\nlaw: *", "explain\nplan", "a child", 3, 7)
    assert cell == drawn_cell("money: saving | a loan x2\nlaw: *", "explain\nplan", "a child", 3, 7)
    pinned = only({**cell, "subtopic": "one | two\nlines"})
    assert drawn_cell(**pinned, number=0, seed=1) == {**cell, "subtopic": "one / two lines"}
    with pytest.raises(InvalidInput, match="no task"):
        drawn_cell("money: saving", " \n", "a child", 0, 1)


def test_mistakes_are_planned_for_the_askers_new_turns():
    opening = [a_turn("Hello?")]
    assert planned_mistakes(["a", "b"], opening, 10) == {2: "a", 6: "b"}
    assert planned_mistakes(["a", "b"], [*opening, a_turn("Yes?", role="assistant", id="t2")], 6) == {2: "a", 4: "b"}
    assert planned_mistakes([], [], 2) == {}
    with pytest.raises(GenerateError, match="too few turns of the asker: 1 for as many mistakes as 2"):
        planned_mistakes(["a", "b"], opening, 4)
