"""The estimate of a sample check against published values, and the draw."""

from __future__ import annotations

import pytest

from workbench.label import SampleCheck, drawn, wilson


@pytest.mark.parametrize(
    ("fits", "of", "low", "high"),
    [(20, 20, 0.8389, 1.0), (0, 20, 0.0, 0.1611), (18, 20, 0.6990, 0.9721), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_intervals(fits: int, of: int, low: float, high: float) -> None:
    """81 of 263 is the worked example of Newcombe, Statistics in Medicine 17 (1998), table I."""
    assert wilson(fits, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_judged_gives_no_estimate() -> None:
    check = SampleCheck(unsure=3)
    assert (check.precision, check.interval) == (None, None)
    with pytest.raises(ValueError, match="no share"):
        wilson(0, 0)


def test_those_of_which_nobody_could_say_do_not_count() -> None:
    assert SampleCheck(fits=3, misses=1, unsure=9).precision == 0.75


def test_a_draw_is_random_without_repetition_and_can_be_repeated() -> None:
    members = list(range(1000))
    assert drawn(members, 20, 7) == drawn(members, 20, 7) != drawn(members, 20, 8)
    assert len(set(drawn(members, 20, 7))) == 20
    assert sorted(drawn([1, 2, 3], 20, 1)) == [1, 2, 3]
    assert drawn(members, 40, 7)[:20] == drawn(members, 20, 7)


def test_every_member_is_drawn_equally_often() -> None:
    counts = [0] * 10
    for seed in range(5000):
        for member in drawn(range(10), 3, seed):
            counts[member] += 1
    assert all(abs(count - 1500) < 130 for count in counts), counts  # four standard deviations
