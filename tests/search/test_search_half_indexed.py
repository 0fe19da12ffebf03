"""While text is still being indexed: work on whole queries waits, a page says so, and a minus finds nothing unknown."""

from __future__ import annotations

import pytest

from tests.builders import a_sample
from workbench.search import Index
from workbench.search.background import Background
from workbench.search.meaning import index as meaning
from workbench.search.words import SMALL_LAG
from workbench.store.base import Store

MANY = SMALL_LAG + 500


@pytest.fixture
def lagging(store: Store, index: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    """An index whose background thread never gets to work: half of many samples hold the word card."""
    monkeypatch.setattr(Background, "nudge", lambda self: None)
    texts = ("lost card" if number % 2 else "blood test" for number in range(MANY))
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(f"{text} {number}", "yes") for number, text in enumerate(texts)])
    return index


@pytest.mark.parametrize("query", ["card", "-card", "NOT (card OR nothing)", "turns>1 -card"])
def test_all_rows_of_words_are_found_however_much_has_to_be_indexed(lagging: Index, query: str) -> None:
    assert len(lagging.rows(query)) == MANY // 2


@pytest.mark.parametrize("query", ["-card", "-(card language:fr)", "-(-(card))", '-~"lost card"', "-in:cards"])
def test_a_minus_finds_nothing_whose_text_is_not_known_yet(store: Store, lagging: Index, query: str) -> None:
    from workbench.model import SliceSpec

    with store.write("ana", "slice") as writer:
        writer.save_slice(SliceSpec("cards", "card"))
    page = lagging.search(query)
    assert (page.total, page.complete) == (0, False)


def test_a_page_says_how_much_is_searchable(lagging: Index) -> None:
    early = lagging.search("card")
    assert not early.complete
    assert early.progress is not None
    assert (early.progress.indexed, early.progress.total) == (0, MANY)
    lagging.refresh()
    late = lagging.search("card")
    assert (late.total, late.complete, late.progress) == (MANY // 2, True, None)


def test_a_page_can_wait(lagging: Index) -> None:
    page = lagging.search("-card", wait=True)
    assert (page.total, page.complete) == (MANY // 2, True)


def test_a_query_without_text_is_complete_at_once(lagging: Index) -> None:
    assert lagging.search("turns>1").complete


def test_rows_by_meaning_wait_for_all_vectors(lagging: Index) -> None:
    assert not lagging.search('~"lost card"').complete
    found = set(lagging.rows('~"lost card"').tolist())
    assert found
    assert found.isdisjoint(lagging.rows('-~"lost card"').tolist())
    assert len(lagging.rows('-~"lost card"')) == MANY - len(found)


def test_an_edited_text_is_not_found_by_a_minus_before_it_is_read_again(
    store: Store, lagging: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    lagging.refresh()
    lagging.rows("card")
    monkeypatch.setattr("workbench.search.words.SMALL_LAG", 0)
    with store.write("ana", "edit") as writer:
        writer.save_revision(a_sample("a lost card", "yes", id=store.ids_of([1])[0]), base_revision=1)
    assert 1 not in lagging.search("-card", limit=MANY).rows


def test_the_meaning_of_an_edited_text_is_unknown_until_it_is_read_again(
    store: Store, lagging: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    lagging.rows('~"lost card"')
    monkeypatch.setattr(meaning, "SMALL_LAG", 0)
    with store.write("ana", "edit") as writer:
        writer.save_revision(a_sample("a lost card 7", "yes", id=store.ids_of([1])[0]), base_revision=1)
    assert 1 not in lagging.search('-~"lost card"', limit=MANY).rows
