from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_sample
from workbench.clean import normalise
from workbench.errors import UnknownName


def _text(content: str, steps: list[str] | None = None) -> str:
    return normalise(a_sample(content, "Fine, thank you."), steps).sample.turns[0].content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("zero\u200bwidth\x00", "zerowidth"),
        ("salt &amp; pepper", "salt & pepper"),
        ("  padded  \n\n\n\nand spaced \n", "padded\n\nand spaced"),
    ],
)
def test_each_step_mends_what_it_names(before, after):
    assert _text(before) == after


@pytest.mark.parametrize("kept", ["👩‍👧 family", "می‌خواهم", "naïve – “quoted”", "中文，全角！"])
def test_meaningful_characters_stay(kept):
    assert _text(kept) == kept


def test_every_change_is_recorded_with_before_and_after():
    changes = normalise(a_sample("salt &amp; pepper ", "Fine.")).changes
    assert [(c.turn, c.step, c.before, c.after) for c in changes] == [
        ("t1", "entities", "salt &amp; pepper ", "salt & pepper "),
        ("t1", "spaces", "salt & pepper ", "salt & pepper"),
    ]


def test_a_clean_sample_comes_back_as_the_same_object():
    sample = a_sample("Hello.", "Hi.")
    assert normalise(sample).sample is sample


def test_a_turn_of_invisible_characters_keeps_its_text():
    assert _text("\u200b\u200b") == "\u200b\u200b"


def test_a_missing_language_is_filled_in_and_recorded():
    cleaned = normalise(a_sample("Bonjour, je voudrais un rendez-vous demain matin.", "Bien sûr.", language=None))
    assert (cleaned.sample.language, cleaned.changes[-1].step) == ("fr", "language")


def test_an_unknown_step_proposes_the_nearest():
    with pytest.raises(UnknownName, match="spaces"):
        normalise(a_sample(), ["space"])


@given(st.text(min_size=1))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(a_sample(text, "Fine.")).sample
    assert normalise(once).sample.turns == once.turns


@given(st.text(min_size=1))
def test_the_unicode_step_alone_is_nfc(text):
    assert _text(text, ["unicode"]) == unicodedata.normalize("NFC", text)
