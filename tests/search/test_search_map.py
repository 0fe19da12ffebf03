"""The map: the same picture for the same texts, near things near, steady when samples come, rebuilt when damaged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.builders import a_sample
from workbench.search import Index
from workbench.search.meaning import mapping
from workbench.search.meaning.layout import lay_out
from workbench.search.meaning.regions import centres_of, nearest_of

TOPICS = {
    "needles": ("The nurse drew blood with a needle", "The laboratory tests the blood sample for sugar"),
    "trains": ("The night train to Lyon leaves from platform nine", "Your railway ticket is valid on every train"),
    "rent": ("The landlord keeps the rental deposit", "A tenancy agreement names the rent and the deposit"),
}


def _some(topic: str, count: int, start: int = 0):
    first, second = TOPICS[topic]
    return [
        a_sample(f"{first}, case {n}", f"{second}. {n % 7}", id=f"s_{topic}_{n}") for n in range(start, start + count)
    ]


@pytest.fixture
def filled(store, index):
    with store.write("ana", "add") as writer:
        for topic in TOPICS:
            writer.add_samples(_some(topic, 30))
    return index


def _apart(points, labels):
    """Mean distance to one's own group and to the others."""
    far = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    same = labels[:, None] == labels[None]
    return far[same].mean(), far[~same].mean()


def test_what_says_similar_things_stands_near(filled):
    atlas = filled.map()
    labels = np.repeat(np.arange(3), 30)
    own, others = _apart(atlas.points[1:], labels)
    assert own * 2 < others


def test_the_same_texts_give_the_same_picture(filled, store, tmp_path):
    again = Index(store, tmp_path / "elsewhere")
    assert np.array_equal(filled.map().points, again.map().points, equal_nan=True)
    again.close()


def test_a_few_new_samples_move_nothing_and_land_beside_their_like(filled, store):
    before = filled.map().points.copy()
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("trains", 3, start=100))
    after = filled.map().points
    assert np.array_equal(after[: len(before)], before, equal_nan=True)
    near_trains = np.abs(after[91:94] - before[31:61].mean(axis=0)).max()
    near_rent = np.abs(after[91:94] - before[61:91].mean(axis=0)).max()
    assert near_trains < near_rent


def test_half_as_much_again_gives_a_new_picture(filled, store):
    made = filled.map().made_of
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("rent", made // 2 + 1, start=100))
    assert filled.map().made_of > made


def test_the_map_is_kept_and_a_damaged_one_made_again(filled, store, tmp_path):
    first = filled.map()
    file = tmp_path / "index" / "meaning" / "map.npz"
    filled.refresh()
    reopened = Index(store, tmp_path)
    assert np.array_equal(reopened.map().points, first.points, equal_nan=True)
    reopened.close()
    file.write_bytes(file.read_bytes()[:200])
    mended = Index(store, tmp_path)
    assert np.array_equal(mended.map().points, first.points, equal_nan=True)
    mended.close()


def test_a_kept_map_needs_no_long_work(filled):
    assert filled.map_ready() is None
    filled.map()
    assert filled.map_ready() is not None


def test_an_empty_store_has_no_map(index):
    assert index.map() is None


def test_a_text_that_says_nothing_has_no_place(filled, store):
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("...", "!!", id="s_mute")])
    atlas = filled.map()
    assert np.isnan(atlas.points[91]).all()
    assert atlas.regions[91] == 0


def test_regions_are_named_by_the_words_that_tell_them_apart(filled):
    named = {word for words in filled.map().words for word in words}
    assert named & {"blood", "needle", "laboratory"}
    assert named & {"train", "railway", "platform"}


def test_the_largest_region_comes_first():
    points = np.array([[0, 0]] * 9 + [[1, 1]] * 3, np.float32)
    centres = centres_of(points, 2)
    assert np.allclose(centres[0], 0)
    assert np.bincount(nearest_of(points, centres)).tolist() == [9, 3]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_a_handful_of_samples_can_be_laid_out(count):
    vectors = np.eye(256, dtype=np.float32)[:count]
    made = lay_out(vectors)
    assert made.points.shape == (count, 2)
    assert np.isfinite(made.points).all()


def test_the_picture_stays_in_its_frame():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(300, 256)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.abs(lay_out(vectors).points).max() <= 1.2


def test_more_changes_than_are_read_at_once_are_all_followed(filled, store, monkeypatch):
    before = filled.map().points.copy()
    monkeypatch.setattr(mapping, "CHANGES", 10)
    with store.write("ana", "many answers") as writer:
        writer.tag_rows(range(1, 26), "domain", "law")
    with store.write("ana", "edit") as writer:
        writer.save_revision(replace(store.get("s_needles_4"), turns=_some("rent", 1)[0].turns), base_revision=1)
    atlas = filled.map()
    assert atlas.position == store.change_seq()
    moved = np.flatnonzero((atlas.points[1:] != before[1:]).any(axis=1)) + 1
    assert moved.tolist() == [5]


def test_what_changes_while_the_map_reads_the_changes_is_followed_the_next_time(filled, store, monkeypatch):
    before, read = filled.map().points.copy(), mapping.changed

    def rewritten(sample):
        with store.write("ana", "edit") as writer:
            writer.save_revision(replace(store.get(sample), turns=_some("rent", 1)[0].turns), base_revision=1)

    def meanwhile(*args):
        if store.get("s_needles_7").revision == 1:
            rewritten("s_needles_7")
        return read(*args)

    monkeypatch.setattr(mapping, "changed", meanwhile)
    rewritten("s_needles_4")
    assert filled.map().position < store.change_seq()
    atlas = filled.map()
    assert atlas.position == store.change_seq()
    assert (np.flatnonzero((atlas.points[1:] != before[1:]).any(axis=1)) + 1).tolist() == [5, 8]


def test_the_map_is_written_when_something_moved_and_not_for_every_answer(filled, store, tmp_path, monkeypatch):
    """Other processes go on from the file: it is written for them, and not again where nothing stands elsewhere."""
    filled.map()
    file = tmp_path / "index" / "meaning" / "map.npz"
    written = file.stat().st_mtime_ns
    with store.write("ana", "answers") as writer:
        writer.tag_rows(range(1, 26), "domain", "law")
    assert filled.map().position == store.change_seq()
    assert file.stat().st_mtime_ns == written
    monkeypatch.setattr(mapping, "CHANGES", 10)  # what moves is read before what does not
    with store.write("ana", "add") as writer:
        writer.add_samples(_some("trains", 1, start=100))
        writer.tag_rows(range(1, 26), "domain", "finance")
    atlas = filled.map()
    assert file.stat().st_mtime_ns > written
    other = Index(store, tmp_path)
    monkeypatch.setattr(mapping, "changed", lambda *args: pytest.fail("all of it is in the file"))
    assert np.array_equal(other.map().points, atlas.points, equal_nan=True)
    other.close()


def test_many_changes_that_move_nothing_are_not_read_again_by_every_process(filled, store, tmp_path, monkeypatch):
    filled.map()
    monkeypatch.setattr(mapping, "SAVE_AFTER", 20)
    with store.write("ana", "answers") as writer:
        writer.tag_rows(range(1, 26), "domain", "law")
    position = filled.map().position
    other = Index(store, tmp_path)
    monkeypatch.setattr(mapping, "changed", lambda *args: pytest.fail("all of it is in the file"))
    assert other.map().position == position
    other.close()
