"""Several threads and several processes on one workspace: nothing lost, nobody told "locked", all see each other."""

from __future__ import annotations

import gc
import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_sample, turns_of
from workbench.errors import StaleRevision, StoreError
from workbench.model import Call, Tag
from workbench.store import open_store
from workbench.store.sqlite import SqliteStore

FRESH = multiprocessing.get_context("spawn")
WRITES = 120


@contextmanager
def another(target: Any, *args: Any) -> Iterator[Any]:
    """Another process at the far end of a pipe."""
    here, there = FRESH.Pipe()
    process = FRESH.Process(target=target, args=(there, *args))
    process.start()
    yield here
    process.join(60)
    assert process.exitcode == 0


def _tag_on_request(pipe: Any, folder: Path) -> None:
    store = open_store(folder)
    pipe.send("ready")
    while (value := pipe.recv()) is not None:
        with store.write("ben", "tag") as writer:
            writer.tag([Tag("s1", "d", value, "ben")])
        pipe.send(time.monotonic())
    store.close()


def test_another_process_is_seen_within_milliseconds(store: SqliteStore, folder: Path) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("x", id="s1")])
    with another(_tag_on_request, folder) as pipe:
        pipe.recv()
        for value in ("one", "two", "three"):
            before = store.data_version()
            pipe.send(value)
            pipe.recv()
            assert store.data_version() != before
            assert [tag.value for tag in store.tags(["s1"])] == [value]
        pipe.send(None)


def test_the_version_changes_for_own_commits_and_those_of_other_threads(store: SqliteStore) -> None:
    def commit() -> None:
        with store.write("ana", "add") as writer:
            writer.add_samples([a_sample(f"{time.monotonic_ns()}")])

    seen = [store.data_version()]
    commit()
    seen.append(store.data_version())
    thread = threading.Thread(target=commit)
    thread.start()
    thread.join()
    seen.append(store.data_version())
    store.set_setting("a", 1)
    seen.append(store.data_version())
    assert len(set(seen)) == 4
    assert store.data_version() == seen[-1]


def _write_much(pipe: Any, folder: Path, author: str) -> None:
    store = open_store(folder)
    rng = random.Random(author)
    waits, conflicts = [], 0
    for i in range(WRITES):
        started = time.monotonic()
        try:
            _one_write(store, author, i, rng)
        except StaleRevision:
            conflicts += 1
        waits.append(time.monotonic() - started)
    store.close()
    pipe.send((conflicts, max(waits)))


def _one_write(store: SqliteStore, author: str, i: int, rng: random.Random) -> None:
    if i % 4 == 3:
        store.reserve_call(Call(0, author, i, f"{author}{i}", "", "m", "sent", 1))
        return
    with store.write(author, f"write {i}") as writer:
        if i % 4 == 0:
            writer.add_samples([a_sample(f"{author} {i}", id=f"{author}-{i}")])
        elif i % 4 == 1:
            writer.tag([Tag("shared", f"scheme {i}", i, author)])
        else:
            sample = store.get("shared")
            changed = replace(sample, turns=turns_of(f"{sample.text}|{author} {i}"))
            writer.save_revision(changed, base_revision=sample.revision)


def test_four_processes_write_at_once_and_nothing_is_lost(store: SqliteStore, folder: Path) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("start", id="shared")])
    authors = ["p1", "p2", "p3", "p4"]
    with ExitStack() as running:
        pipes = [running.enter_context(another(_write_much, folder, author)) for author in authors]
        told = [pipe.recv() for pipe in pipes]
    assert [conflicts for conflicts, _ in told] == [0, 0, 0, 0]  # read and written under one lock
    assert store.count() == 1 + 4 * WRITES / 4
    assert len(store.tags(["shared"])) == WRITES
    pieces = store.get("shared").text.split("|")[1:]
    assert sorted(pieces) == sorted(f"{author} {i}" for author in authors for i in range(2, WRITES, 4))
    assert len(store.calls()) == WRITES
    assert len(store.steps(limit=10_000)) == 1 + 3 * WRITES
    assert store._database.one("PRAGMA integrity_check") == ("ok",)


def _edit_pairs(pipe: Any, folder: Path) -> None:
    store = open_store(folder)
    while (base := pipe.recv()) is not None:
        try:
            with store.write("ben", "edit") as writer:
                writer.save_revision(replace(store.get("s1"), turns=turns_of("ben")), base_revision=base)
            pipe.send("saved")
        except StaleRevision:
            pipe.send("stale")
    store.close()


def test_of_two_edits_of_one_revision_exactly_one_is_saved(store: SqliteStore, folder: Path) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("x", id="s1")])
    outcomes = []
    with another(_edit_pairs, folder) as pipe:
        for _ in range(40):
            base = store.get("s1").revision
            pipe.send(base)
            try:
                with store.write("ana", "edit") as writer:
                    writer.save_revision(replace(store.get("s1"), turns=turns_of("ana")), base_revision=base)
                mine = "saved"
            except StaleRevision:
                mine = "stale"
            outcomes.append({mine, pipe.recv()})
            assert store.get("s1").revision == base + 1
        pipe.send(None)
    assert all(outcome == {"saved", "stale"} for outcome in outcomes)


def test_many_threads_may_read_and_write(store: SqliteStore) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples(a_sample(f"{i}", id=f"s{i}") for i in range(8))

    def work(worker: int) -> int:
        for i in range(25):
            with store.write(f"w{worker}", "tag") as writer:
                writer.tag([Tag(f"s{i % 8}", f"scheme {i}", i, f"w{worker}")])
            assert len(store.samples([f"s{j}" for j in range(8)])) == 8
        return len([row for row in store.tag_rows() if row.author == f"w{worker}"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [25] * 8


def test_a_thread_that_ends_gives_its_connection_back(store: SqliteStore) -> None:
    for _ in range(5):
        thread = threading.Thread(target=store.count)
        thread.start()
        thread.join()
    gc.collect()
    assert len(store._database._open) <= 2


def test_a_reader_is_not_held_up_by_a_writer(store: SqliteStore) -> None:
    with store.write("ana", "long") as writer:
        writer.add_samples([a_sample("x", id="s1")])
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(store.count).result(5) == 0
        assert store.count() == 1


def test_writing_while_streaming_is_fine_though_others_commit(store: SqliteStore) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples(a_sample(f"{i}", id=f"s{i}") for i in range(30))

    def elsewhere() -> None:
        with store.write("ben", "tag") as writer:
            writer.tag([Tag("s0", "d", time.monotonic_ns(), "ben")])

    with ThreadPoolExecutor(1) as pool:
        for _, sample in store.texts():
            pool.submit(elsewhere).result()
            with store.write("ana", "tag") as writer:
                writer.tag([Tag(sample.id, "d", "x", "ana")])
    assert sum(row.author == "ana" for row in store.tag_rows()) == 30


def _forked(store: SqliteStore, pipe: Any) -> None:
    try:
        store.count()
    except StoreError as exc:
        pipe.send(str(exc))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_is_told_to_open_the_workspace_itself(store: SqliteStore) -> None:
    store.count()
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe()
    process = fork.Process(target=_forked, args=(store, there))
    process.start()
    assert here.poll(20)
    assert "open the workspace again" in here.recv()
    process.join(20)
    assert store.count() == 0
