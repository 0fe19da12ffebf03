"""kill -9 at random moments while a file is imported: the import is there whole, or not at all."""

from __future__ import annotations

import os
import random
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import orjson
import pytest

from tests.crash.forks import heard_until_killed
from workbench.flows import batches
from workbench.flows.collect import collect
from workbench.store import open_store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100"))
SAMPLES, BATCH = 200, 50  # small ones in many transactions, so that many kills fall between two of them
WHOLE = 60.0
"""Seconds after which an import is killed that is to come to its end: it never takes so long."""


def import_until_killed(pipe: Any, folder: Path, file: Path) -> None:
    """Import the file and say so when it is committed; then wait for the end."""
    batches._ITEMS = BATCH
    store = open_store(folder)
    pipe.send("ready")
    pipe.send(collect(store, file, author="ana").imported)
    time.sleep(60)


def import_and_kill(folder: Path, file: Path, delay: float) -> int:
    """Kill the import after `delay` seconds of work, or when it is done; how many samples it had acknowledged."""
    heard = heard_until_killed(import_until_killed, folder, file, said=1, delay=delay, or_more=True)
    return int(heard[1]) if len(heard) > 1 else 0


def a_file(folder: Path, number: int) -> Path:
    """A file of conversations that no other round has, every tenth of them tagged."""
    path = folder / f"{number}.jsonl"
    with path.open("wb") as out:
        for row in range(SAMPLES):
            tags = [{"scheme": "domain", "value": "law", "author": "li"}] if row % 10 == 0 else []
            turns = [{"role": "user", "content": f"round {number} row {row}"}]
            out.write(orjson.dumps({"format": "workbench/1", "turns": turns, "tags": tags}) + b"\n")
    return path


def left_behind(folder: Path) -> bool:
    """Whether the database holds samples of an import that was killed, which no read of a store shows."""
    with closing(apsw.Connection(str(folder / "workbench.db"))) as database:
        known = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'gap'").fetchall()
        return bool(known and database.execute("SELECT 1 FROM gap WHERE import <> ''").fetchall())


def whole_imports(folder: Path) -> int:
    """How many imports the workspace holds, after the check that each of them is whole and nothing else is there."""
    store = open_store(folder)
    records = store.imports()
    assert sum(1 for _ in store.hot_rows()) == store.count()
    assert store.count() == SAMPLES * len(records)
    assert sum(1 for _ in store.tag_rows()) == SAMPLES // 10 * len(records)
    assert all(record.imported == SAMPLES and record.state == "done" for record in records)
    store.close()
    return len(records)


def test_no_import_is_half_there_when_the_process_is_killed(tmp_path: Path) -> None:
    rng = random.Random(20_261)
    expected = acknowledged = between = 0
    usual = 0.0
    folder = tmp_path / "workspace-0"
    import_and_kill(folder, a_file(tmp_path, -1), WHOLE)  # starts the server
    for number in range(ROUNDS):
        whole = number % 10 == 0  # it shows how long an import takes on this machine by now
        if whole:
            folder, expected = tmp_path / f"workspace-{number + 1}", 0
        file, started = a_file(tmp_path, number), time.monotonic()
        done = import_and_kill(folder, file, WHOLE if whole else rng.uniform(0, usual))
        if whole:
            usual = time.monotonic() - started
        between += left_behind(folder)
        found = whole_imports(folder)
        assert found in ({expected + 1} if done else {expected, expected + 1})
        expected = found
        acknowledged += bool(done)
    assert 0 < acknowledged < ROUNDS, "the kills fell all before, or all after, the commit: choose other delays"
    assert between > ROUNDS // 20, "hardly a kill fell between two transactions of one import"
