from __future__ import annotations

import sys

import pytest

from workbench.collect import child
from workbench.errors import Cancelled, CollectError
from workbench.flows import batches_child
from workbench.flows.collect import collect
from workbench.store import open_store

TOLD = ("read", "imported", "duplicates", "problems", "duplicate_rows", "files")


@pytest.fixture(params=["here", "child"])
def reader(request, monkeypatch):
    worth = 0 if request.param == "child" else sys.maxsize
    monkeypatch.setattr(batches_child, "WORTH_IT", worth)
    monkeypatch.setattr(batches_child.os, "cpu_count", lambda: 2)
    return request.param


@pytest.fixture
def path(write):
    lines = [{"messages": [{"role": "user", "content": f"你好 {n % 2500}"}], "license": "CC0"} for n in range(2600)]
    return write("many.jsonl", [*lines, {"messages": 3}, {"messages": [{"role": "king", "content": "x"}]}])


def imported(path, folder):
    store = open_store(folder, clock=lambda: 7)
    report = collect(store, path, author="ana")
    rows = [(row.id, row.content, row.chars, row.created_at) for row in store.hot_rows()]
    said = [sample.turns for _, sample in store.texts()]
    problems = [(problem.row, problem.field, problem.found) for problem in store.problems(report.import_id)]
    return [getattr(report, name) for name in TOLD], report.source.license, rows, said, problems


def test_a_child_reads_the_same(path, tmp_path, monkeypatch):
    monkeypatch.setattr(batches_child.os, "cpu_count", lambda: 1)
    here = imported(path, tmp_path / "here")
    monkeypatch.setattr(batches_child, "WORTH_IT", 0)
    monkeypatch.setattr(batches_child.os, "cpu_count", lambda: 2)
    assert imported(path, tmp_path / "child") == here
    assert here[0][:4] == [2602, 2500, 100, 2]


def test_cancelling_keeps_nothing(reader, path, tmp_path):
    store = open_store(tmp_path / "w")
    with pytest.raises(Cancelled):
        collect(store, path, author="ana", cancelled=lambda: True)
    assert store.count() == 0


def test_a_child_that_dies_is_told_and_nothing_is_kept(path, tmp_path, monkeypatch):
    monkeypatch.setattr(batches_child, "WORTH_IT", 0)
    monkeypatch.setattr(batches_child.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    store = open_store(tmp_path / "w")
    with pytest.raises(CollectError, match="cannot be read"):
        collect(store, path, author="ana")
    assert store.count() == 0
