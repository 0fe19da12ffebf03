"""Orders of answers: their pairs, scores from them, agreement of two."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.label.ranking import bradley_terry, kendall_tau, ranked_pairs, ranks_from_scores

ORDERS = st.dictionaries(st.sampled_from("abcdefghi"), st.integers(1, 5), min_size=2)


@given(ORDERS)
def test_an_order_of_k_has_all_its_pairs_the_better_first(ranks):
    pairs = ranked_pairs(ranks)
    assert len(pairs) == len(ranks) * (len(ranks) - 1) / 2
    for better, worse, tied in pairs:
        assert (ranks[better] == ranks[worse]) if tied else (ranks[better] < ranks[worse])


@given(ORDERS)
def test_scores_of_one_order_keep_it(ranks):
    scores = bradley_terry(ranked_pairs(ranks))
    assert sum(scores.values()) == pytest.approx(0, abs=1e-6)
    for better, worse, tied in ranked_pairs(ranks):
        difference = scores[better] - scores[worse]
        assert difference == pytest.approx(0, abs=1e-5) if tied else difference > 0


def test_scores_of_many_comparisons_find_the_odds_behind_them():
    pairs = [("a", "b", False)] * 3000 + [("b", "a", False)] * 1000
    scores = bradley_terry(pairs)
    assert scores["a"] - scores["b"] == pytest.approx(1.0986, abs=0.01)  # log 3
    assert bradley_terry([]) == {}


@given(ORDERS)
def test_an_order_agrees_with_itself_and_not_with_its_reverse(ranks):
    tau = kendall_tau(ranks, ranks)
    assert tau == (pytest.approx(1) if len(set(ranks.values())) > 1 else None)
    if tau is not None:
        assert kendall_tau(ranks, {name: -place for name, place in ranks.items()}) == pytest.approx(-1)


def test_agreement_is_the_same_as_counted_by_hand():
    assert kendall_tau({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "c": 2}) == pytest.approx(1 / 3)
    assert kendall_tau({"a": 1, "b": 1, "c": 3}, {"a": 1, "b": 2, "c": 3}) == pytest.approx(2 / 6**0.5)
    assert kendall_tau({"a": 1}, {"a": 1}) is None
    taus = [
        kendall_tau({"a": 1, "b": 2, "c": 3}, dict(zip("abc", order, strict=True))) for order in permutations((1, 2, 3))
    ]
    assert sum(taus) == pytest.approx(0)


def test_scores_within_the_margin_are_tied():
    scores = {"a": 4.0, "b": 3.8, "c": 3.6, "d": 1.0}
    assert ranks_from_scores(scores) == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert ranks_from_scores(scores, 0.3) == {"a": 1, "b": 1, "c": 3, "d": 4}
    assert ranks_from_scores(scores, 0.4) == {"a": 1, "b": 1, "c": 1, "d": 4}
    assert ranks_from_scores({}) == {}
