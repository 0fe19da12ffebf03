from __future__ import annotations

import pytest

from workbench.label import agreement, default_schemes
from workbench.label.agreement import krippendorff_alpha
from workbench.label.answers import CANNOT_SAY
from workbench.model import Tag

SCHEMES = {scheme.name: scheme for scheme in default_schemes()}

# Example C of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): four observers, twelve units.
PUBLISHED = [
    [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
]  # fmt: skip


@pytest.mark.parametrize(("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_equals_the_published_example(metric, alpha):
    assert krippendorff_alpha(PUBLISHED, metric=metric) == pytest.approx(alpha, abs=0.0006)


def test_alpha_is_undefined_when_everybody_always_says_the_same():
    assert krippendorff_alpha([[4, 4], [4, 4, 4]]) is None


def test_alpha_is_undefined_without_two_answers_to_compare():
    assert krippendorff_alpha([[1], [2], []]) is None


def _tags(*answers: tuple[str, str, object], **more: object) -> list[Tag]:
    return [Tag(sample, "naturalness", value, author, **more) for sample, author, value in answers]


def test_percent_counts_pairs_of_answers_and_names_what_is_disputed():
    tags = _tags(("s1", "ana", 4), ("s1", "ben", 4), ("s2", "ana", 2), ("s2", "ben", 5))
    result = agreement(SCHEMES["naturalness"], tags)
    assert (result.percent, result.units, result.disputed) == (50.0, 2, ("s2",))
    assert result.confusions == (("2", "5", 1),)


def test_cannot_say_and_machines_stay_out():
    tags = _tags(("s1", "ana", 4), ("s1", "ben", CANNOT_SAY)) + _tags(("s1", "judge", 1), machine=True)
    assert agreement(SCHEMES["naturalness"], tags).pairs == 0
