"""Places of words in texts, in characters of the text as it is."""

from __future__ import annotations

import pytest

from workbench.search.highlight import spans
from workbench.search.syntax import Words


def found(text: str, term: str, *, prefix: bool = False) -> list[str]:
    return [text[start:end] for _, start, end in spans(text, (Words(term, prefix, 0, 0),))]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("The Test, the tests", "test", ["Test"]),
        ("Un élève et des ÉLÈVES", "eleve", ["élève"]),
        ("e\u0301le\u0300ve decomposed", "élève", ["e\u0301le\u0300ve"]),
        ("Straße", "strasse", ["Straße"]),
        ("ﬁrst things ﬁrst", "first", ["ﬁrst", "ﬁrst"]),
        ("blood, test and blood test", "blood test", ["blood, test", "blood test"]),
        ("我要做血液检查。", "血液", ["血液"]),
        ("找lab做检查", "lab", ["lab"]),
        ("第3页", "3", ["3"]),
        ("what's", "what's", ["what's"]),
        ("snake_case", "case", ["case"]),
        ("no match here", "test", []),
        ("anything", "?!", []),
        ("한국어 공부", "국어", ["국어"]),
        ("nul \0 and test", "test", ["test"]),
    ],
)
def test_a_term_is_marked_where_it_stands(text: str, term: str, expected: list[str]) -> None:
    assert found(text, term) == expected


def test_a_prefix_marks_the_whole_word() -> None:
    assert found("needles and Needlework, a need", "needl", prefix=True) == ["needles", "Needlework"]
