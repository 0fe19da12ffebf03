from __future__ import annotations

import pytest

from tests.builders import turns_of
from workbench.label import default_schemes
from workbench.label.answers import CANNOT_SAY
from workbench.label.flips import Given, flips
from workbench.label.nearest import suggestion
from workbench.label.pace import pace
from workbench.label.queue import Item, Queue, dispute, items_of, shuffled, steps_of, uncertainty
from workbench.label.repeats import Repeat, cohen_kappa, self_agreement
from workbench.model import Sample, Tag, Written

SCHEMES = {scheme.name: scheme for scheme in default_schemes()}
NATURAL = SCHEMES["naturalness"]


def a_queue(*samples: str, schemes: tuple[str, ...] = ("domain", "naturalness"), **more: object) -> Queue:
    return Queue("q1", "", "", "random", schemes, samples, "ana", 0, **more)  # type: ignore[arg-type]


def a_tag(value: object, author: str = "ana", **more: object) -> Tag:
    return Tag("s1", "naturalness", value, author, **more)  # type: ignore[arg-type]


def test_together_asks_everything_about_one_sample_before_the_next():
    assert items_of(a_queue("a", "b")) == [Item("a", None), Item("b", None)]
    assert items_of(a_queue("a", "b", together=False)) == [
        Item("a", "domain"), Item("b", "domain"), Item("a", "naturalness"), Item("b", "naturalness"),
    ]  # fmt: skip


def test_each_turn_is_asked_only_where_the_scheme_allows_it():
    sample = Sample("a", turns_of("one", "two"), Written("ana"), "src")
    steps = steps_of(a_queue("a", each_turn=True), Item("a", None), SCHEMES, sample)
    assert [(step.scheme, step.turn) for step in steps] == [
        ("domain", None), ("naturalness", "t1"), ("naturalness", "t2"),
    ]  # fmt: skip


def test_the_random_order_depends_on_the_seed_alone():
    ids = [f"s{i}" for i in range(50)]
    assert shuffled(ids, 3) == shuffled(reversed(ids), 3)
    assert shuffled(ids, 3) != shuffled(ids, 4)


def test_uncertainty_is_what_is_missing_from_the_confidence_and_differing_machines_are_fully_unsure():
    one = a_tag(3, "m1", machine=True, confidence=0.9)
    assert uncertainty([one], ["naturalness"]) == pytest.approx(0.1)
    assert uncertainty([one, a_tag(4, "m2", machine=True, confidence=0.9)], ["naturalness"]) == 1.0
    assert uncertainty([a_tag(3)], ["naturalness"]) is None


def test_dispute_is_distance_on_the_scale_and_leaves_cannot_say_out():
    assert dispute([a_tag(1), a_tag(5, "ben")], SCHEMES) == 1.0
    assert dispute([a_tag(3), a_tag(4, "ben")], SCHEMES) == 0.25
    assert dispute([a_tag(3), a_tag(CANNOT_SAY, "ben")], SCHEMES) == 0
    assert dispute([a_tag(3), a_tag(5, "judge", machine=True)], SCHEMES) == 0


def test_pace_cuts_breaks():
    seconds = [0, 10, 20, 30, 1000, 1010]
    told = pace([at * 1000 for at in seconds])
    assert (told.decisions, told.seconds, told.per_minute, told.middle) == (6, 40, 6.0, 10)
    assert pace([5]).per_minute is None


UNIT = ("s1", "")


def given(*events: tuple[str, object]) -> list[Given]:
    return [Given(UNIT, who, value, who == "judge", at) for at, (who, value) in enumerate(events)]  # type: ignore[arg-type]


def test_a_changed_answer_after_the_machine_was_shown_is_a_flip_towards_it():
    told = flips(NATURAL, given(("judge", 2), ("ana", 4), ("ana", 2)))
    (flip,) = told.flips
    assert (flip.before, flip.after, flip.machine, flip.direction) == (4, 2, 2, "to the machine")
    assert (told.revealed, told.rate, told.differed, told.pull) == (1, 100.0, 1, 100.0)


def test_a_change_before_anybody_else_answered_is_no_flip():
    told = flips(NATURAL, given(("ana", 4), ("ana", 2), ("judge", 2)))
    assert (told.answers, told.revealed, told.flips, told.rate) == (1, 0, (), None)


def test_staying_with_the_blind_answer_counts_as_revealed():
    told = flips(NATURAL, given(("judge", 2), ("ana", 4)))
    assert (told.revealed, told.rate, told.pull) == (1, 0.0, 0.0)


def test_taking_an_answer_back_and_giving_another_is_a_flip_too():
    told = flips(NATURAL, given(("judge", 2), ("ana", 4), ("ana", None), ("ana", 3)))
    assert [flip.direction for flip in told.flips] == ["elsewhere"]


def test_cannot_say_and_settled_disputes_stay_out_of_flips():
    assert flips(NATURAL, given(("judge", 2), ("ana", CANNOT_SAY), ("ana", 2))).answers == 0
    assert flips(NATURAL, given(("judge", 2), ("ana", 4), ("ana", 2)), {("s1", "ana")}).answers == 0


def test_first_answers_are_compared_with_the_suggestion_that_stood():
    told = flips(SCHEMES["domain"], given(("judge", "health"), ("ana", "health")))
    assert (told.suggested, told.as_suggested) == (1, 1)


def test_kappa_equals_a_worked_example():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .70, by chance .50
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")] * 3) is None


def test_self_agreement_leaves_cannot_say_out_and_names_what_differs():
    repeats = [Repeat("a", "x", 4, 4), Repeat("b", "x", 4, 2), Repeat("c", "x", 4, CANNOT_SAY)]
    told = self_agreement("x", repeats)
    assert (told.pairs, told.left_out, told.percent) == (2, 1, 50.0)
    assert [repeat.sample for repeat in told.differing] == ["b"]


def test_a_suggestion_in_a_tree_stops_where_the_neighbours_part():
    domain = SCHEMES["domain"]
    assert suggestion(domain, [("health/lab", 0.5), ("health/lab", 0.25), ("law", 0.25)]) == ("health/lab", 0.75)
    parted = suggestion(domain, [("health/lab", 0.5), ("health/care", 0.5), ("law", 0.25)])
    assert parted == ("health", 0.8)


def test_neighbours_of_too_many_minds_are_no_suggestion():
    near = [("health", 0.5), ("law", 0.5), ("finance", 0.5), ("travel", 0.5)]
    assert suggestion(SCHEMES["domain"], near) is None


def test_nothing_similar_is_no_suggestion():
    assert suggestion(NATURAL, [(3, 0.01), (4, -0.2)]) is None
    told = suggestion(NATURAL, [(3, 0.5), (4, 0.25), (3, 0.25)])
    assert told is not None
    assert (told.value, told.confidence) == (3, 0.75)
