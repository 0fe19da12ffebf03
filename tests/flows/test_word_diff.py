"""Word diffs of any two texts, short, long, repetitive; and the longest stretch two texts share."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import text
from workbench.generate.gates.overlap import common_run
from workbench.text import word_diff

WORDS = ["the", "laboratory", "opens", "on", "Monday", "我", "想", "退款", "l’été", ".", "\n", "?"]
SPOKEN = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def _sides(parts: list[text.DiffPart]) -> tuple[str, str]:
    """The old and the new text that a diff is made of."""
    old, new = ("".join(part.text for part in parts if part.kind != left_out) for left_out in ("added", "removed"))
    return old, new


def _whole(parts: list[text.DiffPart]) -> bool:
    """No part is empty, and none could be one with the part before it."""
    return all(part.text for part in parts) and all(one.kind != two.kind for one, two in itertools.pairwise(parts))


@given(SPOKEN, SPOKEN)
def test_a_diff_gives_both_texts_again(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert (_sides(parts), _whole(parts)) == ((old, new), True)


@given(SPOKEN, SPOKEN)
@settings(max_examples=300)
def test_so_does_the_diff_of_long_texts(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "EXACT", 6)
        patch.setattr(text, "ANCHOR", 3)
        parts = word_diff(old, new)
    assert (_sides(parts), _whole(parts)) == ((old, new), True)


def _long(words: int) -> list[str]:
    chance = random.Random(5)
    return [f"{chance.choice(WORDS)}{chance.randrange(40)}" for _ in range(words)]


def test_in_a_long_text_the_words_that_changed_are_found_and_no_others() -> None:
    old = _long(20_000)
    new = [*old]
    for place in (7, 900, 901, 10_000, 19_990):
        new[place] = "changed"
    new[5_000:5_000] = ["put", "between"]
    parts = word_diff(" ".join(old), " ".join(new))
    assert _sides(parts) == (" ".join(old), " ".join(new))
    removed = [part.text for part in parts if part.kind == "removed"]
    assert removed == [old[7], f"{old[900]} {old[901]}", old[10_000], old[19_990]]
    added = [part.text.strip() for part in parts if part.kind == "added"]
    assert added == ["changed", "changed changed", "put between", "changed", "changed"]


def test_a_long_text_with_a_change_in_every_line_is_not_taken_for_another_one() -> None:
    for words in (700, 760, 5_000):
        old = [f"{word}{at}" for at, word in enumerate(_long(words))]
        new = ["changed" if at % 3 == 0 else word for at, word in enumerate(old)]
        kept = "".join(part.text for part in word_diff(" ".join(old), " ".join(new)) if part.kind == "same")
        assert len(kept.split()) == sum(len(word.split()) for at, word in enumerate(old) if at % 3)


def test_a_passage_that_moved_far_is_taken_out_and_put_in() -> None:
    old = _long(6_000)
    new = [*old[:1_000], *old[1_300:5_000], *old[1_000:1_300], *old[5_000:]]
    parts = word_diff(" ".join(old), " ".join(new))
    assert _sides(parts) == (" ".join(old), " ".join(new))
    assert sum(len(part.text.split()) for part in parts if part.kind == "removed") == 300


def test_a_long_text_that_says_one_thing_again_and_again_is_compared_as_well() -> None:
    old = "The laboratory opens on Monday. " * 3_000
    parts = word_diff(old, old[:40_000] + "Not today. " + old[40_000:])
    assert [part.kind for part in parts].count("added") == 1
    new = "x" + old[:5_000] + "y" + old[5_000:] + "z"
    assert _sides(word_diff(old, new)) == (old, new)


@given(st.lists(st.sampled_from("abc"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40))
def test_the_longest_common_stretch_is_the_one_that_a_full_search_finds(one: list[str], other: list[str]) -> None:
    full = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    assert common_run(one, other) == common_run(other, one) == full


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_long_texts_take_a_fraction_of_the_full_comparison() -> None:
    """Against `difflib` in the same run; a tenth, where a hundredth is usual."""
    old = _long(3_000)
    new = [*old[:2_000], "changed", *old[2_001:]]
    pair = " ".join(old), " ".join(new)
    tokens = [text._DIFF_TOKEN.findall(one) for one in pair]
    full = _seconds(SequenceMatcher(None, *tokens, autojunk=False).get_opcodes)
    assert _seconds(lambda: word_diff(*pair)) < full / 10
    again = ["again", "and"] * 2_000
    longest = SequenceMatcher(None, again, again, autojunk=False).find_longest_match
    assert _seconds(lambda: common_run(again, again)) < _seconds(longest) / 10
