"""Words in English, French and Chinese, with accents, prefixes, phrases and their places."""

from __future__ import annotations

import pytest

from tests.builders import a_sample
from workbench.search import Index
from workbench.store.base import Store

TEXTS = (
    ("My blood test is tomorrow, is the lab open?", "Yes, from seven."),
    ("L’élève a besoin d’une prise de sang.", "Le laboratoire ouvre à sept heures."),
    ("我要做血液检查。", "好的，明天早上七点。"),
    ("The test of blood types", "is on page four; open the book."),
)


@pytest.fixture
def filled(store: Store, index: Index) -> Index:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(*texts) for texts in TEXTS])
    return index


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("blood", {1, 4}),
        ('"blood test"', {1}),
        ("BLOOD lab", {1}),
        ("eleve", {2}),
        ("ÉLÈVE", {2}),
        ("labo*", {2}),
        ("lab*", {1, 2}),
        ("血液", {3}),
        ("血", {3}),
        ("液检", {3}),
        ("血检", set()),
        ("blood -lab", {4}),
        ("sang OR 血液", {2, 3}),
        ("(blood OR sang) -lab", {2, 4}),
        ("-blood", {2, 3}),
        ("tomorrow ?", {1}),
        ('"types is"', set()),  # no phrase goes over the end of a turn
    ],
)
def test_words_find_their_samples(filled: Index, query: str, rows: set[int]) -> None:
    assert set(filled.search(query).rows) == rows


def test_a_word_says_where_it_stands(filled: Index) -> None:
    (hit,) = filled.search("laboratoire eleve").hits
    places = {(why.label, why.turn, why.start, why.end) for why in hit.why}
    assert places == {("laboratoire", "t2", 3, 14), ("eleve", "t1", 2, 7)}


def test_a_chinese_phrase_says_where_it_stands(filled: Index) -> None:
    (hit,) = filled.search("血液").hits
    (why,) = hit.why
    assert (why.turn, why.start, why.end) == ("t1", 3, 5)


def test_the_better_match_comes_first_unless_an_order_is_asked_for(store: Store, index: Index) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("needle " * 9, "yes"), a_sample("a needle among many other words here", "no")])
    best, newest = index.search("needle"), index.search("needle", sort="newest")
    assert (best.rows, best.sort) == ([1, 2], "relevance")
    assert (newest.rows, newest.sort) == ([2, 1], "newest")


def test_an_edited_text_is_found_by_its_new_words_only(store: Store, filled: Index) -> None:
    assert filled.search("tomorrow").total == 1
    sample = store.samples(store.ids_of([1]))[0]
    with store.write("ana", "edit") as writer:
        writer.save_revision(a_sample("A needle?", "No.", id=sample.id), base_revision=1)
    assert (filled.search("tomorrow").rows, filled.search("needle").rows) == ([], [1])


def test_progress_says_how_much_is_indexed(store: Store, filled: Index) -> None:
    filled.refresh()
    progress = filled.progress()
    assert (progress.indexed, progress.total) == (4, 4)
