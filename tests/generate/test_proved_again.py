"""A proved answer read back from its words: what else it may not say, and that it answers the question."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.generate.proof_cases import CHINESE, FRENCH, PARENTLESS, RECIPE, made
from workbench.evaluate.base import Context
from workbench.evaluate.proved import measure_proof
from workbench.generate import Blank, look_at, read_params
from workbench.model import Sample, Turn, Written
from workbench.proof import read_back, unproved

SAID = {
    "en": ("Yes, it follows: {}.", "It cannot be concluded that {}.", "For that, this would have to be known: {}."),
    "fr": ("Oui, on peut le conclure : {}.", "On ne peut pas le conclure : {}.", "Il faudrait savoir ceci : {}."),
    "zh": ("可以得出：{}。", "不能得出：{}。", "还需要知道：{}。"),
}
MOON = {"en": "the moon is made of cheese", "fr": "la lune est en fromage", "zh": "月亮是奶酪做的"}
BESIDES = {
    "en": "Besides, aspirin is safe for everybody and 2+2=5.",
    "fr": "De plus, l'aspirine convient à tout le monde et 2+2=5.",
    "zh": "另外，阿司匹林对所有人都安全，而且2+2=5。",
}
EACH = pytest.mark.parametrize("extra", [{}, FRENCH, CHINESE], ids=["en", "fr", "zh"])


def _pair(extra):
    """A proved answer and its twin, with the words of its language."""
    proved, twin = made(extra)[:2]
    return proved, twin, proved.language


def _why(one, answer):
    return unproved(one.turns[0].content, answer, one.language)


@EACH
def test_a_verdict_about_something_else_proves_nothing(extra):
    proved, twin, language = _pair(extra)
    yes, no, missing = SAID[language]
    fact = read_back(*(turn.content for turn in proved.turns), language).facts[0]
    assert "not about what was asked" in _why(proved, yes.format(fact))
    moon = f"{no.format(MOON[language])}\n{missing.format(MOON[language])}"
    assert "not about what was asked" in _why(twin, moon)
    assert "not about what was asked" in _why(proved, moon)


@EACH
def test_a_verdict_needs_steps_that_end_in_it(extra):
    proved = _pair(extra)[0]
    *steps, verdict = proved.turns[1].content.splitlines()
    assert _why(proved, "\n".join([*steps, verdict])) is None
    assert "no steps lead to the verdict" in _why(proved, verdict)
    longer = next(one for one in made(extra) if len(one.meta["proof"]["steps"]) > 1)
    *steps, verdict = longer.turns[1].content.splitlines()
    assert "no steps lead to the verdict" in _why(longer, "\n".join([*steps[:-1], verdict]))


@EACH
def test_a_line_that_is_no_part_of_the_proof_is_told(extra):
    proved, twin, language = _pair(extra)
    for one in (proved, twin):
        question, answer = (turn.content for turn in one.turns)
        assert f"more than is proved: {BESIDES[language]}" in unproved(
            question, f"{answer}\n{BESIDES[language]}", language
        )
        assert "more than is proved" in unproved(question, f"{BESIDES[language]}\n{answer}", language)
        assert "more than is proved" in unproved(f"{BESIDES[language]}\n{question}", answer, language)
        assert unproved(question, f"{answer[:-1]} {BESIDES[language]}", language) is not None
        assert unproved(question, f"{answer}\n{answer.splitlines()[-1]}", language) is not None


@EACH
def test_what_a_twin_says_is_missing_has_to_lead_to_the_conclusion(extra):
    _, twin, language = _pair(extra)
    verdict = twin.turns[1].content.splitlines()[0]
    missing = SAID[language][2]
    assert "would not follow with this" in _why(twin, f"{verdict}\n{missing.format(MOON[language])}")
    assert "what would have to be known" in _why(twin, verdict)
    assert "conclusion itself" in _why(twin, f"{verdict}\n{missing.format(twin.meta['proof']['conclusion'])}")


@EACH
def test_a_proof_that_says_something_else_than_the_text_is_told(extra):
    proved, twin, language = _pair(extra)
    for one, other in ((proved, twin), (twin, proved)):
        question, answer = (turn.content for turn in one.turns)
        assert unproved(question, answer, language, one.meta["proof"]) is None
        assert "goes with it" in unproved(question, answer, language, other.meta["proof"])


def test_an_answer_whose_question_is_gone_is_not_proved():
    one = made({})[0]
    sample = Sample("s", one.turns[1:], Written("ana"), "src", language="en")
    assert [finding.check for finding in measure_proof(sample, Context())] == ["proof"]
    assert [finding.check for finding in look_at(RECIPE, PARENTLESS, replace(one, turns=one.turns[1:]))] == ["proved"]


def test_what_others_call_a_proof_in_their_data_is_not_judged():
    turn = Turn("t1", "assistant", "Because it is so.", extra={"proof": "by contradiction"})
    assert list(measure_proof(Sample("s", (turn,), Written("ana"), "src"), Context())) == []


KIN = {
    "facts": "Ann is the mother of Bob\nBob is the father of Cy\nCy is the father of Dan",
    "rules": "if {a} is the mother of {b} and {b} is the father of {c} then {a} is a grandmother of {c}\n"
    "if {a} is the father of {b} then {b} is younger than {a}, so to speak",
}


@pytest.mark.parametrize("extra", [{}, FRENCH, CHINESE, KIN], ids=["en", "fr", "zh", "several-letters"])
def test_what_the_recipe_writes_is_proved_whatever_the_seed(extra):
    params = read_params(RECIPE, {**extra, "variants": 4})
    for seed in range(40):
        for number in range(4):
            rng = random.Random(f"{seed} {number}")
            for one in RECIPE.make(Blank(number, 4, seed), params, None, rng):
                assert look_at(RECIPE, PARENTLESS, one) == (), one.turns


def test_several_letters_are_listed_as_one_would_say_them():
    assert "(X, Y and Z can be anyone" in made(KIN, 2)[0].turns[0].content
