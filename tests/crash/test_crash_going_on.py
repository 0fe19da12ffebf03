"""kill -9 while a run goes on from approved items, and more are approved: every call is paid for at most once.

The endpoint is a real HTTP server of this process that counts for itself what it was asked.
"""

from __future__ import annotations

import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.crash.deciding import Decision, Standing, after, check_places, decide, proposed, standing
from tests.crash.forks import heard_until_killed
from tests.crash.killer import Killer
from tests.llm.endpoint import endpoint
from workbench.errors import InvalidInput

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100")) // 10


def go_on(ws: wb.Workspace, run: str) -> Any:
    """The job that goes on from what is approved, or the next that was stopped; None when nothing is left."""
    with suppress(InvalidInput):  # all that is approved is used
        return ws.generate_approved(run, {"turns": 4, "keep": 1})
    for made in ws.runs():
        if made.follows == run and made.counts.get("waiting"):
            with suppress(InvalidInput):  # it was stopped before its first call, and another one took its items
                return ws.resume(made.id)
    return None


def go_on_until_killed(pipe: Any, folder: Path, run: str, seed: int) -> None:
    """Go on from what is approved while more is approved; say each decision before it is made, and when it is."""
    rng = random.Random(seed)
    with wb.open(folder, author="ana") as ws:
        while True:
            job = go_on(ws, run)
            decision = Decision("approve", tuple(rng.sample(ws.approvals(run).waiting, 2)))
            pipe.send(decision)
            decide(ws, decision)
            pipe.send("done")
            if job is not None:
                job.wait(30)


def check_runs(ws: wb.Workspace, asked: int) -> None:
    """Each row of each run is counted once, and each request that came is in the ledger, answered or in doubt."""
    for made in ws.runs():
        assert sum(made.counts.values()) == made.requested
        assert made.state != "running"
    lines = [call for made in ws.runs() if made.follows for call in ws.calls(made.id)]
    assert {call.state for call in lines} <= {"done", "in_doubt"}
    assert len(lines) >= asked


def test_what_is_made_from_approved_items_is_paid_for_once(tmp_path: Path) -> None:
    run = proposed(tmp_path, pairs=ROUNDS)  # eight items for each kill, so that some are left
    rng, killer = random.Random(20_264), Killer()
    now: Standing = {}
    with endpoint(killer) as server:
        for number in range(ROUNDS):
            with wb.open(tmp_path, author="bo") as ws:
                ws.set_model({"base_url": server.url, "model": "m", "local": True, "in_flight": rng.choice((1, 3))})
                now = now or standing(ws, run)
            asking = number % 2 == 0  # the endpoint kills while it is asked, or else the clock
            killer.left = rng.randint(1, 6) if asking else 0
            random_kill = {} if asking else {"said": 1 + rng.randrange(4), "delay": rng.uniform(0, 0.1)}
            heard = heard_until_killed(go_on_until_killed, tmp_path, run, number, begin=killer.watch, **random_kill)
            for decision in heard[: len(heard) // 2 * 2 : 2]:
                now, _ = after(now, [], decision)
            with wb.open(tmp_path, author="bo") as ws:
                if len(heard) % 2 and standing(ws, run) != now:
                    now, _ = after(now, [], heard[-1])
                assert standing(ws, run) == now
                check_places(ws, run, now)
                check_runs(ws, killer.count(server))
        with wb.open(tmp_path, author="bo") as ws:
            while (job := go_on(ws, run)) is not None:
                job.wait(30)
            check_runs(ws, killer.count(server))
            check_made(ws, run, now)
    assert max(killer.asked.values()) == 1, "nothing was sent twice"


def check_made(ws: wb.Workspace, run: str, now: Standing) -> None:
    """Each approved item was gone on from once: its row has a text, or its call is in doubt."""
    approved = [item for item, (state, _, _) in now.items() if state == "approved"]
    rows = [
        row
        for made in ws.runs()
        if made.follows == run
        for state in (None, "in_doubt")
        for row in ws.drafts(made.id, state)
    ]
    assert sorted(row.meta["approved"]["item"] for row in rows) == sorted(approved)
    assert {row.meta["approved"]["by"] for row in rows} == {"ana"}
    doubtful = [row for row in rows if row.state == "in_doubt"]
    calls = [call for made in ws.runs() if made.follows for call in ws.calls(made.id) if call.state == "in_doubt"]
    assert 0 < len(doubtful) == len(calls)
    assert {row.state for row in rows} <= {"draft", "gated", "in_doubt"}
