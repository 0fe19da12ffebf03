"""Names of regions: words that set a group of texts apart, none where none does, and no empty words."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from workbench.search.meaning.emptywords import EMPTY_WORDS
from workbench.search.meaning.naming import as_text, telling_words
from workbench.search.meaning.splitting import pairs_of, runs_of, whole, words_of

SAMPLES = Path(__file__).parents[2] / "sample_data" / "conversations"


def _texts(text, language="en", count=5):
    return [as_text(text, language)] * count


def test_a_language_alone_does_not_tell_a_region():
    groups = [_texts("bonjour train", "fr"), _texts("bonjour loyer", "fr"), _texts("hello rent")]
    assert telling_words(groups)[0] == ("train",)


def test_words_that_all_groups_share_name_none():
    first, second = telling_words([_texts("harbour train ticket"), _texts("harbour blood needle")])
    assert set(first) == {"train", "ticket"}
    assert set(second) == {"blood", "needle"}


@pytest.mark.parametrize(
    ("language", "empty", "telling"),
    [
        ("en", "really people just think other counts", "needle"),
        ("fr", "vraiment beaucoup concernant exemple moins possible", "aiguille"),
        ("zh", "因为我们所以开始可以知道", "发票"),
        ("de", "vielleicht einfach natürlich", "nadel"),
    ],
)
def test_empty_words_name_nothing_however_frequent(language, empty, telling):
    first, second = telling_words([_texts(f"{empty} {telling}", language, 20), _texts("garage", language, 20)])
    assert first == (telling,)
    assert second == ("garage",)


def test_where_groups_say_the_same_nothing_sets_them_apart():
    said = [as_text(f"the nurse weighs a baby number {n} in ward{n % 3}", "en") for n in range(60)]
    assert telling_words([said[::2], said[1::2]]) == [(), ()]


def test_chance_names_hardly_any_group_of_the_sample_conversations():
    lines = [line for file in sorted(SAMPLES.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    records = [json.loads(line) for line in lines]
    texts = [as_text("\n".join(turn["content"] for turn in one["turns"]), one["language"]) for one in records]
    english = [text for text in texts if text.language == "en"]
    assert len(english) == 126
    random.Random(1).shuffle(english)
    named = telling_words([english[place::6] for place in range(6)])
    assert sum(map(len, named)) <= 2, named


def test_a_word_that_is_more_frequent_is_told_before_one_that_is_only_here():
    rare = [as_text("blood needle", "en")] * 2
    first, _ = telling_words([_texts("blood laboratory", count=28) + rare, _texts("rent deposit", count=30)])
    assert first[0] == "blood"
    assert "needle" not in first


def test_a_group_that_alone_speaks_a_language_is_named_by_what_it_speaks_of():
    first, _ = telling_words([_texts("non mi piace la musica", "it", 20), _texts("the rent and the deposit", count=20)])
    assert first == ("musica",)


def test_chinese_regions_are_named_by_whole_words():
    first, second = telling_words([_texts("我要买火车票", "zh"), _texts("请问我要验血吗", "zh")])
    assert first == ("买火车票",)
    assert second == ("验血",)


def test_a_chinese_name_is_as_long_as_most_texts_have_it():
    texts = [runs_of(f"我们去过太平洋{end}") for end in ("保险", "保险", "酒店", "大学")]
    assert whole("平洋", texts) == "太平洋"


def test_no_pair_of_characters_reaches_over_a_mark_or_an_empty_word():
    assert pairs_of(runs_of("火车。票价")) == {"火车", "票价"}
    assert pairs_of(runs_of("祝您生活愉快，再见")) == frozenset()


def test_words_are_freed_of_what_is_elided_before_them():
    assert words_of("l’ordonnance de l'hôpital, jusqu'ici", "fr") == {"ordonnance", "hôpital"}


def test_where_no_list_is_known_short_words_are_taken_for_grammar():
    assert words_of("och blodprov med nål", "sv") == {"blodprov"}


def test_lists_hold_words_as_they_are_compared():
    for language, words in EMPTY_WORDS.items():
        assert all(word == word.casefold() for word in words), language
