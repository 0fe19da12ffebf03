from __future__ import annotations

import pytest

from builders import a_sample
from workbench.clean.replacing import Replacing, Rule
from workbench.errors import InvalidInput
from workbench.model import ToolCall, Turn


def after(rule: Rule, *contents: str) -> list[str]:
    return [turn.content for turn in Replacing(rule).apply(a_sample(*contents)).sample.turns]


@pytest.mark.parametrize(
    ("rule", "before", "wanted"),
    [
        (Rule("card", "account"), "My Card, cards", "My account, accounts"),
        (Rule("card", "account", match_case=True), "My Card, card", "My Card, account"),
        (Rule("card", "account", whole_words=True), "card, cards, card-holder", "account, cards, account-holder"),
        (Rule("银行", "诊所", whole_words=True), "我去银行取钱", "我去诊所取钱"),
        (Rule("card", "卡", whole_words=True), "我的card丢了", "我的卡丢了"),
        (Rule("a.b", "x"), "a.b axb", "x axb"),
        (Rule("$5", r"\1"), "It is $5", r"It is \1"),
        (Rule(r"(\d+) euros", r"€\1", regex=True), "12 euros", "€12"),
        (Rule(r"(?P<n>\d+) euros", r"\g<n> €", regex=True), "12 euros", "12 €"),
        (Rule("x*", "y", regex=True), "axxb", "ayb"),
        (Rule("no", ""), "no, no way", ",  way"),
        (Rule("cat|dog", "pet", regex=True, whole_words=True), "cat dogs dog", "pet dogs pet"),
    ],
)
def test_what_is_found_is_replaced(rule, before, wanted):
    assert after(rule, before)[0] == wanted


def test_only_the_asked_roles_are_changed_and_turns_keep_their_ids():
    replacing = Replacing(Rule("open", "shut", roles=("assistant",)))
    result = replacing.apply(a_sample("Is it open?", "It is open, open!"))
    assert [(turn.id, turn.content) for turn in result.sample.turns] == [
        ("t1", "Is it open?"),
        ("t2", "It is shut, shut!"),
    ]
    assert [(hit.turn, hit.start, hit.by) for hit in result.hits] == [("t2", 6, "shut"), ("t2", 12, "shut")]


def test_a_turn_is_never_left_without_a_word():
    result = Replacing(Rule("yes", "")).apply(a_sample("yes", "yes, of course"))
    assert ([turn.content for turn in result.sample.turns], result.emptied) == (["yes", ", of course"], ("t1",))
    assert [hit.turn for hit in result.hits] == ["t2"]


def test_a_turn_that_calls_a_tool_may_lose_its_words():
    turns = (Turn("t1", "assistant", "yes", tool_calls=(ToolCall("c1", "look", "{}"),)),)
    sample = a_sample("x")
    result = Replacing(Rule("yes", "")).apply(type(sample)(sample.id, turns, sample.origin, sample.source))
    assert (result.sample.turns[0].content, result.emptied) == ("", ())


def test_replacing_a_text_by_itself_changes_nothing():
    assert Replacing(Rule("lab", "lab", match_case=True)).apply(a_sample("the lab")).hits == ()


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Rule(""), "nothing to find"),
        (Rule("(", regex=True), "cannot be read"),
        (Rule("a", r"\1", regex=True), "names group 1"),
        (Rule("(a)", r"\g<who>", regex=True), "names group who"),
    ],
)
def test_a_rule_that_cannot_be_used_says_why(rule, told):
    with pytest.raises(InvalidInput, match=told):
        Replacing(rule)


def test_a_pattern_that_would_search_for_ever_is_refused_in_time():
    replacing = Replacing(Rule(r"(a|aa)+$", regex=True), turn_seconds=0.2)
    with pytest.raises(InvalidInput, match=r"more than 0\.2 s"):
        replacing.hits(a_sample("a" * 60 + "b"))
