from __future__ import annotations

from builders import a_sample
from workbench.clean import exact_duplicate_groups


def test_same_words_are_one_group_whatever_case_and_spaces():
    samples = [
        a_sample("Hello  there", "Hi", id="s_b"),
        a_sample("hello there", "hi", id="s_a"),
        a_sample("Other", "x"),
    ]
    assert [group.samples for group in exact_duplicate_groups(samples)] == [("s_a", "s_b")]


def test_the_first_imported_comes_first():
    samples = [a_sample("a", "b", id="s_1", created_at=20), a_sample("a", "b", id="s_2", created_at=10)]
    assert exact_duplicate_groups(samples)[0].samples == ("s_2", "s_1")


def test_who_says_it_matters():
    first, second = a_sample("a", "a b", id="s_1"), a_sample("a a", "b", id="s_2")
    assert exact_duplicate_groups([first, second]) == []
