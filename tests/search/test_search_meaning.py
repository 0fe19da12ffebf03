"""Nearness in meaning: what is near, exactness under filters, recall of the two looks, and keeping up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from tests.builders import a_sample
from workbench.search import Index
from workbench.search.meaning.encoder import DIMENSIONS, fit, normalised
from workbench.search.meaning.features import counts
from workbench.search.meaning.vectors import Segment, merged
from workbench.store.base import Store

TOPICS = {
    "needle": "I am afraid of the needle when the nurse takes my blood",
    "refund": "my flight was cancelled and I want the money for the ticket back",
    "fr": "le train pour Lyon part du quai numéro trois",
    "zh": "我想预订一家离地铁站近的酒店",
}


def add(store: Store, copies: int = 12) -> None:
    texts = [f"{text}, {number}" for number in range(copies) for text in TOPICS.values()]
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(text, "I see.") for text in texts])


def clusters(count: int, seed: int = 0) -> np.ndarray:
    """Unit vectors around a few hundred centres: about what texts look like."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((count // 100, DIMENSIONS))
    near = centres[rng.integers(0, len(centres), count)] + 0.6 * rng.standard_normal((count, DIMENSIONS))
    return normalised(near.astype(np.float32))


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("fear of needles and blood", 0),
        ("cancelled flights, money back", 1),
        ("quai du train", 2),
        ("地铁站附近的酒店", 3),
    ],
)
def test_a_meaning_finds_its_topic_first(store: Store, index: Index, query: str, topic: int) -> None:
    add(store)
    result = index.search(f'~"{query}"', limit=12)
    assert result.sort == "relevance"
    assert {(row - 1) % 4 for row in result.rows} == {topic}


def test_a_meaning_says_how_near_it_is(store: Store, index: Index) -> None:
    add(store)
    scores = [hit.why[0].score for hit in index.search('~"needle"').hits]
    assert scores == sorted(scores, reverse=True)
    assert all(score is not None and 0.1 < score <= 1 for score in scores)


def test_a_filter_is_applied_before_the_nearest_are_taken(store: Store, index: Index) -> None:
    add(store, copies=60)  # 240 samples
    with store.write("ana", "archive") as writer:
        writer.set_state(store.ids_of(range(1, 200)), "archived")
    assert index.search('~"needle blood"').total == 10


def test_an_unknown_word_is_near_to_nothing(store: Store, index: Index) -> None:
    add(store)
    assert index.search("~qqqq").total == 0


def test_neighbours_leave_the_sample_itself_out(store: Store, index: Index) -> None:
    add(store)
    near = index.similar_to(1, limit=5)
    assert 1 not in [row for row, _ in near]
    assert {(row - 1) % 4 for row, _ in near} == {0}


def test_an_edited_sample_moves(store: Store, index: Index) -> None:
    add(store)
    assert 2 not in index.search('~"fear of the needle"').rows
    with store.write("ana", "edit") as writer:
        sample = a_sample(TOPICS["needle"], "I see.", id=store.ids_of([2])[0])
        writer.save_revision(sample, base_revision=1)
    assert 2 in index.search('~"fear of the needle"').rows


def test_vectors_are_kept_on_disk_and_damaged_ones_made_again(store: Store, index: Index, tmp_path: Path) -> None:
    add(store)
    expected = index.search('~"needle"').rows
    index.refresh()
    kept = Index(store, tmp_path)
    assert kept.search('~"needle"').rows == expected
    kept.close()
    for path in (tmp_path / "index" / "meaning").glob("*/codes.npy"):
        path.write_bytes(path.read_bytes()[:-1])
    again = Index(store, tmp_path)
    assert again.search('~"needle"').rows == expected
    again.close()


def test_vectors_on_disk_are_taken_over_although_a_conversation_was_edited_since(
    store: Store, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    assert 7 not in index.search('~"fear of the needle"').rows  # one of the few that are compared with what is on disk
    index.refresh()
    with store.write("ana", "edit") as writer:
        writer.save_revision(a_sample(TOPICS["needle"], "I see.", id=store.ids_of([7])[0]), base_revision=1)
    monkeypatch.setattr("workbench.search.meaning.index.fit", lambda *_, **__: pytest.fail("all texts are read again"))
    kept = Index(store, tmp_path)
    assert 7 in kept.search('~"fear of the needle"').rows
    kept.close()


def test_the_two_looks_find_what_brute_force_finds() -> None:
    vectors = clusters(60_000)
    segment = Segment.of(np.arange(1, 60_001), vectors)
    rng = np.random.default_rng(1)
    everyone = np.ones(60_000, np.bool_)
    found = 0
    for place in rng.integers(0, 60_000, 40):
        query = normalised((vectors[place] + 0.3 / 16 * rng.standard_normal(DIMENSIONS))[None].astype(np.float32))[0]
        truth = set(np.argsort(-(vectors @ query))[:10].tolist())
        found += len(truth & set(segment.nearest(query, everyone, 10)[0].tolist()))
    assert found / 400 >= 0.97


def test_the_two_looks_find_what_brute_force_finds_among_real_texts(corpora: Path) -> None:
    with gzip.open(corpora / "clinc150" / "clinc150_train.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["messages"][0]["content"] for line in lines]
    encoder = fit(texts[:3_000], population=len(texts))
    vectors = encoder.encode(texts)
    segment = Segment.of(np.arange(1, len(texts) + 1), vectors)
    everyone, found = np.ones(len(texts), np.bool_), 0.0
    for query in encoder.encode([" ".join(text.split()[:4]) for text in texts[::300]]):
        cosines = vectors @ query
        places, _ = segment.nearest(query, everyone, 10)
        found += np.mean(cosines[places] >= np.sort(cosines)[-10] - 0.005) / 50  # equal texts may take turns
    assert found >= 0.97


def test_candidates_are_the_only_rows_ever_found() -> None:
    segment = Segment.of(np.arange(1, 50_001), clusters(50_000))
    candidates = np.zeros(50_000, np.bool_)
    candidates[::2] = True
    places, _ = segment.nearest(segment.vectors(np.array([7]))[0], candidates, 50)
    assert len(places) == 50
    assert not (places % 2).any()


def test_merging_keeps_the_newer_vector() -> None:
    vectors = clusters(300)
    joined = merged(Segment.of(np.arange(1, 201), vectors[:200]), Segment.of(np.arange(101, 301), vectors[100:]))
    assert joined.rows.tolist() == list(range(1, 301))
    assert np.allclose(joined.vectors(np.arange(300)), vectors, atol=0.01)


def test_equal_texts_have_equal_features_whatever_stands_beside_them() -> None:
    texts = ["Blood test", "血液检查 élève", "", "a much longer text " * 50]
    together = counts(texts)
    assert all((counts([text]) != together[place]).nnz == 0 for place, text in enumerate(texts))


def test_the_same_texts_and_seed_fit_the_same_encoder() -> None:
    texts = [f"{text} {number}" for number in range(20) for text in TOPICS.values()]
    first, second = (fit(texts, population=80, seed=3).encode(["blood needle"]) for _ in range(2))
    assert np.array_equal(first, second)
