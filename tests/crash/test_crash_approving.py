"""kill -9 while items are approved, rewritten, turned down and taken back: no decision is lost, none is half there."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.crash.deciding import Decision, Standing, after, check_places, decide, proposed, standing
from tests.crash.forks import heard_until_killed
from workbench.store import open_store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100")) // 5
MOMENTS = ("in its transaction", "kept, not said", "whenever")
TOGETHER = 4
"""How many items a decision is about when it is about several."""


def chosen(rng: random.Random, waiting: tuple[str, ...], depth: int) -> Decision:
    if depth and (len(waiting) < TOGETHER or rng.random() < 0.3):
        return Decision("undo")
    verb = rng.choice(("approve", "rewrite", "together", "reject"))
    items = tuple(rng.sample(waiting, TOGETHER if verb == "together" else 1))
    if verb == "rewrite":
        return Decision("approve", items, f"You are caller number {rng.randrange(1_000_000)}.")
    return Decision("reject", items, "dull") if verb == "reject" else Decision("approve", items)


class Dying:
    """A store that kills its process at a moment of the n-th decision: before its commit, or right after it."""

    def __init__(self, store: Any, moment: str, number: int) -> None:
        self._store, self._moment, self._left = store, moment, number

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _at(self, moment: str) -> None:
        self._left -= moment == self._moment
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def write(self, author: str, label: str, **more: Any) -> Iterator[Any]:
        with self._store.write(author, label, **more) as writer:
            yield writer
            self._at("in its transaction")
        self._at("kept, not said")

    def undo(self, author: str) -> Any:
        undone = self._store.undo(author)
        self._at("kept, not said")
        return undone


def decide_until_killed(pipe: Any, folder: Path, run: str, depth: int, moment: str, seed: int) -> None:
    """Decide on items as fast as it goes; say each decision before it is made, and when it is."""
    rng = random.Random(seed)
    with wb.open(folder, author="ana") as ws:
        ws._store = Dying(ws._store, moment, rng.randint(1, 6))  # type: ignore[assignment]
        while True:
            decision = chosen(rng, ws.approvals(run).waiting, depth)
            pipe.send(decision)
            decide(ws, decision)
            depth += -1 if decision.verb == "undo" else 1
            pipe.send("done")


def test_no_acknowledged_decision_is_lost_and_none_is_half_there(tmp_path: Path) -> None:
    run = proposed(tmp_path)
    rng = random.Random(20_263)
    history: list[Standing] = []
    decided = 0
    with wb.open(tmp_path, author="bo") as ws:
        now = standing(ws, run)
    for number in range(ROUNDS):
        moment = MOMENTS[number % len(MOMENTS)]
        args = (decide_until_killed, tmp_path, run, len(history), moment, number)
        random_kill = {"said": 1 + rng.randrange(12), "delay": rng.uniform(0, 0.004)}
        heard = heard_until_killed(*args, **(random_kill if moment == "whenever" else {}))
        for decision, done in zip(heard[::2], heard[1::2], strict=False):
            assert done == "done"
            now, history = after(now, history, decision)
            decided += 1
        with wb.open(tmp_path, author="bo") as ws:
            found = standing(ws, run)
            if moment == "kept, not said" or (moment == "whenever" and len(heard) % 2 and found != now):
                now, history = after(now, history, heard[-1])
            assert found == now
            check_places(ws, run, now)
    assert decided > ROUNDS
    store = open_store(tmp_path)
    assert store._database.one("PRAGMA integrity_check") == ("ok",)
    assert store._database.rows("PRAGMA foreign_key_check") == []
    store.close()
