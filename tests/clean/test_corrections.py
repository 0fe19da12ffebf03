"""From an edit to rules: what they say, which one to begin with, and what they do to other conversations."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.clean.corrections import check_width, corrections, in_words, too_wide
from workbench.clean.replacing import Replacing, Rule
from workbench.clean.spans import changed_spans, words_after, words_before
from workbench.errors import InvalidInput
from workbench.model import Turn


def turn(text: str, role: str = "assistant", name: str = "t1") -> Turn:
    return Turn(name, role, text)


def edit(before: str, after: str, role: str = "assistant"):
    return corrections([turn(before, role)], [turn(after, role)])


def done(rule: Rule, text: str, role: str = "assistant") -> str:
    return Replacing(rule).turns([turn(text, role)])[0][0].content


EDITS = [  # whose turn; before; after; the rule, in words; what it makes of other texts
    (
        "assistant", "Certainly! Your order 1234 ships Monday.", "Your order 1234 ships Monday.",
        " at the start: leave out “Certainly!”",
        {"Certainly!\n\nHere it is.": "Here it is.", "No. Certainly! Yes.": "No. Certainly! Yes."},
    ),
    (
        "assistant", "Please note that the lab is closed.", "The lab is closed.",
        " at the start: “Please note that {word}” becomes “{Word}”",
        {"Please note that our door is shut.": "Our door is shut.", "Do note that.": "Do note that."},
    ),
    (
        "assistant", "It is for 12 euros, sir.", "It is at €12, sir.",
        ": “for {number} euros” becomes “at €{number}”",
        {"Only for 5.50 euros today": "Only at €5.50 today", "for some euros": "for some euros"},
    ),
    (
        "assistant", "The kids are in.", "The children are in.",
        ": “kids” becomes “children”",
        {"Two kids, skidskids": "Two children, skidskids", "Kids": "Kids"},
    ),
    (
        "user", "The kids are in.", "The children are in.",
        ": “kids” becomes “children”",
        {"two kids": "two children"},
    ),
    (
        "assistant", "The lab opens on Monday.", "The lab opens next Monday.",
        ": “opens on {name}” becomes “opens next {name}”",
        {"It opens on Friday at 9": "It opens next Friday at 9", "It opens on time": "It opens on time"},
    ),
    (
        "assistant", "I have its key here.", "I have it's key here.",
        ": “have its key” becomes “have it's key”",
        {"you have its key": "you have it's key", "its colour": "its colour"},
    ),
    (
        "assistant", "We close at five.", "We close at five. See you soon!",
        " at the end: “five.” becomes “five. See you soon!”",
        {"Open to five.\n": "Open to five. See you soon!\n", "five. Bye": "five. Bye"},
    ),
    (
        "assistant", "I do not know.", "Let me look that up, one moment.",
        " that say only this: “I do not know.” becomes “Let me look that up, one moment.”",
        {"I do not know. ": "Let me look that up, one moment. ", "I do not know. You?": "I do not know. You?"},
    ),
    (
        "assistant", "当然！您的订单已经发货。", "您的订单已经发货。",
        " at the start: leave out “当然！”",
        {"当然！我来帮您。": "我来帮您。", "我当然！": "我当然！"},
    ),
    (
        "assistant", "我想去银行取钱可以吗", "我想去邮局取钱可以吗",
        ": “银行” becomes “邮局”",
        {"银行几点开门": "邮局几点开门"},
    ),
    (
        "assistant", "La banque ferme à 17 h. Bien sûr !", "La banque ferme à 17 h.",
        " at the end: leave out “Bien sûr !”",
        {"Oui. Bien sûr !": "Oui.", "Bien sûr ! Oui.": "Bien sûr ! Oui."},
    ),
    (
        "assistant", "Come on Monday.", "Come next Monday.",
        ": “Come on {name}” becomes “Come next {name}”",
        {"Come next Monday.": "Come next Monday."},  # what is there already is not done twice
    ),
]  # fmt: skip


@pytest.mark.parametrize(("role", "before", "after", "says", "elsewhere"), EDITS)
def test_an_edit_becomes_a_rule_that_does_the_same_elsewhere(role, before, after, says, elsewhere):
    (correction,) = edit(before, after, role)
    assert in_words(correction.rule) == f"in {role} turns{says}"
    assert correction.rule.roles == (role,)
    assert done(correction.rule, before, role) == after
    assert {text: done(correction.rule, text, role) for text in elsewhere} == elsewhere
    another = "user" if role == "assistant" else "assistant"
    assert {text: done(correction.rule, text, another) for text in elsewhere} == {text: text for text in elsewhere}


def test_two_corrections_of_one_turn_are_two_rules_and_one_that_comes_twice_is_one():
    found = edit("Sure thing! The kids like it and the kids stay.", "The children like it and the children stay.")
    assert [in_words(one.rule) for one in found][1:] == ["in assistant turns: “kids” becomes “children”"]
    assert len(found) == 2


def test_turns_that_were_added_or_left_out_are_no_corrections():
    one, two = turn("The kids are in."), turn("Good.", "user", "t2")
    assert corrections([one, two], [one]) == ()
    assert corrections([one], [one, two]) == ()
    assert corrections([one], [turn("The children are in.", "user")]) == ()


@pytest.mark.parametrize(
    ("rule", "text", "becomes"),
    [
        (Rule("Monday", "next Monday", once=True), "Monday, or next Monday.", "next Monday, or next Monday."),
        (Rule("", " Bye.", at="end", once=True), "Yes.", "Yes. Bye."),
        (Rule("", " Bye.", at="end", once=True), "Yes. Bye.", "Yes. Bye."),
    ],
)
def test_what_is_there_already_is_not_done_twice(rule, text, becomes):
    assert done(rule, text) == becomes


def test_the_rules_go_from_narrow_to_wide():
    (correction,) = edit("Your order 1234 ships today, Ana.", "Your order 1234 leaves today, Ana.")
    assert [rule.find for rule in correction.rules] == [
        "Your order 1234 ships today, Ana",
        "Your order {number} ships today, {name}",
        "1234 ships today",
        "{number} ships today",
        "ships",
    ]
    assert correction.rule is correction.rules[-1]


WIDTHS = [  # a rule, and whether it fits nearly everywhere
    *((rule, True) for rule in map(Rule, ("the", "of", "的", "...", " ", "Ja"))),
    (Rule("{name}", slots=True), True),
    (Rule("€ {number} a", slots=True), True),
    *((rule, False) for rule in map(Rule, ("kids", "of the", "银行"))),
    (Rule("So", at="start"), False),
    (Rule("", "Bye", at="end"), False),
]


@pytest.mark.parametrize(("rule", "wide"), WIDTHS)
def test_one_short_word_alone_is_refused_and_more_of_it_is_not(rule, wide):
    with pytest.raises(InvalidInput, match="nearly everywhere") if wide else nullcontext():
        check_width(rule)


SPACED = "the kids Anna Monday 12 3.5 euros Certainly ! , . 银行 我 très it's { }"
WORDS = st.sampled_from([*SPACED.split(), "\n"])
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_the_changed_stretches_put_in_place_give_the_new_text(old, new):
    at, parts = 0, []
    for span in changed_spans(old, new):
        assert old[span.start : span.end] == span.removed
        parts += [old[at : span.start], span.added]
        at = span.end
    assert "".join([*parts, old[at:]]) == new


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_rule_of_an_edit_can_be_used_and_finds_its_own_place(old, new):
    for correction in edit(old, new):
        assert 0 <= correction.best < len(correction.rules)
        for rule in correction.rules:
            assert not too_wide(rule)
            turns, hits, _ = Replacing(rule).turns([turn(old)])
            assert hits
            assert turns[0].content != old
            assert in_words(rule)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 40), st.integers(1, 4))
def test_words_beside_a_place_are_the_text_beside_it(text, at, count):
    place = min(at, len(text))
    before, after = words_before(text, place, count), words_after(text, place, count)
    assert text[:place].endswith(before)
    assert text[place:].startswith(after)
