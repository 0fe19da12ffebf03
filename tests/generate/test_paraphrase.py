"""Other words: what must not change is held turn by turn, and what was not said otherwise is told."""

from __future__ import annotations

import pytest

from tests.builders import a_sample
from tests.generate.texts import made
from workbench.generate import RECIPES, look_at
from workbench.llm import ScriptedModel

RECIPE = RECIPES.get("paraphrase")
PARENT = a_sample(
    "My card ending 4471 was charged 59 euros on 3 March 2025.",
    "Mr Bell, I will refund 59 euros to your card by Friday.",
    "Thank you, and the letter?",
    "It goes to Lyon on 10 March 2025, two days later it is there.",
)
GOOD = (
    "On 3 March 2025 somebody took 59 euros from the card that ends in 4471.",
    "You get the 59 euros back on your card before Friday, Mr Bell.",
    "Cheers. What about the letter then?",
    "On 10 March 2025 we send it to Lyon, where it arrives 2 days after that.",
)


def found(place=0, said=None, **params):
    replies = [said if said is not None and at == place else text for at, text in enumerate(GOOD)]
    (one,) = made("paraphrase", PARENT, params, model=ScriptedModel(replies))
    return {(item.check, item.severity, item.turn) for item in look_at(RECIPE, PARENT, one)}


def test_a_faithful_one_passes_also_with_a_number_in_other_words():
    assert found() == set()


@pytest.mark.parametrize(
    ("place", "said", "finding"),
    [
        (0, GOOD[0].replace("4471", "9982"), ("values_kept", "problem", "t1")),
        (0, GOOD[0].replace("59", "590"), ("numbers", "problem", None)),
        (0, GOOD[0].replace("March", "June"), ("values_kept", "problem", "t1")),
        (0, GOOD[0].replace("euros", "dollars"), ("values_kept", "problem", "t1")),
        (0, GOOD[0].replace("2025", "2019"), ("values_kept", "problem", "t1")),
        (1, GOOD[1].replace("Friday", "Tuesday"), ("values_kept", "problem", "t2")),
        (1, GOOD[1].replace("Mr Bell", "Mrs Stone"), ("names", "warning", "t2")),
        (3, GOOD[3].replace("Lyon", "Paris"), ("names", "warning", "t4")),
        (3, GOOD[3] + " Ask for Dr Stone.", ("names", "warning", "t4")),
        (3, GOOD[3] + " 2 + 2 = 5.", ("arithmetic", "problem", "t4")),
        (3, PARENT.turns[3].content, ("copied", "warning", "t4")),
    ],
)
def test_a_fact_that_changed_is_found(place, said, finding):
    assert finding in found(place, said)


def test_what_is_mostly_left_as_it_was_is_a_problem_but_not_the_side_that_should_stay():
    (one,) = made(
        "paraphrase", PARENT, {}, model=ScriptedModel([PARENT.turns[0].content, *GOOD[1:3], PARENT.turns[3].content])
    )
    assert ("copied", "problem") in {(item.check, item.severity) for item in look_at(RECIPE, PARENT, one)}
    (one,) = made("paraphrase", PARENT, {"who": "user"}, model=ScriptedModel([GOOD[0], GOOD[2]]))
    assert look_at(RECIPE, PARENT, one) == ()


def test_another_language_is_found():
    german = "Am 10. März 2025 geht der Brief nach Lyon ab, und zwei Tage später ist er dann dort, denke ich."
    parent = a_sample(
        "When does the letter go to Lyon?", "It goes to Lyon on 10 March 2025, two days later it is there."
    )
    said = ("Was heißt das, wann geht denn nun dieser Brief endlich nach Lyon ab?", german)
    (one,) = made("paraphrase", parent, {}, model=ScriptedModel(list(said)))
    assert "language" in {item.check for item in look_at(RECIPE, parent, one)}


def test_two_amounts_that_changed_places_are_told():
    parent = a_sample("Send 59 euros to Ann Brown and 20 euros to Carl.", "Fine.")
    said = ["Please transfer 20 euros to Ann Brown, and to Carl goes 59 euros.", "All right."]
    (one,) = made("paraphrase", parent, {}, model=ScriptedModel(said))
    assert [(item.check, item.severity) for item in look_at(RECIPE, parent, one)] == [("numbers", "warning")]
