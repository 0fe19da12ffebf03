from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store import textindex
from workbench.store.textindex import Phrase, TextIndex

TEXTS = {
    1: "The blood test was clear.",
    2: "我今天头痛，想看医生。",
    3: "Où est le café près de l'hôpital ?",
    4: "a test of Blood pressure, again a test",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[TextIndex]:
    opened = TextIndex(tmp_path)
    opened.update(TEXTS.items(), (), 4)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("terms", "rows"),
    [
        (["test"], [4, 1]),
        (["TEST", "pressure"], [4]),
        (["blood test"], [1]),
        ([Phrase("bloo", prefix=True)], [4, 1]),
        ([Phrase("a tes", prefix=True)], [4]),
        (["头痛"], [2]),
        (["痛头"], []),
        (["医"], [2]),
        (["cafe"], [3]),
        (["CAFÉ", "hopital"], [3]),
        (["absent"], []),
        ([], []),
    ],
)
def test_words_prefixes_and_phrases_are_found_newest_first(
    index: TextIndex, terms: list[str | Phrase], rows: list[int]
) -> None:
    assert index.match(*terms).tolist() == rows
    assert index.count(*terms) == len(rows)


@pytest.mark.parametrize(
    "text", ['"', "a AND", "NEAR(", "*", "text:test", "^test", "test*", "(", "-", "{text}", "'; DROP TABLE words", "\0"]
)
def test_query_syntax_in_a_term_is_only_text(index: TextIndex, text: str) -> None:
    assert set(index.match(text).tolist()) <= {1, 4}
    assert index.count("test") == 2


def test_a_limit_keeps_the_newest(index: TextIndex) -> None:
    assert index.match("test", limit=1).tolist() == [4]


def test_an_update_replaces_and_removes(index: TextIndex) -> None:
    index.update([(1, "urine sample")], [4], 9)
    assert index.match("blood").tolist() == []
    assert index.match("urine").tolist() == [1]
    assert index.position == 9


def test_an_older_update_is_refused(index: TextIndex, tmp_path: Path) -> None:
    other = TextIndex(tmp_path)
    assert other.update([(1, "new words")], (), 7)
    assert not index.update([(1, "stale words")], (), 6)
    assert index.match("stale").tolist() == []
    assert index.match("new").tolist() == [1]
    other.close()


def test_compacting_leaves_no_bytes_of_what_was_removed(index: TextIndex, tmp_path: Path) -> None:
    index.update([(5, "zebracanary")], (), 5)
    index.update([], [5], 6)
    index.compact()
    assert index.count("test") == 2
    assert not any(b"zebracanary" in path.read_bytes() for path in (tmp_path / "index").iterdir())


def test_it_can_be_forgotten_and_built_again(index: TextIndex) -> None:
    index.clear()
    assert (index.position, index.count("test")) == (0, 0)
    index.update(TEXTS.items(), (), 4)
    assert index.count("test") == 2


def test_a_failed_update_changes_nothing(index: TextIndex) -> None:
    def rows() -> Iterator[tuple[int, str]]:
        yield 9, "half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.update(rows(), [1], 10)
    assert (index.position, index.count("half"), index.count("blood")) == (4, 0, 2)


@pytest.mark.parametrize("damage", [b"not a database" * 500, b""])
def test_a_damaged_index_is_built_again(index: TextIndex, tmp_path: Path, damage: bytes) -> None:
    index.close()
    (tmp_path / "index" / "text.db").write_bytes(damage)
    reopened = TextIndex(tmp_path)
    assert (reopened.position, reopened.count("test")) == (0, 0)
    reopened.update(TEXTS.items(), (), 4)
    assert reopened.count("test") == 2
    reopened.close()


def test_an_index_of_another_format_is_built_again(
    index: TextIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.close()
    monkeypatch.setattr(textindex, "FORMAT", textindex.FORMAT + 1)
    reopened = TextIndex(tmp_path)
    assert (reopened.position, reopened.count("test")) == (0, 0)
    reopened.close()
