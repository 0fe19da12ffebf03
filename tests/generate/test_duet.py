"""The recipe `duet` and the gates for two roles that talk."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.builders import a_sample, turns_of
from tests.generate.texts import made, texts
from workbench.errors import GenerateError
from workbench.generate import RECIPES, Candidate, gates_of, look_at, read_params
from workbench.generate.gates import (
    keeps_private,
    mistake_made,
    natural,
    role_leak,
    says_again,
    says_source,
    true_to_card,
)
from workbench.generate.gates.secrets import OTHER
from workbench.generate.recipes.duet import next_turn
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
    with pytest.raises(GenerateError, match="too few turns of the asker: 1 for as many mistakes as 2"):
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


HALVES = "1/2 + 1/3 is 2/5"
SHOWN = [
    (HALVES, "So 1/2 and 1/3 make 2/5, right?", "made"),
    (HALVES, "So it is 5/6, right?", "missing"),
    (HALVES, "So 1/2 + 1/3 is 5/6, I see!", "missing"),
    (HALVES, "1/2 + 1/3 is 12/5.", "missing"),
    (HALVES, "1/2 + 1/3 makes 2 and 5.", "missing"),
    (HALVES, "No: 1/2 + 1/3 is not 2/5, it is 5/6.", "unsure"),
    (HALVES, "1/2 + 1/3 is 2/5. No, wait, 5/6.", "unsure"),
    (HALVES, "Somebody said 1/2 + 1/3 is 2/5, but it's 5/6.", "unsure"),
    (HALVES, "Then it's 2/5?", "unsure"),
    (HALVES, "A half and a third are two fifths.", "unsure"),
    (HALVES, "No. 1/2 + 1/3 is 2/5!", "made"),
    (HALVES, "1/2 + 1/3 is 2/5, isn't it? I don't see what else it could be.", "made"),
    (HALVES, "½ + ⅓ is ⅖!", "made"),
    ("whales are fish", "Whales are fish, so they have gills.", "made"),
    ("whales are fish", "I like the sea.", "missing"),
    ("whales are fish", "Whales are mammals, surely not fish", "unsure"),
    ("whales are not mammals", "But whales are not mammals!", "made"),
    ("whales are not mammals", "So whales are mammals.", "unsure"),
    ("鲸鱼是鱼", "鲸鱼是鱼吧？", "made"),
    ("鲸鱼是鱼", "鲸鱼不是鱼。", "unsure"),
    ("鲸鱼是鱼", "鲸鱼是哺乳动物。", "unsure"),
    ("1/2加1/3等于2/5", "没错，1/2加1/3等于2/5，是不是？", "made"),
    ("1/2加1/3等于2/5", "1/2加1/3不等于2/5，应该是5/6。", "unsure"),
    ("1/2加1/3等于2/5", "1/2加1/3等于5/6。", "missing"),
    ("1/2 + 1/3 font 2/5", "Donc 1/2 + 1/3 font 2/5, n'est-ce pas ?", "made"),
    ("1/2 + 1/3 font 2/5", "1/2 + 1/3 ne font pas 2/5 mais 5/6.", "unsure"),
    ("1/2 + 1/3 font 2/5", "1/2 + 1/3 font 2/5... En fait, 5/6.", "unsure"),
    ("les baleines sont des poissons", "Les baleines sont des poissons, non ?", "made"),
    ("les baleines sont des poissons", "Les baleines ne sont pas des poissons.", "unsure"),
]
SEVERITY = {"made": None, "unsure": "warning", "missing": "problem"}


@pytest.mark.parametrize(("mistake", "text", "state"), SHOWN)
def test_a_planned_mistake_has_to_show(mistake, text, state):
    found = mistake_made(PARENT, said(text, mistakes={"d1": mistake}))
    assert (found.severity if found else None) == SEVERITY[state]


def test_a_missing_mistake_is_a_problem_unless_somebody_runs_the_conversation():
    missing = said("So it is 5/6.", mistakes={"d1": HALVES})
    assert mistake_made(PARENT, missing).severity == "problem"
    assert mistake_made(PARENT, replace(missing, meta={**missing.meta, "unfinished": True})).severity == "warning"
    gone = mistake_made(PARENT, said("Hello?", mistakes={"d9": HALVES}))
    assert (gone.severity, gone.turn) == ("problem", None)


def test_the_first_missing_mistake_outranks_one_that_may_be_made():
    both = said("Then 2/5?", "Hm.", "So it is 5/6.", mistakes={"d1": HALVES, "d3": HALVES})
    assert (mistake_made(PARENT, both).severity, mistake_made(PARENT, both).turn) == ("problem", "d3")


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


GOAL = "Sell the dearest plan to the old lady"
FACT = "Order 4471 costs 59 euros."


def private(*contents: str, **cards: str) -> Candidate:
    """What was said, and what stands on the cards: ``user_goal``, ``assistant_knows`` and so on."""
    sides = {side: {part: cards.get(f"{side}_{part}", "") for part in ("role", "goal", "knows")} for side in OTHER}
    return said(*contents, cards=sides)


def severity(gate, candidate):
    found = gate(PARENT, candidate)
    return (found.severity, found.turn) if found else None


@pytest.mark.parametrize("side", ["user", "assistant"])
def test_a_private_goal_is_stated_by_nobody(side):
    told = private("Hm?", f"{GOAL}. That is my private goal.", **{f"{side}_goal": GOAL})
    assert severity(keeps_private, told) == ("problem", "d2")
    assert keeps_private(PARENT, told).value == "sell the dearest plan to the"
    assert severity(keeps_private, private("Hm?", "The dearest plan is for you.", **{f"{side}_goal": GOAL})) is None


def test_a_goal_in_chinese_is_found_too():
    told = private(
        "多少钱？", "把最贵的套餐卖给这位老太太，这是我的目标。", assistant_goal="把最贵的套餐卖给这位老太太。"
    )
    assert severity(keeps_private, told) == ("problem", "d2")


def test_what_only_the_other_side_knows_cannot_be_said_before_it_was_told():
    card = {"assistant_knows": FACT}
    assert severity(keeps_private, private("Is it 59 for 4471?", "Yes.", **card)) == ("warning", "d1")
    assert severity(keeps_private, private("How much?", "59 euros for 4471.", "So 59 for 4471?", **card)) is None
    assert severity(keeps_private, private("Is it 59 for 4471?", **card, user_role="You ordered 4471 for 59.")) is None
    told = private("The lift in house nine is broken since Monday", assistant_knows="The lift in house nine is broken.")
    assert severity(keeps_private, told) == ("problem", "d1")


@pytest.mark.parametrize(
    ("asked", "answer", "card", "found"),
    [
        ("My order?", "Order 4471 costs 59 euros.", FACT, False),
        ("My order?", "Order 9999 costs 12 euros.", FACT, True),
        ("How much is order 4471, what does it cost?", "It costs 12 euros.", FACT, True),
        ("How much is order 4471, what does it cost?", "It costs 59 euros, shipping 5 euros.", FACT, False),
        ("How much?", "That is 59 €. I call you in 5 minutes.", FACT, False),
        ("订单4471多少钱？", "订单4471要12元。", "订单4471的价格是59元。", True),
        ("Combien coûte la commande 4471 ?", "Elle coûte 12 euros.", "La commande 4471 coûte 59 €.", True),
        ("When is my appointment?", "On Tuesday at 10:30.", "The appointment is on Tuesday at 9:15.", True),
    ],
)
def test_an_answer_that_contradicts_the_numbers_of_its_card_is_unsure(asked, answer, card, found):
    assert severity(true_to_card, private(asked, answer, assistant_knows=card)) == (
        ("warning", "d2") if found else None
    )


def test_the_cards_go_to_the_gates_of_a_whole_run_and_of_a_single_turn():
    params = {"turns": 3, "user_knows": "Room 5."}
    (candidate,) = made("duet", PARENT, params, model=numbered())
    one = next_turn(PARENT, PARENT.turns[:1], read_params(RECIPES.get("duet"), params), numbered(), random.Random(1))
    assert candidate.meta["cards"] == one.meta["cards"]
    assert candidate.meta["cards"]["user"]["knows"] == "Room 5."
    assert {"private", "own-card", "planned-mistake"} <= set(gates_of(RECIPES.get("duet")))
