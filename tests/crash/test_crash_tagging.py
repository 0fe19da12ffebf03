"""kill -9 at random moments while a person tags: what was acknowledged is there, and nothing else is half there."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from workbench.model import Tag
from workbench.store import open_store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100"))
SAMPLES = 50


def tag_until_killed(pipe: Any, folder: Path, number: int) -> None:
    """Tag as fast as it goes and say so after each commit; every fourth write is a bulk answer, some of them undone."""
    store = open_store(folder)
    pipe.send(number)
    while True:
        number += 1
        if number % 4:
            with store.write("ana", f"tag {number}") as writer:
                writer.tag([Tag(f"s{number % SAMPLES + 1}", f"scheme {number}", number, "ana")])
        else:
            with store.write("bulk", f"bulk {number}") as writer:
                writer.tag_rows(range(1, SAMPLES + 1), "bulk", number)
            if number % 8 == 0:
                store.undo("bulk")
        pipe.send(number)


def test_no_acknowledged_tag_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"text {i}", id=f"s{i}") for i in range(1, SAMPLES + 1))
    rng = random.Random(20_260)
    number, acknowledged = 0, 0
    for _ in range(ROUNDS):
        said, delay = 1 + rng.randrange(6), rng.uniform(0, 0.004)
        last = heard_until_killed(tag_until_killed, tmp_path, number, said=said, delay=delay)[-1]
        acknowledged += last - number
        answers = {row.value for row in store.tag_rows() if row.author == "ana"}
        assert {n for n in range(number + 1, last + 1) if n % 4} <= answers
        bulk = [row.value for row in store.tag_rows() if row.author == "bulk"]
        assert len(bulk) in (0, SAMPLES), "a bulk answer is there for all or for none"
        assert len(set(bulk)) <= 1
        assert store.count() == SAMPLES
        number = last + 1  # the write under way may or may not have been committed: its number is not used again
    assert acknowledged > ROUNDS
    assert store._database.one("PRAGMA integrity_check") == ("ok",)
    assert store._database.rows("PRAGMA foreign_key_check") == []
    store.close()
