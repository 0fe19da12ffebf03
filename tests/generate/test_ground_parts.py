"""What recipes that rest on documents, facts, code or a grid are built from."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.generate.test_document_qa import a_document
from workbench.errors import GenerateError
from workbench.generate.cards import read_fields
from workbench.generate.coverage import lacking, nearest, placed
from workbench.generate.passages import focused, no_answer, planned
from workbench.generate.stubs import fenced, stub_of, unfenced
from workbench.proof import (
    WORDINGS,
    closure,
    follows,
    posed,
    read_facts,
    read_rule,
    read_rules,
    rule_sentence,
    unproved,
)

FACTS = read_facts("Ann has a fever\nAnn takes warfarin\nBob has a fever\nthe practice is open")
RULES = read_rules(
    "if {p} has a fever then {p} is seen today\nif {p} takes warfarin and {p} is seen today then {p} needs a test\n"
    "if the practice is open then somebody answers"
)


def test_all_passages_come_before_one_comes_again():
    document = a_document()
    all_of_it = planned(document, random.Random(3))
    shown = list(focused(document, 2 * len(all_of_it), random.Random(3)))
    assert [focus.number for focus in shown] == all_of_it * 2
    assert all(focus.number in {one["span"] for one in focus.shown} for focus in shown)
    with pytest.raises(GenerateError, match="long enough"):
        next(focused(replace(document, spans=document.spans[:0]), 1, random.Random(3)))


def test_that_a_document_does_not_say_is_said_in_its_language():
    assert no_answer("fr-CA") == "Le document ne le dit pas."
    assert no_answer(None) == no_answer("tlh") == "The document does not say."


@pytest.mark.parametrize("others", [0, 1, 9])
def test_a_problem_follows_and_its_twin_does_not(others):
    for conclusion in closure(FACTS, RULES):
        whole = posed(FACTS, RULES, conclusion, others, random.Random(1), twin=False)
        twin = posed(FACTS, RULES, conclusion, others, random.Random(1), twin=True)
        assert follows(whole.facts, whole.rules, conclusion)
        assert not follows(twin.facts, twin.rules, conclusion)
        assert twin.missing in FACTS
        assert twin.missing not in twin.facts
        assert follows([*twin.facts, twin.missing], twin.rules, conclusion)
        for problem in (whole, twin):
            assert unproved(*problem.said(WORDINGS["en"], 2), "en") is None
        assert (whole.record()["follows"], len(whole.record()["steps"])) == (True, len(whole.steps))
        assert (twin.record()["missing"], twin.record()["steps"]) == (twin.missing, [])


@pytest.mark.parametrize("language", WORDINGS)
def test_a_rule_that_is_written_is_read(language):
    rule = read_rule(rule_sentence(["{p} a", "{p} b"], "{p} c", language))
    assert (rule.body, rule.head) == (("{p} a", "{p} b"), "{p} c")


def test_code_is_taken_out_of_a_fence_and_put_into_one():
    assert unfenced("```py\nx = 1\n```") == unfenced("x = 1\n") == "x = 1"
    assert unfenced(fenced("x = 1\ny = 2")) == "x = 1\ny = 2"
    assert stub_of("def f(x):\n    '''Twice.'''\n    return 2 * x").endswith("...")


def test_the_emptiest_cell_is_next_until_all_have_enough():
    wanted = {("en",): 2, ("fr",): 4, ("zh",): 2}
    have = Counter({("en",): 1, ("fr",): 1, ("zh",): 2})
    filled = lacking(wanted, have, 99)
    assert filled[:2] == [("fr",), ("en",)]
    assert have + Counter(filled) == wanted


def test_the_nearest_example_has_the_tag_before_the_language():
    grid = read_fields("domain: law | money\nlanguage: en | fr")
    law = replace(a_sample("Bonjour.", id="law", language="fr"), extra={"tags": {"domain": "law/tenancy"}})
    english = a_sample("Hello.", id="english", language="en")
    places = placed([english, law], grid)
    assert nearest({"domain": "law", "language": "en"}, places) == [law]
    assert nearest({"domain": "money", "language": "en"}, places) == [english]
