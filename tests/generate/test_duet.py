"""The recipe `duet` and the gates for two roles that talk."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.builders import a_sample, turns_of
from tests.generate.texts import made, texts
from workbench.errors import GenerateError
from workbench.generate import RECIPES, Candidate, look_at, read_params
from workbench.generate.gates import mistake_made, natural, role_leak, says_again, says_source
from workbench.llm import ScriptedModel

PARENT = a_sample("Can you help me with fractions, please?", "Of course. Which one is it?")
MISTAKES = "1/2 + 1/3 is 2/5\nthe whole has four thirds"


def numbered():
    return ScriptedModel(lambda request: f"Reply {request.seed}")


def cards(model):
    return ["\n".join(message.content for message in request.messages) for request in model.history]


def test_only_the_asker_hears_of_a_mistake_and_only_in_its_turn():
    model = numbered()
    (candidate,) = made("duet", PARENT, {"turns": 7, "mistakes": MISTAKES}, model=model)
    told = [[line for line in MISTAKES.splitlines() if line in card] for card in cards(model)]
    assert told == [[], ["1/2 + 1/3 is 2/5"], [], ["the whole has four thirds"], [], []]
    assert candidate.meta["mistakes"] == {"d3": "1/2 + 1/3 is 2/5", "d5": "the whole has four thirds"}


def test_knowledge_is_as_private_as_goals():
    model = numbered()
    made("duet", PARENT, {"turns": 5, "user_knows": "USERKNOWS", "assistant_knows": "HELPERKNOWS"}, model=model)
    assert all(("USERKNOWS" in card) != ("HELPERKNOWS" in card) for card in cards(model))


def test_more_mistakes_than_turns_of_the_asker_are_refused():
    with pytest.raises(GenerateError, match="2 mistakes do not fit into 1 turns"):
        made("duet", PARENT, {"turns": 3, "mistakes": MISTAKES}, model=numbered())


def test_turn_by_turn_stops_after_the_first_new_turn():
    (candidate,) = made("duet", PARENT, {"turns": 6, "live": True}, model=numbered())
    assert len(candidate.turns) == 2
    assert candidate.meta["unfinished"] is True
    found = look_at(RECIPES.get("duet"), PARENT, candidate)
    assert [finding for finding in found if finding.severity == "problem"] == []


def test_the_next_turn_is_the_one_a_whole_run_would_have_made():
    recipe = RECIPES.get("duet")
    params = read_params(recipe, {"turns": 4})
    whole = made("duet", PARENT, {"turns": 4}, seed=5, model=numbered())[0]
    rng = random.Random(5)
    turns = list(PARENT.turns[:1])
    for expected in whole.turns[1:]:
        said = recipe.by_turns.next_turn(PARENT, turns, params, numbered(), rng)
        assert (said.role, said.text) == (expected.role, expected.content)
        turns.append(expected)


def test_new_turns_never_have_an_id_of_the_original():
    parent = replace(PARENT, turns=tuple(replace(turn, id=f"d{n}") for n, turn in enumerate(PARENT.turns, 1)))
    (candidate,) = made("duet", parent, {"turns": 5}, model=numbered())
    ids = [turn.id for turn in candidate.turns]
    assert ids[0] == "d1"
    assert not set(ids[1:]) & {"d1", "d2"}
    assert len(set(ids)) == 5


def said(*contents: str, **meta: object) -> Candidate:
    turns = tuple(replace(turn, id=f"d{n}") for n, turn in enumerate(turns_of(*contents), 1))
    return Candidate(turns, meta=meta)


LEAKS = [
    ("Let me explain: you need to multiply first.", True),
    ("En d'autres mots, laissez-moi vous expliquer la règle.", True),
    ("也就是说，这意味着答案是三。", True),
    ("Is it because of the denominators?", False),
    ("I think it is 2/5.", False),
]


@pytest.mark.parametrize(("text", "leaks"), LEAKS)
def test_a_learner_who_explains_is_found(text, leaks):
    assert bool(role_leak(PARENT, said(text, learns=True))) is leaks


def test_an_asker_without_a_plan_of_mistakes_may_explain_but_not_play_the_helper():
    assert role_leak(PARENT, said("The reason is that my card was blocked.")) is None
    assert role_leak(PARENT, said("Hello! How can I help you today?")).check == "role-leak"
    assert role_leak(PARENT, said("I lost my card.", "How can I help you?")) is None


@pytest.mark.parametrize(
    ("mistake", "text", "shows"),
    [
        ("1/2 + 1/3 is 2/5", "So 1/2 and 1/3 make 2/5, right?", True),
        ("1/2 + 1/3 is 2/5", "So it is 5/6, right?", False),
        ("whales are fish", "Whales are fish, so they have gills.", True),
        ("whales are fish", "I like the sea.", False),
        ("鲸鱼是鱼", "鲸鱼是鱼吧？", True),
    ],
)
def test_a_planned_mistake_has_to_show(mistake, text, shows):
    assert (mistake_made(PARENT, said(text, mistakes={"d1": mistake})) is None) is shows


@pytest.mark.parametrize(
    "text",
    [
        "Here is how:\n- multiply\n- add",
        "Certainly! It opens at nine.",
        "C'est fait, n'hésitez pas.",
        "希望以上对您有帮助",
    ],
)
def test_what_does_not_sound_spoken_is_found(text):
    assert natural(PARENT, said("Hm?", text)).check == "naturalness"


def test_a_speech_among_short_turns_is_found_and_ordinary_talk_is_not():
    assert natural(PARENT, said("Hm?", "Yes.", "Well, " + "and then we went on " * 20)).check == "naturalness"
    assert natural(PARENT, said("Hm?", "Well, I think it opens at nine, or half past.")) is None


def test_saying_it_again_and_saying_the_original_are_found():
    line = "please multiply both of the numbers below the line first"
    assert says_again(PARENT, said(line, "No.", f"{line}, yes")).turn == "d3"
    assert says_again(PARENT, said(line, "No.", "then add what stands above the line of both")) is None
    assert says_source(PARENT, said("Hi.", texts(PARENT.turns)[0])).turn == "d2"
    assert says_source(PARENT, Candidate(PARENT.turns)) is None


def test_the_length_of_a_duet_is_planned_and_not_compared_with_the_sample():
    long = a_sample("Can you help me with fractions, please? " * 40, "Of course. " * 90)
    (candidate,) = made("duet", long, {"turns": 2, "keep": 0}, model=numbered())
    assert "length" not in {finding.check for finding in look_at(RECIPES.get("duet"), long, candidate)}
