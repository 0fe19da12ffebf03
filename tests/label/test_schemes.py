"""A scheme that cannot be answered or searched is not kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.errors import InvalidInput
from workbench.label import check_scheme, default_schemes
from workbench.model import Choice, TagScheme

MOOD = TagScheme("mood", "nominal", choices=(Choice("glad"), Choice("sad")))


def choices(*values):
    return tuple(Choice(value) for value in values)


@pytest.mark.parametrize("scheme", [*default_schemes(), MOOD], ids=lambda scheme: scheme.name)
def test_the_schemes_of_a_new_workspace_are_in_order(scheme):
    check_scheme(scheme)


@pytest.mark.parametrize("name", ["", "Mood", "1st", "a b", "a:b", "été", "mood\n", "x" * 61, None, 'a"b'])
def test_a_name_that_no_query_can_say_is_refused(name):
    with pytest.raises(InvalidInput, match="cannot be called"):
        check_scheme(replace(MOOD, name=name))


def test_a_reserved_name_is_refused():
    with pytest.raises(InvalidInput, match="field of queries"):
        check_scheme(replace(MOOD, name="turns"), {"turns"})


@pytest.mark.parametrize("wrong", [{"kind": "stars"}, {"suggestion": "always"}, {"on": "paragraph"}])
def test_an_unknown_word_is_refused_with_the_known_ones(wrong):
    with pytest.raises(InvalidInput) as caught:
        check_scheme(replace(MOOD, **wrong))
    assert "give one of" in caught.value.hint


@pytest.mark.parametrize("point", ["raw", "1.5", "", "٣", "1e3"])
def test_ordinal_points_are_whole_numbers(point):
    with pytest.raises(InvalidInput):
        check_scheme(TagScheme("tone", "ordinal", choices=choices("1", point)))


def test_choices_are_unique():
    with pytest.raises(InvalidInput, match="2 times"):
        check_scheme(replace(MOOD, choices=choices("glad", "glad")))


def test_a_question_with_choices_has_some_unless_it_is_open():
    with pytest.raises(InvalidInput, match="no choices"):
        check_scheme(replace(MOOD, choices=()))
    check_scheme(replace(MOOD, choices=(), open=True))


@pytest.mark.parametrize("value", ["health/lab", "a/b/c", "law/"])
def test_a_branch_needs_its_parent(value):
    with pytest.raises(InvalidInput, match="no parent"):
        check_scheme(TagScheme("field", "hierarchical", choices=choices("law", value)))
