"""For each promise of a recipe ("keeps") the gate that holds it, and a draft with that promise broken that it finds."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.builders import a_sample
from tests.generate.plausible import plausible
from workbench.generate import RECIPES, Blank, Candidate, look_at, read_params
from workbench.generate.recipes import BUILTIN
from workbench.model import Sample

TALK = a_sample(
    "Hello, my name is Anna Becker. My order AB-123456 cost $40, write to anna@mail.com.",
    "Thank you, Anna. It was sent on Monday, 3 March 2025 to Boston. $40 + $10 = $50 is what you pay.",
    "Great.",
    "Is there anything else that I can do for you today? We are open until 18:00.",
)
HEARD = a_sample(
    "Where is the nearest chemist's shop?",
    "Go down this road to the church, please.",
    "OK.",
    "Then turn left behind the bakery there.",
    "Thank you very much, I will go there now.",
)
CHINESE = a_sample(
    "你好，请问图书馆几点开门？我想周一早上去还书，可以吗？",
    "可以的，周一早上九点开门。",
    "那周日呢，下午还开门吗？",
    language="zh",
)
NOBODY = Sample("none", (), TALK.origin, TALK.source, language="en")
ENGLISH = "On Sundays the library is closed all afternoon, as far as I know, my friend."


@dataclass(frozen=True)
class Broken:
    """A promise, how a draft of the recipe is broken, and the check that finds it."""

    recipe: str
    keeps: str
    check: str
    broken: Callable[[Candidate], Candidate]
    parent: Sample = TALK
    params: tuple[tuple[str, Any], ...] = ()
    severity: str = "problem"


def said(at: int, text: str, **more: Any) -> Callable[[Candidate], Candidate]:
    """Turn `at` says something else."""

    def broken(one: Candidate) -> Candidate:
        turns = list(one.turns)
        turns[at] = replace(turns[at], content=text, **more)
        return replace(one, turns=tuple(turns))

    return broken


def instead(at: int, old: str, new: str) -> Callable[[Candidate], Candidate]:
    def broken(one: Candidate) -> Candidate:
        assert old in one.turns[at].content
        return said(at, one.turns[at].content.replace(old, new))(one)

    return broken


def swapped_turns(one: Candidate) -> Candidate:
    return replace(one, turns=(one.turns[1], one.turns[0], *one.turns[2:]))


def lost_last(one: Candidate) -> Candidate:
    return replace(one, turns=one.turns[:-1])


def by_the_other(one: Candidate) -> Candidate:
    role = "user" if one.turns[1].role == "assistant" else "assistant"
    return replace(one, turns=(one.turns[0], replace(one.turns[1], role=role), *one.turns[2:]))


def of_another_gender(one: Candidate) -> Candidate:
    new = one.meta["swapped"]["name"]["Anna"]
    turns = tuple(replace(turn, content=turn.content.replace(new, "Robert")) for turn in one.turns)
    table = {**one.meta["swapped"], "name": {**one.meta["swapped"]["name"], "Anna": "Robert"}}
    return replace(one, turns=turns, meta={**one.meta, "swapped": table})


def told_as_swapped(at: int, old: str, new: str) -> Callable[[Candidate], Candidate]:
    """A value that is really in the table of what was swapped, but with a value that no longer fits."""

    def broken(one: Candidate) -> Candidate:
        made = instead(at, old, new)(replace(one, turns=TALK.turns))
        return replace(made, meta={"swapped": {"amount": {old: new}}})

    return broken


CASUAL = (("register", "casual"), ("who", "both"), ("least", 0.0))
ELSEWHERE = "Something else entirely, on a quite different subject."
PROMISES = [
    *(
        Broken(recipe, keeps, "same_people", how)
        for recipe in ("noise", "paraphrase", "translate")
        for keeps, how in (("number and order of turns", swapped_turns), ("who speaks", by_the_other))
    ),
    Broken("noise", "numbers, e-mail and web addresses, codes", "untouched", instead(0, "AB-123456", "AB-123465")),
    Broken("noise", "numbers, e-mail and web addresses, codes", "untouched", instead(0, "anna@", "ana@")),
    Broken("entity_swap", "every other word", "untouched", said(1, ELSEWHERE)),
    Broken("entity_swap", "number and order of turns", "same_people", lost_last),
    Broken("entity_swap", "gender of names", "untouched", of_another_gender),
    Broken("entity_swap", "sums, ranges and shares of amounts", "consistent", told_as_swapped(1, "$50", "$60")),
    Broken("entity_swap", "weekdays", "consistent", told_as_swapped(1, "3 March", "4 March")),
    Broken("register", "meaning, numbers, names and quotations", "register", said(1, ELSEWHERE), params=CASUAL),
    Broken("register", "number and order of turns", "same_people", swapped_turns, params=CASUAL),
    Broken("turn_structure", "everything that was said, word for word", "nothing_lost",
           said(1, "Then turn left behind the bakery there."), HEARD, (("kind", "merge"),)),
    Broken("turn_structure", "who says it", "nothing_lost", by_the_other, HEARD, (("kind", "merge"),)),
    Broken("turn_structure", "that speakers take turns", "well_formed", by_the_other, HEARD, (("kind", "merge"),)),
    Broken("answer", "every turn up to the user's last one", "only_last_is_new", said(0, ELSEWHERE)),
    Broken("rank_n", "every turn up to the user's last one", "only_last_is_new", said(0, ELSEWHERE)),
    Broken("continue", "every turn that is there already", "begins_alike", said(1, ELSEWHERE)),
    Broken("continue", "who speaks alternates", "well_formed",
           lambda one: replace(one, turns=(*one.turns, replace(one.turns[-1], id="t99")))),
    Broken("duet", "the opening turns", "begins_alike", said(0, ELSEWHERE)),
    Broken("duet", "what is private on a card", "private",
           said(-1, "Sell the dearest plan to the old lady, that is it."),
           params=(("assistant_goal", "Sell the dearest plan to the old lady."), ("turns", 4))),
    Broken("explain", "every turn up to the answer", "begins_alike", said(0, ELSEWHERE)),
    Broken("paraphrase", "numbers, amounts, dates and codes", "values_kept", instead(0, "AB-123456", "AB-123465")),
    Broken("paraphrase", "people and places (or it is told)", "names", instead(1, "Boston", "Dallas"),
           severity="warning"),
    Broken("translate", "numbers, codes, addresses, quoted names (or it is told)", "values_kept",
           instead(0, "AB-123456", "AB-123465"), severity="warning"),
    Broken("golden_grammar", "your utterances, word for word", "said_so",
           lambda one: said(0, "Banana!", extra={"act": one.turns[0].extra["act"], "slots": []})(one), NOBODY),
    Broken("private_twin", "turns, speakers and language", "privacy", said(0, "My order AB-123456 cost $40.")),
]  # fmt: skip

HELD = {
    "code_exercise": "test_code_exercise",
    "derive_then_say": "test_derive_then_say",
    "document_answer": "test_document_qa",
    "document_qa": "test_document_qa",
    "facts_and_rules": "test_proposing_recipes",
    "fan_100": "test_fan_100",
    "gap_fill": "test_gap_fill",
    "lexicon_triples": "test_lexicon_triples",
    "role_cards": "test_proposing_recipes",
    "scenario_grid": "test_scenario_grid",
    "topic_to_pref": "test_topic_to_pref",
    "upsample": "test_upsample",
}
"""Recipes whose promises are about more than a parent and its draft, with the file in which they are broken."""

BY_CONSTRUCTION = {
    ("explain", "each claim quotes words that were said or stand in the source"): "test_explain",
    ("golden_grammar", "one value of a slot through a conversation"): "test_golden_grammar",
    ("private_twin", "what each sentence does: asks, thanks, agrees ..."): "test_private_twin",
    ("private_twin", "lengths, nearly"): "test_private_twin",
    ("private_twin", "kinds of values, the same stand-in everywhere"): "test_private_twin",
    ("register", "tu or vous in French"): "test_register",
}


def drafted(promise: Broken) -> Candidate:
    recipe = RECIPES.get(promise.recipe)
    params = read_params(recipe, dict(promise.params))
    material = Blank(0, 4, 1) if recipe.starts_from == "nothing" else promise.parent
    return next(iter(recipe.make(material, params, plausible() if recipe.needs_model else None, random.Random(1))))


@pytest.mark.parametrize("promise", PROMISES, ids=lambda one: f"{one.recipe}: {one.keeps} ({one.check})")
def test_a_broken_promise_is_found_and_a_kept_one_is_not_doubted(promise):
    recipe = RECIPES.get(promise.recipe)
    candidate = drafted(promise)
    doubts = {(found.check, found.severity) for found in look_at(recipe, promise.parent, candidate)}
    found = look_at(recipe, promise.parent, promise.broken(candidate))
    assert (promise.check, promise.severity) not in doubts
    assert (promise.check, promise.severity) in {(one.check, one.severity) for one in found}


@pytest.mark.parametrize("name", ["answer", "rank_n", "continue", "duet"])
def test_an_answer_in_another_language_than_the_sample_is_found(name):
    recipe = RECIPES.get(name)
    candidate = drafted(Broken(name, "", "language", lambda one: one, CHINESE))
    assert "language" not in {found.check for found in look_at(recipe, CHINESE, candidate)}
    found = look_at(recipe, CHINESE, said(-1, ENGLISH)(candidate))
    alone = name in {"answer", "rank_n"}  # one turn among several in the right language is a matter for a person
    assert ("language", "problem" if alone else "warning") in {(one.check, one.severity) for one in found}


def test_every_promise_of_every_recipe_has_its_gate_and_a_draft_that_breaks_it():
    promised = {(recipe.name, keeps) for recipe in BUILTIN for keeps in recipe.keeps if recipe.name not in HELD}
    assert promised == {(one.recipe, one.keeps) for one in PROMISES} | BY_CONSTRUCTION.keys()
    assert HELD.keys() <= {recipe.name for recipe in BUILTIN}


def test_a_number_with_a_decimal_comma_and_a_date_in_figures_are_left_alone():
    parent = a_sample("Ça donne 6,06 g/L et 440,731 kWh, dit-il.", "Oui, tout à fait.", language="fr")
    recipe = RECIPES.get("noise")
    for candidate in recipe.make(parent, read_params(recipe, {"rate": 0.5, "variants": 9}), None, random.Random(2)):
        assert "6,06" in candidate.turns[0].content
        assert "440,731" in candidate.turns[0].content
    swap = RECIPES.get("entity_swap")
    told = a_sample("Le 15, ou le 2026-04-17, code AB-123456.", "Bien.", language="fr")
    (candidate,) = swap.make(told, read_params(swap, {}), None, random.Random(2))
    assert "2026-04-17" in candidate.turns[0].content
