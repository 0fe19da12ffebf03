"""kill -9 at random moments while a slice is exported: the export is there whole, or recognisably not at all."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from workbench.flows.release import export, freeze, save_slice
from workbench.model import FrozenSlice, SliceSpec
from workbench.release.staging import MANIFEST, clear_leftovers
from workbench.search import BuildRows
from workbench.store import open_store
from workbench.store.base import Store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100"))
SAMPLES = 400
FORMATS = ("openai-chat", "workbench", "csv", "markdown")


class All:
    """Stands in for the index: every query finds every sample."""

    def build_rows(self, query: str) -> BuildRows:
        return BuildRows(np.arange(1, SAMPLES + 1))


def export_until_killed(pipe: Any, folder: Path, out: Path) -> None:
    """Export again and again to new folders; say which one is done."""
    store = open_store(folder)
    frozen = store.frozen()[0]
    pipe.send("ready")
    for number in range(1_000):
        export(store, frozen, out / str(number), to=FORMATS, author="ana")
        pipe.send(str(number))


def is_whole(folder: Path) -> bool:
    """Whether an export looks whole; then every file must be there with its hash."""
    if not (folder / MANIFEST).exists():
        return False
    for file in orjson.loads((folder / MANIFEST).read_bytes())["files"]:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    return True


def a_frozen_slice(store: Store) -> FrozenSlice:
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(f"question {n} " * 20, f"answer {n} " * 20) for n in range(SAMPLES)])
    save_slice(store, "ana", SliceSpec("all", ""))
    return freeze(store, All(), "all", author="ana")


def test_no_killed_export_looks_whole_and_the_next_one_clears_it(tmp_path: Path) -> None:
    folder, rng, killed = tmp_path / "workspace", random.Random(20_262), 0
    window = 0.1
    store = open_store(folder)
    frozen = a_frozen_slice(store)
    for number in range(ROUNDS):
        out = tmp_path / f"out-{number}"
        heard = heard_until_killed(export_until_killed, folder, out, said=1, delay=rng.uniform(0, window))
        acknowledged = heard[1:]
        # A busy machine needs longer for an export: the kills follow it, or they would all come before it began.
        window = max(0.1, 0.9 * window) if acknowledged else min(2.0, 1.2 * window)
        assert all(is_whole(out / name) for name in acknowledged)
        killed += sum(1 for place in out.glob("*") if not is_whole(place)) if out.exists() else 0
        target = out / str(len(acknowledged))
        if not is_whole(target):  # the export that was under way: whole without having said so, or cleared away
            export(store, frozen, target, to=["openai-chat"], author="ana")
            assert is_whole(target)
            assert clear_leftovers(target) == []
            assert sorted(path.name for path in out.iterdir()) == sorted([*acknowledged, target.name])
    assert killed > ROUNDS // 10  # the test means nothing when no kill falls into an export
    store.close()
