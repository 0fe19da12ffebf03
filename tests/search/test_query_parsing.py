"""The query language: what is understood, and where a mistake is."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import QueryError
from workbench.search.parser import parse
from workbench.search.syntax import All, Comparison, Either, Meaning, Without, Words


def test_words_side_by_side_must_all_match() -> None:
    tree = parse("blood test")
    assert isinstance(tree, All)
    assert [part.text for part in tree.parts if isinstance(part, Words)] == ["blood", "test"]


def test_or_binds_weaker_than_words_side_by_side() -> None:
    tree = parse("a b OR c")
    assert isinstance(tree, Either)
    assert [type(part) for part in tree.parts] == [All, Words]


def test_a_quoted_operator_is_a_word() -> None:
    tree = parse('"OR"')
    assert isinstance(tree, Words)
    assert tree.text == "OR"


def test_an_escaped_quote_belongs_to_the_phrase() -> None:
    tree = parse(r'"she said \"no\""')
    assert isinstance(tree, Words)
    assert tree.text == 'she said "no"'


def test_minus_excludes_and_a_hyphen_inside_a_word_does_not() -> None:
    assert isinstance(parse("-walk"), Without)
    assert isinstance(parse("walk-in"), Words)


def test_meaning_takes_a_phrase_or_a_word() -> None:
    assert [type(parse(text)) for text in ('~"afraid of needles"', "~needles")] == [Meaning, Meaning]


@pytest.mark.parametrize(
    ("text", "operator", "values"),
    [
        ("turns>=3", ">=", ["3"]),
        ("turns<3", "<", ["3"]),
        ("turns:3..8", ":", ["3..8"]),
        ("domain:(a/b OR c)", ":", ["a/b", "c"]),
        ('source="calls 2026"', ":", ["calls 2026"]),
        ("created:2026-01-01T09:30", ":", ["2026-01-01T09:30"]),
    ],
)
def test_a_comparison_has_field_operator_and_values(text: str, operator: str, values: list[str]) -> None:
    node = parse(text)
    assert isinstance(node, Comparison)
    assert (node.operator, [value.text for value in node.values]) == (operator, values)


def test_an_author_may_be_an_address_or_quoted() -> None:
    nodes = [parse("domain@ana@clinic.org:health"), parse('domain@"Ana Li":health')]
    assert [node.author for node in nodes if isinstance(node, Comparison)] == ["ana@clinic.org", "Ana Li"]


def test_punctuation_of_chinese_and_french_keyboards_is_understood() -> None:
    tree = parse("domain：health （“血液检查” OR «prise de sang»）")
    assert isinstance(tree, All)
    field, words = tree.parts
    assert isinstance(field, Comparison)
    assert isinstance(words, Either)
    assert [part.text for part in words.parts if isinstance(part, Words)] == ["血液检查", "prise de sang"]


@pytest.mark.parametrize(
    ("text", "start", "end", "message"),
    [
        ('blood "test', 6, 11, "quote is not closed"),
        ("blood OR", 6, 8, "nothing follows"),
        ("OR blood", 0, 2, "nothing stands before"),
        ("a OR OR b", 2, 4, "nothing follows"),
        ("a ()", 2, 4, "group is empty"),
        ("(a OR (b c)", 0, 1, "group is not closed"),
        ("a )", 2, 3, "no group is open"),
        ("domain:", 0, 7, "value is missing"),
        ("a domain: OR b", 2, 9, "value is missing"),
        ("domain:(a b)", 10, 11, "OR is missing"),
        ("domain:()", 7, 9, "group is empty"),
        ("a - b", 2, 3, "nothing follows"),
        ("~", 0, 1, "nothing follows"),
        ("a :)", 2, 3, "cannot stand here"),
    ],
)
def test_a_mistake_has_its_exact_place_and_a_hint(text: str, start: int, end: int, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse(text)
    assert (caught.value.start, caught.value.end) == (start, end)
    assert caught.value.hint


def test_deep_nesting_is_refused_not_crashed() -> None:
    text = "(a OR (b " * 200 + "c" + "))" * 200
    with pytest.raises(QueryError, match="nested too deeply"):
        parse(text)


@given(st.text(alphabet='ab:()"~-OR *<>=.@é血“”\\ ', max_size=30))
def test_any_text_parses_or_is_a_query_error_inside_the_text(text: str) -> None:
    place = (0, 0)
    try:
        parse(text)
    except QueryError as error:
        place = (error.start, error.end)
    assert 0 <= place[0] <= place[1] <= len(text)


def steps_of(text: str) -> int:
    """How many functions are called to parse a text, whatever the machine and what else it does."""
    steps = 0

    def see(frame: Any, event: str, of: Any) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    parse.cache_clear()
    sys.setprofile(see)
    try:
        parse(text)
    finally:
        sys.setprofile(None)
    return steps


def test_an_ordinary_query_takes_under_a_thousand_steps_and_a_longer_one_in_proportion() -> None:
    ordinary = 'domain:health/* naturalness>=4 -origin:synthetic ("blood test" OR sang*) ~"needles {}"'
    parse(ordinary.format(0))  # what is read once for all is read now
    one, many = steps_of(ordinary.format(1)), steps_of(" ".join(map(ordinary.format, range(2, 42))))
    assert 100 < one < 1_000
    assert many < 44 * one
