"""kill -9 at random moments while a person tags: what was acknowledged is there, and nothing else is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import a_sample
from workbench.store import open_store

pytestmark = pytest.mark.crash

KILLS = 100
ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", KILLS))
SAMPLES = 50

# Tags one sample after another as fast as it can and says so on its output after each commit. Every fourth write is a
# bulk answer and its undo, so that kills also fall into those.
TAGGER = """
import sys
from pathlib import Path
from workbench.model import Tag
from workbench.store import open_store

store = open_store(Path(sys.argv[1]))
out = sys.stdout
out.write("ready\\n"); out.flush()
number = int(sys.argv[2])
while True:
    number += 1
    if number % 4 == 0:
        with store.write("bulk", f"bulk {number}") as writer:
            writer.tag_rows(range(1, 51), "bulk", number)
        if number % 8 == 0:
            store.undo("bulk")
    else:
        with store.write("ana", f"tag {number}") as writer:
            writer.tag([Tag(f"s{number % 50 + 1}", f"scheme {number}", number, "ana")])
    out.write(f"{number}\\n"); out.flush()
"""


def kill_while_tagging(folder: Path, start: int, delay: float) -> int:
    """Run the tagger, kill it after `delay` seconds of work; the last number it acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-c", TAGGER, str(folder), str(start)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    told = [int(line) for line in process.stdout.read().split("\n") if line]
    process.wait()
    process.stdout.close()
    return told[-1] if told else start


def test_no_acknowledged_tag_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"text {i}", id=f"s{i}") for i in range(1, SAMPLES + 1))
    rng = random.Random(20_260)
    number, acknowledged = 0, 0
    for _ in range(ROUNDS):
        last = kill_while_tagging(tmp_path, number, rng.uniform(0, 0.02))
        acknowledged += last - number
        answers = {row.value for row in store.tag_rows() if row.author == "ana"}
        assert {n for n in range(number + 1, last + 1) if n % 4} <= answers
        bulk = [row.value for row in store.tag_rows() if row.author == "bulk"]
        assert len(bulk) in (0, SAMPLES), "a bulk answer is there for all or for none"
        assert len(set(bulk)) <= 1
        assert store.count() == SAMPLES
        number = last + 2  # the write that was under way may or may not have been committed
    assert acknowledged > ROUNDS
    assert store._database.one("PRAGMA integrity_check") == ("ok",)
    assert store._database.rows("PRAGMA foreign_key_check") == []
    store.close()
