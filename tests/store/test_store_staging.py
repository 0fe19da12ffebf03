"""Imports under way: unseen before they are published, beside other people's work, and gone when they are killed."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.builders import a_sample
from workbench.errors import StoreBusy
from workbench.flows.collect import collect
from workbench.model import Generated, Tag
from workbench.store import open_store, staging
from workbench.store.encoding import EncodedSample, encoded
from workbench.store.giving_way import asked
from workbench.store.sample_writes import insert_samples
from workbench.store.sqlite import SqliteStore

FRESH = multiprocessing.get_context("spawn")
MANY = 80_000


def samples(*ids: str) -> list[EncodedSample]:
    return [encoded(a_sample(f"text of {name}", id=name), 1) for name in ids]


def nobody() -> None:
    raise AssertionError("nobody else is importing")


def seen(store: SqliteStore) -> tuple[Any, ...]:
    """What every kind of read finds."""
    content = encoded(a_sample("text of a1", id="a1"), 1).content
    rows, texts = [row.id for row in store.hot_rows()], [sample.id for _, sample in store.texts()]
    return store.count(), store.max_row(), rows, texts, store.by_content(content), store.changes(0), store.steps()


def test_nothing_is_seen_before_it_is_published(store: SqliteStore) -> None:
    empty = seen(store)
    with store.importing("ana", "imp", waiting=nobody) as importing:
        assert [met.how for met in importing.add(samples("a1", "a2", "a1"))] == ["new", "new", "here"]
        assert seen(store) == empty
        assert list(store.hot_rows([1, 2])) == []
        with importing.publish("import"):
            pass
    assert (store.count(), store.max_row(), store.ids_of([1, 2])) == (2, 2, ["a1", "a2"])
    assert [(step.label, step.samples) for step in store.steps()] == [("import", 2)]
    assert [change.n for change in store.changes(0)] == [1, 2]


def test_others_work_while_an_import_is_under_way(store: SqliteStore) -> None:
    with store.importing("ana", "imp", waiting=nobody) as importing:
        importing.add(samples("a1", "a2"))
        with store.write("ben", "add") as writer:
            writer.add_samples([a_sample("other", id="b1")])
            writer.tag_rows([3], "nat", 1)
        assert (store.count(), store.rows_of(["b1"])) == (1, [3])
        importing.add(samples("a3"))
        with importing.publish("import"):
            pass
    assert [row.id for row in store.hot_rows()] == ["a1", "a2", "b1", "a3"]
    store.undo("ana")
    assert [row.state for row in store.hot_rows()] == ["archived", "archived", "active", "archived"]


def test_what_comes_back_comes_back_once_also_when_it_is_met_again_later(store: SqliteStore) -> None:
    for met in (["new"], ["undone"]):
        with store.importing("ana", "imp", waiting=nobody) as importing:
            assert [one.how for one in importing.add(samples("a1"))] == met
            assert [one.how for one in importing.add(samples("a1"))] == ["here"]
            with importing.publish("import"):
                pass
        store.undo("ana")


def test_what_came_back_with_variants_that_are_new_can_be_undone(store: SqliteStore) -> None:
    variant = a_sample("a variant", id="v", origin=Generated(("a1",), "r", "1", "r", "d", 1))
    for more in ([], [encoded(variant, 1)]):
        with store.importing("ana", "imp", waiting=nobody) as importing:
            importing.add([*samples("a1"), *more])
            with importing.publish("import"):
                pass
        assert {row.state for row in store.hot_rows()} == {"active"}
        store.undo("ana")
        assert {row.state for row in store.hot_rows()} == {"archived"}


@pytest.mark.parametrize("same_process", [True, False])
def test_who_has_to_wait_is_let_in_before_the_samples_are_all_there(
    store: SqliteStore, folder: Path, same_process: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = store if same_process else open_store(folder)
    many = samples(*(f"a{n}" for n in range(20_000)))
    begun = threading.Event()

    def insert(*args: Any, **options: Any) -> None:
        if not begun.is_set():
            before, until = asked(store.path), time.monotonic() + 20
            begun.set()
            while asked(store.path) == before and time.monotonic() < until:
                time.sleep(0.001)  # on a busy machine the other one comes to the door when all is done, else
        insert_samples(*args, **options)

    monkeypatch.setattr(staging, "insert_samples", insert)
    written: list[tuple[Any, ...]] = []

    def write() -> None:
        begun.wait()
        with other.write("ben", "add") as writer:
            written.append(in_database(store)[0])
            writer.add_samples([a_sample("other", id="b1")])

    with store.importing("ana", "imp", waiting=nobody) as importing:
        thread = threading.Thread(target=write)
        thread.start()
        importing.add(many)
        thread.join()
    assert written[0][0] < 20_000
    if other is not store:
        other.close()


def test_a_sample_that_is_just_being_imported_cannot_be_added_by_others(store: SqliteStore) -> None:
    with store.importing("ana", "imp", waiting=nobody) as importing:
        importing.add(samples("a1"))
        with pytest.raises(StoreBusy, match="a1"), store.write("ben", "add") as writer:
            writer.add_samples([a_sample("text of a1", id="a1")])


def test_an_import_that_fails_leaves_nothing(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = seen(store)
    with pytest.raises(StopIteration), store.importing("ana", "imp", waiting=nobody) as importing:
        importing.add(next(iter([])) if importing.add(samples("a1", "a2")) else [])
    assert seen(store) == empty
    with store.write("ben", "add") as writer:
        assert writer.add_samples([a_sample("again", id="a1")]) == [("a1", True)]
    assert (store.count(), store.rows_of(["a1"])) == (1, [3])  # a row number is never used twice


def test_a_second_import_waits_for_the_first(store: SqliteStore) -> None:
    waited = threading.Event()
    done: list[str] = []

    def second() -> None:
        with store.importing("ben", "imp2", waiting=waited.set):
            done.append("second")

    with store.importing("ana", "imp", waiting=nobody):
        thread = threading.Thread(target=second)
        thread.start()
        assert waited.wait(60)
        done.append("first")
    thread.join(60)
    assert done == ["first", "second"]


def import_and_die(folder: Path) -> None:
    store = open_store(folder)
    with store.importing("ana", "imp", waiting=nobody) as importing:
        importing.add(samples(*(f"a{n}" for n in range(5_000))))
        os._exit(9)


def in_database(store: SqliteStore) -> tuple[Any, ...]:
    tables = ("sample", "body", "link")
    return tuple(store._database.one(f"SELECT count(*) FROM {table}") for table in tables)  # what no read shows


def test_what_a_killed_import_left_is_deleted_at_the_next_opening(folder: Path) -> None:
    process = FRESH.Process(target=import_and_die, args=(folder,))
    process.start()
    process.join()
    store = open_store(folder)
    assert in_database(store) == ((0,), (0,), (0,))
    assert store.count() == 0
    store.close()


def test_what_a_killed_import_left_is_deleted_by_the_next_import(store: SqliteStore, folder: Path) -> None:
    process = FRESH.Process(target=import_and_die, args=(folder,))
    process.start()
    process.join()
    assert in_database(store)[0] == (5_000,)
    assert (store.count(), list(store.hot_rows())) == (0, [])
    with store.importing("ben", "imp2", waiting=nobody) as importing:
        importing.add(samples("a1"))
        with importing.publish("import"):
            pass
    assert in_database(store)[0] == (1,)
    assert (store.count(), store.rows_of(["a1"])) == (1, [5_001])


def test_opening_leaves_an_import_alone_that_is_under_way(store: SqliteStore, folder: Path) -> None:
    with store.importing("ana", "imp", waiting=nobody) as importing:
        importing.add(samples("a1"))
        open_store(folder).close()
        with importing.publish("import"):
            pass
    assert store.ids_of([1]) == ["a1"]


def import_file(folder: Path, file: Path, pipe: Any) -> None:
    store = open_store(folder)
    pipe.send("begun")
    pipe.send(collect(store, file, author="ana").imported)
    store.close()


def begun_import(folder: Path) -> tuple[Any, Any]:
    """A process that imports many conversations, and its pipe."""
    file = folder / "many.jsonl"
    chats = ({"messages": [{"role": "user", "content": f"question {n} " + "word " * 100}]} for n in range(MANY))
    file.write_bytes(b"\n".join(map(orjson.dumps, chats)))
    here, there = FRESH.Pipe(duplex=False)
    process = FRESH.Process(target=import_file, args=(folder, file, there))
    process.start()
    there.close()
    here.recv()
    return process, here


def test_tags_do_not_wait_for_a_large_import(store: SqliteStore, folder: Path) -> None:
    with store.write("ben", "add") as writer:
        writer.add_samples([a_sample("mine", id="mine")])
    process, pipe = begun_import(folder)
    number, between = 0, set()
    while not pipe.poll(0.02):
        number += 1
        with store.write("ben", "tag") as writer:
            writer.tag([Tag("mine", "nat", number, "ben")])
        between.add(in_database(store)[0])
    assert (pipe.recv(), store.count()) == (MANY, MANY + 1)
    process.join()
    assert len(between) > 10, "tags come in between the transactions of the import, not behind them all"


def test_a_large_import_killed_in_the_middle_leaves_nothing_to_see(store: SqliteStore, folder: Path) -> None:
    process, pipe = begun_import(folder)
    while not in_database(store)[0][0]:
        time.sleep(0.005)
    process.kill()
    process.join()
    with pytest.raises(EOFError):  # it had not come to its end
        pipe.recv()
    assert (store.count(), list(store.hot_rows()), store.imports(), store.sources()) == (0, [], [], [])
