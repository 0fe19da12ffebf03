"""From an edit to rules: what they say, which one to begin with, and what they do to other conversations."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("before", "after", "says", "elsewhere"),
    [
        (
            "Certainly! Your order 1234 ships Monday.", "Your order 1234 ships Monday.",
            "in assistant turns at the start: leave out “Certainly!”",
            {"Certainly!\n\nHere it is.": "Here it is.", "No. Certainly! Yes.": "No. Certainly! Yes."},
        ),
        (
            "Please note that the lab is closed.", "The lab is closed.",
            "in assistant turns at the start: “Please note that {word}” becomes “{Word}”",
            {"Please note that our door is shut.": "Our door is shut.", "Do note that.": "Do note that."},
        ),
        (
            "It is for 12 euros, sir.", "It is at €12, sir.",
            "in assistant turns: “for {number} euros” becomes “at €{number}”",
            {"Only for 5.50 euros today": "Only at €5.50 today", "for some euros": "for some euros"},
        ),
        (
            "The kids are in.", "The children are in.",
            "in assistant turns: “kids” becomes “children”",
            {"Two kids, skidskids": "Two children, skidskids", "Kids": "Kids"},
        ),
        (
            "The lab opens on Monday.", "The lab opens next Monday.",
            "in assistant turns: “opens on {name}” becomes “opens next {name}”",
            {"It opens on Friday at 9": "It opens next Friday at 9", "It opens on time": "It opens on time"},
        ),
        (
            "I have its key here.", "I have it's key here.",
            "in assistant turns: “have its key” becomes “have it's key”",
            {"you have its key": "you have it's key", "its colour": "its colour"},
        ),
        (
            "We close at five.", "We close at five. See you soon!",
            "in assistant turns at the end: “five.” becomes “five. See you soon!”",
            {"Open to five.\n": "Open to five. See you soon!\n", "five. Bye": "five. Bye"},
        ),
        (
            "I do not know.", "Let me look that up, one moment.",
            "in assistant turns that say only this: “I do not know.” becomes “Let me look that up, one moment.”",
            {"I do not know. ": "Let me look that up, one moment. ", "I do not know. You?": "I do not know. You?"},
        ),
        (
            "当然！您的订单已经发货。", "您的订单已经发货。",
            "in assistant turns at the start: leave out “当然！”",
            {"当然！我来帮您。": "我来帮您。", "我当然！": "我当然！"},
        ),
        (
            "我想去银行取钱可以吗", "我想去邮局取钱可以吗",
            "in assistant turns: “银行” becomes “邮局”",
            {"银行几点开门": "邮局几点开门"},
        ),
        (
            "La banque ferme à 17 h. Bien sûr !", "La banque ferme à 17 h.",
            "in assistant turns at the end: leave out “Bien sûr !”",
            {"Oui. Bien sûr !": "Oui.", "Bien sûr ! Oui.": "Bien sûr ! Oui."},
        ),
    ],
)  # fmt: skip
def test_an_edit_becomes_a_rule_that_does_the_same_elsewhere(before, after, says, elsewhere):
    (correction,) = edit(before, after)
    assert in_words(correction.rule) == says
    assert done(correction.rule, before) == after
    assert {text: done(correction.rule, text) for text in elsewhere} == elsewhere


def test_two_corrections_of_one_turn_are_two_rules_and_one_that_comes_twice_is_one():
    found = edit("Sure thing! The kids like it and the kids stay.", "The children like it and the children stay.")
    assert [in_words(one.rule) for one in found][1:] == ["in assistant turns: “kids” becomes “children”"]
    assert len(found) == 2


def test_a_correction_is_about_turns_of_its_role():
    (correction,) = edit("The kids are in.", "The children are in.", role="user")
    assert correction.rule.roles == ("user",)
    assert done(correction.rule, "two kids") == "two kids"


def test_turns_that_were_added_or_left_out_are_no_corrections():
    one, two = turn("The kids are in."), turn("Good.", "user", "t2")
    assert corrections([one, two], [one]) == ()
    assert corrections([one], [one, two]) == ()
    assert corrections([one], [turn("The children are in.", "user")]) == ()


def test_what_is_there_already_is_not_done_twice():
    (correction,) = edit("Come on Monday.", "Come next Monday.")
    assert done(correction.rule, "Come next Monday.") == "Come next Monday."
    rule = Rule("Monday", "next Monday", once=True)
    assert done(rule, "Monday, or next Monday.") == "next Monday, or next Monday."
    rule = Rule("", " Bye.", at="end", once=True)
    assert (done(rule, "Yes."), done(rule, "Yes. Bye.")) == ("Yes. Bye.", "Yes. Bye.")


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


@pytest.mark.parametrize(
    "rule",
    [
        Rule("the"),
        Rule("of"),
        Rule("的"),
        Rule("..."),
        Rule(" "),
        Rule("{name}", slots=True),
        Rule("Ja"),
        Rule("€ {number} a", slots=True),
    ],
)
def test_one_short_word_alone_is_refused(rule):
    with pytest.raises(InvalidInput, match="nearly everywhere"):
        check_width(rule)


@pytest.mark.parametrize(
    "rule", [Rule("kids"), Rule("of the"), Rule("银行"), Rule("So", at="start"), Rule("", "Bye", at="end")]
)
def test_more_of_it_is_not(rule):
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
