"""Near-duplicates among many: what is called alike is alike, and what is alike is found."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.builders import a_sample
from workbench.clean.nearly import WordPairs, band_keys, groups_of, in_company, resemblance
from workbench.flows.alike import _pairs, shared
from workbench.text import tokens


def _words(rng: random.Random, count: int, known: int = 400) -> list[str]:
    return [f"w{rng.randrange(known)}" for _ in range(count)]


@pytest.mark.parametrize("seed", range(8))
def test_the_share_of_common_pairs_is_that_of_two_conversations(seed: int) -> None:
    rng = random.Random(seed)
    one = _words(rng, 40, known=12)  # few words: pairs come more than once
    other = one[: rng.randrange(40)] + _words(rng, rng.randrange(1, 20), known=12)
    pairs = WordPairs()
    expected = shared(_pairs(a_sample(" ".join(one))), _pairs(a_sample(" ".join(other))))
    assert resemblance(pairs.of(one), pairs.of(other)) == pytest.approx(expected)


def test_a_repeated_pair_counts_each_time() -> None:
    pairs = WordPairs()
    assert len(pairs.of(["a", "b", "a", "b"])) == 5
    assert resemblance(pairs.of(["a", "b"]), pairs.of(["a", "b", "a", "b"])) == pytest.approx(3 / 5)


def test_planted_near_duplicates_are_found_and_nothing_else() -> None:
    rng = random.Random(3)
    texts = [_words(rng, 60) for _ in range(300)]
    for number in range(100):  # every third of the first 300 gets a twin with one other word
        twin = list(texts[number * 3])
        twin[rng.randrange(60)] = "changed"
        texts.append(twin)
    pairs = WordPairs()
    sets = [pairs.of(words) for words in texts]
    keys = np.concatenate([band_keys(sets[:150]), band_keys(sets[150:])])
    groups = groups_of(keys, lambda one, other: resemblance(sets[one], sets[other]), 0.8)
    expected = {(number * 3, 300 + number) for number in range(100)}
    members: dict[int, list[int]] = {}
    for place in np.flatnonzero(groups).tolist():
        members.setdefault(int(groups[place]), []).append(place)
    found = {tuple(group) for group in members.values()}
    assert found <= expected
    assert len(found) >= 98
    assert np.all(in_company(keys)[np.flatnonzero(groups)])


def test_groups_are_numbered_by_their_first_member_and_chains_are_one_group() -> None:
    sets = [np.array(values, np.uint64) for values in ([7], [1, 2], [1, 2], [7], [9])]
    keys = np.zeros((5, 2), np.uint64)  # all are candidates
    groups = groups_of(keys, lambda one, other: resemblance(sets[one], sets[other]), 0.8)
    assert groups.tolist() == [1, 2, 2, 1, 0]


def test_no_pair_is_compared_without_a_key_in_common() -> None:
    keys = np.arange(10, dtype=np.uint64).reshape(5, 2)
    groups = groups_of(keys, lambda one, other: pytest.fail("compared"), 0.8)
    assert groups.tolist() == [0] * 5
    assert not in_company(keys).any()


def test_many_equal_texts_are_compared_once_each_and_not_each_with_each() -> None:
    compared = []
    keys = np.zeros((500, 4), np.uint64)

    def share(one: int, other: int) -> float:
        compared.append((one, other))
        return 1.0

    assert groups_of(keys, share, 0.8).tolist() == [1] * 500
    assert len(compared) == 499


def test_every_script_has_words_to_compare() -> None:
    pairs = WordPairs()
    assert resemblance(pairs.of(tokens("血液检查需要两天")), pairs.of(tokens("血液检查需要三天"))) > 0.5
