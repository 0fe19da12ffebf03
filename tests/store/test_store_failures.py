"""What goes wrong around a store: full disk, a busy neighbour, hostile text, the wrong library or file system."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest

from tests.builders import a_sample, a_turn
from workbench.errors import InvalidInput, StoreBusy, StoreError
from workbench.model import Note, Tag, TagScheme
from workbench.store import connection, filesystem, open_store
from workbench.store.sqlite import SqliteStore
from workbench.store.writer import Writer

BROKEN = "half \ud83d"


def integrity(store: SqliteStore) -> object:
    return store._database.one("PRAGMA integrity_check")


def test_the_folder_is_private(store: SqliteStore, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_commits_are_set_up_to_survive_a_power_cut(store: SqliteStore) -> None:
    settings = {name: store._database.one(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "page_size")}
    assert settings == {"journal_mode": ("wal",), "synchronous": (2,), "page_size": (16_384,)}
    assert store._database.one("PRAGMA secure_delete") == (1,)
    assert store._database.one("PRAGMA foreign_keys") == (1,)
    assert store._database.one("PRAGMA trusted_schema") == (0,)


def test_a_full_disk_is_told_plainly_and_loses_nothing(store: SqliteStore) -> None:
    with store.write("ana", "first") as writer:
        writer.add_samples([a_sample("kept", id="kept")])
    database = store._database.connection()
    pages = database.pragma("page_count")
    database.pragma("max_page_count", pages + 2)
    big = [a_sample("x" * 5_000, id=f"s{i}") for i in range(100)]
    with pytest.raises(StoreError, match="disk is full"), store.write("ana", "big") as writer:
        writer.add_samples(big)
    assert (store.count(), [step.label for step in store.steps()]) == (1, ["first"])
    database.pragma("max_page_count", 1_000_000)
    with store.write("ana", "again") as writer:
        writer.add_samples(big)
    assert store.count() == 101
    assert integrity(store) == ("ok",)


def test_a_busy_neighbour_is_told_in_plain_words(store: SqliteStore, folder: Path) -> None:
    store._database.busy_seconds = 0.05
    neighbour = apsw.Connection(str(folder / "workbench.db"))
    outcome: list[BaseException] = []

    def write() -> None:  # a new thread: its connection is made with the short patience
        try:
            with store.write("ana", "x"):
                pass
        except StoreBusy as exc:
            outcome.append(exc)

    neighbour.execute("BEGIN IMMEDIATE")
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    neighbour.execute("ROLLBACK")
    neighbour.close()
    assert "another notebook is writing" in str(outcome[0])
    assert "locked" not in str(outcome[0])


HOSTILE: dict[str, Callable[[Writer], Any]] = {
    "turn": lambda w: w.add_samples([replace(a_sample("x"), turns=(a_turn(BROKEN),))]),
    "id": lambda w: w.add_samples([a_sample("x", id=BROKEN)]),
    "nul in id": lambda w: w.add_samples([a_sample("x", id="a\0b")]),
    "empty id": lambda w: w.add_samples([replace(a_sample("x"), id="")]),
    "source": lambda w: w.add_samples([a_sample("x", source=BROKEN)]),
    "extra": lambda w: w.add_samples([a_sample("x", extra={"k": object()})]),
    "tag value": lambda w: w.tag([Tag("s1", "d", BROKEN, "ana")]),
    "tag note": lambda w: w.tag([Tag("s1", "d", "x", "ana", note=BROKEN)]),
    "tag scheme": lambda w: w.tag([Tag("s1", BROKEN, "x", "ana")]),
    "tag turn": lambda w: w.tag([Tag("s1", "d", "x", "ana", turn="a\0b")]),
    "bulk value": lambda w: w.tag_rows([1], "d", BROKEN),
    "note": lambda w: w.add_note(Note("", "s1", "ana", 0, BROKEN)),
    "scheme": lambda w: w.save_scheme(TagScheme("d", "nominal", guideline=BROKEN)),
    "journal": lambda w: w.log("x", {"k": BROKEN}),
}


@pytest.mark.parametrize("where", HOSTILE)
def test_text_that_cannot_be_kept_is_refused_clearly(store: SqliteStore, where: str) -> None:
    with store.write("ana", "first") as writer:
        writer.add_samples([a_sample("x", id="s1")])
    position = store.change_seq()
    with pytest.raises(InvalidInput), store.write("ana", "hostile") as writer:
        HOSTILE[where](writer)
    assert store.change_seq() == position


@pytest.mark.parametrize("author", [BROKEN, "Robert'); DROP TABLE sample;--", 'O"Brien', "a\0b", "名字"])
def test_any_author_is_either_kept_or_refused(store: SqliteStore, author: str) -> None:
    try:
        with store.write(author, "x") as writer:
            writer.add_samples([a_sample("x", id="s1")])
    except InvalidInput:
        assert (store.count(), author) == (0, BROKEN)
    else:
        assert store.steps()[0].author == author


@pytest.mark.parametrize(
    "text", ["a\0b", "'; DROP TABLE sample; --", "\u202e\u200b", "<img src=x onerror=alert(1)>", "𝕏"]
)
def test_strange_text_comes_back_whole(store: SqliteStore, text: str) -> None:
    with store.write("ana", text) as writer:
        writer.add_samples([a_sample(text, id="s1", title=text, source=text)])
        writer.tag([Tag("s1", "d", text, "ana", note=text)])
        writer.add_note(Note("", "s1", "ana", 0, text))
    assert (store.get("s1").text, store.get("s1").title) == (text, text)
    assert next(store.hot_rows()).source == text
    assert (store.tags(["s1"])[0].value, store.notes("s1")[0].text, store.steps()[0].label) == (text, text, text)


def test_an_sqlite_that_loses_commits_is_refused() -> None:
    connection.check_sqlite("3.51.3")
    connection.check_sqlite("3.60.0")
    with pytest.raises(StoreError, match=r"3\.40\.1 can lose"):
        connection.check_sqlite("3.40.1")


def test_a_network_file_system_gets_the_slower_journal_and_a_warning(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "file_system_of", lambda path: "nfs4")
    store = open_store(folder)
    assert store._database.one("PRAGMA journal_mode") == ("delete",)
    assert "network file system (nfs4)" in store.warnings[0]
    store.close()


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    home = tmp_path / "my home"
    place = str(home).replace(" ", "\\040")
    mounts.write_text(f"1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 0:3 / {place} rw shared:1 - nfs4 host:/x rw\n")
    monkeypatch.setattr(filesystem, "_MOUNTS", mounts)
    assert filesystem.file_system_of(home / "w") == "nfs4"
    assert filesystem.file_system_of(tmp_path / "my home too") == "ext4"
    assert filesystem.is_network("nfs4")
    assert not filesystem.is_network("ext4")


def test_a_closed_store_says_so(store: SqliteStore) -> None:
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.count()
    store.close()


def test_closing_leaves_one_tidy_file(store: SqliteStore, folder: Path) -> None:
    with store.write("ana", "x") as writer:
        writer.add_samples([a_sample("x")])
    store.data_version()
    store.close()
    assert [path.name for path in folder.iterdir()] == ["workbench.db"]


def test_closing_stops_a_statement_of_another_thread(store: SqliteStore) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    thread = threading.Thread(target=_refused, args=(store, endless))
    thread.start()
    time.sleep(0.1)
    store.close()
    thread.join(10)
    assert not thread.is_alive()


def _refused(store: SqliteStore, sql: str) -> None:
    with pytest.raises(StoreError):
        store._database.rows(sql)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(tmp_path / "file" / "w")


def test_an_emptied_database_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "workbench.db").touch()
    with pytest.raises(StoreError, match="empty file") as told:
        open_store(tmp_path)
    assert "backup" in told.value.hint
    assert (tmp_path / "workbench.db").stat().st_size == 0


def test_an_empty_database_in_a_new_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "workbench.db").touch()
    store = open_store(tmp_path)
    assert store.count() == 0
    store.close()
