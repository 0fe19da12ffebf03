"""The sentences twins are made of: each does what its heading says, and none holds a value of its own."""

from __future__ import annotations

import random
import re

import pytest

from workbench.generate.twin import LANGUAGES, blocks, own_words
from workbench.generate.twin.acts import ACTS, act_of, sentences
from workbench.generate.twin.telling import Part, Teller, parts_of
from workbench.text import tokens


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_does_what_its_heading_says(language):
    wrong = []
    for heading, said in blocks(language).items():
        first = heading.split()[0]
        if first not in ACTS:
            continue
        for line in said:
            for tail in ("", *blocks(language)["tail"]):
                text = f"{line}{', ' if language != 'zh' else '，'}{tail}" if tail else line
                text = text[:1].upper() + text[1:] + ("?" if first == "ask" else ".")
                if act_of(text) != first:
                    wrong.append((heading, text, act_of(text)))
    assert wrong[:5] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_hold_no_digit_and_no_name(language):
    for heading, said in blocks(language).items():
        assert len(said) == len(set(said))
        for line in said:
            assert not re.search(r"\d", line)
            assert not re.search(r"(?<!^)(?<!\{)\b(?!I\b)[A-Z]", line), line
            assert ("{" in line) == heading.startswith("with ")
    assert set(ACTS) <= {heading.split()[0] for heading in blocks(language)}
    assert not {"mail", "phone", "name"} & own_words(language) - {"name"}


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Hello there", "greet"), ("Thanks a lot!", "thank"), ("Where is it?", "ask"),
        ("Could you send it?", "request"), ("Please wait.", "request"), ("Yes, that works.", "agree"),
        ("No, sorry.", "sorry"), ("Bye!", "bye"),
        ("The boiler leaks.", "inform"), ("Merci !", "thank"), ("Où est-ce ?", "ask"), ("D’accord.", "agree"),
        ("Pourriez-vous l'envoyer ?", "request"), ("Non.", "refuse"), ("Bonjour", "greet"), ("Au revoir", "bye"),
        ("谢谢您", "thank"), ("在哪里？", "ask"), ("请稍等", "request"), ("好的", "agree"), ("不是", "refuse"),
        ("再见", "bye"), ("您好", "greet"), ("抱歉", "sorry"), ("锅炉漏水", "inform"), ("好像漏水", "inform"),
    ],
)  # fmt: skip
def test_acts_are_told_by_words_and_marks(sentence, act):
    assert act_of(sentence) == act


def test_sentences_and_their_values_are_found_in_place():
    text = "Call 555 now! It is 3.50 in all… Is Ana in?\n好。行吗？"
    assert sentences(text) == ["Call 555 now!", "It is 3.50 in all…", "Is Ana in?", "好。", "行吗？"]
    parts = parts_of(text, [(5, "phone", "1"), (text.index("Ana"), "name", "Eva")])
    assert [part.values for part in parts] == [(("phone", "1"),), (), (("name", "Eva"),), (), ()]
    assert [part.length for part in parts] == [3, 6, 3, 1, 2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", [1, 5, 12, 30, 60])
def test_a_sentence_is_about_as_long_as_the_one_it_stands_for(language, length):
    for act in ("ask", "inform"):
        told = Teller(language, random.Random(length)).turn([Part(act, length)], "user")
        assert abs(len(tokens(told)) - length) <= max(4, length // 5), told
