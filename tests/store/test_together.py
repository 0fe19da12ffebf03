"""Lines of many threads share a commit; each is safe before its thread goes on, and one that fails fails alone."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from workbench.errors import NotFound, StoreBusy, StoreError
from workbench.model import Call
from workbench.store import open_store, together
from workbench.store.transaction import writing

CALL = Call(0, "run_1", 0, "h", "here", "m", "sent", 1)


def test_calls_of_many_threads_are_all_there_when_they_return(tmp_path):
    store, other = open_store(tmp_path), open_store(tmp_path)

    def one(row):
        call = replace(CALL, row=row)
        call = replace(call, id=store.reserve_call(call))
        seen = {known.id: known for known in other.calls("run_1")}
        assert (seen[call.id].row, seen[call.id].state) == (row, "sent")
        store.finish_call(replace(call, state="done", response=str(row)))
        return call.id

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(one, range(100)))
    assert len(set(ids)) == 100
    assert {call.row: call.response for call in store.calls()} == {row: str(row) for row in range(100)}
    store.close()
    other.close()


def test_who_comes_while_the_disk_is_busy_shares_the_next_commit(tmp_path, monkeypatch):
    store = open_store(tmp_path)
    lines = []
    taken = store._together._taken
    monkeypatch.setattr(store._together, "_taken", lambda: lines.append(taken()) or lines[-1])
    with ThreadPoolExecutor(12) as pool:
        with store.write("ana", "long", undoable=False):
            waiting = [pool.submit(store.reserve_call, replace(CALL, row=row)) for row in range(12)]
            deadline = time.monotonic() + 10
            while sum(map(len, [*lines, store._together._waiting])) < 12 and time.monotonic() < deadline:
                time.sleep(0.005)
        assert len({done.result(10) for done in waiting}) == 12
    assert len(lines) <= 2, "twelve lines, and at most two commits"
    store.close()


def test_a_commit_that_fails_is_told_to_all_whose_lines_were_in_it(tmp_path, monkeypatch):
    """Nobody may send what was not written down."""

    @contextmanager
    def on_a_full_disk(*args):
        with writing(*args):
            yield
            raise StoreError("the disk is full")

    store = open_store(tmp_path)
    busy = store._together._writing
    with ThreadPoolExecutor(6) as pool, monkeypatch.context() as patch:
        with busy:
            waiting = [pool.submit(store.reserve_call, replace(CALL, row=row)) for row in range(6)]
            deadline = time.monotonic() + 10
            while len(store._together._waiting) < 6 and time.monotonic() < deadline:
                time.sleep(0.005)
            patch.setattr(together, "writing", on_a_full_disk)
        assert [str(done.exception(10)) for done in waiting] == ["the disk is full"] * 6
    assert store.calls() == []
    store.reserve_call(replace(CALL, row=6))
    assert [call.row for call in store.calls()] == [6]
    store.close()


def test_an_unknown_call_is_told_to_its_own_thread(tmp_path):
    store = open_store(tmp_path)
    with pytest.raises(NotFound):
        store.finish_call(replace(CALL, id=77, state="done"))
    assert store.reserve_call(CALL) == 1
    store.close()


def test_inside_a_transaction_of_the_same_thread_it_is_refused_and_not_stuck(tmp_path):
    store = open_store(tmp_path)
    with store.write("ana", "step", undoable=False), pytest.raises(StoreBusy):
        store.reserve_call(CALL)
    store.close()
    with pytest.raises(StoreError):
        store.reserve_call(CALL)
