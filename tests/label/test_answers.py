from __future__ import annotations

import pytest

from workbench.errors import InvalidInput
from workbench.label import check_value, default_schemes
from workbench.label.answers import CANNOT_SAY
from workbench.model import Choice, TagScheme

SCHEMES = {scheme.name: scheme for scheme in default_schemes()}


@pytest.mark.parametrize("value", [4, "4", " 4 ".strip()])
def test_an_ordinal_answer_becomes_a_whole_number(value):
    assert check_value(SCHEMES["naturalness"], value) == 4


@pytest.mark.parametrize("value", [0, 6, "good", None])
def test_a_point_outside_the_scale_is_refused_with_the_points(value):
    with pytest.raises(InvalidInput, match="1, 2, 3, 4, 5"):
        check_value(SCHEMES["naturalness"], value)


def test_an_unknown_domain_proposes_the_nearest():
    with pytest.raises(InvalidInput, match="health/lab"):
        check_value(SCHEMES["domain"], "health/labs")


def test_cannot_say_is_an_answer_to_any_scheme():
    assert {check_value(scheme, "Cannot say") for scheme in SCHEMES.values()} == {CANNOT_SAY}


def test_a_retired_choice_is_no_answer_any_more():
    scheme = TagScheme("mood", "nominal", choices=(Choice("glad"), Choice("meh", retired=True)))
    with pytest.raises(InvalidInput):
        check_value(scheme, "meh")


def test_a_multi_answer_is_sorted_and_without_repeats():
    scheme = TagScheme("topics", "multi", choices=(Choice("a"), Choice("b")))
    assert check_value(scheme, ["b", "a", "b"]) == ("a", "b")


@pytest.mark.parametrize(("value", "answer"), [("yes", True), ("False", False), (True, True)])
def test_a_boolean_answer(value, answer):
    assert check_value(TagScheme("safe", "boolean"), value) is answer


def test_every_default_choice_is_explained_or_labelled():
    unlabelled = [c.value for s in SCHEMES.values() for c in s.choices if not c.label]
    assert unlabelled == []
    assert all(c.guideline for s in SCHEMES.values() if s.name != "domain" for c in s.choices)


def test_an_ordinal_scheme_with_words_for_points_never_breaks():
    scheme = TagScheme("tier", "ordinal", choices=(Choice("raw"), Choice("gold")))
    assert check_value(scheme, "gold") == "gold"
    with pytest.raises(InvalidInput, match="tier"):
        check_value(scheme, "7")


@pytest.mark.parametrize("value", [4.5, float("nan"), float("inf"), True, "9" * 5000, [4], "4 stars"])
def test_what_is_no_point_is_told_as_a_mistake(value):
    with pytest.raises(InvalidInput):
        check_value(SCHEMES["naturalness"], value)


def test_a_point_out_of_a_data_frame_is_a_point():
    assert check_value(SCHEMES["naturalness"], 4.0) == 4


def test_a_long_list_of_choices_is_told_to_go_on():
    with pytest.raises(InvalidInput) as caught:
        check_value(SCHEMES["domain"], "zzzzzz")
    assert caught.value.hint.endswith("…")
    with pytest.raises(InvalidInput) as caught:
        check_value(SCHEMES["correctness"], "zzzzzz")
    assert not caught.value.hint.endswith("…")
