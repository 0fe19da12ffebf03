from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from importlib.resources import files
from inspect import signature

import pytest

from tests.builders import a_sample, a_turn
from workbench.errors import InvalidInput, UnknownName
from workbench.generate import (
    RECIPES,
    Candidate,
    Recipe,
    look_at,
    parameter_form,
    read_params,
    register,
    speaks_against,
    templates,
)
from workbench.generate.judge import JUDGE
from workbench.generate.templates import template


@dataclass(frozen=True)
class Loud:
    mark: str = field(default="!", metadata={"title": "Mark", "choices": ("!", "?")})
    times: int = field(default=1, metadata={"minimum": 1, "maximum": 3})
    share: float = 0.5
    upper: bool = False


def test_every_recipe_explains_itself_and_has_a_form():
    for recipe in RECIPES:
        assert recipe.title
        assert len(recipe.explanation) > 60
        assert recipe.keeps
        assert recipe.varies
        for entry in parameter_form(recipe):
            assert entry["title"]
            assert entry["kind"] in {"boolean", "integer", "number", "text", "long_text", "choice"}


def test_the_five_first_recipes_are_there():
    assert {"answer", "duet", "entity_swap", "noise", "paraphrase"} <= set(RECIPES.names())


def test_a_registered_function_is_returned_unchanged_and_can_be_registered_again():
    def loud(parent, params, model, rng):
        """Louder."""
        yield Candidate((a_turn(parent.turns[0].content + params.mark),))

    for version in ("1", "2"):
        assert register("loud-test", version=version, params=Loud)(loud) is loud
    assert RECIPES.get("loud-test").label == "loud-test@2"
    assert RECIPES.get("loud-test").explanation == "Louder."


def test_register_takes_every_attribute_of_a_recipe():
    taken = set(signature(register).parameters)
    assert {item.name for item in fields(Recipe)} - taken == {"make"}  # the function that is decorated
    register("quiet-test", where="lang:fr", params=Loud)(lambda *_: iter(()))
    assert RECIPES.get("quiet-test").where == "lang:fr"


def test_what_a_model_is_told_is_a_file_that_a_person_can_read_and_compare():
    blocks = {" ".join(text.split()) for file in _templates() for text in template(file).values()}
    for recipe in (recipe for recipe in (*RECIPES, JUDGE) if recipe.needs_model):
        told = {" ".join(text.split()) for text in recipe.prompts if text.startswith("You ")}
        assert told, recipe.name
        assert told <= blocks, recipe.name


def _templates():
    return [path.name.removesuffix(".txt") for path in files(templates).iterdir() if path.name.endswith(".txt")]


def test_an_unknown_recipe_names_its_neighbour():
    with pytest.raises(UnknownName, match="noise"):
        RECIPES.get("nois")


RECIPE = Recipe("r", "1", "R", "", lambda *_: iter(()), params=Loud)


def test_parameters_are_read_from_what_a_person_typed():
    assert read_params(RECIPE, {"times": "2", "share": "0.25", "upper": "yes"}) == Loud("!", 2, 0.25, True)
    assert read_params(RECIPE, {}) == Loud()


@pytest.mark.parametrize(
    "values",
    [
        {"mark": "#"},
        {"times": 0},
        {"times": 4},
        {"times": "two"},
        {"times": 1.5},
        {"times": math.inf},
        {"share": "nan"},
        {"share": math.nan},
        {"share": "1e999"},
        {"share": 10**400},
        {"upper": "perhaps"},
        {"colour": 1},
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(values):
    with pytest.raises(InvalidInput, match=r"(?i)mark|times|share|upper|colour"):
        read_params(RECIPE, values)


PARENT = a_sample("Is the lab open?", "No, on Monday.")


@pytest.mark.parametrize(
    ("turns", "check"),
    [
        ((), "well_formed"),
        ((a_turn("Hi"), a_turn("Hi", role="assistant")), "well_formed"),
        ((a_turn("Is it open?"), a_turn(" ", role="assistant", id="t2")), "well_formed"),
        ((a_turn("Is it open?", role="boss"),), "well_formed"),
        ((a_turn("Is it open?"), a_turn("Is it open now?", id="t2")), "well_formed"),
        (PARENT.turns, "copy"),
        ((a_turn("word " * 100),), "length"),
        ((a_turn("<<<Data 0f3a>>> Is it open?"),), "prompt_leak"),
    ],
)
def test_gates_speak_against(turns, check):
    findings = look_at(RECIPE, PARENT, Candidate(turns))
    assert check in {finding.check for finding in findings}
    assert speaks_against(findings)


def test_gates_let_a_good_candidate_pass():
    turns = (a_turn("Is the lab open now?"), a_turn("It opens on Monday.", role="assistant", id="t2"))
    assert look_at(RECIPE, PARENT, Candidate(turns)) == ()
