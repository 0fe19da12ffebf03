"""Texts are found also where they come to the screen by a detour."""

from __future__ import annotations

import pytest

from tests.words.handed_words import handed_words


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("a parameter of a helper", "write yes or no"),
        ("a field of a dataclass", "an empty turn"),
        ("a table that a loop walks through", "the disk is full: nothing of this was saved"),
        ("the keys of a table", "is the parent of other samples"),
        ("a table that is asked for one", "nobody disagrees about them, or it is settled already"),
        ("what a generator gives", "there is no turn"),
        ("what a method of the module gives back", "to look for it as text, put it in quotes"),
        ("a constant of another module", "not tried: an earlier one of this conversation failed"),
        ("a text that is cut", "Something failed inside the workbench: {__name__}: {exc}"),
        (
            "a note of an export",
            "no pairs: nothing in this slice was ranked, turned down, rewritten or imported as a pair",
        ),
    ],
)
def test_a_text_is_followed_through(how: str, text: str) -> None:
    assert text in handed_words(), how


def test_what_nobody_reads_on_the_screen_is_left_out() -> None:
    found = handed_words()
    assert [text for text in found if text.startswith(("SELECT", "pip install"))] == []
    assert "review queue" not in found, "labels of steps have words of their own"
